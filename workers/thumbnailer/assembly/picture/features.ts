import { mark, release, reserve } from '../arena';
import { NO_MEMORY, OK } from './status';
import { sharpnessOf } from './sharpness';

/** Of each channel as many bits tell colours apart: 16 × 16 × 16 bins. */
const BIN_BITS: i32 = 4;
const BINS: usize = 1 << (3 * BIN_BITS);
/** A bin: how many pixels, and their sums of red, green and blue, each a u32. */
const BIN_BYTES: usize = 16;

/** Sides of the grid of lightness that the perceptual hash is made from. */
const GRID: i32 = 32;

/**
 * Looks at a small picture (at most 4 megapixels). Writes to `out`: sharpness (f64); how many pixels let something
 * through (u32); the dominant colour's red, green, blue (u32 each); 4 bytes nothing; then 32 × 32 bytes of lightness,
 * each the mean of its part of the picture. @returns a status
 */
export function measureFeatures(picture: usize, width: i32, height: i32, out: usize): i32 {
  const before = mark();
  const bins = reserve(BINS * BIN_BYTES);
  const luma = reserve(<usize>width * <usize>height + 16);
  if (bins === 0 || luma === 0) {
    release(before);
    return NO_MEMORY;
  }
  memory.fill(bins, 0, BINS * BIN_BYTES);
  store<u32>(out, countColours(picture, width * height, bins, luma), 8);
  storeDominant(bins, out + 12);
  store<f64>(out, sharpnessOf(luma, width, height));
  storeGrid(luma, width, height, out + 28);
  release(before);
  return OK;
}

/** One pass over all pixels: fills the bins and the plane of lightness. @returns how many are not opaque */
function countColours(picture: usize, pixels: i32, bins: usize, luma: usize): u32 {
  let through: u32 = 0;
  for (let pixel = 0; pixel < pixels; pixel++, picture += 4) {
    const red = <u32>load<u8>(picture);
    const green = <u32>load<u8>(picture, 1);
    const blue = <u32>load<u8>(picture, 2);
    const alpha = load<u8>(picture, 3);
    // ITU-R BT.601, 2.5.1, in 256ths.
    store<u8>(luma + <usize>pixel, (77 * red + 150 * green + 29 * blue) >> 8);
    through += <u32>(alpha !== 255);
    if (alpha < 128) continue;
    const drop = 8 - BIN_BITS;
    const index = ((red >> drop) << (2 * BIN_BITS)) | ((green >> drop) << BIN_BITS) | (blue >> drop);
    const bin = bins + <usize>index * BIN_BYTES;
    v128.store(bin, i32x4.add(v128.load(bin), i32x4(1, red, green, blue)));
  }
  return through;
}

/** The mean of the bin with most pixels: a colour that is really there, which the mean of all is not. */
function storeDominant(bins: usize, out: usize): void {
  let best = bins;
  for (let at = bins; at < bins + BINS * BIN_BYTES; at += BIN_BYTES) {
    if (load<u32>(at) > load<u32>(best)) best = at;
  }
  const count = max(load<u32>(best), 1);
  for (let channel: usize = 0; channel < 12; channel += 4) {
    store<u32>(out + channel, (load<u32>(best + channel, 4) + (count >> 1)) / count);
  }
}

/** A picture with less than 32 pixels in one side gives some of them to several parts. */
function storeGrid(luma: usize, width: i32, height: i32, out: usize): void {
  for (let row = 0; row < GRID; row++) {
    const top = (row * height) / GRID;
    const bottom = max(top + 1, ((row + 1) * height) / GRID);
    for (let column = 0; column < GRID; column++) {
      const left = (column * width) / GRID;
      const right = max(left + 1, ((column + 1) * width) / GRID);
      let sum: u32 = 0;
      for (let y = top; y < bottom; y++) {
        const from = luma + <usize>y * <usize>width;
        for (let x = left; x < right; x++) sum += <u32>load<u8>(from + <usize>x);
      }
      const count = <u32>((bottom - top) * (right - left));
      store<u8>(out + <usize>(row * GRID + column), <u8>((sum + (count >> 1)) / count));
    }
  }
}
