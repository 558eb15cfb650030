/** Points of the grid a channel, as in `colour/conversion-rules.ts`. */
const STEPS: i32 = 33;
const CELLS: i32 = STEPS - 1;
/** Bytes from a point to the next one of red, green and blue: four f32 a point, blue varies fastest. */
const BLUE: usize = 16;
const GREEN: usize = BLUE * STEPS;
const RED: usize = GREEN * STEPS;

/** For each value of a channel: which point is below it, and how much of the way to the next it is. */
const below: usize = memory.data(256);
const shares: usize = memory.data(1_024, 16);
let filled = false;

function fillPlaces(): void {
  for (let value = 0; value < 256; value++) {
    const point = min(CELLS - 1, (value * CELLS) / 255);
    store<u8>(below + <usize>value, <u8>point);
    store<f32>(shares + ((<usize>value) << 2), <f32>(<f64>(value * CELLS) / 255 - <f64>point));
  }
  filled = true;
}

/**
 * Converts a picture in place by a grid of colours; alpha stays. Between points by the four corners of the tetrahedron
 * that a colour lies in, which keeps greys grey.
 * @param grid `STEPS`³ colours, 4 f32 each (the last unused) from 0 to 255
 */
export function toSrgbByGrid(picture: usize, width: i32, height: i32, grid: usize): void {
  if (!filled) fillPlaces();
  const half = f32x4.splat(0.5);
  const end = picture + ((<usize>width * <usize>height) << 2);
  for (let at = picture; at < end; at += 4) {
    const red = <usize>load<u8>(at);
    const green = <usize>load<u8>(at, 1);
    const blue = <usize>load<u8>(at, 2);
    // The three ways to the far corner of the cell, the longest first.
    let first = load<f32>(shares + (red << 2));
    let second = load<f32>(shares + (green << 2));
    let third = load<f32>(shares + (blue << 2));
    let toFirst = RED;
    let toSecond = GREEN;
    let toThird = BLUE;
    if (first < second) {
      const share = first;
      first = second;
      second = share;
      toFirst = GREEN;
      toSecond = RED;
    }
    if (second < third) {
      const share = second;
      second = third;
      third = share;
      toThird = toSecond;
      toSecond = BLUE;
      if (first < second) {
        const larger = second;
        second = first;
        first = larger;
        toSecond = toFirst;
        toFirst = BLUE;
      }
    }
    let corner =
      grid +
      <usize>load<u8>(below + red) * RED +
      <usize>load<u8>(below + green) * GREEN +
      <usize>load<u8>(below + blue) * BLUE;
    let sum = f32x4.add(half, f32x4.mul(v128.load(corner), f32x4.splat(1 - first)));
    corner += toFirst;
    sum = f32x4.add(sum, f32x4.mul(v128.load(corner), f32x4.splat(first - second)));
    corner += toSecond;
    sum = f32x4.add(sum, f32x4.mul(v128.load(corner), f32x4.splat(second - third)));
    sum = f32x4.add(sum, f32x4.mul(v128.load(corner + toThird), f32x4.splat(third)));
    const result = i32x4.trunc_sat_f32x4_s(sum);
    store<u8>(at, <u8>i32x4.extract_lane(result, 0));
    store<u8>(at, <u8>i32x4.extract_lane(result, 1), 1);
    store<u8>(at, <u8>i32x4.extract_lane(result, 2), 2);
  }
}
