/** Whether nothing is seen through the pixels of a row. */
export function isOpaque(row: usize, width: i32): bool {
  const end = row + ((<usize>width) << 2);
  let all = i32x4.splat(-1);
  for (; row + 16 <= end; row += 16) all = v128.and(all, v128.load(row));
  for (; row < end; row += 4) all = v128.and(all, v128.load_splat<u32>(row));
  return i32x4.bitmask(i32x4.eq(v128.or(all, i32x4.splat(0xffffff)), i32x4.splat(-1))) === 0b1111;
}

/**
 * RGBA8 → RGBA of i16 with 6 bits (`KEPT_BITS`) behind the point, colours multiplied by alpha: what is invisible must
 * not colour what is visible beside it. Reads at most 12 bytes behind the row, and writes 24 behind its own.
 */
export function premultiply(row: usize, width: i32, out: usize): void {
  const full = i16x8(0, 0, 0, 255, 0, 0, 0, 255);
  const end = row + ((<usize>width) << 2);
  for (; row < end; row += 16, out += 32) {
    const pixels = v128.load(row);
    const alphas = i8x16.shuffle(pixels, pixels, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    const front = v128.or(i16x8.extend_low_i8x16_u(pixels), full);
    const back = v128.or(i16x8.extend_high_i8x16_u(pixels), full);
    v128.store(out, keep(i16x8.mul(front, i16x8.extend_low_i8x16_u(alphas))));
    v128.store(out, keep(i16x8.mul(back, i16x8.extend_high_i8x16_u(alphas))), 16);
  }
}

/** × 64 / 255, of products that have 16 bits: a 255th is a 256th and a 65,536th, and rounding does the rest. */
function keep(product: v128): v128 {
  const sum = i16x8.add(i16x8.add(product, i16x8.shr_u(product, 8)), i16x8.splat(2));
  return i16x8.shr_u(sum, 2);
}
