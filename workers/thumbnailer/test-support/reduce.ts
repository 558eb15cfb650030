import type { Pixels } from '../codecs/pixels.ts';

/** For each output position: the first input position and the weights of it and its neighbours. */
interface Taps {
  count: number;
  first: Int32Array;
  weights: Float32Array;
}

/**
 * Reduces a picture in one pass from top to bottom, holding a few rows only, so that it can read from a decoder's
 * memory without a copy (the WebAssembly resizer at hand takes 32 bytes a pixel). Catmull-Rom, widened to the scale. `width` and `height` are at most the source's.
 * @param opaque alpha is 255 everywhere, as in every JPEG
 */
export function reduce(source: Pixels, width: number, height: number, opaque: boolean): Pixels {
  if (width === source.width && height === source.height) return { width, height, data: source.data.slice() };
  const across = tapsFor(source.width, width);
  const down = tapsFor(source.height, height);
  const rows = Array.from({ length: down.count }, () => new Float32Array(width * 4));
  const data = new Uint8ClampedArray(width * height * 4);
  const filterRow = opaque ? filterOpaqueRow : filterAlphaRow;
  let filtered = 0;
  const sum = new Float32Array(width * 4);
  for (let y = 0; y < height; y += 1) {
    const first = down.first[y] as number;
    for (filtered = Math.max(filtered, first); filtered < first + down.count; filtered += 1) {
      filterRow(source.data, filtered * source.width * 4, across, rows[filtered % down.count] as Float32Array);
    }
    sum.fill(0);
    for (let tap = 0; tap < down.count; tap += 1) {
      addWeighted(sum, rows[(first + tap) % down.count] as Float32Array, down.weights[y * down.count + tap] as number);
    }
    if (opaque) storeOpaqueRow(sum, data, y * width * 4);
    else storeAlphaRow(sum, data, y * width * 4);
  }
  return { width, height, data };
}

/** Catmull-Rom: cubic convolution with a = -1/2 (Keys, 1981). */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

function tapsFor(input: number, output: number): Taps {
  const scale = input / output;
  const count = Math.min(input, Math.ceil(4 * scale) + 1);
  const first = new Int32Array(output);
  const weights = new Float32Array(output * count);
  for (let to = 0; to < output; to += 1) {
    const centre = (to + 0.5) * scale - 0.5;
    const start = Math.min(Math.max(0, Math.ceil(centre - 2 * scale)), input - count);
    let total = 0;
    for (let tap = 0; tap < count; tap += 1) {
      const weight = kernel((start + tap - centre) / scale);
      weights[to * count + tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap += 1) weights[to * count + tap] = (weights[to * count + tap] as number) / total;
    first[to] = start;
  }
  return { count, first, weights };
}

// The three loops below run over every pixel of the original: indices are in range by construction.
function filterOpaqueRow(data: Pixels['data'], row: number, { count, first, weights }: Taps, out: Float32Array): void {
  for (let to = 0, weightAt = 0; to < first.length; to += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let at = row + first[to]! * 4;
    for (let tap = 0; tap < count; tap += 1, at += 4, weightAt += 1) {
      const weight = weights[weightAt]!;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
    }
    out[to * 4] = red;
    out[to * 4 + 1] = green;
    out[to * 4 + 2] = blue;
  }
}

function filterAlphaRow(data: Pixels['data'], row: number, { count, first, weights }: Taps, out: Float32Array): void {
  for (let to = 0, weightAt = 0; to < first.length; to += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    let at = row + first[to]! * 4;
    for (let tap = 0; tap < count; tap += 1, at += 4, weightAt += 1) {
      // What is invisible must not colour what is visible beside it.
      const weight = weights[weightAt]! * data[at + 3]!;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
      alpha += weight;
    }
    out[to * 4] = red;
    out[to * 4 + 1] = green;
    out[to * 4 + 2] = blue;
    out[to * 4 + 3] = alpha;
  }
}

function addWeighted(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = sum[at]! + weight * row[at]!;
}

function storeOpaqueRow(sum: Float32Array, data: Uint8ClampedArray, start: number): void {
  for (let at = 0; at < sum.length; at += 4) {
    data[start + at] = sum[at]!;
    data[start + at + 1] = sum[at + 1]!;
    data[start + at + 2] = sum[at + 2]!;
    data[start + at + 3] = 255;
  }
}

function storeAlphaRow(sum: Float32Array, data: Uint8ClampedArray, start: number): void {
  for (let at = 0; at < sum.length; at += 4) {
    const alpha = sum[at + 3]!;
    if (alpha <= 0) continue;
    data[start + at] = sum[at]! / alpha;
    data[start + at + 1] = sum[at + 1]! / alpha;
    data[start + at + 2] = sum[at + 2]! / alpha;
    data[start + at + 3] = alpha;
  }
}
