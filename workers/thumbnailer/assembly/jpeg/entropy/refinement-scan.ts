import { blockIndex, coefficientsAt, placesOf, setOf } from '../coefficients';
import { Component, componentAt } from '../component';
import { approximationLow, scanMember, spectralEnd, spectralStart } from '../scan-header';
import { endedBlocks, readRun, setEnded } from './ac-scan';
import { heldBits, heldCount, ranOut, refill, takeBits } from './bit-reader';
import { END_OF_BLOCK, LOOKUP_BITS, longCode } from './huffman';
import { hasUnit, isDamaged, reportDamage } from './units';

/**
 * One more bit for a band of AC (G.1.2.3). Which coefficients get one, and how many bits that is, follows from the set
 * of those that are not zero, so most of the work is with sets, and coefficients that the scale does not need are not
 * looked at one by one. Sets have one bit for each zig-zag index.
 */

/** @returns as `decodeBands` does */
export function refineBands(row: i32, first: i32, end: i32): i32 {
  const i = scanMember(0);
  const component = componentAt(i);
  const band = (u64.MAX_VALUE << (<u64>spectralStart())) & upTo(spectralEnd());
  for (let x = first; x < end; x++) {
    const index = blockIndex(component, x, row);
    const nonZero = component.nonZero + (index << 3);
    const before = load<u64>(nonZero) & band;
    if (endedBlocks() > 0 && before === 0) {
      setEnded(endedBlocks() - 1);
      continue;
    }
    if (!hasUnit()) return x;
    refineBand(component, placesOf(i), coefficientsAt(component, index), nonZero, before);
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
  }
  return end;
}

/** @param before the band's coefficients that are not zero, which get a bit each */
function refineBand(component: Component, kept: usize, block: usize, nonZero: usize, before: u64): void {
  const bandEnd = spectralEnd();
  let rest = before;
  let k = spectralStart();
  while (endedBlocks() === 0 && k <= bandEnd) {
    const entry = nextEntry(component.acTable);
    if (entry === 0) return reportDamage();
    const advance = (entry >> 5) & 127;
    if (advance === END_OF_BLOCK) {
      takeBits(entry & 31);
      setEnded(readRun(entry >> 16));
      break;
    }
    const value = valueOf(entry);
    k = zeroAfter(before, k, advance - 1);
    const passed = k > bandEnd ? rest : rest & ~(u64.MAX_VALUE << (<u64>k));
    refine(component, passed, kept, block);
    rest ^= passed;
    if (value !== 0) {
      if (k > bandEnd) return reportDamage();
      const one = setOf(k);
      store<u64>(nonZero, load<u64>(nonZero) | one);
      if ((component.needed & one) !== 0) store<i16>(block + load<u8>(kept + k), value << approximationLow());
    }
    k += 1;
  }
  if (endedBlocks() > 0) {
    refine(component, rest, kept, block);
    setEnded(endedBlocks() - 1);
  }
}

/** All indices to `k`. */
function upTo(k: i32): u64 {
  return u64.MAX_VALUE >> (<u64>(63 - k));
}

/** Reads a code, but does not take it. @returns see `huffman.ts` */
function nextEntry(table: usize): i32 {
  if (heldCount() < 32) refill();
  const bits = heldBits();
  const entry = load<i32>(table + ((<usize>(bits >> (64 - LOOKUP_BITS))) << 2));
  return (entry & 31) !== 0 ? entry : longCode(table, bits);
}

/** Takes a code and its sign. @returns the new coefficient, 1 or −1 of the present bit, or 0 */
function valueOf(entry: i32): i32 {
  const size = (entry >> 12) & 15;
  takeBits((entry & 31) - size);
  if (size === 0) return entry >> 16;
  return (takeBits(size) & 1) !== 0 ? 1 : -1;
}

/** Index of the zero from `k` on that `zeros` others come before; may be above 63. @param k at most 63 */
function zeroAfter(nonZero: u64, k: i32, zeros: i32): i32 {
  let rest = nonZero >> (<u64>k);
  while (rest !== 0) {
    const gap = <i32>ctz(rest);
    if (zeros < gap) return k + zeros;
    zeros -= gap;
    rest >>= <u64>gap;
    const ones = <i32>ctz(~rest);
    k += gap + ones;
    // 64 ones would be a shift by 0.
    if (ones === 64) break;
    rest >>= <u64>ones;
  }
  return k + zeros;
}

/** Reads a bit for each of a set of coefficients and adds it to the magnitude of those that are kept. */
function refine(component: Component, which: u64, kept: usize, block: usize): void {
  const count = <i32>popcnt(which);
  if (count === 0) return;
  const late: u64 = max(count - 32, 0);
  const all = ((<u64>takeBits(min(count, 32))) << late) | takeBits(<i32>late);
  const bit = 1 << approximationLow();
  for (let rest = which & component.needed; rest !== 0; rest &= rest - 1) {
    const k = ctz(rest);
    const before = popcnt(which & (((<u64>1) << k) - 1));
    if (((all >> (<u64>count - 1 - before)) & 1) === 0) continue;
    const at = block + <usize>load<u8>(kept + <usize>k);
    const value = <i32>load<i16>(at);
    store<i16>(at, value < 0 ? value - bit : value + bit);
  }
}
