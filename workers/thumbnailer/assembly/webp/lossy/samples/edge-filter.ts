/**
 * The loop filter across a horizontal edge, 16 pixels at once (RFC 6386, 15). P3 to P0 are the lines above the edge, Q0
 * to Q3 those below it.
 */

const SIGN: i8 = -128;

function distance(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/** Where |P0 − Q0| · 2 + |P1 − Q1| / 2 is within the limit (15.2). */
function isEdgeFlat(p1: v128, p0: v128, q0: v128, q1: v128, limit: u32): v128 {
  const near = distance(p0, q0);
  const far = i8x16.shr_u(distance(p1, q1), 1);
  return i8x16.le_u(i8x16.add_sat_u(i8x16.add_sat_u(near, near), far), i8x16.splat(<i8>limit));
}

/** The largest difference between neighbours of one side. */
function roughness(a3: v128, a2: v128, a1: v128, a0: v128): v128 {
  return i8x16.max_u(i8x16.max_u(distance(a3, a2), distance(a2, a1)), distance(a1, a0));
}

function eighth(values: v128): v128 {
  return i8x16.shr_s(values, 3);
}

/** Three times Q0 − P0, added to `more`; all are signed and saturate. */
function threefold(more: v128, p0: v128, q0: v128): v128 {
  const difference = i8x16.sub_sat_s(q0, p0);
  return i8x16.add_sat_s(i8x16.add_sat_s(i8x16.add_sat_s(more, difference), difference), difference);
}

/** The simple filter (15.2). */
export function filterSimple(q: usize, stride: usize, limit: u32): void {
  const sign = i8x16.splat(SIGN);
  const p1 = v128.load(q - 2 * stride);
  const p0 = v128.load(q - stride);
  const q0 = v128.load(q);
  const q1 = v128.load(q + stride);
  const flat = isEdgeFlat(p1, p0, q0, q1, limit);
  const p = v128.xor(p0, sign);
  const s = v128.xor(q0, sign);
  const outer = i8x16.sub_sat_s(v128.xor(p1, sign), v128.xor(q1, sign));
  const value = v128.and(threefold(outer, p, s), flat);
  const toP = eighth(i8x16.add_sat_s(value, i8x16.splat(3)));
  const toQ = eighth(i8x16.add_sat_s(value, i8x16.splat(4)));
  v128.store(q - stride, v128.xor(i8x16.add_sat_s(p, toP), sign));
  v128.store(q, v128.xor(i8x16.sub_sat_s(s, toQ), sign));
}

/** The normal filter between subblocks (15.3): four lines change. */
export function filterSubblockEdge(q: usize, stride: usize, limit: u32, interior: u32, variance: u32): void {
  const sign = i8x16.splat(SIGN);
  let p1 = v128.load(q - 2 * stride);
  let p0 = v128.load(q - stride);
  let q0 = v128.load(q);
  let q1 = v128.load(q + stride);
  const rough = i8x16.max_u(
    roughness(v128.load(q - 4 * stride), v128.load(q - 3 * stride), p1, p0),
    roughness(v128.load(q + 3 * stride), v128.load(q + 2 * stride), q1, q0),
  );
  const filtered = v128.and(isEdgeFlat(p1, p0, q0, q1, limit), i8x16.le_u(rough, i8x16.splat(<i8>interior)));
  if (!v128.any_true(filtered)) return;
  const steep = i8x16.gt_u(i8x16.max_u(distance(p1, p0), distance(q1, q0)), i8x16.splat(<i8>variance));
  p1 = v128.xor(p1, sign);
  p0 = v128.xor(p0, sign);
  q0 = v128.xor(q0, sign);
  q1 = v128.xor(q1, sign);
  const outer = v128.and(i8x16.sub_sat_s(p1, q1), steep);
  const value = v128.and(threefold(outer, p0, q0), filtered);
  const toP = eighth(i8x16.add_sat_s(value, i8x16.splat(3)));
  const toQ = eighth(i8x16.add_sat_s(value, i8x16.splat(4)));
  // (toQ + 1) >> 1 of signed bytes, where it is not steep.
  const half = i8x16.sub(i8x16.avgr_u(v128.xor(toQ, sign), i8x16.splat(0)), i8x16.splat(64));
  const toOuter = v128.andnot(half, steep);
  v128.store(q - 2 * stride, v128.xor(i8x16.add_sat_s(p1, toOuter), sign));
  v128.store(q - stride, v128.xor(i8x16.add_sat_s(p0, toP), sign));
  v128.store(q, v128.xor(i8x16.sub_sat_s(q0, toQ), sign));
  v128.store(q + stride, v128.xor(i8x16.sub_sat_s(q1, toOuter), sign));
}

/** The normal filter between macroblocks (15.3): six lines change. */
export function filterMacroblockEdge(q: usize, stride: usize, limit: u32, interior: u32, variance: u32): void {
  const sign = i8x16.splat(SIGN);
  let p2 = v128.load(q - 3 * stride);
  let p1 = v128.load(q - 2 * stride);
  let p0 = v128.load(q - stride);
  let q0 = v128.load(q);
  let q1 = v128.load(q + stride);
  let q2 = v128.load(q + 2 * stride);
  const rough = i8x16.max_u(
    roughness(v128.load(q - 4 * stride), p2, p1, p0),
    roughness(v128.load(q + 3 * stride), q2, q1, q0),
  );
  const filtered = v128.and(isEdgeFlat(p1, p0, q0, q1, limit), i8x16.le_u(rough, i8x16.splat(<i8>interior)));
  if (!v128.any_true(filtered)) return;
  const steep = i8x16.gt_u(i8x16.max_u(distance(p1, p0), distance(q1, q0)), i8x16.splat(<i8>variance));
  p2 = v128.xor(p2, sign);
  p1 = v128.xor(p1, sign);
  p0 = v128.xor(p0, sign);
  q0 = v128.xor(q0, sign);
  q1 = v128.xor(q1, sign);
  q2 = v128.xor(q2, sign);
  const value = v128.and(threefold(i8x16.sub_sat_s(p1, q1), p0, q0), filtered);
  const steepValue = v128.and(value, steep);
  p0 = i8x16.add_sat_s(p0, eighth(i8x16.add_sat_s(steepValue, i8x16.splat(3))));
  q0 = i8x16.sub_sat_s(q0, eighth(i8x16.add_sat_s(steepValue, i8x16.splat(4))));
  // 27, 18 and 9 of 128 parts.
  const mild = v128.andnot(value, steep);
  const low = i16x8.mul(i16x8.extend_low_i8x16_s(mild), i16x8.splat(9));
  const high = i16x8.mul(i16x8.extend_high_i8x16_s(mild), i16x8.splat(9));
  const lowOnce = i16x8.add(low, i16x8.splat(63));
  const highOnce = i16x8.add(high, i16x8.splat(63));
  const lowTwice = i16x8.add(lowOnce, low);
  const highTwice = i16x8.add(highOnce, high);
  const outer = parts(lowOnce, highOnce);
  const middle = parts(lowTwice, highTwice);
  const inner = parts(i16x8.add(lowTwice, low), i16x8.add(highTwice, high));
  v128.store(q - 3 * stride, v128.xor(i8x16.add_sat_s(p2, outer), sign));
  v128.store(q - 2 * stride, v128.xor(i8x16.add_sat_s(p1, middle), sign));
  v128.store(q - stride, v128.xor(i8x16.add_sat_s(p0, inner), sign));
  v128.store(q, v128.xor(i8x16.sub_sat_s(q0, inner), sign));
  v128.store(q + stride, v128.xor(i8x16.sub_sat_s(q1, middle), sign));
  v128.store(q + 2 * stride, v128.xor(i8x16.sub_sat_s(q2, outer), sign));
}

function parts(low: v128, high: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.shr_s(low, 7), i16x8.shr_s(high, 7));
}
