import { blockIndex, coefficientsAt, NOT_KEPT, placesOf } from '../coefficients';
import { Component, componentAt } from '../component';
import { approximationLow, scanMember, spectralEnd, spectralStart } from '../scan-header';
import { endedBlocks, readRun, setEnded } from './ac-scan';
import { heldBits, heldCount, ranOut, refill, takeBits } from './bit-reader';
import { END_OF_BLOCK, LOOKUP_BITS, longCode } from './huffman';
import { hasUnit, isDamaged, reportDamage } from './units';

/** One more bit for a band of AC (G.1.2.3). */

/** @returns as `decodeBands` does */
export function refineBands(row: i32, first: i32, end: i32): i32 {
  const i = scanMember(0);
  const component = componentAt(i);
  for (let x = first; x < end; x++) {
    if (!hasUnit()) return x;
    const index = blockIndex(component, x, row);
    refineBand(component, placesOf(i), coefficientsAt(component, index), component.nonZero + (index << 3));
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
  }
  return end;
}

function refineBand(component: Component, kept: usize, block: usize, nonZero: usize): void {
  const bandEnd = spectralEnd();
  const before = load<u64>(nonZero);
  let set = before;
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
    k = passZeros(before, k, bandEnd, advance - 1, kept, block);
    if (value !== 0) {
      if (k > bandEnd) return reportDamage();
      set |= (<u64>1) << (<u64>k);
      const place = load<u8>(kept + k);
      if (place !== NOT_KEPT) store<i16>(block + place, value << approximationLow());
    }
    k += 1;
  }
  if (endedBlocks() > 0) {
    passZeros(before, k, bandEnd, 64, kept, block);
    setEnded(endedBlocks() - 1);
  }
  store<u64>(nonZero, set);
}

/** Reads a code, but not its value. @returns see `huffman.ts` */
function nextEntry(table: usize): i32 {
  if (heldCount() < 32) refill();
  const bits = heldBits();
  const entry = load<i32>(table + ((<usize>(bits >> (64 - LOOKUP_BITS))) << 2));
  return (entry & 31) !== 0 ? entry : longCode(table, bits);
}

/** The new coefficient, 1 or −1 of the present bit, or 0; its code and sign are taken. */
function valueOf(entry: i32): i32 {
  const size = (entry >> 12) & 15;
  takeBits((entry & 31) - size);
  if (size === 0) return entry >> 16;
  return (takeBits(size) & 1) !== 0 ? 1 : -1;
}

/**
 * Passes `zeros` coefficients that are zero, and those between them that are not, which get a bit each.
 * @returns the index of the next one that is zero, or one behind the band
 */
function passZeros(before: u64, k: i32, bandEnd: i32, zeros: i32, kept: usize, block: usize): i32 {
  for (; k <= bandEnd; k++) {
    if (((before >> (<u64>k)) & 1) === 0) {
      if (zeros === 0) break;
      zeros -= 1;
    } else if (takeBits(1) !== 0) {
      const place = load<u8>(kept + k);
      if (place !== NOT_KEPT) refine(block + place);
    }
  }
  return k;
}

/** Adds the bit to the magnitude. */
function refine(at: usize): void {
  const value = <i32>load<i16>(at);
  const bit = 1 << approximationLow();
  store<i16>(at, value < 0 ? value - bit : value + bit);
}
