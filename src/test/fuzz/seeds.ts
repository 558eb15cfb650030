import { makePhoto, type Recipe } from '../corpus/photos.ts';
import { encodeWebp } from '../support/image-encoders.ts';
import { busy, quarters, withExif, type TestPixels } from '../support/images.ts';
import { writeJpeg, type JpegOptions } from '../../../workers/thumbnailer/test-support/jpeg-writer/index.ts';

/** Small, so that a second holds thousands of mutants; odd, so that edges are at work; each shape of file once. */
const small = { grain: 12 } as const;
const sizes = {
  odd: { width: 37, height: 23 },
  tall: { width: 17, height: 64 },
  even: { width: 64, height: 48 },
  one: { width: 1, height: 1 },
};

const EXIF = { orientation: 6, dateTimeOriginal: '2026:07:04 22:15:00', offset: '+01:00', gps: true };

/** What libjpeg writes nowhere: every sampling, restart markers everywhere, a scan for each component. */
const WRITTEN: JpegOptions[] = [
  {
    sampling: [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
    restartInterval: 2,
  },
  {
    sampling: [
      [1, 2],
      [1, 1],
      [1, 1],
    ],
    restartInterval: 1,
    separate: true,
  },
  {
    sampling: [
      [4, 1],
      [1, 1],
      [1, 1],
    ],
    progressive: true,
  },
  {
    sampling: [
      [2, 2],
      [1, 2],
      [2, 1],
    ],
    progressive: true,
    restartInterval: 3,
  },
  {
    sampling: [
      [4, 2],
      [2, 1],
      [1, 2],
    ],
    separate: true,
  },
  { colour: 'grey', sampling: [[2, 2]], restartInterval: 5, progressive: true },
  { colour: 'rgb' },
];

const all = (recipes: Recipe[]): Promise<Uint8Array[]> =>
  Promise.all(recipes.map((recipe, photo) => makePhoto({ photo, ...small, ...recipe })));

export async function jpegSeeds(): Promise<Uint8Array[]> {
  const type = 'image/jpeg' as const;
  const photos = await all([
    { type, size: sizes.even },
    { type, size: sizes.odd, sampling: '4:4:4' },
    { type, size: sizes.tall, quality: 30 },
    { type, size: sizes.even, progressive: true },
    { type, size: sizes.odd, progressive: true, sampling: '4:4:4', quality: 95 },
    { type, size: sizes.odd, space: 'b-w' },
    { type, size: sizes.tall, space: 'b-w', progressive: true },
    { type, size: sizes.even, space: 'cmyk' },
    { type, size: sizes.odd, profile: 'p3' },
    { type, size: sizes.one },
  ]);
  const written = WRITTEN.map((options, n) => writeJpeg(busy(50 - n, 20 + 3 * n, n + 1), options));
  return [...photos, withExif(photos[0]!, EXIF), ...written];
}

export const pngSeeds = (): Promise<Uint8Array[]> => {
  const type = 'image/png' as const;
  return all([
    { type, size: sizes.even },
    { type, size: sizes.odd, alpha: true },
    { type, size: sizes.odd, progressive: true },
    { type, size: sizes.tall, palette: true },
    { type, size: sizes.odd, space: 'rgb16' },
    { type, size: sizes.tall, space: 'b-w' },
    { type, size: sizes.one, profile: 'p3' },
    // Stored blocks: what is changed here is changed in the rows, and not in the codes that they would be packed in.
    { type, size: sizes.odd, compression: 0 },
    { type, size: sizes.odd, compression: 0, alpha: true, progressive: true },
    { type, size: sizes.tall, compression: 0, space: 'rgb16' },
    { type, size: sizes.even, compression: 9, grain: 0 },
  ]);
};

export const webpSeeds = async (): Promise<Uint8Array[]> => {
  const type = 'image/webp' as const;
  const photos = await all([
    { type, size: sizes.even },
    { type, size: sizes.odd, alpha: true },
    { type, size: sizes.odd, lossless: true },
    { type, size: sizes.tall, lossless: true, alpha: true },
    { type, size: sizes.odd, frames: 3 },
    { type, size: sizes.odd, frames: 2, lossless: true, alpha: true },
    { type, size: sizes.even, lossless: true, effort: 6, grain: 2 },
    { type, size: sizes.even, lossless: true, effort: 4, grain: 0 },
    { type, size: sizes.tall, profile: 'p3' },
    { type, size: sizes.even, alpha: true, quality: 20, effort: 5 },
    { type, size: sizes.one },
  ]);
  // Palettes, whose indices share bytes.
  const indexed = [quarters(37, 23), quarters(40, 24, 90), sixteen(33, 21)].map((picture) =>
    encodeWebp(picture, { lossless: 1 }),
  );
  return [...photos, ...(await Promise.all(indexed))];
};

/** A picture of so many colours. */
function sixteen(width: number, height: number): TestPixels {
  const { data } = quarters(width, height);
  for (let at = 0; at < data.length; at += 4) data.fill(((at * at) >> 5) & 0xf0, at, at + 3);
  return { width, height, data };
}

export const gifSeeds = (): Promise<Uint8Array[]> => {
  const type = 'image/gif' as const;
  return all([
    { type, size: sizes.even },
    { type, size: sizes.odd, frames: 3 },
    { type, size: sizes.tall, alpha: true },
    { type, size: sizes.one },
  ]);
};

export const avifSeeds = (): Promise<Uint8Array[]> => {
  const type = 'image/avif' as const;
  return all([
    { type, size: sizes.even },
    { type, size: sizes.odd, alpha: true },
    { type, size: sizes.odd, depth: 10, sampling: '4:4:4' },
    { type, size: sizes.tall, profile: 'p3' },
  ]);
};

export const allSeeds = async (): Promise<Uint8Array[]> =>
  (await Promise.all([jpegSeeds(), pngSeeds(), webpSeeds(), gifSeeds(), avifSeeds()])).flat();
