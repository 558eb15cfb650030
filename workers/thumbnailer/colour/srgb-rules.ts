import type { Matrix } from './matrix-rules.ts';

/**
 * XYZ of a profile's connection space (white D50) → linear sRGB: the inverse of the three colorants that an sRGB
 * profile has (IEC 61966-2-1 primaries, adapted from D65 to D50 by Bradford, as ICC.1 annex E wants it).
 */
export const XYZ_TO_SRGB: Matrix = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

/** IEC 61966-2-1, 5.3; light outside 0 to 1 is cut off. */
export function linearToSignal(light: number): number {
  const cut = Math.min(1, Math.max(0, light));
  return cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
}

/** IEC 61966-2-1, 5.2 */
export const signalToLinear = (signal: number): number =>
  signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
