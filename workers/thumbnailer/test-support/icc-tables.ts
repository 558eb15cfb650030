import { ascii, concatBytes, fixed16, uint16, uint32 } from './bytes.ts';
import { parametricCurve, sampledCurve } from './icc-profiles.ts';

type Triple = readonly [number, number, number];

/** D50, as profiles have it */
const WHITE: Triple = [0.9642, 1, 0.8249];

/** XYZ → L*a*b* of D50 */
function labOf(xyz: Triple): Triple {
  const [x, y, z] = xyz.map((value, at) => {
    const share = value / WHITE[at]!;
    return share > 216 / 24_389 ? Math.cbrt(share) : ((24_389 / 27) * share + 16) / 116;
  }) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const COLORANTS = [
  [0.60974, 0.20528, 0.14919],
  [0.31111, 0.62567, 0.06322],
  [0.01947, 0.06087, 0.74457],
] as const;

/**
 * A camera that no matrix describes: its channels see some of each other, and the more the brighter it is.
 * @param rgb signals from 0 to 1 @returns XYZ (D50)
 */
function camera([red, green, blue]: Triple, black = 0): Triple {
  const light = [red ** 1.8, green ** 2, blue ** 2.2];
  const mixed = light.map((one, at) => {
    const others = (light[(at + 1) % 3]! + light[(at + 2) % 3]!) / 2;
    return one * (0.9 + 0.1 * others);
  });
  return COLORANTS.map((row, at) => {
    const sum = row.reduce((total, factor, channel) => total + factor * mixed[channel]!, 0);
    return ((sum * WHITE[at]!) / row.reduce((total, factor) => total + factor, 0)) * (1 - black) + black * WHITE[at]!;
  }) as unknown as Triple;
}

/** Numbers of a grid, blue fastest. @param encode signals → numbers from 0 to 1 */
function gridOf([reds, greens, blues]: Triple, bytes: 1 | 2, encode: (rgb: Triple) => readonly number[]): number[] {
  const numbers: number[] = [];
  for (let red = 0; red < reds; red += 1) {
    for (let green = 0; green < greens; green += 1) {
      for (let blue = 0; blue < blues; blue += 1) {
        for (const one of encode([red / (reds - 1), green / (greens - 1), blue / (blues - 1)])) {
          const cut = Math.min(1, Math.max(0, one));
          if (bytes === 1) numbers.push(Math.round(cut * 255));
          else numbers.push(...uint16(Math.round(cut * 65_535)));
        }
      }
    }
  }
  return numbers;
}

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap(fixed16);
const MOST = 1 + 32_767 / 32_768;
const labNumbers = ([l, a, b]: Triple, scale = 1): number[] => [(l / 100) * scale, ((a + 128) / 255) * scale, ((b + 128) / 255) * scale]; // prettier-ignore

interface TableOptions {
  /** how bright black is, of white */
  black?: number;
  /** of each side of the grid */
  steps?: number;
}

/** lut8Type over Lab; curves that do nothing. */
export function lut8({ black = 0, steps = 17 }: TableOptions = {}): Uint8Array {
  const straight = Array.from({ length: 256 }, (_none, at) => at);
  const curves = [...straight, ...straight, ...straight];
  const grid = gridOf([steps, steps, steps], 1, (rgb) => labNumbers(labOf(camera(rgb, black))));
  return concatBytes(ascii('mft1'), uint32(0), [3, 3, steps, 0], IDENTITY, curves, grid, curves);
}

/** lut16Type over Lab (100 is 0xff00) or XYZ. Its input curves bend, and its grid takes that back. */
export function lut16(connection: 'Lab ' | 'XYZ ', { black = 0, steps = 21 }: TableOptions = {}): Uint8Array {
  const samples = 64;
  const bent = Array.from({ length: samples }, (_none, at) =>
    uint16(Math.round((at / (samples - 1)) ** 0.8 * 65_535)),
  ).flat();
  const straight = [...uint16(0), ...uint16(65_535)];
  const grid = gridOf([steps, steps, steps], 2, (rgb) => {
    const xyz = camera(rgb.map((one) => one ** (1 / 0.8)) as unknown as Triple, black);
    return connection === 'Lab ' ? labNumbers(labOf(xyz), 65_280 / 65_535) : xyz.map((one) => one / MOST);
  });
  const three = (numbers: number[]): number[] => [...numbers, ...numbers, ...numbers];
  const lengths = [...uint16(samples), ...uint16(2)];
  return concatBytes(ascii('mft2'), uint32(0), [3, 3, steps, 0], IDENTITY, lengths, three(bent), grid, three(straight));
}

/** lutAToBType: A curves, a grid of different sides, M curves and a matrix, B curves. */
export function lutAToB(
  connection: 'Lab ' | 'XYZ ',
  { black = 0, steps = 19, bytes = 2 }: TableOptions & { bytes?: 1 | 2 } = {},
): Uint8Array {
  const a = [parametricCurve(0, 0.9), sampledCurve(0.9), sampledCurve(...Array.from({ length: 33 }, (_none, at) => (at / 32) ** 0.9))]; // prettier-ignore
  // What the matrix and its offsets do is taken back by what is in the grid.
  const [gain, offset] = [1.25, -0.1];
  const sides = [steps, steps - 1, steps - 2] as const;
  const encode = (rgb: Triple): number[] => {
    const xyz = camera(rgb.map((one) => one ** (1 / 0.9)) as unknown as Triple, black);
    const numbers = connection === 'Lab ' ? labNumbers(labOf(xyz)) : xyz.map((one) => one / MOST);
    return numbers.map((one) => (one - offset) / gain);
  };
  const straight = [sampledCurve(), sampledCurve(), parametricCurve(0, 1)];
  const header = [...sides, ...Array<number>(13).fill(0), bytes, 0, 0, 0];
  const grid = concatBytes(header, gridOf(sides, bytes, encode));
  const matrix = [gain, 0, 0, 0, gain, 0, 0, 0, gain, offset, offset, offset].flatMap(fixed16);
  const together = (curves: Uint8Array[]): Uint8Array => concatBytes(...curves.map(padded));
  const parts = [together(straight), matrix, together(straight), padded(grid), together(a)];
  let at = 32;
  const offsets = parts.flatMap((part) => {
    const place = at;
    at += part.length;
    return uint32(place);
  });
  return concatBytes(ascii('mAB '), uint32(0), [3, 3, 0, 0], offsets, ...parts);
}

const padded = (part: Uint8Array | readonly number[]): Uint8Array =>
  concatBytes(part, new Uint8Array((4 - (part.length % 4)) % 4));
