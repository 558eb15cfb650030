import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../workers/thumbnailer/account.ts';
import { DecodeError } from '../../../workers/thumbnailer/codecs/pixels.ts';
import { createPngDecoder } from '../../../workers/thumbnailer/decoders/png.ts';
import { decodeWebp } from '../../../workers/thumbnailer/decoders/webp.ts';
import type { DecodeTools } from '../../../workers/thumbnailer/decoders/port.ts';
import { pixelsInNode } from '../../../workers/thumbnailer/test-support/pixels-node.ts';
import { makePhoto } from '../corpus/photos.ts';
import { sourceOf } from '../../../workers/thumbnailer/test-support/source.ts';
import { concatBytes, pngChunk, pngHeader, webpCanvas, webpChunk, webpFile } from '../support/images.ts';

// What a fuzz run has found, as small as it can be made.

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** An instance that has had a photo before, whose bytes still lie in the memory that is used again. */
async function usedModule() {
  const module = pixelsInNode();
  await module.run(({ exports, view }) => {
    const bytes = 2 << 20;
    view(exports.reserve(bytes), bytes).fill(0xff);
  });
  return module;
}

const account = () => openAccount(async () => undefined);

describe('a damaged PNG', () => {
  it('is not inflated further once its codes are known to be broken', async () => {
    const module = await usedModule();
    // zlib's two bytes, then a last block whose codes are more than there are.
    const data = concatBytes([0x78, 0x9c, 0xfd], new Uint8Array(700).fill(0xff));
    const png = concatBytes(SIGNATURE, pngHeader(64, 48), pngChunk('IDAT', data), pngChunk('IEND'));
    const facts = { type: 'image/png', width: 64, height: 48 } as const;
    const decoding = module.run((pixels) => {
      const tools: DecodeTools = { pixels, choose: () => ({ width: 32, height: 24 }), account: account() };
      return createPngDecoder(module)(sourceOf(png, facts), tools);
    });
    await expect(decoding).rejects.toBeInstanceOf(DecodeError);
  });
});

describe('a damaged WebP', () => {
  it('whose first picture lies outside of its canvas is refused for good', async () => {
    const module = pixelsInNode();
    const still = (await makePhoto({ type: 'image/webp', size: { width: 16, height: 12 } })).subarray(12);
    // Its corner at 2 × 255, of a canvas of 20 × 20 (WebP container specification, ANMF).
    const frame = webpChunk('ANMF', [255, 0, 0, 0, 0, 0, 15, 0, 0, 11, 0, 0, 100, 0, 0, 0, ...still]);
    const webp = webpFile(webpCanvas(20, 20, 0x02), webpChunk('ANIM', [0, 0, 0, 0, 0, 0]), frame);
    const facts = { type: 'image/webp', width: 20, height: 20 } as const;
    const decoding = module.run((pixels) => {
      const tools: DecodeTools = { pixels, choose: () => ({ width: 20, height: 20 }), account: account() };
      return decodeWebp(sourceOf(webp, facts), tools);
    });
    await expect(decoding).rejects.toBeInstanceOf(DecodeError);
  });
});
