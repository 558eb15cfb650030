/**
 * Filters are undone from one buffer into another (PNG, third edition, 9), since what was inflated must stay as it is:
 * later copies refer to it. All functions read and write up to 16 bytes behind a row.
 */

const NONE: u32 = 0;
const SUB: u32 = 1;
const UP: u32 = 2;
const AVERAGE: u32 = 3;
const PAETH: u32 = 4;

/**
 * @param above the row above, already undone; zeros for the first
 * @param pixelBytes bytes of a pixel, at least 1, at most 8
 * @returns false for a filter that does not exist
 */
export function unfilter(filter: u32, from: usize, above: usize, to: usize, bytes: usize, pixelBytes: usize): bool {
  if (filter === NONE) memory.copy(to, from, bytes);
  else if (filter === SUB) undoSub(from, to, bytes, pixelBytes);
  else if (filter === UP) undoUp(from, above, to, bytes);
  else if (filter === AVERAGE) undoAverage(from, above, to, bytes, pixelBytes);
  else if (filter === PAETH) undoPaeth(from, above, to, bytes, pixelBytes);
  else return false;
  return true;
}

function undoUp(from: usize, above: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, i8x16.add(v128.load(from + at), v128.load(above + at)));
  }
}

/*
 * The other three need the pixel to the left, so they go pixel by pixel, all its samples at once: eight bytes are read
 * and written each time, and what is too much is overwritten by the next pixel.
 */

function undoSub(from: usize, to: usize, bytes: usize, pixelBytes: usize): void {
  let left = i8x16.splat(0);
  for (let at: usize = 0; at < bytes; at += pixelBytes) {
    left = i8x16.add(v128.load64_zero(from + at), left);
    v128.store64_lane(to + at, left, 0);
  }
}

function undoAverage(from: usize, above: usize, to: usize, bytes: usize, pixelBytes: usize): void {
  let left = i16x8.splat(0);
  const low = i16x8.splat(255);
  for (let at: usize = 0; at < bytes; at += pixelBytes) {
    const mean = i16x8.shr_u(i16x8.add(left, v128.load_ext<u8>(above + at)), 1);
    left = v128.and(i16x8.add(v128.load_ext<u8>(from + at), mean), low);
    v128.store64_lane(to + at, i8x16.narrow_i16x8_u(left, left), 0);
  }
}

/** 9.4: whichever of left, above and above-left is nearest to left + above − above-left. */
function undoPaeth(from: usize, above: usize, to: usize, bytes: usize, pixelBytes: usize): void {
  let left = i16x8.splat(0);
  let corner = i16x8.splat(0);
  const low = i16x8.splat(255);
  for (let at: usize = 0; at < bytes; at += pixelBytes) {
    const upper = v128.load_ext<u8>(above + at);
    const toUpper = i16x8.sub(upper, corner);
    const toLeft = i16x8.sub(left, corner);
    const farLeft = i16x8.abs(toUpper);
    const farUpper = i16x8.abs(toLeft);
    const farCorner = i16x8.abs(i16x8.add(toUpper, toLeft));
    const isLeft = v128.and(i16x8.le_s(farLeft, farUpper), i16x8.le_s(farLeft, farCorner));
    const rest = v128.bitselect(upper, corner, i16x8.le_s(farUpper, farCorner));
    left = v128.and(i16x8.add(v128.load_ext<u8>(from + at), v128.bitselect(left, rest, isLeft)), low);
    corner = upper;
    v128.store64_lane(to + at, i8x16.narrow_i16x8_u(left, left), 0);
  }
}
