import type { Pixels } from '../../../workers/thumbnailer/codecs/pixels.ts';

/** Cubic convolution with a = -1/2 (Keys, 1981), the kernel of `assembly/picture/reducer.ts`. */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

interface Reach {
  first: number;
  weights: Float64Array;
}

function reaches(input: number, output: number): Reach[] {
  const scale = input / output;
  return Array.from({ length: output }, (_none, to) => {
    const centre = (to + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - 2 * scale));
    const last = Math.min(input - 1, Math.floor(centre + 2 * scale));
    const weights = Float64Array.from({ length: last - first + 1 }, (_one, tap) =>
      kernel((first + tap - centre) / scale),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** An opaque picture reduced as exactly as can be. @returns RGB, from 0 to 255, not rounded */
export function exactly({ width: wide, height: high, data }: Pixels, width: number, height: number): Float64Array {
  const across = reaches(wide, width);
  const rows = new Float64Array(width * high * 3);
  for (let y = 0, to = 0; y < high; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      const { first, weights } = across[x]!;
      let [red, green, blue] = [0, 0, 0];
      for (let tap = 0, at = (y * wide + first) * 4; tap < weights.length; tap += 1, at += 4) {
        const weight = weights[tap]!;
        red += weight * data[at]!;
        green += weight * data[at + 1]!;
        blue += weight * data[at + 2]!;
      }
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    }
  }
  const stride = width * 3;
  const out = new Float64Array(stride * height);
  for (const [y, { first, weights }] of reaches(high, height).entries()) {
    const row = out.subarray(y * stride, (y + 1) * stride);
    for (let tap = 0; tap < weights.length; tap += 1) {
      const from = rows.subarray((first + tap) * stride, (first + tap + 1) * stride);
      const weight = weights[tap]!;
      for (let at = 0; at < stride; at += 1) row[at] = row[at]! + weight * from[at]!;
    }
  }
  return out.map((value) => Math.min(255, Math.max(0, value)));
}

/** Peak signal-to-noise ratio of RGBA against exact RGB, in dB. */
export function signalToNoise(rgba: Uint8Array, exact: Float64Array): number {
  let sum = 0;
  for (let at = 0, from = 0; at < exact.length; at += 3, from += 4) {
    for (let c = 0; c < 3; c += 1) sum += (rgba[from + c]! - exact[at + c]!) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (sum / exact.length));
}
