export type Matrix = readonly (readonly [number, number, number])[];

/**
 * XYZ of a profile's connection space (white D50) → linear sRGB: the inverse of the three colorants that an sRGB
 * profile has (IEC 61966-2-1 primaries, adapted from D65 to D50 by Bradford, as ICC.1 annex E wants it).
 */
export const XYZ_TO_SRGB: Matrix = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

export function multiply(matrix: Matrix, vector: readonly number[]): [number, number, number] {
  const [x = 0, y = 0, z = 0] = vector;
  const row = (at: number): number => {
    const [a = 0, b = 0, c = 0] = matrix[at] ?? [];
    return a * x + b * y + c * z;
  };
  return [row(0), row(1), row(2)];
}

/** IEC 61966-2-1, 5.3; light outside 0 to 1 is cut off. */
export function linearToSignal(light: number): number {
  const cut = Math.min(1, Math.max(0, light));
  return cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
}
