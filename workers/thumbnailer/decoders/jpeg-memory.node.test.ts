import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { busy } from '../../../src/test/support/images.ts';
import { isSoak, shortForm } from '../../../src/test/support/soak.ts';
import { decodeWith } from '../test-support/decoding.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { decodeJpeg } from './jpeg.ts';

sharp.cache(false);

const pixels = pixelsInNode(0);

const MIB = 2 ** 20;
/** What one photo may take, encoder and all; it is not there while a photo is decoded. */
const BUDGET_BYTES = 96 * MIB;
/** The largest rendition that there can be. */
const RENDITION_MAX_PIXELS = 5_200_000;

const TILE_PIXELS = 512;

/** A photo's grain: a small one beside itself, which is quickly made. */
const large = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: 'black' }, limitInputPixels: false }).composite([
    {
      input: Buffer.from(busy(TILE_PIXELS, TILE_PIXELS).data),
      raw: { width: TILE_PIXELS, height: TILE_PIXELS, channels: 4 },
      tile: true,
    },
  ]);

/** As much as can be asked for: upright photos are shown as wide as others, and are then higher. */
function largestRendition(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, 1920 / Math.min(width, height), Math.sqrt(RENDITION_MAX_PIXELS / (width * height)));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Those that take most, by their kind, first. */
const files: [string, number, number, JpegOptions, number][] = [
  ['50 megapixels, progressive, without subsampling', 6_120, 8_160, { progressive: true, chromaSubsampling: '4:4:4' }, 79],
  ['12 megapixels, upright, progressive', 3_024, 4_032, { progressive: true }, 64],
  ['12 megapixels, baseline', 4_032, 3_024, {}, 28],
  ['50 megapixels, progressive', 8_160, 6_120, { progressive: true }, 79],
  ['9 megapixels, which are hardly reduced, progressive', 2_600, 3_460, { progressive: true, chromaSubsampling: '4:4:4' }, 79],
]; // prettier-ignore

it.each(shortForm(files, 3))(
  'decodes %s, in the memory that there is',
  async (_, width, height, options, mostMib) => {
    const file = await large(width, height)
      .jpeg({ quality: 85, ...options })
      .toBuffer();
    const size = largestRendition(width, height);
    const decoded = await decodeWith(decodeJpeg, file, { pixels, size });
    expect([decoded.width, decoded.height]).toEqual([size.width, size.height]);
    expect(decoded.memoryBytes).toBeLessThan(mostMib * MIB);
    expect(decoded.memoryBytes).toBeLessThan(BUDGET_BYTES);
  },
  60_000,
);

if (isSoak) {
  it('decodes 100 megapixels and 40 MB of baseline, in the memory that there is', async () => {
    const file = await large(11_547, 8_660).jpeg({ quality: 92 }).toBuffer();
    expect(file.length).toBeGreaterThan(35e6);
    const size = largestRendition(11_547, 8_660);
    const facts = { type: 'image/jpeg', width: 11_547, height: 8_660 } as const;
    const decoded = await decodeWith(decodeJpeg, file, { pixels, size, facts });
    expect(decoded.partialShare).toBe(1);
    expect(decoded.memoryBytes).toBeLessThan(32 * MIB);
  }, 60_000);
}
