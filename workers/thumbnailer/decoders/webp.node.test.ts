import sharp, { type WebpOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeWebp } from '../../../src/test/support/image-encoders.ts';
import { busy, concatBytes, quarters, seededRandom, webpWithExif } from '../../../src/test/support/images.ts';
import { FORMAT_LIMITS } from '../../../src/domain/images/limits.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { wasmInNode } from '../test-support/codecs-node.ts';
import { decodeWith, profileIn } from '../test-support/decoding.ts';
import { createWebpDecoder } from './webp.ts';

const MEBIBYTE = 1024 * 1024;
const decoder = createWebpDecoder(wasmInNode('@jsquash/webp/codec/dec/webp_dec.wasm'));
const decode = (bytes: Uint8Array, options?: Parameters<typeof decodeWith>[2]) => decodeWith(decoder, bytes, options);

const reference = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await sharp(bytes).ensureAlpha().raw().toBuffer());

const encode = async (width: number, height: number, options: WebpOptions, alpha = 255): Promise<Uint8Array> => {
  const { data } = busy(width, height);
  for (let at = 3; at < data.length; at += 4) data[at] = alpha;
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await (alpha === 255 ? image.removeAlpha() : image).webp({ effort: 0, ...options }).toBuffer());
};

describe('WebP', () => {
  it('lossy, lossless, and with alpha, is what libwebp makes of it', async () => {
    for (const [options, alpha, hasAlpha] of [
      [{}, 255, false],
      [{}, 99, true],
      [{ lossless: true }, 255, false],
      [{ lossless: true }, 99, true],
    ] as const) {
      // prettier-ignore
      const webp = await encode(121, 83, options, alpha);
      const decoded = await decode(webp);
      expect(decoded.data).toEqual(await reference(webp));
      expect(decoded).toMatchObject({ hasAlpha, partialShare: 1, orientation: 1, colours: [] });
    }
  });

  it('hands over orientation, time and colour profile', async () => {
    const webp = webpWithExif(await encodeWebp(quarters(60, 40)), 60, 40, {
      orientation: 6,
      dateTimeOriginal: '2026:11:21 10:00:00',
    });
    expect(await decode(webp)).toMatchObject({ orientation: 6, taken: { written: '2026:11:21 10:00:00' } });
    const image = sharp(quarters(60, 40).data, { raw: { width: 60, height: 40, channels: 4 } });
    const p3 = new Uint8Array(await image.withIccProfile('p3').webp().toBuffer());
    expect(String.fromCharCode(...profileIn(await decode(p3)).subarray(36, 40))).toBe('acsp');
  });

  it('shows the first picture of an animation, wherever it lies on its canvas', async () => {
    const frames = [quarters(40, 24, 90), quarters(40, 24, 0)].map(({ data }) => Buffer.from(data));
    const input = { raw: { width: 40, height: 48, channels: 4, pageHeight: 24 } } as const;
    for (const options of [{}, { lossless: true }]) {
      const moving = new Uint8Array(await sharp(Buffer.concat(frames), input).webp(options).toBuffer());
      const decoded = await decode(moving);
      expect(decoded.data).toEqual(await reference(moving));
      expect(decoded.hasAlpha).toBe(true);
      // A canvas that is larger by ten, with the picture four pixels to the right and two down.
      const larger = moving.slice();
      const [canvas, frame] = ['VP8X', 'ANMF'].map((name) => Buffer.from(moving).indexOf(name) + 8) as [number, number];
      larger[canvas + 4]! += 10;
      larger[canvas + 7]! += 10;
      larger[frame] = 2;
      larger[frame + 3] = 1;
      const placed = await decode(larger);
      expect(placed).toMatchObject({ width: 50, height: 34, hasAlpha: true });
      const at = (x: number, y: number) => Array.from(placed.data.subarray((y * 50 + x) * 4, (y * 50 + x) * 4 + 4));
      expect([at(0, 0), at(3, 2), at(44, 25)]).toEqual([0, 1, 2].map(() => [0, 0, 0, 0]));
      expect(at(4, 2)).toEqual(Array.from(decoded.data.subarray(0, 4)));
    }
  });

  it('takes at most 96 MiB for the largest that the table allows, its rendition included', async () => {
    const { pixels, costlyPixels } = FORMAT_LIMITS['image/webp'].decodes;
    const cases = [
      [2_000, Math.floor(pixels / 2_000), {}, 255],
      [2_000, Math.floor(costlyPixels / 2_000), { lossless: true }, 255],
      [2_000, Math.floor(costlyPixels / 2_000), { quality: 95 }, 99],
    ] as const;
    for (const [width, height, options, alpha] of cases) {
      const webp = await encode(width, height, options, alpha);
      // The largest rendition that there can be.
      const scale = Math.min(1, Math.sqrt(5_200_000 / (width * height)));
      const size = { width: Math.floor(width * scale), height: Math.floor(height * scale) };
      const { report } = await decode(webp, { size });
      expect(report.peak).toHaveProperty('codec');
      expect(report.peakBytes / MEBIBYTE).toBeLessThan(96);
    }
  }, 120_000);
});

describe('damaged WebP', () => {
  it('is refused when it is beyond the table or another size than it was', async () => {
    const webp = await encode(60, 40, {});
    await expect(decode(webp, { facts: { type: 'image/webp', width: 61, height: 40 } })).rejects.toThrow(DecodeError);
    const large = await encode(4_000, 3_300, { quality: 1 });
    await expect(decode(large)).rejects.toThrow(/beyond what is decoded/);
  }, 60_000);

  it('answers hundreds of damaged files with pixels or a refusal, and works on afterwards', async () => {
    const random = seededRandom(9);
    const pick = (below: number): number => Math.floor(random() * below);
    const facts = { type: 'image/webp', width: 60, height: 40 } as const;
    const sources = [await encode(60, 40, {}), await encode(60, 40, {}, 99), await encode(60, 40, { lossless: true })];
    let refused = 0;
    for (let round = 0; round < 300; round += 1) {
      let bytes = sources[round % 3]!.slice();
      for (let edits = 1 + pick(4); edits > 0; edits -= 1) {
        const at = 12 + pick(bytes.length - 12);
        if (pick(2) === 0) bytes[at] = pick(256);
        else bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(at + pick(60)));
      }
      try {
        await decode(bytes, { facts });
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(30);
    expect((await decode(sources[0]!)).width).toBe(60);
  }, 60_000);
});
