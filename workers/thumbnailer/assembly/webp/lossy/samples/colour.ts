/**
 * From lines of luma and chroma to RGBA. Chroma has half as many samples each way; a pixel's is 9 parts of the nearest
 * sample, 3 of each of the next ones beside and above or below it, and 1 of that on the diagonal, as libwebp does it.
 * Neither this nor the matrix (ITU-R BT.601, 14 bits) is part of RFC 6386.
 */

/** Writes `width` pixels of a line, and up to 15 more. */
export function writeLine(luma: usize, near: usize, far: usize, to: usize, width: usize): void {
  closeLine(near, (width + 1) >> 1);
  closeLine(far, (width + 1) >> 1);
  let uBefore = weighU(v128.load(near - 16), v128.load(far - 16));
  let vBefore = weighV(v128.load(near - 16), v128.load(far - 16));
  let u = weighU(v128.load(near), v128.load(far));
  let v = weighV(v128.load(near), v128.load(far));
  for (let x: usize = 0; x < width; x += 16) {
    const nearAfter = v128.load(near + x, 16);
    const farAfter = v128.load(far + x, 16);
    const uAfter = weighU(nearAfter, farAfter);
    const vAfter = weighV(nearAfter, farAfter);
    const uEven = between(u, v128.shuffle<i16>(uBefore, u, 7, 8, 9, 10, 11, 12, 13, 14));
    const uOdd = between(u, v128.shuffle<i16>(u, uAfter, 1, 2, 3, 4, 5, 6, 7, 8));
    const vEven = between(v, v128.shuffle<i16>(vBefore, v, 7, 8, 9, 10, 11, 12, 13, 14));
    const vOdd = between(v, v128.shuffle<i16>(v, vAfter, 1, 2, 3, 4, 5, 6, 7, 8));
    const y = v128.load(luma + x);
    const uLow = v128.shuffle<i16>(uEven, uOdd, 0, 8, 1, 9, 2, 10, 3, 11);
    const uHigh = v128.shuffle<i16>(uEven, uOdd, 4, 12, 5, 13, 6, 14, 7, 15);
    const vLow = v128.shuffle<i16>(vEven, vOdd, 0, 8, 1, 9, 2, 10, 3, 11);
    const vHigh = v128.shuffle<i16>(vEven, vOdd, 4, 12, 5, 13, 6, 14, 7, 15);
    const yLow = scaled(i16x8.extend_low_i8x16_u(y), 19_077);
    const yHigh = scaled(i16x8.extend_high_i8x16_u(y), 19_077);
    storeRgba(
      i8x16.narrow_i16x8_u(red(yLow, vLow), red(yHigh, vHigh)),
      i8x16.narrow_i16x8_u(green(yLow, uLow, vLow), green(yHigh, uHigh, vHigh)),
      i8x16.narrow_i16x8_u(blue(yLow, uLow), blue(yHigh, uHigh)),
      to + (x << 2),
    );
    uBefore = u;
    vBefore = v;
    u = uAfter;
    v = vAfter;
  }
}

/** Repeats the first and the last sample, which are final by now, where nothing else needs what stands there. */
function closeLine(line: usize, samples: usize): void {
  store<u8>(line - 9, load<u8>(line));
  store<u8>(line - 1, load<u8>(line, 8));
  const last = line + (((samples - 1) >> 3) << 4) + ((samples - 1) & 7);
  const after = line + ((samples >> 3) << 4) + (samples & 7);
  store<u8>(after, load<u8>(last));
  store<u8>(after, load<u8>(last, 8), 8);
}

/** Three parts of one line and one of another. */
function weighU(near: v128, far: v128): v128 {
  return i16x8.add(i16x8.mul(i16x8.extend_low_i8x16_u(near), i16x8.splat(3)), i16x8.extend_low_i8x16_u(far));
}

function weighV(near: v128, far: v128): v128 {
  return i16x8.add(i16x8.mul(i16x8.extend_high_i8x16_u(near), i16x8.splat(3)), i16x8.extend_high_i8x16_u(far));
}

function between(near: v128, far: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.add(i16x8.mul(near, i16x8.splat(3)), far), i16x8.splat(8)), 4);
}

/** (values × factor) >> 8, of bytes and 16 bits; products of bytes and bytes fit into 16. */
function scaled(values: v128, factor: i32): v128 {
  return i16x8.add(
    i16x8.mul(values, i16x8.splat(<i16>(factor >> 8))),
    i16x8.shr_u(i16x8.mul(values, i16x8.splat(<i16>(factor & 255))), 8),
  );
}

function red(y: v128, v: v128): v128 {
  return i16x8.shr_s(i16x8.add(i16x8.sub(y, i16x8.splat(14_234)), scaled(v, 26_149)), 6);
}

function green(y: v128, u: v128, v: v128): v128 {
  const less = i16x8.add(scaled(u, 6_419), scaled(v, 13_320));
  return i16x8.shr_s(i16x8.sub(i16x8.add(y, i16x8.splat(8_708)), less), 6);
}

/** Does not fit into 15 bits and a sign. */
function blue(y: v128, u: v128): v128 {
  return i16x8.shr_u(i16x8.sub_sat_u(i16x8.add_sat_u(scaled(u, 33_050), y), i16x8.splat(17_685)), 6);
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
