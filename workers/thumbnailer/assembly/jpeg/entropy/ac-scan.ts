import { blockIndex, coefficientsAt, NOT_KEPT, placesOf, setOf } from '../coefficients';
import { Component, componentAt } from '../component';
import { approximationLow, scanMember, spectralEnd, spectralStart } from '../scan-header';
import { moveTo, position, windowEnd } from '../window';
import { hasMarkerByte, heldBits, heldCount, keep, ranOut, refill, takeBits } from './bit-reader';
import { END_OF_BLOCK, lastBits, LOOKUP_BITS, longCode } from './huffman';
import { hasUnit, isDamaged, reportDamage } from './units';

/** Bands of AC in progressive photos (G.1.2.2). */

const LOOKUP_SHIFT = 64 - LOOKUP_BITS;
const LONGEST = 32;

/** Blocks whose band has ended (EOBRUN), beginning with the next one. */
let ended = 0;

export function forgetEnded(): void {
  ended = 0;
}

export function endedBlocks(): i32 {
  return ended;
}

export function setEnded(blocks: i32): void {
  ended = blocks;
}

/** First bits of a band. @returns `end`, or the block that is damaged (which is reported) or not yet in the window */
export function decodeBands(row: i32, first: i32, end: i32): i32 {
  const i = scanMember(0);
  const component = componentAt(i);
  let x = first;
  while (x < end) {
    if (ended > 0) {
      const skipped = min(ended, end - x);
      ended -= skipped;
      x += skipped;
      continue;
    }
    if (!hasUnit()) return x;
    const index = blockIndex(component, x, row);
    decodeBand(component, placesOf(i), coefficientsAt(component, index), component.nonZero + (index << 3));
    if (ranOut()) reportDamage();
    if (isDamaged()) return x;
    x += 1;
  }
  return end;
}

/** @param kept where coefficients go in `to`, see `coefficients.ts` @param nonZero the block's set */
function decodeBand(component: Component, kept: usize, to: usize, nonZero: usize): void {
  const table = component.acTable;
  const bandEnd = spectralEnd();
  const low = approximationLow();
  const safe = windowEnd() - 8;
  let at = position();
  let bits = heldBits();
  let count = heldCount();
  let set: u64 = 0;
  let entry = 0;
  let k = spectralStart();
  while (k <= bandEnd) {
    if (count < LONGEST) {
      const eight = load<u64>(at);
      if (at <= safe && !hasMarkerByte(eight)) {
        bits |= bswap(eight) >> (<u64>count);
        at += (63 - count) >> 3;
        count |= 56;
      } else {
        keep(bits, count);
        moveTo(at);
        refill();
        at = position();
        bits = heldBits();
        count = heldCount();
      }
    }
    entry = load<i32>(table + ((<usize>(bits >> LOOKUP_SHIFT)) << 2));
    if ((entry & 31) === 0) {
      entry = longCode(table, bits);
      if (entry === 0) return reportDamage();
    }
    const length = entry & 31;
    k += (entry >> 5) & 127;
    let value = entry >> 16;
    const size = (entry >> 12) & 15;
    if (size !== 0) value = lastBits(bits, length, size);
    bits <<= <u64>length;
    count -= length;
    if (k > bandEnd + 1) break;
    if (value === 0) continue;
    set |= setOf(k - 1);
    const place = load<u8>(kept + k - 1);
    if (place !== NOT_KEPT) store<i16>(to + place, value << low);
  }
  keep(bits, count);
  moveTo(at);
  store<u64>(nonZero, load<u64>(nonZero) | set);
  if (k >= END_OF_BLOCK) ended = readRun(entry >> 16) - 1;
  else if (k > bandEnd + 1) reportDamage();
}

/** How many blocks end, this one among them. @param size 0 to 14 */
export function readRun(size: i32): i32 {
  return (1 << size) + <i32>takeBits(size);
}
