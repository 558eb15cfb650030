import { describe, expect, it } from 'vitest';
import { busy } from '../../../src/test/support/images.ts';
import { reduce } from '../reduce.ts';
import { createPixels, picturePixels, placePixels, reducePixels, turnPixels } from './pixels-module.ts';
import { PIXELS } from './pixels-wasm.ts';

describe('the pixels module in the Workers runtime', () => {
  it('reduces and turns a picture', async () => {
    const source = busy(641, 483);
    const turned = await createPixels(PIXELS).run((pixels) => {
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
    const module = createPixels(PIXELS, 2 ** 20);
    const first = await module.run((pixels) => [pixels, pixels.exports.reserve(100)] as const);
    const second = await module.run((pixels) => [pixels, pixels.exports.reserve(100)] as const);
    expect(second).toEqual(first);
    expect(second[0].exports).toBe(first[0].exports);
    await module.run(({ exports }) => exports.reserve(2 ** 20));
    expect((await module.run((pixels) => pixels)).exports).not.toBe(first[0].exports);
    expect(module.memoryBytes()).toBeGreaterThan(2 ** 20);
  });

  it('never uses an instance again in which something was thrown', async () => {
    const module = createPixels(PIXELS);
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

  it('has no room for what does not fit below its maximum, and says so', async () => {
    await createPixels(PIXELS).run((pixels) => {
      expect(pixels.exports.reserve(2 ** 31)).toBe(0);
      const picture = { at: pixels.exports.reserve(10_000), width: 50, height: 50 };
      pixels.exports.reserve(76 * 2 ** 20);
      expect(() => turnPixels(pixels, { ...picture, width: 1200, height: 1200 }, 6)).toThrow('No room to turn');
      expect(pixels.bytes()).toBeLessThanOrEqual(80 * 2 ** 20);
    });
  });
});
