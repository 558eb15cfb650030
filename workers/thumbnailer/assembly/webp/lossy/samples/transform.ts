/** Inverse transforms (RFC 6386, 14.3 and 14.4). Blocks are 4 × 4 coefficients of 16 bits, row by row. */

/** √2 · cos(π/8) and √2 · sin(π/8), × 2^16 */
const COSINE: i32 = 85_627;
const SINE: i32 = 35_468;

function firstHalf32(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

function secondHalf32(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** Turns Y2 into the DC of 16 blocks, and clears it. */
export function inverseWht(from: usize, to: usize): void {
  const r0 = v128.load_ext<i16>(from);
  const r1 = v128.load_ext<i16>(from, 8);
  const r2 = v128.load_ext<i16>(from, 16);
  const r3 = v128.load_ext<i16>(from, 24);
  v128.store(from, i64x2.splat(0));
  v128.store(from, i64x2.splat(0), 16);
  const outer = i32x4.add(r0, r3);
  const inner = i32x4.add(r1, r2);
  const innerRest = i32x4.sub(r1, r2);
  const outerRest = i32x4.sub(r0, r3);
  const t0 = i32x4.add(outer, inner);
  const t1 = i32x4.add(outerRest, innerRest);
  const t2 = i32x4.sub(outer, inner);
  const t3 = i32x4.sub(outerRest, innerRest);
  // Rows become columns.
  const a = firstHalf32(t0, t2);
  const b = firstHalf32(t1, t3);
  const c = secondHalf32(t0, t2);
  const d = secondHalf32(t1, t3);
  const c0 = i32x4.add(firstHalf32(a, b), i32x4.splat(3));
  const c1 = secondHalf32(a, b);
  const c2 = firstHalf32(c, d);
  const c3 = secondHalf32(c, d);
  const sum = i32x4.add(c0, c3);
  const middle = i32x4.add(c1, c2);
  const middleRest = i32x4.sub(c1, c2);
  const rest = i32x4.sub(c0, c3);
  storeDc(i32x4.shr_s(i32x4.add(sum, middle), 3), to);
  storeDc(i32x4.shr_s(i32x4.add(rest, middleRest), 3), to + 32);
  storeDc(i32x4.shr_s(i32x4.sub(sum, middle), 3), to + 64);
  storeDc(i32x4.shr_s(i32x4.sub(rest, middleRest), 3), to + 96);
}

/** To every fourth block. */
function storeDc(column: v128, to: usize): void {
  v128.store_lane<i16>(to, column, 0);
  v128.store_lane<i16>(to, column, 2, 128);
  v128.store_lane<i16>(to, column, 4, 256);
  v128.store_lane<i16>(to, column, 6, 384);
}

function times(values: v128, factor: i32): v128 {
  return i32x4.shr_s(i32x4.mul(values, i32x4.splat(factor)), 16);
}

/** @returns the prediction of 4 × 4 pixels with the residual that has nothing but its DC */
export function addDc(prediction: v128, dc: i32): v128 {
  const difference = (dc + 4) >> 3;
  return difference >= 0
    ? i8x16.add_sat_u(prediction, i8x16.splat(<i8>min(difference, 255)))
    : i8x16.sub_sat_u(prediction, i8x16.splat(<i8>min(-difference, 255)));
}

/** @returns the prediction of 4 × 4 pixels with the residual, whose block is cleared */
export function addIdct(prediction: v128, block: usize): v128 {
  const r0 = v128.load_ext<i16>(block);
  const r1 = v128.load_ext<i16>(block, 8);
  const r2 = v128.load_ext<i16>(block, 16);
  const r3 = v128.load_ext<i16>(block, 24);
  v128.store(block, i64x2.splat(0));
  v128.store(block, i64x2.splat(0), 16);
  const sum = i32x4.add(r0, r2);
  const rest = i32x4.sub(r0, r2);
  const odd = i32x4.add(times(r1, COSINE), times(r3, SINE));
  const oddRest = i32x4.sub(times(r1, SINE), times(r3, COSINE));
  const t0 = i32x4.add(sum, odd);
  const t1 = i32x4.add(rest, oddRest);
  const t2 = i32x4.sub(rest, oddRest);
  const t3 = i32x4.sub(sum, odd);
  // Rows become columns.
  const a = firstHalf32(t0, t2);
  const b = firstHalf32(t1, t3);
  const c = secondHalf32(t0, t2);
  const d = secondHalf32(t1, t3);
  const c0 = i32x4.add(firstHalf32(a, b), i32x4.splat(4));
  const c1 = secondHalf32(a, b);
  const c2 = firstHalf32(c, d);
  const c3 = secondHalf32(c, d);
  const sumAcross = i32x4.add(c0, c2);
  const restAcross = i32x4.sub(c0, c2);
  const oddAcross = i32x4.add(times(c1, COSINE), times(c3, SINE));
  const oddRestAcross = i32x4.sub(times(c1, SINE), times(c3, COSINE));
  const left = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(sumAcross, oddAcross), 3),
    i32x4.shr_s(i32x4.add(restAcross, oddRestAcross), 3),
  );
  const right = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.sub(restAcross, oddRestAcross), 3),
    i32x4.shr_s(i32x4.sub(sumAcross, oddAcross), 3),
  );
  const upper = v128.shuffle<i16>(left, right, 0, 4, 8, 12, 1, 5, 9, 13);
  const lower = v128.shuffle<i16>(left, right, 2, 6, 10, 14, 3, 7, 11, 15);
  return i8x16.narrow_i16x8_u(
    i16x8.add(i16x8.extend_low_i8x16_u(prediction), upper),
    i16x8.add(i16x8.extend_high_i8x16_u(prediction), lower),
  );
}
