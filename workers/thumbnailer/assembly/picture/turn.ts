import { reserve } from '../arena';

/** Sides of what is turned at once, in pixels: 16 of them are a cache line, so each line is fetched and written once. */
const TILE: i32 = 16;

/**
 * Turns a picture upright. `orientation` is EXIF's (CIPA DC-008, 4.6.5): 1 is upright, 2–4 mirror or turn by half and
 * work in place, 5–8 swap the sides and need a second picture.
 * @returns where the upright picture lies; 0 when there is no room for it
 */
export function turnUpright(source: usize, width: i32, height: i32, orientation: i32): usize {
  if (orientation < 5) {
    if (orientation === 2 || orientation === 3) mirrorRows(source, width, height);
    if (orientation === 3 || orientation === 4) swapRows(source, width, height);
    return source;
  }
  const out = reserve((<usize>width * <usize>height) << 2);
  if (out === 0) return 0;
  // Upright, x goes down the stored picture (5, 8: from its top) and y goes across it (5, 6: from its left).
  const fromBottom = orientation === 6 || orientation === 7;
  const fromRight = orientation === 7 || orientation === 8;
  for (let top = 0; top < width; top += TILE) {
    for (let left = 0; left < height; left += TILE) {
      turnTile(source, width, height, out, left, top, fromBottom, fromRight);
    }
  }
  return out;
}

/** One tile of the upright picture, which is `height` pixels wide and `width` pixels high. */
function turnTile(
  source: usize,
  width: i32,
  height: i32,
  out: usize,
  left: i32,
  top: i32,
  fromBottom: bool,
  fromRight: bool,
): void {
  const right = min(left + TILE, height);
  const bottom = min(top + TILE, width);
  const rowBytes: isize = (<isize>width) << 2;
  const step: isize = fromBottom ? -rowBytes : rowBytes;
  for (let y = top; y < bottom; y++) {
    const column = fromRight ? width - 1 - y : y;
    const row = fromBottom ? height - 1 - left : left;
    let from = <isize>source + <isize>row * rowBytes + ((<isize>column) << 2);
    let to = out + ((<usize>y * <usize>height + <usize>left) << 2);
    for (let x = left; x < right; x++) {
      store<u32>(to, load<u32>(<usize>from));
      from += step;
      to += 4;
    }
  }
}

function mirrorRows(source: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    let left = source + ((<usize>y * <usize>width) << 2);
    let right = left + ((<usize>(width - 1)) << 2);
    for (; left < right; left += 4, right -= 4) {
      const pixel = load<u32>(left);
      store<u32>(left, load<u32>(right));
      store<u32>(right, pixel);
    }
  }
}

function swapRows(source: usize, width: i32, height: i32): void {
  const rowBytes = (<usize>width) << 2;
  let upper = source;
  let lower = source + <usize>(height - 1) * rowBytes;
  for (; upper < lower; upper += rowBytes, lower -= rowBytes) {
    for (let x: usize = 0; x < rowBytes; x += 4) {
      const pixel = load<u32>(upper + x);
      store<u32>(upper + x, load<u32>(lower + x));
      store<u32>(lower + x, pixel);
    }
  }
}
