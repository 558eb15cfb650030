import { DC, TRUE_MOTION } from '../entropy/modes';

/**
 * Prediction of 4 × 4 pixels (RFC 6386, 12.3). The edge E is one vector: the lowest pixel to the left twice, those above
 * it, the corner, eight pixels above from left to right, the last one twice. Each predicted pixel is a mean of three or of
 * two neighbours on that edge; all of these are made at once, and a mode is a choice of them.
 */

/** Chooses nothing. */
const NO: u8 = 128;

/** Of each mode, for 16 pixels: the first of three neighbours, or that of two. */
// prettier-ignore
const CHOICES = memory.data<u8>([
  // B_DC_PRED: not from here
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  // B_TM_PRED: pixels above and to the left, which are no means
  6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9,
  4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1,
  // B_VE_PRED
  5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  // B_HE_PRED
  3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  // B_LD_PRED
  6, 7, 8, 9, 7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  // B_RD_PRED
  4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  // B_VR_PRED
  NO, NO, NO, NO, 4, 5, 6, 7, 3, NO, NO, NO, 2, 4, 5, 6,
  5, 6, 7, 8, NO, NO, NO, NO, NO, 5, 6, 7, NO, NO, NO, NO,
  // B_VL_PRED
  NO, NO, NO, NO, 6, 7, 8, 9, NO, NO, NO, 10, 7, 8, 9, 11,
  6, 7, 8, 9, NO, NO, NO, NO, 7, 8, 9, NO, NO, NO, NO, NO,
  // B_HD_PRED
  NO, 4, 5, 6, NO, 3, NO, 4, NO, 2, NO, 3, NO, 1, NO, 2,
  4, NO, NO, NO, 3, NO, 4, NO, 2, NO, 3, NO, 1, NO, 2, NO,
  // B_HU_PRED
  NO, 2, NO, 1, NO, 1, NO, 0, NO, 0, NO, NO, NO, NO, NO, NO,
  3, NO, 2, NO, 2, NO, 1, NO, 1, NO, 0, 0, 0, 0, 0, 0,
], 16);

/**
 * @param left four pixels to the left, the lowest one first
 * @param above eight pixels, the first one lowest
 * @returns 16 pixels, row by row
 */
export function predictSubblock(mode: usize, left: u32, corner: u32, above: u64): v128 {
  if (mode === DC) return i8x16.splat(<i8>mean((<u64>left) | (above << 32)));
  const low = (<u64>(left & 0xff)) | ((<u64>left) << 8) | ((<u64>corner) << 40) | (above << 48);
  const high = (above >> 16) | ((above >> 56) << 48);
  const edge = i64x2.replace_lane(i64x2.splat(low), 1, high);
  const choices = CHOICES + (mode << 5);
  const first = v128.load(choices);
  const second = v128.load(choices, 16);
  if (mode === TRUE_MOTION) return trueMotion(i8x16.swizzle(edge, first), i8x16.swizzle(edge, second), corner);
  const next = v128.shuffle<i8>(edge, edge, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0);
  const afterNext = v128.shuffle<i8>(edge, edge, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1);
  const pairs = i8x16.avgr_u(edge, next);
  // (a + 2b + c + 2) >> 2, of which the mean of a and c must be rounded down.
  const odd = v128.and(v128.xor(edge, afterNext), i8x16.splat(1));
  const threes = i8x16.avgr_u(next, i8x16.sub(i8x16.avgr_u(edge, afterNext), odd));
  return v128.or(i8x16.swizzle(threes, first), i8x16.swizzle(pairs, second));
}

/** In each of four 16-bit words all bits of the lower byte, and the lowest bit. */
const LOWER_BYTES: u64 = u64.MAX_VALUE / 257;
const LOWEST_BITS: u64 = u64.MAX_VALUE / 65_535;

/** Of eight pixels. */
function mean(pixels: u64): u32 {
  const pairs = (pixels & LOWER_BYTES) + ((pixels >> 8) & LOWER_BYTES);
  return (<u32>((pairs * LOWEST_BITS) >> 48) + 4) >> 3;
}

function trueMotion(above: v128, left: v128, corner: u32): v128 {
  const base = i16x8.splat(<i16>corner);
  return i8x16.narrow_i16x8_u(
    i16x8.add(i16x8.extend_low_i8x16_u(above), i16x8.sub(i16x8.extend_low_i8x16_u(left), base)),
    i16x8.add(i16x8.extend_high_i8x16_u(above), i16x8.sub(i16x8.extend_high_i8x16_u(left), base)),
  );
}
