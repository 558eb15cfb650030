import type { Vector } from './matrix-rules.ts';
import { linearToSignal } from './srgb-rules.ts';

/** What is to be done with pixels to make them sRGB. */
export type Conversion =
  /** Nothing, as far as eight bits tell. */
  | { kind: 'srgb' }
  /** `shares`: for `toSrgb` of the pixels module, 3 × 256 × 4 numbers. */
  | { kind: 'matrix'; shares: Float32Array<ArrayBuffer> }
  /** `grid`: for `toSrgbByGrid` of the pixels module, `GRID_STEPS`³ × 4 numbers from 0 to 255. */
  | { kind: 'table'; grid: Float32Array<ArrayBuffer> }
  | { kind: 'ignored'; reason: IgnoredBecause };

type IgnoredBecause = 'damaged' | 'unknown' | 'not a picture of light' | 'implausible';

export const ignored = (reason: IgnoredBecause): Conversion => ({ kind: 'ignored', reason });

/** A curve and what full light of the channel is in linear sRGB. */
export interface Channel {
  /** signal from 0 to 1 → share of full light */
  curve: (signal: number) => number;
  light: Vector;
}

/** Red, green and blue that do not depend on each other. */
export function channelConversion(channels: readonly Channel[]): Conversion {
  const shares = new Float32Array(3 * 256 * 4);
  for (const [channel, { curve, light }] of channels.entries()) {
    for (let value = 0; value < 256; value += 1) {
      const amount = curve(value / 255);
      shares.set(
        light.map((one) => one * amount),
        (channel * 256 + value) * 4,
      );
    }
  }
  const at = (channel: number, value: number, out: number): number =>
    shares[(channel * 256 + value) * 4 + out] as number;
  const convert = ([red, green, blue]: Vector): Vector => {
    const light = (out: number): number => at(0, red, out) + at(1, green, out) + at(2, blue, out);
    return [light(0), light(1), light(2)];
  };
  return judge(convert, () => ({ kind: 'matrix', shares }));
}

/** Steps of a channel in the grid; `assembly/picture/colour-grid.ts` has the same number. */
const GRID_STEPS = 33;

/**
 * Anything else that makes a colour of a colour, sampled on a grid; between its points the module interpolates.
 * @param convert signals from 0 to 1 → light of linear sRGB, of which what is outside 0 to 1 is cut off
 */
export function gridConversion(convert: (signals: Vector) => Vector): Conversion {
  return judge(
    ([red, green, blue]) => convert([red / 255, green / 255, blue / 255]),
    () => {
      const grid = sample(convert);
      return grid.every(Number.isFinite) ? { kind: 'table', grid } : ignored('implausible');
    },
  );
}

function sample(convert: (signals: Vector) => Vector): Float32Array<ArrayBuffer> {
  const grid = new Float32Array(GRID_STEPS ** 3 * 4);
  const last = GRID_STEPS - 1;
  for (let point = 0; point < GRID_STEPS ** 3; point += 1) {
    const steps = [Math.floor(point / GRID_STEPS ** 2), Math.floor(point / GRID_STEPS), point] as const;
    const [red, green, blue] = steps.map((step) => (step % GRID_STEPS) / last) as unknown as Vector;
    for (const [channel, light] of convert([red, green, blue]).entries()) {
      grid[point * 4 + channel] = linearToSignal(light) * 255;
    }
  }
  return grid;
}

const SAMPLES = [0, 16, 32, 64, 96, 128, 160, 192, 224, 255];
/** Of 1/255: no eye sees less, and there are sRGB profiles of many hands. */
const SAME_MAX = 1;

/** @param convert values from 0 to 255 → light of linear sRGB */
function judge(convert: (rgb: Vector) => Vector, make: () => Conversion): Conversion {
  const isAbout = (light: Vector, expected: number): boolean => light.every((one) => Math.abs(one - expected) < 0.15);
  // White is about white and black about black; else it would spoil what it should mend.
  const isPlausible = isAbout(convert([255, 255, 255]), 1) && isAbout(convert([0, 0, 0]), 0);
  if (!isPlausible) return ignored('implausible');
  return changesNothing(convert) ? { kind: 'srgb' } : make();
}

function changesNothing(convert: (rgb: Vector) => Vector): boolean {
  return SAMPLES.every((red) =>
    SAMPLES.every((green) =>
      SAMPLES.every((blue) => {
        const rgb: Vector = [red, green, blue];
        return convert(rgb).every(
          (light, at) => Math.abs(linearToSignal(light) * 255 - (rgb[at] as number)) <= SAME_MAX,
        );
      }),
    ),
  );
}
