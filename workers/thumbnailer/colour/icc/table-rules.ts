import type { Vector } from '../matrix-rules.ts';
import { readCurves, type Curve } from './curve-rules.ts';
import type { Encoding } from './connection-rules.ts';
import { readGrid, type Samples } from './grid-rules.ts';
import { fixed16, fourCharacters } from './tags-rules.ts';

/** Signals from 0 to 1 → numbers from 0 to 1 that stand for a colour in the connection space. */
type Step = (values: Vector) => Vector;

interface ColourTable {
  encoding: Encoding;
  convert: Step;
}

/** AToB of red, green and blue in any of its three types. @returns null when it is none, or not whole */
export function readTable(tag: DataView, connection: string): ColourTable | null {
  if (tag.byteLength < 32 || tag.getUint8(8) !== 3 || tag.getUint8(9) !== 3) return null;
  if (connection !== 'XYZ ' && connection !== 'Lab ') return null;
  const isXyz = connection === 'XYZ ';
  const type = fourCharacters(tag, 0);
  if (type === 'mAB ') return tableOf(isXyz ? 'XYZ' : 'Lab', readElements(tag));
  if (type === 'mft1') return tableOf(isXyz ? 'XYZ' : 'Lab', readLut(tag, 1));
  if (type === 'mft2') return tableOf(isXyz ? 'XYZ' : 'old Lab', readLut(tag, 2));
  return null;
}

function tableOf(encoding: Encoding, steps: readonly (Step | null)[]): ColourTable | null {
  const whole = steps.filter((step) => step !== null);
  if (whole.length < steps.length || whole.length === 0) return null;
  return { encoding, convert: (values) => whole.reduce((result, step) => step(result), values) };
}

/** lut8Type and lut16Type (10.10, 10.11): curves, grid, curves. Their matrix is for XYZ going in. */
function readLut(tag: DataView, bytes: 1 | 2): (Step | null)[] {
  if (tag.byteLength < 52) return [null];
  const steps = tag.getUint8(10);
  const [before, after] = bytes === 1 ? [256, 256] : [tag.getUint16(48), tag.getUint16(50)];
  const samplesAt = (at: number, count: number): Samples | null =>
    at + count * bytes > tag.byteLength
      ? null
      : (index) => (bytes === 1 ? tag.getUint8(at + index) / 255 : tag.getUint16(at + index * 2) / 65_535);
  const start = bytes === 1 ? 48 : 52;
  const gridAt = start + 3 * before * bytes;
  const afterAt = gridAt + 3 * steps ** 3 * bytes;
  return [
    curvesOf(samplesAt(start, 3 * before), before),
    readGrid(samplesAt(gridAt, 3 * steps ** 3), [steps, steps, steps]),
    curvesOf(samplesAt(afterAt, 3 * after), after),
  ];
}

/** Three curves of as many samples, one behind the other. */
function curvesOf(samples: Samples | null, count: number): Step | null {
  if (!samples || count < 2 || count > 4_096) return null;
  const curve = (channel: number, value: number): number => {
    const place = clamp(value) * (count - 1);
    const below = Math.min(Math.floor(place), count - 2);
    const low = samples(channel * count + below);
    return low + (samples(channel * count + below + 1) - low) * (place - below);
  };
  return ([a, b, c]) => [curve(0, a), curve(1, b), curve(2, c)];
}

/** lutAToBType (10.12): A curves and grid, M curves and matrix, B curves; all but the last may be missing. */
function readElements(tag: DataView): (Step | null)[] {
  const [b, matrix, m, grid, a] = [12, 16, 20, 24, 28].map((at) => tag.getUint32(at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const steps: (Step | null)[] = [];
  if (a > 0) steps.push(applyCurves(readCurves(tag, a)));
  if (grid > 0) steps.push(elementGrid(tag, grid));
  if (m > 0) steps.push(applyCurves(readCurves(tag, m)));
  if (matrix > 0) steps.push(elementMatrix(tag, matrix));
  steps.push(applyCurves(readCurves(tag, b)));
  return steps;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

function applyCurves(curves: readonly Curve[] | null): Step | null {
  const [first, second, third] = curves ?? [];
  // A matrix before them may have left their range.
  return first && second && third ? ([a, b, c]) => [first(clamp(a)), second(clamp(b)), third(clamp(c))] : null;
}

function elementGrid(tag: DataView, at: number): Step | null {
  if (at + 20 > tag.byteLength) return null;
  const steps = [tag.getUint8(at), tag.getUint8(at + 1), tag.getUint8(at + 2)] as const;
  const isWide = tag.getUint8(at + 16) === 2;
  const bytes = 3 * steps[0] * steps[1] * steps[2] * (isWide ? 2 : 1);
  if (at + 20 + bytes > tag.byteLength) return null;
  const start = at + 20;
  return readGrid(
    (index) => (isWide ? tag.getUint16(start + index * 2) / 65_535 : tag.getUint8(start + index) / 255),
    steps,
  );
}

/** Three rows, and what is added to each. */
function elementMatrix(tag: DataView, at: number): Step | null {
  if (at + 48 > tag.byteLength) return null;
  const numbers = Array.from({ length: 12 }, (_none, index) => fixed16(tag, at + index * 4));
  const row = ([a, b, c]: Vector, from: number): number =>
    numbers[from]! * a + numbers[from + 1]! * b + numbers[from + 2]! * c + numbers[9 + from / 3]!; // twelve of them
  return (values) => [row(values, 0), row(values, 3), row(values, 6)];
}
