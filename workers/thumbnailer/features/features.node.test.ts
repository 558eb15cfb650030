import { readdirSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/test/support/images.ts';
import { placePixels, reducePixels } from '../codecs/pixels-module.ts';
import type { Pixels } from '../codecs/pixels.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { measureFeatures, type PictureFeatures } from './features.ts';

const PHOTOS = new URL('../../../src/cli/seed/photos/', import.meta.url).pathname;
const module = pixelsInNode();

async function pixelsOf(photo: Sharp): Promise<Pixels> {
  const { data, info } = await photo.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** As the pipeline does it: of the rendition that is at most 960 pixels wide. */
const featuresOf = (source: Pixels): Promise<PictureFeatures> =>
  module.run((pixels) => {
    const width = Math.min(960, source.width);
    const height = Math.max(1, Math.round((source.height * width) / source.width));
    return measureFeatures(pixels, reducePixels(pixels, placePixels(pixels, source), width, height, true));
  });

const even = (width: number, height: number, colour: readonly number[]): Pixels => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 4 }, (_, at) => colour[at % 4]!),
});

const bitsBetween = (one: string, other: string): number =>
  (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;

/** Twelve of the seed's photos, some of them of the same thing. */
const files = readdirSync(PHOTOS)
  .filter((file) => file.endsWith('.jpg'))
  .filter((_, at) => at % 3 !== 2)
  .slice(0, 12);
const features = new Map<string, PictureFeatures>();
const of = (file: string): PictureFeatures => features.get(file)!;

beforeAll(async () => {
  for (const file of files) features.set(file, await featuresOf(await pixelsOf(sharp(PHOTOS + file))));
});

describe('the perceptual hash', () => {
  it.each([
    ['smaller', (photo: Sharp) => photo.resize(500)],
    ['much smaller', (photo: Sharp) => photo.resize(120)],
    ['a little brighter', (photo: Sharp) => photo.linear(1.1, 4)],
    ['without its colours', (photo: Sharp) => photo.greyscale()],
    ['a little softer', (photo: Sharp) => photo.blur(2)],
  ])('stays within six bits when a photo comes again %s, and compressed harder', async (_name, change) => {
    for (const file of files) {
      const again = await change(sharp(PHOTOS + file))
        .jpeg({ quality: 45 })
        .toBuffer();
      const { perceptualHash } = await featuresOf(await pixelsOf(sharp(again)));
      expect(bitsBetween(perceptualHash, of(file).perceptualHash)).toBeLessThanOrEqual(6);
    }
  });

  it('is at least sixteen bits apart for different photos, also of the same thing', () => {
    for (const file of files) {
      expect(of(file).perceptualHash).toMatch(/^[0-9a-f]{16}$/);
      for (const other of files) {
        if (file < other) {
          expect(bitsBetween(of(file).perceptualHash, of(other).perceptualHash)).toBeGreaterThanOrEqual(16);
        }
      }
    }
  });

  it('is the same for all even pictures, however small', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 500],
      [40, 40],
    ] as const) {
      expect((await featuresOf(even(width, height, [9, 90, 200, 255]))).perceptualHash).toBe('0'.repeat(16));
    }
  });
});

describe('sharpness', () => {
  it('falls with every step of blur, in every photo', async () => {
    for (const file of files) {
      const steps = [of(file).sharpness];
      for (const sigma of [1, 2, 4]) {
        steps.push((await featuresOf(await pixelsOf(sharp(PHOTOS + file).blur(sigma)))).sharpness);
      }
      expect(steps).toEqual(steps.toSorted((one, other) => other - one));
      expect(new Set(steps).size).toBe(4);
    }
  });

  it('is about the same for a photo that is darker', async () => {
    for (const file of files) {
      const { sharpness } = await featuresOf(await pixelsOf(sharp(PHOTOS + file).linear(0.6, 0)));
      expect(sharpness / of(file).sharpness).toBeGreaterThan(0.75);
      expect(sharpness / of(file).sharpness).toBeLessThan(1.25);
    }
  });

  it('is 0 for what is even, about 1 for noise, and sees what is sharp in front of what is not', async () => {
    const random = seededRandom(7);
    const noise = even(320, 320, [0, 0, 0, 255]);
    for (let at = 0; at < noise.data.length; at += 4) noise.data.fill(random() * 256, at, at + 3);
    const half = even(320, 320, [128, 128, 128, 255]);
    half.data.set(noise.data.subarray(0, noise.data.length / 2));
    expect((await featuresOf(even(320, 320, [80, 90, 100, 255]))).sharpness).toBe(0);
    expect((await featuresOf(noise)).sharpness).toBeGreaterThan(0.95);
    expect((await featuresOf(half)).sharpness).toBeGreaterThan(0.95);
    expect((await featuresOf(even(1, 1, [80, 90, 100, 255]))).sharpness).toBe(0);
  });
});

describe('the dominant colour', () => {
  it('is one that is there, and not the mean of all', async () => {
    const two = even(90, 90, [200, 30, 40, 255]);
    two.data.set(even(90, 40, [20, 30, 220, 255]).data);
    expect((await featuresOf(two)).dominantColour).toBe('#c81e28');
    expect((await featuresOf(even(1, 1, [0, 7, 255, 255]))).dominantColour).toBe('#0007ff');
  });

  it('does not count what is invisible', async () => {
    const half = even(90, 90, [200, 30, 40, 0]);
    half.data.set(even(90, 40, [20, 30, 220, 255]).data);
    expect((await featuresOf(half)).dominantColour).toBe('#141edc');
    expect((await featuresOf(even(9, 9, [200, 30, 40, 0]))).dominantColour).toBe('#000000');
  });
});

it('says whether anything is seen through', async () => {
  expect((await featuresOf(even(64, 64, [1, 2, 3, 255]))).isTransparent).toBe(false);
  const glass = even(64, 64, [1, 2, 3, 255]);
  glass.data[4 * 700 + 3] = 254;
  expect((await featuresOf(glass)).isTransparent).toBe(true);
});
