import { thumbHashToAverageRGBA, thumbHashToApproximateAspectRatio } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { createImageInspector, type ImageFacts } from '../../src/domain/images/inspector.ts';
import {
  busy,
  CORNERS,
  encodePng,
  pngChunk,
  pngExif,
  quarters,
  truncated,
  webpWithExif,
  withDeclaredSize,
  withExif,
  withOrientation,
  withSegment,
} from '../../src/test/support/images.ts';
import { openAccount, type Account } from './account.ts';
import { MODULES } from './codecs/modules.ts';
import { openWorkbench } from './decoders/index.ts';
import { PhotoFailure } from './photo-failure.ts';
import { makeRenditions } from './pipeline.ts';
import type { ProcessedPhoto } from './pipeline.ts';
import { encodeJpeg, pixelsOf, quarterColour } from './test-support/encode-jpeg.ts';
import { sourceOf } from './test-support/source.ts';
import { encodeWebp } from './test-support/webp.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

const bench = openWorkbench(MODULES);
const MEMORY_MAX_BYTES = 96 * 2 ** 20;

/** As the queue would; what it took is within the limit, whatever the photo was. */
async function makeOf(original: Uint8Array, facts: ImageFacts, account: Account): Promise<ProcessedPhoto> {
  const options = { account, bench, timeZone: 'Europe/Berlin', now: NOW };
  try {
    return await makeRenditions(sourceOf(original, facts), options);
  } finally {
    expect(account.report().peakBytes).toBeLessThanOrEqual(MEMORY_MAX_BYTES);
  }
}

function process(original: Uint8Array, account = openAccount(async () => undefined)): Promise<ProcessedPhoto> {
  const inspector = createImageInspector();
  inspector.push(original);
  return makeOf(original, inspector.finish(), account);
}

/** Names the quarters from top left to bottom right by the nearest of the test colours. */
async function corners(webp: Uint8Array): Promise<string[]> {
  const pixels = await pixelsOf(webp);
  return (
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const
  ).map(([x, y]) => {
    const colour = quarterColour(pixels, x, y);
    const distance = (of: readonly number[]): number =>
      of.reduce((sum, value, at) => sum + (value - colour[at]!) ** 2, 0);
    return Object.entries(CORNERS).toSorted(([, one], [, other]) => distance(one) - distance(other))[0]![0];
  });
}

const [A, B, C, D] = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;
/** Where the stored corners stand once the photo is upright (CIPA DC-008, 4.6.5). */
const UPRIGHT: [number, string[]][] = [
  [1, [A, B, C, D]],
  [2, [B, A, D, C]],
  [3, [D, C, B, A]],
  [4, [C, D, A, B]],
  [5, [A, C, B, D]],
  [6, [C, A, D, B]],
  [7, [D, B, C, A]],
  [8, [B, D, A, C]],
];

describe('orientation', () => {
  it.each(UPRIGHT)('%i: a JPEG comes out upright', async (orientation, expected) => {
    const photo = await process(withOrientation(await encodeJpeg(quarters(1200, 800)), orientation));
    const swapped = orientation >= 5;
    expect([photo.width, photo.height]).toEqual(swapped ? [800, 1200] : [1200, 800]);
    expect(photo.renditions.map(({ name, width, height }) => [name, width, height])).toEqual(
      swapped
        ? [
            [320, 320, 480],
            [960, 800, 1200],
          ]
        : [
            [320, 320, 213],
            [960, 960, 640],
            [1920, 1200, 800],
          ],
    );
    for (const { bytes, width, height } of photo.renditions) {
      expect(await corners(bytes)).toEqual(expected);
      expect(await pixelsOf(bytes)).toMatchObject({ width, height });
    }
  });

  it('is read from a PNG and from a WebP as well', async () => {
    const png = await encodePng(quarters(600, 400), pngExif({ orientation: 6 }));
    const webp = webpWithExif(await encodeWebp(quarters(600, 400)), 600, 400, { orientation: 8 });
    expect(await corners((await process(png)).renditions[0]!.bytes)).toEqual(UPRIGHT[5]![1]);
    expect(await corners((await process(webp)).renditions[0]!.bytes)).toEqual(UPRIGHT[7]![1]);
    expect(await process(png)).toMatchObject({ width: 400, height: 600 });
  });

  it('counts as upright when it is nonsense', async () => {
    const photo = await process(withOrientation(await encodeJpeg(quarters(400, 200)), 9));
    expect(photo).toMatchObject({ width: 400, height: 200 });
  });
});

describe('pixels', () => {
  it('keep their alpha in PNG and WebP', async () => {
    for (const original of [await encodePng(quarters(1200, 800, 100)), await encodeWebp(quarters(1200, 800, 100))]) {
      for (const { bytes } of (await process(original)).renditions) {
        const pixels = await pixelsOf(bytes);
        expect(Math.abs(quarterColour(pixels, 1, 1)[3]! - 100)).toBeLessThanOrEqual(4);
        expect(quarterColour(pixels, 0, 0)[3]).toBe(255);
      }
    }
  });

  it('keep their colours in every kind of photo', async () => {
    const originals = [
      await encodeJpeg(quarters(500, 500)),
      await encodeJpeg(quarters(500, 500), { progressive: true }),
    ];
    originals.push(await encodePng(quarters(500, 500)), await encodeWebp(quarters(500, 500)));
    for (const original of originals) {
      const colour = quarterColour(await pixelsOf((await process(original)).renditions[0]!.bytes), 0, 0);
      CORNERS.topLeft.forEach((value, at) => expect(Math.abs(value - colour[at]!)).toBeLessThan(9));
    }
  });

  it('give a ThumbHash of the right average colour and shape', async () => {
    const { thumbhash } = await process(await encodeJpeg(quarters(900, 600)));
    const hash = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
    const average = thumbHashToAverageRGBA(hash);
    const expected = [0, 1, 2].map(
      (at) => Object.values(CORNERS).reduce((sum, colour) => sum + colour[at]!, 0) / 4 / 255,
    );
    expect(Math.abs(average.r - expected[0]!)).toBeLessThan(0.05);
    expect(Math.abs(average.g - expected[1]!)).toBeLessThan(0.05);
    expect(Math.abs(average.b - expected[2]!)).toBeLessThan(0.05);
    expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(1.5, 0);
  });
});

describe('colours', () => {
  it('become those of sRGB, whatever the file says them in, and stay when it says nonsense', async () => {
    const { width, height, data } = quarters(120, 80);
    for (let at = 0; at < data.length; at += 4) data.set([200, 110, 60], at);
    const shownAs = async (...cicp: number[]): Promise<{ colours: string; distance: (rgb: number[]) => number }> => {
      const png = await encodePng({ width, height, data }, pngChunk('cICP', cicp));
      const { colours, renditions } = await process(png);
      const found = quarterColour(await pixelsOf(renditions[0]!.bytes), 0, 0);
      return { colours, distance: (rgb) => Math.max(...rgb.map((value, at) => Math.abs(value - found[at]!))) };
    };
    const p3 = await shownAs(12, 13, 0, 1);
    expect(p3.colours).toBe('converted: cicp');
    expect(p3.distance([214, 104, 45])).toBeLessThan(5);
    const nonsense = await shownAs(99, 99, 99, 99);
    expect(nonsense.colours).toBe('no profile');
    expect(nonsense.distance([200, 110, 60])).toBeLessThan(5);
  });
});

describe('metadata', () => {
  it('never leaves: renditions have no EXIF, XMP or colour profile', async () => {
    const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
    const exif = { orientation: 6, dateTimeOriginal: '2026:07:04 22:15:00', gps: true };
    const xmp = ascii('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">48.1372</x:xmpmeta>');
    const jpeg = withSegment(withExif(await encodeJpeg(quarters(1200, 800)), exif), 0xe1, xmp);
    const profiled = withSegment(jpeg, 0xe2, ascii('ICC_PROFILE\0\u0001\u0001not really a profile'));
    const png = await encodePng(quarters(1200, 800, 100), pngExif(exif));
    for (const original of [profiled, png]) {
      for (const { bytes } of (await process(original)).renditions)
        expect(chunkNames(bytes)).toEqual(expect.not.arrayContaining(['EXIF', 'XMP ', 'ICCP']));
    }
  });

  it('says when the photo was taken, with and without an offset', async () => {
    const jpeg = await encodeJpeg(quarters(300, 200));
    const taken = async (fields: object) => (await process(withExif(jpeg, fields))).takenAt?.toISOString() ?? null;
    expect(await taken({ dateTimeOriginal: '2026:07:04 22:15:00', offset: '-04:00', fraction: '25' })).toBe(
      '2026-07-05T02:15:00.250Z',
    );
    expect(await taken({ dateTimeOriginal: '2026:07:04 22:15:00' })).toBe('2026-07-04T20:15:00.000Z');
    expect(await taken({ dateTimeOriginal: '0000:00:00 00:00:00' })).toBeNull();
    expect(await taken({})).toBeNull();
  });

  it('fails no photo by being garbage', async () => {
    const jpeg = await encodeJpeg(quarters(300, 200));
    const whole = withExif(jpeg, { orientation: 3, dateTimeOriginal: '2026:07:04 22:15:00', gps: true });
    for (let at = 10; at < 120; at += 3) {
      const broken = whole.slice();
      broken.fill(0xfe, at, at + 2);
      expect((await process(broken)).renditions).toHaveLength(1);
    }
  });
});

describe('photos that cannot be decoded', () => {
  it('fail for good, in words for the guest, and leave the codecs working', async () => {
    const jpeg = await encodeJpeg(busy(640, 480));
    const png = await encodePng(quarters(640, 480));
    const webp = await encodeWebp(quarters(640, 480));
    const facts = { width: 640, height: 480 };
    const damaged = [
      [truncated(jpeg, 0.3), { type: 'image/jpeg', ...facts }],
      [withDeclaredSize(jpeg, 900, 700), { type: 'image/jpeg', width: 900, height: 700 }],
      [jpeg, { type: 'image/jpeg', width: 480, height: 640 }],
      [truncated(png, 0.3), { type: 'image/png', ...facts }],
      [truncated(webp), { type: 'image/webp', ...facts }],
      [png, { type: 'image/webp', ...facts }],
      [new Uint8Array(), { type: 'image/png', ...facts }],
    ] as const;
    for (const [original, declared] of damaged) {
      const account = openAccount(async () => undefined);
      const failure = await makeOf(original, declared, account).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PhotoFailure);
      expect(failure).toMatchObject({
        code: 'photo.corrupt',
        message: expect.stringContaining('send the original again'),
      });
    }
    for (const original of [jpeg, png, webp]) expect((await process(original)).renditions).toHaveLength(2);
  });
});

describe('photos of which a part was lost', () => {
  it('are shown as far as they go, and say how far', async () => {
    const whole = await process(await encodeJpeg(busy(640, 480)));
    expect(whole.partialShare).toBe(1);
    for (const original of [await encodeJpeg(busy(640, 480)), await encodePng(busy(640, 480))]) {
      const type = original[0] === 0xff ? 'image/jpeg' : 'image/png';
      const account = openAccount(async () => undefined);
      const part = await makeOf(truncated(original, 0.8), { type, width: 640, height: 480 }, account);
      expect(part.partialShare).toBeGreaterThan(0.5);
      expect(part.partialShare).toBeLessThan(1);
      expect(part.renditions).toHaveLength(whole.renditions.length);
    }
  });
});

describe('size', () => {
  it('of 12 megapixels fits into the memory of an isolate', async () => {
    const jpeg = await encodeJpeg(busy(4000, 3000));
    const png = await encodePng(quarters(4000, 3000));
    const webp = await encodeWebp(quarters(4000, 3000), { maxBytes: 128e6 });
    for (const original of [jpeg, png, webp]) {
      const account = openAccount(async () => undefined);
      expect((await process(original, account)).renditions.map(({ width }) => width)).toEqual([320, 960, 1920]);
      // What was booked is real: the renditions alone take this much.
      expect(account.report().peakBytes).toBeGreaterThan(1920 * 1440 * 4);
    }
  });

  it('of one pixel, one row or one column works', async () => {
    for (const [width, height] of [
      [1, 1],
      [3000, 1],
      [1, 3000],
    ] as const) {
      const photo = await process(await encodePng(quarters(width, height)));
      expect(photo).toMatchObject({ width, height });
      expect(photo.thumbhash).not.toBe('');
    }
  });
});

function chunkNames(webp: Uint8Array): string[] {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const names: string[] = [];
  for (let at = 12; at + 8 <= webp.length;) {
    names.push(String.fromCharCode(...webp.subarray(at, at + 4)));
    const bytes = view.getUint32(at + 4, true);
    at += 8 + bytes + (bytes & 1);
  }
  return names;
}
