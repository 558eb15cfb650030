import { multiply, type Matrix, type Vector } from './matrix-rules.ts';

/** Of the brightest thing that is still told from white, in cd/m²: what HLG is made for, and about what phones show. */
const PEAK = 1_000;
/** ITU-R BT.2408: where white paper is, in cd/m². It is the white of sRGB here. */
const REFERENCE_WHITE = 203;

/**
 * Shows light far brighter than white on a display that has none, by the formula of ITU-R BT.2390, 5.4.1 (EETF): up to
 * about 93 cd/m² everything is as bright as it was, for a white of 203; from there to 1,000 a spline leans over, so
 * that white paper is 0.9 of the signal and lamps and skies keep their shapes above. The brightest channel decides and
 * the others follow in proportion: hues stay, and nothing glows. What is outside sRGB is cut off at the end.
 *
 * @param toSrgb linear light of the file's primaries → linear sRGB
 * @param luminance share of each channel in luminance
 * @returns signals from 0 to 1 → linear sRGB
 */
export function showHdr(transfer: 'PQ' | 'HLG', toSrgb: Matrix, luminance: Vector): (signals: Vector) => Vector {
  const lightOf = transfer === 'PQ' ? pqLight : (signals: Vector) => hlgLight(signals, luminance);
  return (signals) => {
    const light = lightOf(signals);
    const most = Math.max(...light);
    const factor = most > 0 ? compress(most) / most / REFERENCE_WHITE : 0;
    return multiply(toSrgb, [light[0] * factor, light[1] * factor, light[2] * factor]);
  };
}

/** SMPTE ST 2084 */
const [M1, M2, C1, C2, C3] = [
  2_610 / 16_384,
  (2_523 / 4_096) * 128,
  3_424 / 4_096,
  (2_413 / 4_096) * 32,
  (2_392 / 4_096) * 32,
];

function fromPq(signal: number): number {
  const root = signal ** (1 / M2);
  return 10_000 * (Math.max(0, root - C1) / (C2 - C3 * root)) ** (1 / M1);
}

function toPq(light: number): number {
  const power = (light / 10_000) ** M1;
  return ((C1 + C2 * power) / (1 + C3 * power)) ** M2;
}

const pqLight = ([red, green, blue]: Vector): Vector => [fromPq(red), fromPq(green), fromPq(blue)];

/** ITU-R BT.2100, table 5: the scene, and then what a display of 1,000 cd/m² makes of it (exponent 1.2). */
function hlgLight(signals: Vector, luminance: Vector): Vector {
  const [red, green, blue] = [sceneLight(signals[0]), sceneLight(signals[1]), sceneLight(signals[2])];
  const bright = red * luminance[0] + green * luminance[1] + blue * luminance[2];
  const gain = bright > 0 ? PEAK * bright ** 0.2 : 0;
  return [red * gain, green * gain, blue * gain];
}

const A = 0.17883277;
const B = 1 - 4 * A;
const C = 0.5 - A * Math.log(4 * A);
const sceneLight = (signal: number): number =>
  signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - C) / A) + B) / 12;

const PEAK_SIGNAL = toPq(PEAK);
const WHITE_SHARE = toPq(REFERENCE_WHITE) / PEAK_SIGNAL;
const KNEE = 1.5 * WHITE_SHARE - 0.5;

/** @returns cd/m² of a display that has no more than `REFERENCE_WHITE` */
function compress(light: number): number {
  const share = Math.min(1, toPq(light) / PEAK_SIGNAL);
  if (share < KNEE) return light;
  const t = (share - KNEE) / (1 - KNEE);
  const spline =
    (2 * t ** 3 - 3 * t ** 2 + 1) * KNEE +
    (t ** 3 - 2 * t ** 2 + t) * (1 - KNEE) +
    (-2 * t ** 3 + 3 * t ** 2) * WHITE_SHARE;
  return fromPq(spline * PEAK_SIGNAL);
}
