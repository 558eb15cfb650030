/** Vertical edges, turned so that they can be filtered like horizontal ones. */

/**
 * Writes four columns of 16 pixels as four lines of 16 bytes.
 * @param first the first of 8 lines, `stride` apart @param second the first of another 8
 */
export function turnColumns(first: usize, second: usize, stride: usize, to: usize): void {
  const a = fourLines(first, stride);
  const b = fourLines(first + 4 * stride, stride);
  const c = fourLines(second, stride);
  const d = fourLines(second + 4 * stride, stride);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to, v128.shuffle<i64>(ab, cd, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 48);
}

/** The way back. */
export function turnBack(from: usize, first: usize, second: usize, stride: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from, 16);
  const r2 = v128.load(from, 32);
  const r3 = v128.load(from, 48);
  const low01 = v128.shuffle<i8>(r0, r1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const low23 = v128.shuffle<i8>(r2, r3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const high01 = v128.shuffle<i8>(r0, r1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const high23 = v128.shuffle<i8>(r2, r3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  storeLines(v128.shuffle<i16>(low01, low23, 0, 8, 1, 9, 2, 10, 3, 11), first, stride);
  storeLines(v128.shuffle<i16>(low01, low23, 4, 12, 5, 13, 6, 14, 7, 15), first + 4 * stride, stride);
  storeLines(v128.shuffle<i16>(high01, high23, 0, 8, 1, 9, 2, 10, 3, 11), second, stride);
  storeLines(v128.shuffle<i16>(high01, high23, 4, 12, 5, 13, 6, 14, 7, 15), second + 4 * stride, stride);
}

/** 4 × 4 pixels, column by column. */
function fourLines(from: usize, stride: usize): v128 {
  let lines = v128.load_zero<u32>(from);
  lines = v128.load_lane<u32>(from + stride, lines, 1);
  lines = v128.load_lane<u32>(from + 2 * stride, lines, 2);
  lines = v128.load_lane<u32>(from + 3 * stride, lines, 3);
  return v128.shuffle<i8>(lines, lines, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

function storeLines(lines: v128, to: usize, stride: usize): void {
  v128.store_lane<u32>(to, lines, 0);
  v128.store_lane<u32>(to + stride, lines, 1);
  v128.store_lane<u32>(to + 2 * stride, lines, 2);
  v128.store_lane<u32>(to + 3 * stride, lines, 3);
}
