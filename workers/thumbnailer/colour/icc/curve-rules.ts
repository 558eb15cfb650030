import { fixed16 } from './tags-rules.ts';

/** A tone curve of an ICC profile: signal from 0 to 1 → share of full light, from 0 to 1. */
export type Curve = (signal: number) => number;

/** No sampled curve is longer than the values that 16 bits have. */
const ENTRIES_MAX = 65_536;
/** How many numbers a parametric curve of each type has (ICC.1:2022, table 68). */
const PARAMETER_COUNTS = [1, 3, 4, 5, 7];

/** `curv`, `para` */
const [SAMPLED, PARAMETRIC] = [0x63757276, 0x70617261];

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
/** @param view one tag of a profile @returns null when it is no curve, or not a whole one */
export function readCurve(view: DataView): Curve | null {
  if (view.byteLength < 12) return null;
  const type = view.getUint32(0);
  if (type === SAMPLED) return readSampled(view);
  return type === PARAMETRIC ? readParametric(view) : null;
}

/** Three curves that follow each other in a tag, each on a boundary of four bytes. @returns null when one is missing */
export function readCurves(tag: DataView, offset: number): Curve[] | null {
  const curves: Curve[] = [];
  for (let at = offset; curves.length < 3;) {
    if (at + 12 > tag.byteLength) return null;
    const view = new DataView(tag.buffer, tag.byteOffset + at, tag.byteLength - at);
    const curve = readCurve(view);
    if (!curve) return null;
    curves.push(curve);
    const isSampled = view.getUint32(0) === SAMPLED;
    const bytes = isSampled ? 2 * view.getUint32(8) : 4 * (PARAMETER_COUNTS[view.getUint16(8)] as number);
    at += 12 + 4 * Math.ceil(bytes / 4);
  }
  return curves;
}

/** curveType (10.6): no entry is the straight line, one is an exponent, more are samples at even distances. */
function readSampled(view: DataView): Curve | null {
  const count = view.getUint32(8);
  if (count === 0) return clamp;
  if (count > ENTRIES_MAX || view.byteLength < 12 + 2 * count) return null;
  if (count === 1) {
    const gamma = view.getUint16(12) / 256;
    return gamma > 0 ? (signal) => clamp(signal ** gamma) : null;
  }
  return (signal) => {
    const place = clamp(signal) * (count - 1);
    const before = Math.min(Math.floor(place), count - 2);
    const [low, high] = [view.getUint16(12 + 2 * before), view.getUint16(14 + 2 * before)];
    return (low + (high - low) * (place - before)) / 65_535;
  };
}

/** parametricCurveType (10.18). */
function readParametric(view: DataView): Curve | null {
  const type = view.getUint16(8);
  const count = PARAMETER_COUNTS[type];
  if (count === undefined || view.byteLength < 12 + 4 * count) return null;
  const [g = 1, a = 1, b = 0, ...others] = Array.from({ length: count }, (_, at) => fixed16(view, 12 + 4 * at));
  // Types 0 to 2 are straight below the place where the power begins, and there no higher than their offset.
  const [slope, from, above, below] =
    type >= 3
      ? [others[0] ?? 0, others[1] ?? 0, others[2] ?? 0, others[3] ?? 0]
      : [0, type === 0 ? 0 : -b / a, others[0] ?? 0, others[0] ?? 0];
  const curve: Curve = (signal) => (signal >= from ? (a * signal + b) ** g + above : slope * signal + below);
  return (signal) => {
    const light = curve(signal);
    return Number.isFinite(light) ? clamp(light) : 0;
  };
}
