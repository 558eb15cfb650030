import { expect, it } from 'vitest';
import { seededRandom } from '../../../../src/test/support/images.ts';
import type { Pixels } from '../../codecs/pixels.ts';
import { picturePixels, placePixels, turnPixels } from '../../codecs/pixels-module.ts';
import type { Orientation } from '../../orientation.ts';
import { pixelsInNode } from '../../test-support/pixels-node.ts';

const module = pixelsInNode();

function noise(width: number, height: number): Pixels {
  const random = seededRandom(width * 31 + height);
  return { width, height, data: Uint8Array.from({ length: width * height * 4 }, () => random() * 256) };
}

/** Where the stored pixel (x, y) is seen, for each orientation of CIPA DC-008, 4.6.5. */
const SEEN: Record<Orientation, (x: number, y: number, width: number, height: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, height) => [height - 1 - y, x],
  7: (x, y, width, height) => [height - 1 - y, width - 1 - x],
  8: (x, y, width) => [y, width - 1 - x],
};

it.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'turns a picture of orientation %i upright, of any size',
  async (orientation) => {
    for (const [width, height] of [
      [1, 1],
      [1, 9],
      [9, 1],
      [16, 16],
      [17, 33],
      [100, 47],
      [3, 4000],
    ] as const) {
      const stored = noise(width, height);
      const upright = await module.run((pixels) => {
        const picture = turnPixels(pixels, placePixels(pixels, stored), orientation);
        return { ...picture, data: picturePixels(pixels, picture).slice() };
      });
      const seen = new Uint8Array(stored.data.length);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [toX, toY] = SEEN[orientation](x, y, width, height);
          const from = (y * width + x) * 4;
          seen.set(stored.data.subarray(from, from + 4), (toY * upright.width + toX) * 4);
        }
      }
      expect([upright.width, upright.height]).toEqual(orientation < 5 ? [width, height] : [height, width]);
      expect(upright.data).toEqual(seen);
    }
  },
);
