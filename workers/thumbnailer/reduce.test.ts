import { describe, expect, it } from 'vitest';
import { busy } from '../../src/test/support/images.ts';
import type { Pixels } from './codecs/pixels.ts';
import { reduce } from './reduce.ts';

function fill(width: number, height: number, colourAt: (x: number, y: number) => number[]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 4);
  return { width, height, data };
}

const average = ({ data }: Pixels, channel: number): number => {
  let sum = 0;
  for (let at = channel; at < data.length; at += 4) sum += data[at] as number;
  return sum / (data.length / 4);
};

describe('reducing a picture', () => {
  it('keeps an even colour exactly, at any ratio', () => {
    const even = fill(97, 61, () => [12, 200, 77, 255]);
    for (const [width, height] of [
      [96, 60],
      [50, 61],
      [13, 7],
      [1, 1],
    ] as const) {
      for (const opaque of [true, false]) {
        const { data } = reduce(even, width, height, opaque);
        for (let at = 0; at < data.length; at += 4)
          expect(Array.from(data.subarray(at, at + 4))).toEqual([12, 200, 77, 255]);
      }
    }
  });

  it('keeps the average colour', () => {
    const source = busy(640, 480);
    const small = reduce(source, 77, 58, true);
    for (const channel of [0, 1, 2])
      expect(Math.abs(average(source, channel) - average(small, channel))).toBeLessThan(1);
  });

  it('moves nothing: a ramp stays a ramp', () => {
    const { data } = reduce(
      fill(256, 4, (x) => [x, x, x, 255]),
      64,
      1,
      true,
    );
    for (let x = 2; x < 62; x += 1) expect(Math.abs((data[x * 4] as number) - (x * 4 + 1.5))).toBeLessThanOrEqual(1);
  });

  it('shows fine stripes as grey and not as coarse stripes', () => {
    const { data } = reduce(
      fill(600, 10, (x) => (x % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255])),
      200,
      10,
      true,
    );
    for (let x = 2; x < 198; x += 1) expect(Math.abs((data[x * 4] as number) - 127.5)).toBeLessThan(12);
  });

  it('does not let invisible pixels colour the visible ones beside them', () => {
    const half = fill(90, 90, (x) => (x < 47 ? [40, 180, 60, 255] : [255, 0, 0, 0]));
    const { data } = reduce(half, 30, 30, false);
    let visible = 0;
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] as number) < 8) continue;
      visible += 1;
      expect(Array.from(data.subarray(at, at + 3))).toEqual([40, 180, 60]);
    }
    expect(visible).toBeGreaterThan(400);
  });

  it('copies what needs no reduction', () => {
    const source = busy(10, 10);
    const copy = reduce(source, 10, 10, true);
    expect(copy.data).toEqual(source.data);
    expect(copy.data.buffer).not.toBe(source.data.buffer);
  });
});
