import sharp, { type AvifOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { busy, concatBytes, quarters, seededRandom } from '../../../src/test/support/images.ts';
import { FORMAT_LIMITS } from '../../../src/domain/images/limits.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { wasmInNode } from '../test-support/codecs-node.ts';
import { avifBox as box, inBoxes } from '../test-support/avif-boxes.ts';
import { decodeWith, profileIn } from '../test-support/decoding.ts';
import { createAvifDecoder } from './avif.ts';

const MEBIBYTE = 1024 * 1024;
const decoder = createAvifDecoder(wasmInNode('@jsquash/avif/codec/dec/avif_dec.wasm'));
const decode = (bytes: Uint8Array, options?: Parameters<typeof decodeWith>[2]) => decodeWith(decoder, bytes, options);

async function encode(width: number, height: number, options: AvifOptions, alpha = 255): Promise<Uint8Array> {
  const { data } = busy(width, height);
  for (let at = 3; at < data.length; at += 4) data[at] = alpha;
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await (alpha === 255 ? image.removeAlpha() : image).avif({ effort: 0, ...options }).toBuffer());
}

/** Mean distance of two pictures' samples. */
async function distance(avif: Uint8Array, data: Uint8Array): Promise<number> {
  const wanted = await sharp(avif).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
  expect(data.length).toBe(wanted.length);
  return data.reduce((sum, value, at) => sum + Math.abs(value - wanted[at]!), 0) / data.length;
}

describe('AVIF', () => {
  it('of any depth and subsampling is what libheif makes of it', async () => {
    const cases = [
      [{}, 255],
      [{ chromaSubsampling: '4:2:0' }, 255],
      [{ bitdepth: 10 }, 255],
      [{ bitdepth: 12, chromaSubsampling: '4:2:0' }, 255],
      [{}, 99],
    ] as const;
    for (const [options, alpha] of cases) {
      const avif = await encode(121, 83, options, alpha);
      const decoded = await decode(avif);
      expect(await distance(avif, decoded.data)).toBeLessThan(1.5);
      expect(decoded).toMatchObject({ hasAlpha: alpha < 255, partialShare: 1, orientation: 1 });
    }
  });

  it('says how it is turned by its boxes, and not by EXIF', async () => {
    const avif = await encode(60, 40, {});
    const irot = (quarters_: number) => box('irot', [quarters_]);
    const imir = (axis: number) => box('imir', [axis]);
    const cases: [Uint8Array[], number][] = [
      [[], 1],
      [[irot(1)], 8],
      [[irot(2)], 3],
      [[irot(3)], 6],
      [[imir(1)], 2],
      [[imir(0)], 4],
      [[irot(1), imir(0)], 5],
      [[irot(3), imir(0)], 7],
      [[irot(3), imir(1)], 5],
      [[irot(1), imir(1)], 7],
    ];
    for (const [transforms, orientation] of cases) {
      const decoded = await decode(inBoxes(avif, [60, 40], transforms));
      expect(decoded).toMatchObject({ orientation, width: 60, height: 40 });
      expect(decoded.data).toEqual((await decode(avif)).data);
    }
  });

  it('hands over the time and the colour profile', async () => {
    const image = sharp(quarters(60, 40).data, { raw: { width: 60, height: 40, channels: 4 } }).removeAlpha();
    const avif = await image
      .withIccProfile('p3')
      .withExif({ IFD2: { DateTimeOriginal: '2026:11:21 10:00:00' } })
      .avif()
      .toBuffer();
    const decoded = await decode(new Uint8Array(avif));
    expect(decoded.taken).toMatchObject({ written: '2026:11:21 10:00:00' });
    expect(String.fromCharCode(...profileIn(decoded).subarray(36, 40))).toBe('acsp');
  });

  it('takes at most 96 MiB for the largest that the table allows, its rendition included', async () => {
    const { pixels, costlyPixels } = FORMAT_LIMITS['image/avif'].decodes;
    const cases = [
      [2_048, Math.floor(pixels / 2_048), { chromaSubsampling: '4:2:0' }, 255],
      [1_600, Math.floor(costlyPixels / 1_600), { bitdepth: 10 }, 255],
      [1_600, Math.floor(costlyPixels / 1_600), {}, 99],
    ] as const;
    for (const [width, height, options, alpha] of cases) {
      const { report } = await decode(await encode(width, height, options, alpha));
      expect(report.peak).toHaveProperty('codec');
      expect(report.peakBytes / MEBIBYTE).toBeLessThan(96);
    }
  }, 120_000);
});

describe('damaged AVIF', () => {
  it('is refused when it is beyond the table, another size than it was, or lies about its pixels', async () => {
    const avif = await encode(60, 40, {});
    await expect(decode(avif, { facts: { type: 'image/avif', width: 61, height: 40 } })).rejects.toThrow(DecodeError);
    await expect(decode(await encode(1_600, 1_200, {}))).rejects.toThrow(/beyond what is decoded/);
    const liar = avif.slice();
    liar[Buffer.from(liar).indexOf('ispe') + 11] = 30;
    await expect(decode(liar)).rejects.toThrow(DecodeError);
  }, 60_000);

  it('cannot make the codec grow beyond its limit', async () => {
    const small = await encode(60, 40, {});
    const large = await encode(4_000, 3_000, { quality: 1, chromaSubsampling: '4:2:0' });
    const hidden = inBoxes(large, [60, 40], []);
    await expect(decode(hidden)).rejects.toThrow(DecodeError);
    expect((await decode(small)).width).toBe(60);
  }, 60_000);

  it('answers hundreds of damaged files with pixels or a refusal, and works on afterwards', async () => {
    const random = seededRandom(13);
    const pick = (below: number): number => Math.floor(random() * below);
    const facts = { type: 'image/avif', width: 60, height: 40 } as const;
    const sources = [await encode(60, 40, {}), await encode(60, 40, {}, 99)];
    let refused = 0;
    for (let round = 0; round < 200; round += 1) {
      let bytes = sources[round % 2]!.slice();
      for (let edits = 1 + pick(3); edits > 0; edits -= 1) {
        const at = pick(bytes.length);
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
