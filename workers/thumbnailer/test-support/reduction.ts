import type { Pixels } from '../codecs/pixels.ts';

/** Catmull-Rom (Keys, 1981). */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

function weightsOf(input: number, output: number): { first: number; weights: Float64Array }[] {
  const scale = input / output;
  return Array.from({ length: output }, (_, to) => {
    const centre = (to + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - 2 * scale));
    const last = Math.min(input - 1, Math.floor(centre + 2 * scale));
    const weights = Float64Array.from({ length: last - first + 1 }, (_, tap) => kernel((first + tap - centre) / scale));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}

/**
 * A picture reduced in 64-bit floating point, as simply as it can be written: what the module is measured against.
 * @returns samples from 0 to 255, not rounded
 */
export function exactReduction(source: Pixels, width: number, height: number, hasAlpha: boolean): Float64Array {
  const across = weightsOf(source.width, width);
  const down = weightsOf(source.height, height);
  const narrow = new Float64Array(width * source.height * 4);
  for (let y = 0; y < source.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const { first, weights } = across[x]!;
      for (let tap = 0; tap < weights.length; tap += 1) {
        const at = (y * source.width + first + tap) * 4;
        const weight = weights[tap]! * (hasAlpha ? source.data[at + 3]! / 255 : 1);
        for (let c = 0; c < 3; c += 1) narrow[(y * width + x) * 4 + c]! += weight * source.data[at + c]!;
        narrow[(y * width + x) * 4 + 3]! += weights[tap]! * source.data[at + 3]!;
      }
    }
  }
  const out = new Float64Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const { first, weights } = down[y]!;
    for (let tap = 0; tap < weights.length; tap += 1) {
      const row = (first + tap) * width * 4;
      for (let at = 0; at < width * 4; at += 1) out[y * width * 4 + at]! += weights[tap]! * narrow[row + at]!;
    }
  }
  const clamp = (value: number): number => Math.min(255, Math.max(0, value));
  for (let at = 0; at < out.length; at += 4) {
    const alpha = hasAlpha ? clamp(out[at + 3]!) : 255;
    out[at + 3] = alpha;
    for (let c = at; c < at + 3; c += 1) {
      if (hasAlpha) out[c] = alpha < 0.5 ? 0 : (out[c]! / alpha) * 255;
      out[c] = clamp(out[c]!);
    }
  }
  return out;
}

/** Peak signal-to-noise ratio over red, green and blue, dB; where the exact picture is invisible nothing is compared. */
export function psnr(data: ArrayLike<number>, exact: ArrayLike<number>): number {
  let sum = 0;
  let samples = 0;
  for (let at = 0; at < exact.length; at += 4) {
    if (exact[at + 3]! < 1) continue;
    samples += 3;
    for (let c = at; c < at + 3; c += 1) sum += (data[c]! - exact[c]!) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (sum / samples));
}
