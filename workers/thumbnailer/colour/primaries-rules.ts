import { columns, inverse, multiply, product, type Matrix, type Vector } from './matrix-rules.ts';

type Point = readonly [x: number, y: number];

/** CIE 1931 */
export interface Chromaticities {
  white: Point;
  red: Point;
  green: Point;
  blue: Point;
}

const D65: Point = [0.3127, 0.329];
const C: Point = [0.31, 0.316];

const of = (red: Point, green: Point, blue: Point, white = D65): Chromaticities => ({ white, red, green, blue });

export const SRGB_PRIMARIES = of([0.64, 0.33], [0.3, 0.6], [0.15, 0.06]);
const SMPTE_170M = of([0.63, 0.34], [0.31, 0.595], [0.155, 0.07]);

/** ITU-T H.273, table 2. */
export const CICP_PRIMARIES: Readonly<Record<number, Chromaticities>> = {
  1: SRGB_PRIMARIES,
  4: of([0.67, 0.33], [0.21, 0.71], [0.14, 0.08], C),
  5: of([0.64, 0.33], [0.29, 0.6], [0.15, 0.06]),
  6: SMPTE_170M,
  7: SMPTE_170M,
  8: of([0.681, 0.319], [0.243, 0.692], [0.145, 0.049], C),
  9: of([0.708, 0.292], [0.17, 0.797], [0.131, 0.046]),
  11: of([0.68, 0.32], [0.265, 0.69], [0.15, 0.06], [0.314, 0.351]),
  12: of([0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  22: of([0.63, 0.34], [0.295, 0.605], [0.155, 0.077]),
};

/** @returns linear light of these primaries → linear sRGB, white to white; null when they are no colours, or make no white together */
export function toLinearSrgb(chromaticities: Chromaticities): Matrix | null {
  const toXyz = lightToXyz(chromaticities);
  const fromXyz = inverse(lightToXyz(SRGB_PRIMARIES) as Matrix);
  const adapted = adaptation(xyzOf(chromaticities.white), xyzOf(D65));
  if (!toXyz || !fromXyz || !adapted) return null;
  return product(fromXyz, product(adapted, toXyz));
}

/** The share of each channel in luminance. */
export function luminanceOf(chromaticities: Chromaticities): Vector | null {
  return lightToXyz(chromaticities)?.[1] ?? null;
}

/** SMPTE RP 177: each primary is as bright as makes them white together. */
function lightToXyz({ red, green, blue, white }: Chromaticities): Matrix | null {
  const primaries: Matrix = [xyzOf(red), xyzOf(green), xyzOf(blue)];
  const brightness = solve(columns(primaries), xyzOf(white));
  const arePossible = [red, green, blue, white].every(([x, y]) => x >= 0 && y > 0 && x + y <= 1);
  if (!arePossible || !brightness || brightness.some((one) => !(one > 0))) return null;
  const scaled = primaries.map((primary, at) => primary.map((one) => one * (brightness[at] as number)));
  return columns(scaled as unknown as Matrix);
}

const solve = (matrix: Matrix, vector: Vector): Vector | null => {
  const inverted = inverse(matrix);
  return inverted && multiply(inverted, vector);
};

const xyzOf = ([x, y]: Point): Vector => [x / y, 1, (1 - x - y) / y];

/** ICC.1:2022, annex E: the responses of three cones, linearised by Bradford. */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function adaptation(from: Vector, to: Vector): Matrix | null {
  const back = inverse(BRADFORD) as Matrix;
  const [a, b] = [multiply(BRADFORD, from), multiply(BRADFORD, to)];
  const scale: Matrix = [
    [b[0] / a[0], 0, 0],
    [0, b[1] / a[1], 0],
    [0, 0, b[2] / a[2]],
  ];
  const matrix = product(back, product(scale, BRADFORD));
  return matrix.flat().every(Number.isFinite) ? matrix : null;
}
