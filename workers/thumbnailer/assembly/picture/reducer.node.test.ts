import { describe, expect, it } from 'vitest';
import { busy, quarters, seededRandom } from '../../../../src/test/support/images.ts';
import type { Pixels } from '../../codecs/pixels.ts';
import { expectOk, picturePixels, placePixels, reducePixels, type PixelsInstance } from '../../codecs/pixels-module.ts';
import { pixelsInNode } from '../../test-support/pixels-node.ts';
import { exactReduction, psnr } from '../../test-support/reduction.ts';

const module = pixelsInNode();

/** As a picture that lies in memory. */
const reduced = (source: Pixels, width: number, height: number, hasAlpha = false): Promise<Uint8Array> =>
  module.run((pixels) =>
    picturePixels(pixels, reducePixels(pixels, placePixels(pixels, source), width, height, hasAlpha)).slice(),
  );

/** Row by row, as a decoder does it, which also writes behind the row what does not belong to it. */
function streamed(pixels: PixelsInstance, source: Pixels, width: number, height: number, hasAlpha = false): Uint8Array {
  const { exports } = pixels;
  expectOk(exports.openReducer(source.width, source.height, width, height, hasAlpha));
  const stride = source.width * 4;
  for (let y = 0; y < source.height; y += 1) {
    const row = pixels.view(exports.reducerRow(), stride + 64);
    row.set(source.data.subarray(y * stride, (y + 1) * stride));
    row.fill(0xee, stride);
    expectOk(exports.pushRow());
  }
  return picturePixels(pixels, { at: exports.reducerOutput(), width, height }).slice();
}

function noise(width: number, height: number): Pixels {
  const random = seededRandom(width * 31 + height);
  return { width, height, data: Uint8Array.from({ length: width * height * 4 }, () => random() * 256) };
}

const opaque = (pixels: Pixels): Pixels => {
  for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
  return pixels;
};

const SIZES = [
  [1, 1, 1, 1],
  [2, 1, 1, 1],
  [3, 3, 2, 2],
  [5, 7, 4, 7],
  [5, 7, 5, 6],
  [64, 64, 63, 63],
  [97, 61, 96, 60],
  [97, 61, 13, 7],
  [101, 100, 7, 99],
  [640, 480, 320, 240],
  [641, 479, 77, 58],
  [9, 1000, 9, 3],
  [1000, 3, 2, 3],
] as const;

describe('reducing a picture in WebAssembly', () => {
  it.each(SIZES)(
    'is nowhere further from the exact reduction than rounding takes it: %i × %i → %i × %i',
    async (...size) => {
      const [fromWidth, fromHeight, width, height] = size;
      const source = opaque(noise(fromWidth, fromHeight));
      const exact = exactReduction(source, width, height, false);
      const data = await reduced(source, width, height);
      const errors = exact.map((sample, at) => Math.abs(data[at]! - sample));
      expect(errors.reduce((worst, error) => Math.max(worst, error))).toBeLessThan(0.65);
    },
  );

  it.each(SIZES)('is as exact where colours are seen through: %i × %i → %i × %i', async (...size) => {
    const [fromWidth, fromHeight, width, height] = size;
    const source = noise(fromWidth, fromHeight);
    const exact = exactReduction(source, width, height, true);
    const data = await reduced(source, width, height, true);
    // The less is seen of a colour, the less is known of it.
    const allowed = (at: number, alpha: number): number =>
      at % 4 === 3 ? 0.65 : alpha < 1 ? Infinity : 0.65 + 40 / alpha;
    const far = exact.filter((sample, at) => Math.abs(data[at]! - sample) > allowed(at, exact[at | 3]!));
    expect(far).toHaveLength(0);
  });

  it('is as exact for 400 sizes that nobody chose', async () => {
    const random = seededRandom(11);
    const upTo = (most: number): number => 1 + Math.floor(random() ** 2 * most);
    let worst = 0;
    for (let round = 0; round < 400; round += 1) {
      const [fromWidth, fromHeight] = [upTo(90), upTo(90)];
      const [width, height] = [upTo(fromWidth), upTo(fromHeight)];
      const source = opaque(noise(fromWidth, fromHeight));
      const exact = exactReduction(source, width, height, false);
      const data = await reduced(source, width, height, random() < 0.5);
      exact.forEach((sample, at) => (worst = Math.max(worst, Math.abs(data[at]! - sample))));
    }
    expect(worst).toBeLessThan(0.65);
  });

  it('gives the same for rows that come one after another as for a picture that lies there', async () => {
    for (const [fromWidth, fromHeight, width, height] of SIZES) {
      for (const hasAlpha of [false, true]) {
        const source = hasAlpha ? noise(fromWidth, fromHeight) : opaque(noise(fromWidth, fromHeight));
        const rows = await module.run((pixels) => streamed(pixels, source, width, height, hasAlpha));
        expect(rows).toEqual(await reduced(source, width, height, hasAlpha));
      }
    }
  });

  it.each([
    [65_500, 3, 1920, 1],
    [65_500, 2, 65_499, 1],
    [65_535, 1, 1, 1],
    [2, 65_500, 1, 16_383],
    [1, 65_535, 1, 65_535],
  ])('takes sides as long as a JPEG can have them: %i × %i → %i × %i', async (fromWidth, fromHeight, width, height) => {
    const source = opaque(noise(fromWidth, fromHeight));
    const data = await reduced(source, width, height);
    expect(psnr(data, exactReduction(source, width, height, false))).toBeGreaterThan(55);
  });

  it('stays close to the exact picture over three steps', async () => {
    const source = busy(2016, 1512);
    const small = await module.run((pixels) => {
      const large = reducePixels(pixels, placePixels(pixels, source), 1920, 1440, false);
      const middle = reducePixels(pixels, large, 960, 720, false);
      return picturePixels(pixels, reducePixels(pixels, middle, 320, 240, false)).slice();
    });
    expect(psnr(small, exactReduction(source, 320, 240, false))).toBeGreaterThan(45);
  });

  it('copies what needs no reduction, with the colours of what is invisible', async () => {
    const source = noise(33, 21);
    expect(await reduced(source, 33, 21, true)).toEqual(source.data);
    expect(await module.run((pixels) => streamed(pixels, source, 33, 21, true))).toEqual(source.data);
  });

  it('does not let invisible pixels colour the visible ones beside them', async () => {
    const source = quarters(90, 90, 0);
    const data = await reduced(source, 30, 30, true);
    for (let y = 15; y < 30; y += 1) {
      for (let x = 0; x < 30; x += 1) {
        const pixel = Array.from(data.subarray((y * 30 + x) * 4, (y * 30 + x) * 4 + 4));
        if (x >= 16 && y >= 17) expect(pixel).toEqual([0, 0, 0, 0]);
      }
    }
    expect(Array.from(data.subarray((22 * 30 + 14) * 4, (22 * 30 + 14) * 4 + 3))).toEqual([50, 80, 220]);
  });

  it('takes rows only, not pictures: memory for 40 megapixels is that of the output and a ring of rows', async () => {
    const fresh = pixelsInNode();
    const row = noise(8000, 1).data;
    await fresh.run(({ exports, view, bytes }) => {
      expectOk(exports.openReducer(8000, 5000, 1920, 1200, false));
      for (let y = 0; y < 5000; y += 1) {
        view(exports.reducerRow(), row.length).set(row);
        expectOk(exports.pushRow());
      }
      expect(bytes()).toBeLessThan(1920 * 1200 * 4 + 1e6);
    });
  });

  it('never enlarges, takes no more rows than were promised, and says so by a status', async () => {
    await module.run(({ exports, bytes }) => {
      const before = bytes();
      for (const [fromWidth, fromHeight, width, height] of [
        [10, 10, 11, 10],
        [10, 10, 10, 11],
        [10, 10, 0, 5],
        [0, 0, 0, 0],
        [10, 10, -1, 5],
        [70_000, 1, 10, 1],
      ] as const) {
        expect(exports.openReducer(fromWidth, fromHeight, width, height, false)).toBe(1);
        expect(exports.pushRow()).toBe(3);
      }
      expect(exports.openReducer(65_535, 65_535, 65_535, 65_535, false)).toBe(2);
      expect(exports.openReducer(65_535, 65_535, 65_534, 1, true)).toBe(2);
      expect(exports.pushRow()).toBe(3);
      expect(bytes()).toBeLessThan(before + 64 * 2 ** 20);
      expect(exports.openReducer(4, 2, 2, 1, false)).toBe(0);
      expect([exports.pushRow(), exports.pushRow(), exports.pushRow()]).toEqual([0, 0, 3]);
      expect(exports.reducePicture(bytes() - 100, 10, 10, 5, 5, false)).toBe(0);
    });
  });
});
