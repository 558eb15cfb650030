import { multiply, type Vector } from '../matrix-rules.ts';
import { XYZ_TO_SRGB } from '../srgb-rules.ts';

/** White D50 of the connection space (ICC.1:2022, 7.2.16). */
const WHITE: Vector = [0.9642, 1, 0.8249];

/** How a table writes colours of the connection space as numbers from 0 to 1 (6.3.4; version 2 differs in 16 bits). */
export type Encoding = 'XYZ' | 'Lab' | 'old Lab';

const XYZ_MOST = 1 + 32_767 / 32_768;
/** 100 was 0xff00 once, and not 0xffff. */
const OLD_LAB = 65_535 / 65_280;

export function connectionToXyz([a, b, c]: Vector, encoding: Encoding): Vector {
  if (encoding === 'XYZ') return [a * XYZ_MOST, b * XYZ_MOST, c * XYZ_MOST];
  const scale = encoding === 'Lab' ? 1 : OLD_LAB;
  return labToXyz([100 * a * scale, 255 * b * scale - 128, 255 * c * scale - 128]);
}

export function labToXyz([lightness, a, b]: Vector): Vector {
  const y = (lightness + 16) / 116;
  return [WHITE[0] * cubed(y + a / 500), WHITE[1] * cubed(y), WHITE[2] * cubed(y - b / 200)];
}

const cubed = (root: number): number => (root > 6 / 29 ? root ** 3 : (root - 4 / 29) * 3 * (6 / 29) ** 2);

/** Black of the perceptual intent since version 4 (6.3.3): 0 on the display. */
const PERCEPTUAL_BLACK: Vector = [0.00336, 0.0034731, 0.00287];

export function fromPerceptualBlack(xyz: Vector): Vector {
  const stretch = (at: 0 | 1 | 2): number =>
    ((xyz[at] - PERCEPTUAL_BLACK[at]) * WHITE[at]) / (WHITE[at] - PERCEPTUAL_BLACK[at]);
  return [stretch(0), stretch(1), stretch(2)];
}

export const xyzToLight = (xyz: Vector): Vector => multiply(XYZ_TO_SRGB, xyz);
