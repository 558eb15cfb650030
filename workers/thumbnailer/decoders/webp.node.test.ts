import sharp, { type Sharp, type WebpOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeWebp } from '../../../src/test/support/image-encoders.ts';
import {
  busy,
  concatBytes,
  quarters,
  seededRandom,
  webpCanvas,
  webpChunk,
  webpFile,
  webpWithExif,
} from '../../../src/test/support/images.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { decodeWith, profileIn } from '../test-support/decoding.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { decodeWebp } from './webp.ts';

const MEBIBYTE = 1024 * 1024;
const pixels = pixelsInNode(0);
const decode = (bytes: Uint8Array, options?: Parameters<typeof decodeWith>[2]) =>
  decodeWith(decodeWebp, bytes, { pixels, ...options });

const reference = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await sharp(bytes).ensureAlpha().raw().toBuffer());

/** Whether it is decoded to the same bytes as libwebp decodes it to; a difference in a long array takes long to print. */
const isExact = async (webp: Uint8Array): Promise<boolean> =>
  Buffer.from((await decode(webp)).data).equals(await reference(webp));

const encode = async (width: number, height: number, options: WebpOptions, alpha = 255): Promise<Uint8Array> => {
  const { data } = busy(width, height);
  for (let at = 3; at < data.length; at += 4) data[at] = alpha;
  const image = sharp(data, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await (alpha === 255 ? image.removeAlpha() : image).webp({ effort: 0, ...options }).toBuffer());
};

/** A picture of so many colours in short runs, opaque or not. */
function colourful(width: number, height: number, colours: number, isOpaque: boolean): Sharp {
  const random = seededRandom(colours * width + height);
  const palette = Array.from({ length: colours }, () => [0, 1, 2, 3].map(() => Math.floor(random() * 256)));
  const data = new Uint8Array(width * height * 4);
  let colour = palette[0]!;
  for (let at = 0; at < data.length; at += 4) {
    if (random() < 0.5) colour = palette[Math.floor(random() * colours)]!;
    data.set(colour, at);
    if (isOpaque) data[at + 3] = 255;
  }
  return sharp(data, { raw: { width, height, channels: 4 } });
}

const lossless = (image: Sharp, options: WebpOptions = {}): Promise<Buffer> =>
  image.webp({ lossless: true, exact: true, ...options }).toBuffer();

describe('lossless WebP is what libwebp makes of it', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('at effort %i: photographs, noise, near-lossless', async (effort) => {
    const { width, height, data } = busy(333, 217);
    const photo = sharp(data, { raw: { width, height, channels: 4 } });
    const smooth = photo.clone().blur(3);
    for (const image of [photo, smooth, photo.clone().removeAlpha(), colourful(150, 90, 5_000, false)]) {
      const webp = await lossless(image.clone(), { effort });
      expect(await isExact(webp)).toBe(true);
    }
    const near = await lossless(smooth.clone(), { effort, lossless: false, nearLossless: true, quality: 30 });
    expect(await isExact(near)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 16, 17, 255, 256, 257])('of %i colours', async (colours) => {
    for (const [width, height] of [
      [1, 1],
      [7, 5],
      [61, 40],
      [1, 130],
      [300, 2],
    ] as const) {
      // prettier-ignore
      for (const [effort, isOpaque] of [[0, true], [4, false], [6, true]] as const) {
        const webp = await lossless(colourful(width, height, colours, isOpaque), { effort });
        expect(await isExact(webp)).toBe(true);
      }
    }
  });

  it('of the longest sides that there are, and of more pixels than a copy reaches back', async () => {
    for (const [width, height] of [
      [16_383, 1],
      [1, 16_383],
      [16_383, 66],
      [66, 16_383],
    ] as const) {
      // prettier-ignore
      const webp = await lossless(colourful(width, height, 900, false), { effort: 0 });
      expect(await isExact(webp)).toBe(true);
    }
  }, 60_000);
});

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

  it.each(['none', 'horizontal', 'vertical', 'gradient'])(
    'has alpha with filter %s, compressed or not',
    async (name) => {
      const [width, height] = [75, 41];
      const random = seededRandom(width);
      const filter = ['none', 'horizontal', 'vertical', 'gradient'].indexOf(name);
      const lossy = (await encode(width, height, {})).subarray(12);
      const values = Uint8Array.from({ length: width * height }, () => random() * 256);
      // What is compressed is a lossless picture without its header, whose greens are the values.
      const greens = Uint8Array.from({ length: values.length * 3 }, (_, at) =>
        at % 3 === 1 ? values[(at - 1) / 3]! : 0,
      );
      const picture = await lossless(sharp(greens, { raw: { width, height, channels: 3 } }));
      for (const payload of [
        [4 * filter, ...values],
        [4 * filter + 1, ...picture.subarray(25)],
      ]) {
        // prettier-ignore
        const webp = webpFile(webpCanvas(width, height, 0x10), webpChunk('ALPH', payload), lossy);
        expect((await decode(webp)).data).toEqual(await reference(webp));
      }
    },
  );

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

  it('is decoded within 96 MiB, whatever the table lets through, its rendition included', async () => {
    // 100 megapixels; and 40 MB, nearly all of which nobody looks at.
    const image = sharp({ create: { width: 11_547, height: 8_660, channels: 3, background: '#963' } });
    const size = { width: 2_633, height: 1_974 };
    for (const options of [{ quality: 5 }, { lossless: true }]) {
      const still = new Uint8Array(
        await image
          .clone()
          .webp({ effort: 0, ...options })
          .toBuffer(),
      );
      const name = String.fromCharCode(...still.subarray(12, 16));
      const padded = new Uint8Array(39.9e6);
      padded.set(still.subarray(20));
      const file = webpFile(webpChunk(name, padded));
      const facts = { type: 'image/webp', width: 11_547, height: 8_660 } as const;
      const { data, partialShare, report } = await decode(file, { size, facts, pieceBytes: 1 << 20 });
      expect(partialShare).toBe(1);
      expect([...data.subarray(-4)].map((value) => Math.round(value / 10))).toEqual([15, 10, 5, 26]);
      expect(report.peak).toEqual({ pixels: report.peakBytes });
      // The rendition is moved afterwards, and is there twice.
      expect((report.peakBytes + data.length) / MEBIBYTE).toBeLessThan(88);
    }
  }, 120_000);
});

describe('damaged WebP', () => {
  it('is refused when it is beyond the table or another size than it was', async () => {
    const webp = await encode(60, 40, {});
    await expect(decode(webp, { facts: { type: 'image/webp', width: 61, height: 40 } })).rejects.toThrow(DecodeError);
    const large = webpFile(
      webpCanvas(12_000, 9_000, 0x02),
      webpChunk('ANMF', [...new Uint8Array(16), ...webp.subarray(12)]),
    );
    const facts = { type: 'image/webp', width: 12_000, height: 9_000 } as const;
    await expect(decode(large, { facts })).rejects.toThrow(/beyond what is decoded/);
  });

  it('is shown when most of its rows are there, and refused otherwise', async () => {
    for (const [options, alpha] of [
      [{}, 255],
      [{}, 99],
      [{ lossless: true }, 255],
    ] as const) {
      // prettier-ignore
      const webp = await encode(161, 240, options, alpha);
      const facts = { type: 'image/webp', width: 161, height: 240 } as const;
      const whole = await decode(webp);
      const cut = await decode(webp.subarray(0, Math.round(webp.length * 0.8)), { facts });
      expect(cut.partialShare).toBeGreaterThan(0.5);
      expect(cut.partialShare).toBeLessThan(0.95);
      // All that is good of it is what it was, but for what the filter takes from the row that is not there.
      const filtered = 'lossless' in options ? 0 : 8;
      const goodBytes = (Math.round(cut.partialShare * 240) - filtered) * 161 * 4;
      expect(cut.data.subarray(0, goodBytes)).toEqual(whole.data.subarray(0, goodBytes));
      expect([...cut.data.subarray(-4)]).toEqual([128, 128, 128, 255]);
      await expect(decode(webp.subarray(0, Math.round(webp.length * 0.3)), { facts })).rejects.toThrow(DecodeError);
    }
  });

  it('answers thousands of damaged files with pixels or a refusal, in bounded memory', async () => {
    const random = seededRandom(9);
    const pick = (below: number): number => Math.floor(random() * below);
    const facts = { type: 'image/webp', width: 60, height: 40 } as const;
    const sources = await Promise.all([
      encode(60, 40, {}),
      encode(60, 40, {}, 99),
      encode(60, 40, { lossless: true }),
      lossless(colourful(60, 40, 12, false)),
    ]);
    const seen = { shown: 0, refused: 0 };
    for (let round = 0; round < 1_000; round += 1) {
      let bytes: Uint8Array = sources[round % sources.length]!.slice();
      for (let edits = 1 + pick(4); edits > 0; edits -= 1) {
        const at = 12 + pick(bytes.length - 12);
        if (pick(2) === 0) bytes[at] = pick(256);
        else bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(at + pick(60)));
      }
      try {
        expect((await decode(bytes, { facts })).memoryBytes).toBeLessThan(2_000_000);
        seen.shown += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        seen.refused += 1;
      }
    }
    expect(Math.min(seen.shown, seen.refused)).toBeGreaterThan(100);
  }, 60_000);
});
