/** From components to RGBA: JFIF (ISO/IEC 10918-5) clause 7 for three of them, Adobe's technical note 5116 for four. */

export const GREY = 1;
export const YCBCR = 2;
export const RGB = 3;
/** Cyan, magenta, yellow and black; inverted when 255 stands for no ink. */
export const CMYK = 4;
export const CMYK_INVERTED = 5;
export const YCCK_INVERTED = 6;

/** Writes `width` pixels from the lines of the components, which are readable for 16 more; writes up to 16 more. */
export function writePixels(space: i32, a: usize, b: usize, c: usize, d: usize, to: usize, width: i32): void {
  const count = (<usize>width + 15) & ~15;
  for (let x: usize = 0; x < count; x += 16) {
    const first = v128.load(a + x);
    if (space === GREY) storeRgba(first, first, first, to + (x << 2));
    else if (space === RGB) storeRgba(first, v128.load(b + x), v128.load(c + x), to + (x << 2));
    else if (space === YCBCR) storeYcc(first, v128.load(b + x), v128.load(c + x), to + (x << 2));
    else storeInk(space, first, v128.load(b + x), v128.load(c + x), v128.load(d + x), to + (x << 2));
  }
}

/** R = Y + 1.402 Cr, G = Y − 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb, rounded as libjpeg does */
function storeYcc(y: v128, cb: v128, cr: v128, to: usize): void {
  const middle = i16x8.splat(128);
  const yLow = i16x8.extend_low_i8x16_u(y);
  const yHigh = i16x8.extend_high_i8x16_u(y);
  const cbLow = i16x8.sub(i16x8.extend_low_i8x16_u(cb), middle);
  const cbHigh = i16x8.sub(i16x8.extend_high_i8x16_u(cb), middle);
  const crLow = i16x8.sub(i16x8.extend_low_i8x16_u(cr), middle);
  const crHigh = i16x8.sub(i16x8.extend_high_i8x16_u(cr), middle);
  storeRgba(
    i8x16.narrow_i16x8_u(red(yLow, crLow), red(yHigh, crHigh)),
    i8x16.narrow_i16x8_u(green(yLow, cbLow, crLow), green(yHigh, cbHigh, crHigh)),
    i8x16.narrow_i16x8_u(blue(yLow, cbLow), blue(yHigh, cbHigh)),
    to,
  );
}

/** 1 + 0.402, because a factor must be below 1. */
function red(y: v128, cr: v128): v128 {
  return i16x8.add(i16x8.add(y, cr), i16x8.q15mulr_sat_s(cr, i16x8.splat(13_173)));
}

/** 2 − 0.228 */
function blue(y: v128, cb: v128): v128 {
  return i16x8.add(i16x8.add(y, i16x8.shl(cb, 1)), i16x8.q15mulr_sat_s(cb, i16x8.splat(-7_471)));
}

function green(y: v128, cb: v128, cr: v128): v128 {
  // Factors × 2^15: both in 32 bits, that the sum is rounded once.
  const factors = i32x4.splat((-23_401 << 16) | (-11_277 & 0xffff));
  const rounding = i32x4.splat(1 << 14);
  const low = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 0, 8, 1, 9, 2, 10, 3, 11), factors);
  const high = i32x4.dot_i16x8_s(v128.shuffle<i16>(cb, cr, 4, 12, 5, 13, 6, 14, 7, 15), factors);
  const difference = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, rounding), 15),
    i32x4.shr_s(i32x4.add(high, rounding), 15),
  );
  return i16x8.add(y, difference);
}

/** Interleaves 16 pixels. */
function storeRgba(r: v128, g: v128, b: v128, to: usize): void {
  const opaque = i8x16.splat(-1);
  const rgLow = v128.shuffle<i8>(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rgHigh = v128.shuffle<i8>(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const baLow = v128.shuffle<i8>(b, opaque, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const baHigh = v128.shuffle<i8>(b, opaque, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, v128.shuffle<i16>(rgLow, baLow, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(to, v128.shuffle<i16>(rgLow, baLow, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(to, v128.shuffle<i16>(rgHigh, baHigh, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(to, v128.shuffle<i16>(rgHigh, baHigh, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}

const blacks: usize = memory.data(16, 16);

/**
 * Four inks, mixed as if they were ideal: R = (255 − C)(255 − K) / 255. Without the printer's profile nothing better
 * is known, and such files do not come out of cameras.
 */
function storeInk(space: i32, a: v128, b: v128, c: v128, k: v128, to: usize): void {
  // The YCbCr of YCCK are those of what is inverted once more, but K is not.
  const turned = space === YCCK_INVERTED ? 255 : 0;
  if (space === YCCK_INVERTED) storeYcc(a, b, c, to);
  else if (space === CMYK_INVERTED) storeRgba(a, b, c, to);
  else storeRgba(v128.not(a), v128.not(b), v128.not(c), to);
  v128.store(blacks, space === CMYK ? v128.not(k) : k);
  for (let x: usize = 0; x < 16; x++, to += 4) {
    const black = <i32>load<u8>(blacks + x);
    for (let channel: usize = 0; channel < 3; channel++) {
      store<u8>(to + channel, (((<i32>load<u8>(to + channel)) ^ turned) * black + 127) / 255);
    }
  }
}
