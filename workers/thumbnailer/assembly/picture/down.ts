import { KEPT_BITS } from './across';
import { WEIGHT_BITS } from './taps';

const DROPPED: i32 = WEIGHT_BITS + KEPT_BITS;
const HALF: i32 = 1 << (DROPPED - 1);

/** Pixels that one turn of the loop makes: eight sums and what feeds them are as many registers as there are. */
export const BLOCK: i32 = 8;

/**
 * Adds the rows of the ring up to one row of the output.
 * @param rows pointers (u32) to `pairs` rows as `across.ts` writes them
 * @param weights i16, two for each of these
 * @param out RGBA8; written in whole blocks, so up to 28 bytes behind the row
 * @param opaque what is put into alpha, whatever the sum is: 0xff000000 or 0
 */
export function downRow(rows: usize, pairs: i32, weights: usize, width: i32, out: usize, alpha: u32): void {
  const opaque = i32x4.splat(alpha);
  const end = (<usize>width) << 4;
  for (let x: usize = 0; x < end; x += (<usize>BLOCK) << 4) {
    let sum0 = i32x4.splat(HALF);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let sum4 = sum0;
    let sum5 = sum0;
    let sum6 = sum0;
    let sum7 = sum0;
    for (let pair = 0; pair < pairs; pair++) {
      const at = <usize>load<u32>(rows + ((<usize>pair) << 2)) + x;
      const weight = v128.load_splat<i32>(weights + ((<usize>pair) << 2));
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(v128.load(at), weight));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(v128.load(at, 16), weight));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(v128.load(at, 32), weight));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(v128.load(at, 48), weight));
      sum4 = i32x4.add(sum4, i32x4.dot_i16x8_s(v128.load(at, 64), weight));
      sum5 = i32x4.add(sum5, i32x4.dot_i16x8_s(v128.load(at, 80), weight));
      sum6 = i32x4.add(sum6, i32x4.dot_i16x8_s(v128.load(at, 96), weight));
      sum7 = i32x4.add(sum7, i32x4.dot_i16x8_s(v128.load(at, 112), weight));
    }
    const to = out + (x >> 2);
    v128.store(to, v128.or(fourPixels(sum0, sum1, sum2, sum3), opaque));
    v128.store(to, v128.or(fourPixels(sum4, sum5, sum6, sum7), opaque), 16);
  }
}

function fourPixels(sum0: v128, sum1: v128, sum2: v128, sum3: v128): v128 {
  const front = i16x8.narrow_i32x4_s(i32x4.shr_s(sum0, DROPPED), i32x4.shr_s(sum1, DROPPED));
  const back = i16x8.narrow_i32x4_s(i32x4.shr_s(sum2, DROPPED), i32x4.shr_s(sum3, DROPPED));
  return i8x16.narrow_i16x8_u(front, back);
}

/** The same for rows that were multiplied by alpha: the colours are divided by it again. */
export function downPremultipliedRow(rows: usize, pairs: i32, weights: usize, width: i32, out: usize): void {
  const end = (<usize>width) << 4;
  for (let x: usize = 0; x < end; x += 64) {
    let sum0 = i32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let pair = 0; pair < pairs; pair++) {
      const at = <usize>load<u32>(rows + ((<usize>pair) << 2)) + x;
      const weight = v128.load_splat<i32>(weights + ((<usize>pair) << 2));
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(v128.load(at), weight));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(v128.load(at, 16), weight));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(v128.load(at, 32), weight));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(v128.load(at, 48), weight));
    }
    const front = i16x8.narrow_i32x4_s(divided(sum0), divided(sum1));
    const back = i16x8.narrow_i32x4_s(divided(sum2), divided(sum3));
    v128.store(out + (x >> 2), i8x16.narrow_i16x8_u(front, back));
  }
}

/** Sums of RGBA with `DROPPED` bits behind the point → whole RGBA, the colours not multiplied by alpha any more. */
function divided(sum: v128): v128 {
  // pmin and pmax are one instruction each, min and max six (they care for NaN and -0).
  const zero = f32x4.splat(0);
  const most = f32x4.splat(255);
  const exact = f32x4.mul(f32x4.convert_i32x4_s(sum), f32x4.splat(1 / <f32>(1 << DROPPED)));
  const alpha = f32x4.pmin(f32x4.pmax(i32x4.shuffle(exact, exact, 3, 3, 3, 3), zero), most);
  // The colours of what cannot be seen are 0: a division by 0 makes NaN or infinity, which the mask takes away.
  const visible = f32x4.ge(alpha, f32x4.splat(0.5));
  const colours = f32x4.mul(exact, f32x4.div(most, alpha));
  const pixel = v128.and(v128.bitselect(alpha, colours, i32x4(0, 0, 0, -1)), visible);
  const within = f32x4.pmin(f32x4.pmax(pixel, zero), most);
  // Behind 2^23 a float has no place for fractions: adding it rounds, and leaves the whole number in the low bits.
  return v128.and(f32x4.add(within, f32x4.splat(8_388_608)), i32x4.splat(0xff));
}
