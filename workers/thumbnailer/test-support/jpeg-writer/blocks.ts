import type { Pixels } from '../../codecs/pixels.ts';

/** One component, transformed and quantised. */
export interface Component {
  h: number;
  v: number;
  /** blocks with samples, and with those that fill the last MCUs */
  blocksWide: number;
  blocksHigh: number;
  paddedWide: number;
  /** of each padded block 64 coefficients in zig-zag order */
  blocks: Int32Array[];
}

/** Row × 8 + column by zig-zag index. */
const ZIGZAG = Array.from({ length: 64 }, (_, at) => at).sort((a, b) => {
  const [sumA, sumB] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  if (sumA !== sumB) return sumA - sumB;
  return sumA % 2 === 0 ? (b >> 3) - (a >> 3) : (a >> 3) - (b >> 3);
});

/** The same step for all coefficients. */
export function transform(
  plane: Float64Array,
  { width, height }: { width: number; height: number },
  [h, v]: readonly [number, number],
  [hMax, vMax]: readonly [number, number],
  step: number,
): Component {
  const wide = Math.ceil((width * h) / hMax);
  const high = Math.ceil((height * v) / vMax);
  const paddedWide = Math.ceil(width / (8 * hMax)) * h;
  const paddedHigh = Math.ceil(height / (8 * vMax)) * v;
  const samples = subsample(plane, { width, height }, { width: wide, height: high }, hMax / h, vMax / v);
  const blocks: Int32Array[] = [];
  for (let y = 0; y < paddedHigh; y += 1) {
    for (let x = 0; x < paddedWide; x += 1) {
      const block = new Float64Array(64);
      for (let at = 0; at < 64; at += 1) {
        const row = Math.min(y * 8 + (at >> 3), high - 1);
        block[at] = samples[row * wide + Math.min(x * 8 + (at & 7), wide - 1)]! - 128;
      }
      const frequencies = forwardDct(block);
      blocks.push(Int32Array.from(ZIGZAG, (at) => Math.round(frequencies[at]! / step)));
    }
  }
  return { h, v, blocksWide: Math.ceil(wide / 8), blocksHigh: Math.ceil(high / 8), paddedWide, blocks };
}

/** Means of the pixels that a sample stands for. */
function subsample(
  plane: Float64Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
  perWide: number,
  perHigh: number,
): Float64Array {
  if (perWide === 1 && perHigh === 1) return plane;
  const samples = new Float64Array(to.width * to.height);
  for (let y = 0; y < to.height; y += 1) {
    for (let x = 0; x < to.width; x += 1) {
      let sum = 0;
      for (let dy = 0; dy < perHigh; dy += 1) {
        for (let dx = 0; dx < perWide; dx += 1) {
          const row = Math.min(Math.floor(y * perHigh + dy), from.height - 1);
          sum += plane[row * from.width + Math.min(Math.floor(x * perWide + dx), from.width - 1)]!;
        }
      }
      samples[y * to.width + x] = sum / (Math.ceil(perWide) * Math.ceil(perHigh));
    }
  }
  return samples;
}

const COSINES = Float64Array.from({ length: 64 }, (_, at) => {
  const [frequency, sample] = [at >> 3, at & 7];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * sample + 1) * frequency * Math.PI) / 16);
});

/** T.81, A.3.3 */
const forwardDct = (block: Float64Array): Float64Array => alongRows(alongRows(block));

/** Transposes, so that it can be applied twice. */
function alongRows(input: Float64Array): Float64Array {
  const output = new Float64Array(64);
  for (let frequency = 0; frequency < 8; frequency += 1) {
    for (let row = 0; row < 8; row += 1) {
      let sum = 0;
      for (let n = 0; n < 8; n += 1) sum += COSINES[frequency * 8 + n]! * input[row * 8 + n]!;
      output[frequency * 8 + row] = sum;
    }
  }
  return output;
}

export type Colour = 'grey' | 'ycc' | 'rgb' | 'cmyk' | 'ycck';

/** What there is of black paper in pictures of four inks, everywhere: 255 is none, as Adobe has it. */
export const INVERTED_BLACK = 220;

/** Planes of a picture, 0 to 255. Those of four inks are as Adobe's programs write them. */
export function planesOf({ data, width, height }: Pixels, colour: Colour): Float64Array[] {
  const mix = (r: number, g: number, b: number, plus: number): Float64Array =>
    Float64Array.from({ length: width * height }, (_, at) => {
      return data[at * 4]! * r + data[at * 4 + 1]! * g + data[at * 4 + 2]! * b + plus;
    });
  const rgb = [mix(1, 0, 0, 0), mix(0, 1, 0, 0), mix(0, 0, 1, 0)];
  const black = mix(0, 0, 0, INVERTED_BLACK);
  if (colour === 'rgb') return rgb;
  if (colour === 'cmyk') return [...rgb, black];
  // YCCK's first three are of what is inverted once more.
  const sign = colour === 'ycck' ? -1 : 1;
  const luma = mix(0.299 * sign, 0.587 * sign, 0.114 * sign, sign < 0 ? 255 : 0);
  if (colour === 'grey') return [luma];
  const cb = mix(-0.168736 * sign, -0.331264 * sign, 0.5 * sign, 128);
  const cr = mix(0.5 * sign, -0.418688 * sign, -0.081312 * sign, 128);
  return colour === 'ycck' ? [luma, cb, cr, black] : [luma, cb, cr];
}
