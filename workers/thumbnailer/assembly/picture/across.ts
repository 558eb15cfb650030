import { Taps, WEIGHT_BITS } from './taps';

/** What is kept between the two passes has this many bits behind the point: 8 + 6 and a sign, with room to overshoot. */
export const KEPT_BITS: i32 = 6;

const DROPPED: i32 = WEIGHT_BITS - KEPT_BITS;
const HALF: i32 = 1 << (DROPPED - 1);

/**
 * Filters two rows of RGBA8 from left to right. What comes out is interleaved for `down.ts`, 16 bytes a pixel: red of
 * the upper row, red of the lower, green, green, …, each an i16. Reads at most 16 bytes behind a row.
 */
export function acrossPair(upper: usize, lower: usize, taps: Taps, width: i32, out: usize): void {
  const count = taps.count;
  let weight = taps.weights;
  let first = taps.first;
  const end = out + ((<usize>width) << 4);
  while (out < end) {
    const offset = (<usize>load<i32>(first)) << 2;
    let high = upper + offset;
    let low = lower + offset;
    let highSum = i32x4.splat(HALF);
    let lowSum = i32x4.splat(HALF);
    let left = count;
    for (; left >= 4; left -= 4) {
      // Four pixels a load; each two of them become eight i16: red, red, green, green, …
      const weights01 = v128.load_splat<i32>(weight);
      const weights23 = v128.load_splat<i32>(weight, 4);
      const highs = pairUp(v128.load(high));
      const lows = pairUp(v128.load(low));
      highSum = i32x4.add(highSum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(highs), weights01));
      lowSum = i32x4.add(lowSum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(lows), weights01));
      highSum = i32x4.add(highSum, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(highs), weights23));
      lowSum = i32x4.add(lowSum, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(lows), weights23));
      weight += 8;
      high += 16;
      low += 16;
    }
    if (left !== 0) {
      const weights01 = v128.load_splat<i32>(weight);
      const highs = pairUp(v128.load_zero<u64>(high));
      const lows = pairUp(v128.load_zero<u64>(low));
      highSum = i32x4.add(highSum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(highs), weights01));
      lowSum = i32x4.add(lowSum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(lows), weights01));
      weight += 4;
    }
    v128.store(out, interleave(highSum, lowSum));
    first += 4;
    out += 16;
  }
}

/** The same for rows that `premultiply` has made: eight bytes a pixel, which have `KEPT_BITS` behind the point. */
export function acrossPremultipliedPair(upper: usize, lower: usize, taps: Taps, width: i32, out: usize): void {
  const pairs = taps.count >> 1;
  let weight = taps.weights;
  let first = taps.first;
  const half = i32x4.splat(1 << (WEIGHT_BITS - 1));
  const end = out + ((<usize>width) << 4);
  while (out < end) {
    const offset = (<usize>load<i32>(first)) << 3;
    let high = upper + offset;
    let low = lower + offset;
    let highSum = half;
    let lowSum = half;
    for (let pair = 0; pair < pairs; pair++) {
      const weights = v128.load_splat<i32>(weight);
      highSum = i32x4.add(highSum, i32x4.dot_i16x8_s(pairUpWide(v128.load(high)), weights));
      lowSum = i32x4.add(lowSum, i32x4.dot_i16x8_s(pairUpWide(v128.load(low)), weights));
      weight += 4;
      high += 16;
      low += 16;
    }
    highSum = i32x4.shr_s(highSum, WEIGHT_BITS - DROPPED);
    lowSum = i32x4.shr_s(lowSum, WEIGHT_BITS - DROPPED);
    v128.store(out, interleave(highSum, lowSum));
    first += 4;
    out += 16;
  }
}

/** RGBA RGBA RGBA RGBA → RRGGBBAA RRGGBBAA. */
function pairUp(pixels: v128): v128 {
  return i8x16.shuffle(pixels, pixels, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
}

/** The same for two pixels of i16. */
function pairUpWide(pixels: v128): v128 {
  return i16x8.shuffle(pixels, pixels, 0, 4, 1, 5, 2, 6, 3, 7);
}

/** Two sums of RGBA, each an i32 with `WEIGHT_BITS` behind the point → eight i16 with `KEPT_BITS`. */
function interleave(high: v128, low: v128): v128 {
  return pairUpWide(i16x8.narrow_i32x4_s(i32x4.shr_s(high, DROPPED), i32x4.shr_s(low, DROPPED)));
}
