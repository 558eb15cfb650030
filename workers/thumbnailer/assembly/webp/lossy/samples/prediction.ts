import { DC, HORIZONTAL, TRUE_MOTION } from '../entropy/modes';

/**
 * Prediction of 16 × 16 pixels of luma or 8 × 8 of chroma (RFC 6386, 12.2) from the row above and the column to the left
 * as they are before the loop filter. Outside of the picture these are 127 and 129.
 */

/** @param left the pixel to the left of the first one; others are `stride` apart @param corner the one above it */
export function predictLuma(
  mode: i32,
  to: usize,
  stride: usize,
  above: usize,
  left: usize,
  corner: u32,
  hasAbove: bool,
  hasLeft: bool,
): void {
  const top = v128.load(above);
  const end = to + 16 * stride;
  if (mode === TRUE_MOTION) {
    const low = i16x8.extend_low_i8x16_u(top);
    const high = i16x8.extend_high_i8x16_u(top);
    for (; to < end; to += stride, left += stride) {
      const difference = i16x8.splat(<i16>(<u32>load<u8>(left) - corner));
      v128.store(to, i8x16.narrow_i16x8_u(i16x8.add(low, difference), i16x8.add(high, difference)));
    }
  } else if (mode === HORIZONTAL) {
    for (; to < end; to += stride, left += stride) v128.store(to, v128.load_splat<u8>(left));
  } else {
    const row = mode === DC ? i8x16.splat(<i8>meanOf(top, left, stride, 4, hasAbove, hasLeft)) : top;
    for (; to < end; to += stride) v128.store(to, row);
  }
}

export function predictChroma(
  mode: i32,
  to: usize,
  stride: usize,
  above: usize,
  left: usize,
  corner: u32,
  hasAbove: bool,
  hasLeft: bool,
): void {
  const top = v128.load_zero<u64>(above);
  const end = to + 8 * stride;
  if (mode === TRUE_MOTION) {
    const low = i16x8.extend_low_i8x16_u(top);
    for (; to < end; to += stride, left += stride) {
      const row = i16x8.add(low, i16x8.splat(<i16>(<u32>load<u8>(left) - corner)));
      v128.store_lane<u64>(to, i8x16.narrow_i16x8_u(row, row), 0);
    }
  } else if (mode === HORIZONTAL) {
    for (; to < end; to += stride, left += stride) v128.store_lane<u64>(to, v128.load_splat<u8>(left), 0);
  } else {
    const row = mode === DC ? i8x16.splat(<i8>meanOf(top, left, stride, 3, hasAbove, hasLeft)) : top;
    for (; to < end; to += stride) v128.store_lane<u64>(to, row, 0);
  }
}

/** Of the pixels above (those of `top`, others are 0) and to the left, as far as they are in the picture. */
function meanOf(top: v128, left: usize, stride: usize, sideBits: u32, hasAbove: bool, hasLeft: bool): u32 {
  if (!hasAbove && !hasLeft) return 128;
  let sum: u32 = 0;
  if (hasAbove) {
    const pairs = i16x8.extadd_pairwise_i8x16_u(top);
    const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
    const eights = i32x4.add(fours, v128.shuffle<i32>(fours, fours, 2, 3, 0, 1));
    sum = i32x4.extract_lane(eights, 0) + i32x4.extract_lane(eights, 1);
  }
  if (hasLeft) {
    const end = left + (stride << sideBits);
    for (; left < end; left += stride) sum += load<u8>(left);
  }
  const bits = sideBits + <u32>(hasAbove && hasLeft);
  return (sum + (1 << (bits - 1))) >> bits;
}
