import { PLACE } from '../dequantiser';
import { COSINES } from './cosines';
import { largeIdct } from './idct-large';
import { FIRST_ROUNDING, FIRST_SHIFT, LAST_BIAS, LAST_SHIFT } from './idct-precision';

/**
 * The inverse DCT (A.3.3) to 1 to 8 samples in each direction, as two multiplications by a matrix of cosines: first
 * along the rows, then along the columns. `dot` adds two products at once, so coefficients are used in pairs: even
 * frequencies are symmetric about the block's middle and odd ones antisymmetric, which halves the work.
 */

/**
 * Turns a block into samples.
 * @param places the bits of all places (see `dequantiser.ts`) where coefficients are
 * @param to its first sample; rows are `stride` apart; up to 8 samples are written in each, of which `wide` count
 */
export function idct(block: usize, places: i32, wide: i32, high: i32, to: usize, stride: usize): void {
  if ((places & PLACE) === 0) flat(<i32>load<i16>(block), high, to, stride);
  else if (max(wide, high) <= 4) small(block, wide, high, to, stride);
  else largeIdct(block, places, wide, high, to, stride);
}

/** A block with nothing but its mean, which DC is 8 times of. */
function flat(dc: i32, high: i32, to: usize, stride: usize): void {
  const sample = i8x16.splat(<i8>min(max(((dc + 4) >> 3) + 128, 0), 255));
  for (let y = 0; y < high; y++, to += stride) v128.store_lane<i64>(to, sample, 0);
}

/** Up to 4 × 4 samples: everything fits into registers, and halving the work would cost more than it saves. */
function small(block: usize, wide: i32, high: i32, to: usize, stride: usize): void {
  const c0 = v128.load(block);
  const c1 = v128.load(block, 16);
  const even = v128.shuffle<i16>(c0, v128.load(block, 32), 0, 8, 1, 9, 2, 10, 3, 11);
  const odd = v128.shuffle<i16>(c1, v128.load(block, 48), 0, 8, 1, 9, 2, 10, 3, 11);
  const cosinesAcross = COSINES + (wide << 7);
  const rounding = i32x4.splat(FIRST_ROUNDING);
  const left = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(sum4(even, odd, cosinesAcross), rounding), FIRST_SHIFT),
    i32x4.shr_s(i32x4.add(sum4(even, odd, cosinesAcross + 16), rounding), FIRST_SHIFT),
  );
  const right = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(sum4(even, odd, cosinesAcross + 32), rounding), FIRST_SHIFT),
    i32x4.shr_s(i32x4.add(sum4(even, odd, cosinesAcross + 48), rounding), FIRST_SHIFT),
  );
  const evenRows = v128.shuffle<i16>(left, right, 0, 2, 4, 6, 8, 10, 12, 14);
  const oddRows = v128.shuffle<i16>(left, right, 1, 3, 5, 7, 9, 11, 13, 15);
  let cosines = COSINES + (high << 7);
  const bias = i32x4.splat(LAST_BIAS);
  for (let y = 0; y < high; y++, cosines += 16, to += stride) {
    const row = i32x4.shr_s(i32x4.add(sum4(evenRows, oddRows, cosines), bias), LAST_SHIFT);
    const words = i16x8.narrow_i32x4_s(row, row);
    v128.store_lane<i32>(to, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Four frequencies: pairs of 0 and 2, and of 1 and 3. */
function sum4(even: v128, odd: v128, cosines: usize): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(even, v128.load_splat<i32>(cosines)),
    i32x4.dot_i16x8_s(odd, v128.load_splat<i32>(cosines, 8)),
  );
}
