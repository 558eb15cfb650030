import { Component } from '../component';
import { moveTo, position, windowEnd } from '../window';
import { hasMarkerByte, heldBits, heldCount, keep, refill, takeBits } from './bit-reader';
import { END_OF_BLOCK, extend, lastBits, LOOKUP_BITS, longCode, SKIPS } from './huffman';

/** Decoding of sequential blocks (F.2.2). Whatever the bits are, a block takes at most 64 codes of 31 bits. */

/** No code begins like this. */
export const DAMAGED = -1;
/** Outside of what a difference of DC can be. */
export const NO_DIFFERENCE = i32.MIN_VALUE;
const LOOKUP_SHIFT = 64 - LOOKUP_BITS;
/** Longest code and value: below this, bits are refilled. */
const LONGEST = 32;

/** The difference of DC (F.2.2.1). */
export function decodeDifference(table: usize): i32 {
  if (heldCount() < LONGEST) refill();
  const bits = heldBits();
  let entry = load<i32>(table + ((<usize>(bits >> LOOKUP_SHIFT)) << 2));
  if ((entry & 31) === 0) {
    entry = longCode(table, bits);
    if (entry === 0) return NO_DIFFERENCE;
  }
  const length = entry & 31;
  const size = (entry >> 12) & 15;
  if (size === 0) {
    takeBits(length);
    return entry >> 16;
  }
  takeBits(length - size);
  return extend(<i32>takeBits(size), size);
}

/**
 * Decodes a block, dequantised, to a cleared one.
 * @returns the bits of all places where coefficients went (see `dequantiser.ts`), or DAMAGED
 */
export function decodeBlock(component: Component, block: usize): i32 {
  const difference = decodeDifference(component.dcTable);
  if (difference === NO_DIFFERENCE) return DAMAGED;
  component.prediction += difference;
  store<i16>(block, component.prediction * <i32>(load<u32>(component.dequantiser, 4) >> 16));
  return decodeAc(component, block);
}

/** F.2.2.2, as far as the scale needs it; the rest is read over. */
function decodeAc(component: Component, block: usize): i32 {
  const table = component.acTable;
  const dequantiser = component.dequantiser;
  const lastNeeded = component.lastNeeded;
  const safe = windowEnd() - 8;
  let at = position();
  let bits = heldBits();
  let count = heldCount();
  let places = 0;
  let k = 1;
  while (k <= lastNeeded) {
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
    let entry = load<i32>(table + ((<usize>(bits >> LOOKUP_SHIFT)) << 2));
    if ((entry & 31) === 0) {
      entry = longCode(table, bits);
      if (entry === 0) return DAMAGED;
    }
    const length = entry & 31;
    k += (entry >> 5) & 127;
    let value = entry >> 16;
    const size = (entry >> 12) & 15;
    if (size !== 0) value = lastBits(bits, length, size);
    bits <<= <u64>length;
    count -= length;
    if (k > 64) break;
    const place = load<u32>(dequantiser + ((<usize>k) << 2));
    store<i16>(block + (place & 0xffff), value * <i32>(place >> 16));
    places |= place;
  }
  keep(bits, count);
  moveTo(at);
  if (k < 64) k = skipAc(table, k);
  return k > 64 && k < END_OF_BLOCK ? DAMAGED : places & 0xffff;
}

/** Reads over coefficients from index `k` on. @returns the index after the last one, or one that is none */
function skipAc(table: usize, k: i32): i32 {
  const safe = windowEnd() - 8;
  let at = position();
  let bits = heldBits();
  let count = heldCount();
  while (k < 64) {
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
    const lookup = table + ((<usize>(bits >> LOOKUP_SHIFT)) << 2);
    let entry = load<i32>(lookup, SKIPS);
    if (k + (entry >> 12) >= 64) entry = load<i32>(lookup);
    if ((entry & 31) === 0) {
      entry = longCode(table, bits);
      if (entry === 0) return 65;
    }
    bits <<= <u64>(entry & 31);
    count -= entry & 31;
    k += (entry >> 5) & 127;
  }
  keep(bits, count);
  moveTo(at);
  return k;
}
