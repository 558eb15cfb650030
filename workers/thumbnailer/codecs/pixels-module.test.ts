import { describe, expect, it } from 'vitest';
import { busy } from '../../../src/test/support/images.ts';
import { reduce } from '../test-support/reduce.ts';
import { createPixels, isOpaque, picturePixels, placePixels, reducePixels, turnPixels } from './pixels-module.ts';
import { MODULES } from './modules.ts';

describe('the pixels module in the Workers runtime', () => {
  it('reduces and turns a picture', async () => {
    const source = busy(641, 483);
    const turned = await createPixels(MODULES.pixels).run((pixels) => {
      const small = reducePixels(pixels, placePixels(pixels, source), 96, 72, false);
      return picturePixels(pixels, turnPixels(pixels, small, 3)).slice();
    });
    const expected = reduce(source, 96, 72, true).data;
    const last = 96 * 72 * 4 - 4;
    for (let at = 0; at <= last; at += 4) {
      for (let c = 0; c < 4; c += 1)
        expect(Math.abs(turned[last - at + c]! - expected[at + c]!)).toBeLessThanOrEqual(1);
    }
  });

  it('uses an instance again, from an empty arena, while it is small', async () => {
    const module = createPixels(MODULES.pixels, 2 ** 20);
    const first = await module.run(({ exports }) => [exports, exports.reserve(100)] as const);
    const second = await module.run(({ exports }) => [exports, exports.reserve(100)] as const);
    expect(second[0]).toBe(first[0]);
    expect(second[1]).toBe(first[1]);
    await module.run(({ exports }) => exports.reserve(2 ** 20));
    expect(await module.run(({ exports }) => exports)).not.toBe(first[0]);
    expect(module.memoryBytes()).toBeGreaterThan(2 ** 20);
  });

  it('never uses an instance again in which something was thrown', async () => {
    const module = createPixels(MODULES.pixels);
    const first = await module.run(({ exports }) => exports);
    await expect(
      module.run(({ exports }) => {
        expect(exports).toBe(first);
        exports.reducePicture(2 ** 31, 5, 5, 1, 1, false);
        exports.turnUpright(2 ** 31, 5, 5, 2);
      }),
    ).rejects.toThrow(WebAssembly.RuntimeError);
    expect(await module.run(({ exports }) => exports)).not.toBe(first);
  });

  it('goes on with one picture in a memory of its size after a photo that took much', async () => {
    const source = busy(640, 480);
    const module = createPixels(MODULES.pixels);
    await module.run((pixels) => {
      pixels.exports.reserve(40 * 2 ** 20);
      const picture = pixels.renew(placePixels(pixels, source));
      expect(pixels.bytes()).toBeLessThan(3 * 2 ** 20);
      expect(picturePixels(pixels, picture)).toEqual(new Uint8Array(source.data));
      expect(isOpaque(pixels, picture)).toBe(true);
      picturePixels(pixels, picture)[640 * 480 * 4 - 1] = 254;
      expect(isOpaque(pixels, picture)).toBe(false);
    });
    expect(module.memoryBytes()).toBeGreaterThan(40 * 2 ** 20);
  });

  it('has no room for what does not fit below its maximum, and says so', async () => {
    await createPixels(MODULES.pixels).run((pixels) => {
      expect(pixels.exports.reserve(2 ** 31)).toBe(0);
      const picture = { at: pixels.exports.reserve(10_000), width: 50, height: 50 };
      while (pixels.exports.reserve(2 ** 20) !== 0) continue;
      expect(() => turnPixels(pixels, { ...picture, width: 600, height: 600 }, 6)).toThrow('No room to turn');
      expect(() => reducePixels(pixels, { ...picture, width: 1000, height: 600 }, 600, 599, true)).toThrow('No room');
      expect(pixels.bytes()).toBeLessThan(96 * 2 ** 20);
    });
  });
});
