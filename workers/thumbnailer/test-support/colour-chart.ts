import { convertToSrgb } from '../colour/convert.ts';
import type { ColourClaims } from '../colour/claims.ts';
import { picturePixels, placePixels } from '../codecs/pixels-module.ts';
import type { Pixels } from '../codecs/pixels.ts';
import { deltaE2000, labOfSrgb } from './delta-e.ts';
import { pixelsInNode } from './pixels-node.ts';

const module = pixelsInNode();

/** What a picture of these colours is shown as. */
export async function shown(source: Pixels, claims: ColourClaims): Promise<{ outcome: string; data: Uint8Array }> {
  return module.run((pixels) => {
    const picture = placePixels(pixels, source);
    const outcome = convertToSrgb(pixels, picture, claims);
    return { outcome, data: picturePixels(pixels, picture).slice() };
  });
}

/** All colours of 18 steps a channel; alpha is different everywhere, or not there. */
export function chart(alpha?: number): Pixels & { data: Uint8Array<ArrayBuffer> } {
  const side = 18;
  const data = new Uint8Array(side ** 3 * 4);
  for (let at = 0; at < side ** 3; at += 1) {
    const steps = [at % side, Math.floor(at / side) % side, Math.floor(at / side ** 2)];
    data.set([...steps.map((step) => step * 15), alpha ?? at % 256], at * 4);
  }
  return { width: side * side, height: side, data };
}

export type Rows = readonly (readonly [number, number, number])[];

/** Linear light → XYZ (D65) as the standards print it, without any profile. */
export const P3_TO_XYZ: Rows = [
  [0.48657095, 0.26566769, 0.19821729],
  [0.22897456, 0.69173852, 0.07928691],
  [0, 0.04511338, 1.04394437],
];
export const ADOBE_TO_XYZ: Rows = [
  [0.57666904, 0.18555824, 0.18822865],
  [0.29734498, 0.62736357, 0.07529146],
  [0.02703136, 0.07068885, 0.99133754],
];
export const BT2020_TO_XYZ: Rows = [
  [0.63695805, 0.1446169, 0.16888098],
  [0.26270021, 0.67799807, 0.05930172],
  [0, 0.02807269, 1.06098506],
];
export const SRGB_TO_XYZ: Rows = [
  [0.4123908, 0.35758434, 0.18048079],
  [0.21263901, 0.71516868, 0.07219232],
  [0.01933082, 0.11919478, 0.95053215],
];
const XYZ_TO_LINEAR: Rows = [
  [3.24096994, -1.53738318, -0.49861076],
  [-0.96924364, 1.8759675, 0.04155506],
  [0.05563008, -0.20397696, 1.05697151],
];
const apply = (rows: Rows, vector: number[]): number[] =>
  rows.map((row) => row.reduce((sum, factor, at) => sum + factor * vector[at]!, 0));

/** Light of three channels, 1 being white → 0 to 255 of sRGB; what it cannot show is cut off a channel at a time. */
export function srgbOfLight(light: number[], toXyz: Rows): number[] {
  return apply(XYZ_TO_LINEAR, apply(toXyz, light)).map((value) => {
    const cut = Math.min(1, Math.max(0, value));
    return 255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055);
  });
}

/** In 64-bit floating point. */
export const reference = (rgb: number[], toXyz: Rows, light: (signal: number) => number): number[] =>
  srgbOfLight(
    rgb.map((value) => light(value / 255)),
    toXyz,
  );

export const srgbLight = (signal: number): number =>
  signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;

export function differences(data: Uint8Array, expected: (at: number) => number[]): { mean: number; worst: number } {
  const all: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = expected(at) as [number, number, number];
    all.push(deltaE2000(labOfSrgb(data[at]!, data[at + 1]!, data[at + 2]!), labOfSrgb(red, green, blue)));
  }
  return { mean: all.reduce((sum, one) => sum + one, 0) / all.length, worst: Math.max(...all) };
}

/** Differences from another picture of as many pixels. */
export const differencesFrom = (data: Uint8Array, other: Uint8Array): { mean: number; worst: number } =>
  differences(data, (at) => Array.from(other.subarray(at, at + 3)));

export const rgbAt = ({ data }: Pixels, at: number): number[] => Array.from(data.subarray(at, at + 3));
