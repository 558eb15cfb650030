import { KEPT_BITS } from './across';

/** 2^KEPT_BITS / 255 as a fraction of 65,536. */
const FACTOR: i32 = <i32>((<f64>(1 << KEPT_BITS) * 65_536.0) / 255.0 + 0.5);

/**
 * RGBA8 → RGBA of i16 with `KEPT_BITS` behind the point, colours multiplied by alpha: what is invisible must not colour
 * what is visible beside it.
 */
export function premultiply(row: usize, width: i32, out: usize): void {
  const half = i32x4.splat(32_768);
  const factor = i32x4.splat(FACTOR);
  const end = row + ((<usize>width) << 2);
  for (; row < end; row += 4) {
    const pixel = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load_zero<u32>(row)));
    const alpha = i32x4.splat(load<u8>(row, 3));
    const product = i32x4.mul(i32x4.mul(i32x4.replace_lane(pixel, 3, 255), alpha), factor);
    const kept = i32x4.shr_u(i32x4.add(product, half), 16);
    v128.store_lane<u64>(out, i16x8.narrow_i32x4_s(kept, kept), 0);
    out += 8;
  }
}
