import { readFile } from 'node:fs/promises';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PhotoType } from '../../../contract/photos.ts';
import { concatBytes, seededRandom, textAsJpeg } from '../../../test/support/images.ts';
import {
  exifItem,
  handmadeHeic,
  locatedAvif,
  locatedGif,
  locatedJpeg,
  locatedMp4,
  locatedPng,
  locatedWebm,
  locatedWebp,
  locatedXmp,
  secretsIn,
} from '../../../test/support/located-files.ts';
import { computeRedactions } from './compute-redactions.ts';
import { packRedactions, unpackRedactions, type Redactions } from './overwrites.ts';
import { redact } from './redact.ts';
import type { RedactionSource } from './windows.ts';

/** A store that gives what is asked for and counts; `chunk` is how it cuts its streams. */
function stored(file: Uint8Array, chunk = 4_099) {
  const asked = { reads: 0, most: 0 };
  const source: RedactionSource = {
    bytes: file.length,
    async read(offset, length) {
      asked.reads += 1;
      asked.most = Math.max(asked.most, length);
      expect(offset + length).toBeLessThanOrEqual(file.length);
      return file.slice(offset, offset + length);
    },
  };
  const streamed: RedactionSource = {
    ...source,
    async open({ offset, length }) {
      asked.reads += 1;
      return cut(file.slice(offset, offset + length), chunk);
    },
  };
  return { asked, source, streamed };
}

function cut(bytes: Uint8Array, chunk: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + chunk));
      at += chunk;
    },
  });
}

const read = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as unknown as BodyInit).arrayBuffer());

async function published(
  type: PhotoType,
  file: Uint8Array,
  keepsPlace = false,
): Promise<{ bytes: Uint8Array; plan: Redactions }> {
  const plan = await computeRedactions(type, stored(file).streamed, keepsPlace);
  if (!plan) throw new Error('there is no public version');
  const kept = unpackRedactions(JSON.parse(JSON.stringify(packRedactions(plan.redactions))));
  expect(kept).toEqual(plan.redactions);
  const bytes = await read(redact(cut(file, 1_013), 0, plan.redactions, plan.publicBytes));
  expect(bytes.length).toBe(plan.publicBytes);
  return { bytes, plan };
}

const pixels = async (file: Uint8Array) =>
  (await sharp(file, { animated: true }).autoOrient().raw().toBuffer()).toString('base64');
const pages = async (file: Uint8Array) => (await sharp(file, { animated: true }).metadata()).pages ?? 1;

const PICTURES: [name: string, type: PhotoType, make: () => Promise<Uint8Array>][] = [
  ['JPEG', 'image/jpeg', () => locatedJpeg()],
  ['progressive JPEG', 'image/jpeg', () => locatedJpeg(8, { progressive: true })],
  ['PNG', 'image/png', () => locatedPng()],
  ['WebP', 'image/webp', () => locatedWebp()],
  ['animated WebP', 'image/webp', () => locatedWebp(1, true)],
  ['GIF', 'image/gif', () => locatedGif()],
  ['AVIF', 'image/avif', () => locatedAvif()],
];
const MOVIES: [name: string, type: PhotoType, make: () => Promise<Uint8Array>][] = [
  ['MOV', 'video/quicktime', async () => locatedMp4()],
  ['MP4 with its index first', 'video/mp4', async () => locatedMp4('isom', true)],
  ['WebM', 'video/webm', async () => locatedWebm()],
  ['live WebM', 'video/webm', async () => locatedWebm(true)],
];
const ALL = [...PICTURES, ...MOVIES];

const HEIC_PICTURE = { id: 1, type: 'hvc1', method: 0 as const, content: new Uint8Array(50).fill(7) };
/** As Samsung writes them behind everything else. */
const NOTES = concatBytes(
  [0, 0, 1, 10, 14, 0, 0, 0],
  locatedXmp(),
  [...'SEFHjSEFT'].map((char) => char.charCodeAt(0)),
);

/** Without its trailer, as some write them. */
async function endlessGif(): Promise<Uint8Array> {
  const gif = await locatedGif();
  return gif.slice(0, (await published('image/gif', gif)).plan.publicBytes - 1);
}

describe('the public version', () => {
  it.each(ALL)('of a %s says nothing of where, by whom and with what it was made', async (_, type, make) => {
    const file = await make();
    expect(secretsIn(file).length, 'the file says it').toBeGreaterThan(3);
    expect(secretsIn((await published(type, file)).bytes)).toEqual([]);
  });

  it.each(PICTURES)('of a %s has the same pixels, standing as they stood', async (name, type, make) => {
    const file = await make();
    const { bytes, plan } = await published(type, file);
    // Not every reader bears what follows a picture.
    const before = file.slice(0, plan.publicBytes);
    expect((await pixels(bytes)) === (await pixels(before))).toBe(true);
    expect(await pages(bytes)).toBe(name === 'GIF' || name === 'animated WebP' ? 2 : 1);
    const [was, is] = [await sharp(before).metadata(), await sharp(bytes).metadata()];
    expect([is.width, is.height, is.orientation, is.icc?.length]).toEqual([
      was.width,
      was.height,
      was.orientation,
      was.icc?.length,
    ]);
    expect([is.iptc, is.tifftagPhotoshop]).toEqual([undefined, undefined]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps orientation %i and the time in every format', async (orientation) => {
    for (const [type, file] of [
      ['image/jpeg', await locatedJpeg(orientation)],
      ['image/png', await locatedPng(orientation)],
      ['image/webp', await locatedWebp(orientation)],
    ] as const) {
      const tags = ExifReader.load(Buffer.from((await published(type, file)).bytes), { expanded: true });
      expect(tags.exif?.Orientation?.value, type).toBe(orientation);
      expect(tags.exif?.DateTimeOriginal?.description, type).toBe('2026:11:21 15:04:05');
      expect(Object.keys(tags.exif ?? {}).toSorted(), type).toEqual(
        ['DateTimeOriginal', 'Exif IFD Pointer', 'OffsetTimeOriginal', 'Orientation'].toSorted(),
      );
      expect([tags.gps, tags.xmp, tags.iptc, tags.Thumbnail], type).toEqual(Array(4).fill(undefined));
    }
  });

  it('is one file wherever the store cuts its streams, and without any', async () => {
    for (const [name, type, make] of ALL) {
      const file = await make();
      const { plan } = await published(type, file);
      for (const chunk of [1, 7, 1_000, 1_000_000]) {
        expect(await computeRedactions(type, stored(file, chunk).streamed), name).toEqual(plan);
      }
      expect(await computeRedactions(type, stored(file).source), name).toEqual(plan);
    }
  });

  it('is put together from any ranges of it', async () => {
    const random = seededRandom(11);
    for (const [name, type, make] of ALL) {
      const file = await make();
      const { bytes, plan } = await published(type, file);
      for (let round = 0; round < 12; round += 1) {
        const parts: Uint8Array[] = [];
        for (let at = 0; at < plan.publicBytes;) {
          const length = Math.min(plan.publicBytes - at, 1 + Math.floor(random() ** 3 * plan.publicBytes));
          const range = cut(file.slice(at, at + length), 1 + Math.floor(random() * 600));
          parts.push(await read(redact(range, at, plan.redactions, plan.publicBytes)));
          at += length;
        }
        expect(Buffer.from(concatBytes(...parts)).equals(bytes), name).toBe(true);
      }
    }
  });

  it('ends with the picture: what comes behind it is not handed out', async () => {
    const file = await locatedJpeg();
    const { plan } = await published('image/jpeg', file);
    expect(plan.publicBytes).toBeLessThan(file.length);
    const beyond = redact(
      cut(file.slice(plan.publicBytes - 2), 5),
      plan.publicBytes - 2,
      plan.redactions,
      plan.publicBytes,
    );
    expect([...(await read(beyond))]).toEqual([0xff, 0xd9]);
  });

  it.each([
    ['a GIF without its trailer', 'image/gif', endlessGif],
    [
      'a GIF with filling',
      'image/gif',
      async () => concatBytes((await locatedGif()).slice(0, -1), [0, 0], locatedXmp()),
    ],
    ['a HEIC with the notes of a phone', 'image/heic', async () => concatBytes(handmadeHeic([HEIC_PICTURE]), NOTES)],
    ['a movie with them', 'video/mp4', async () => concatBytes(locatedMp4('isom'), NOTES)],
    ['a movie with a few bytes too many', 'video/mp4', async () => concatBytes(locatedMp4('isom'), [1, 2, 3])],
  ] as const)('of %s ends where its last part ends', async (_name, type, make) => {
    const file = await make();
    const { bytes } = await published(type, file);
    expect(bytes.length).toBeLessThanOrEqual(file.length);
    expect(secretsIn(bytes)).toEqual([]);
  });

  it('of a file that says nothing is the file', async () => {
    const file = new Uint8Array(
      await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
        .jpeg()
        .toBuffer(),
    );
    expect(await computeRedactions('image/jpeg', stored(file).source)).toEqual({
      redactions: [],
      publicBytes: file.length,
      place: 'none',
    });
  });

  it('of a JPEG that broke off ends where it broke off', async () => {
    const [whole, tail] = [await locatedJpeg(6), await locatedMp4()];
    const file = whole.slice(0, Math.floor((await published('image/jpeg', whole)).plan.publicBytes - 200));
    expect(tail.length).toBeGreaterThan(0);
    const { bytes } = await published('image/jpeg', file);
    expect([bytes.length, secretsIn(bytes)]).toEqual([file.length, []]);
  });
});

describe('a HEIC', () => {
  const picture = { id: 1, type: 'hvc1', method: 0 as const, content: new Uint8Array(50).fill(7) };
  const exif = { id: 2, type: 'Exif', content: exifItem(6) };
  const xmp = { id: 3, type: 'mime', content: locatedXmp() };
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [1, 1, 1],
    [2, 0, 3],
    [2, 1, 3],
  ] as const)(
    'with an index of version %i keeps its picture and a small EXIF (method %i, %i pieces)',
    async (version, method, extents) => {
      const file = handmadeHeic([picture, { ...exif, method }, { ...xmp, method, extents }], version);
      const { bytes } = await published('image/heic', file);
      expect(secretsIn(bytes)).toEqual([]);
      expect(bytes.length).toBe(file.length);
      expect(Buffer.from(bytes).includes(Buffer.alloc(50, 7))).toBe(true);
      const tags = ExifReader.load(Buffer.from(bytes), { expanded: true });
      expect(tags.exif?.Orientation?.value).toBe(6);
      expect(tags.gps).toBeUndefined();
    },
  );
  it('that keeps words outside of its data has no public version', async () => {
    const file = handmadeHeic([picture, { ...xmp, method: 0 }]);
    const place = Buffer.from(file).lastIndexOf(Buffer.from([0, 3, 0, 0, 0, 0, 0, 1])) + 8;
    const lying = file.slice();
    lying.set([0, 0, 0, 40], place);
    expect(await computeRedactions('image/heic', stored(file).source)).not.toBeNull();
    expect(await computeRedactions('image/heic', stored(lying).source)).toBeNull();
  });

  it('blanks what no item claims of the data within: some readers look for EXIF by its first bytes', async () => {
    const exif = { id: 2, type: 'Exif', content: exifItem(6), method: 1 } as const;
    const grid = { id: 3, type: 'grid', content: Uint8Array.of(0, 0, 0, 0, 0, 50, 0, 50), method: 1 } as const;
    const file = handmadeHeic([HEIC_PICTURE, exif, grid]);
    // The table says that the EXIF is three bytes long.
    const place = Buffer.from(file).indexOf(Buffer.from([0, 2, 0, 1, 0, 0, 0, 1]));
    file.set([0, 0, 0, 3], place + 12);
    const { bytes } = await published('image/heic', file);
    expect(secretsIn(bytes)).toEqual([]);
    expect(Buffer.from(bytes).includes(Buffer.from(grid.content))).toBe(true);
  });
});

describe('a movie', () => {
  it.each(MOVIES)('of kind %s keeps its pictures, and its boxes are where they were', async (_, type, make) => {
    const file = await make();
    const { bytes } = await published(type, file);
    const count = (of: Uint8Array) => Buffer.from(of).toString('latin1').split('PICTURE').length;
    expect([bytes.length, count(bytes)]).toEqual([file.length, count(file)]);
  });
  it('of several GB is read in a few places only', async () => {
    const index = locatedMp4('isom', true);
    const length = 6_000_000_000;
    const head = index.slice();
    // The last box goes on to the end of the file.
    head.set([0, 0, 0, 0], Buffer.from(index).indexOf('mdat', 0, 'latin1') - 4);
    let reads = 0;
    const plan = await computeRedactions('video/mp4', {
      bytes: length,
      async read(offset, bytes) {
        reads += 1;
        const block = new Uint8Array(bytes);
        if (offset < head.length) block.set(head.subarray(offset, offset + bytes));
        return block;
      },
    });
    expect([plan?.publicBytes, reads < 5]).toEqual([length, true]);
  });
});

describe('a file from a real encoder', () => {
  it.each([
    ['fast.mp4', 'video/mp4'],
    ['slow.mp4', 'video/mp4'],
    ['frag.mp4', 'video/mp4'],
    ['turned.mov', 'video/quicktime'],
    ['short.webm', 'video/webm'],
    ['live.webm', 'video/webm'],
    ['photo.heic', 'image/heic'],
  ] as const)('such as %s has a public version that is as long', async (name, type) => {
    const file = new Uint8Array(await readFile(new URL(`../../../test/support/samples/${name}`, import.meta.url)));
    const { bytes, plan } = await published(type, file);
    expect(bytes.length).toBe(file.length);
    // What is overwritten are words; pictures are most of the file.
    expect(plan.redactions.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(file.length / 4);
  });
});

describe('a hostile file', () => {
  const hostile = async (): Promise<[string, PhotoType, Uint8Array][]> => {
    const files: [string, PhotoType, Uint8Array][] = [];
    for (const [name, type, make] of ALL) {
      const file = await make();
      files.push([`${name}, empty`, type, new Uint8Array()]);
      files.push([`${name}, of words`, type, textAsJpeg()]);
      files.push([`${name}, nothing but its beginning`, type, file.slice(0, 14)]);
      files.push([
        `${name}, followed by ones`,
        type,
        concatBytes(file.slice(0, 40), new Uint8Array(2_000_000).fill(1)),
      ]);
      files.push([`${name}, followed by zeros`, type, concatBytes(file.slice(0, 40), new Uint8Array(2_000_000))]);
    }
    return files;
  };
  it('has no public version, and nobody waits for that', async () => {
    for (const [name, type, file] of await hostile()) {
      const started = performance.now();
      const { asked, source } = stored(file);
      const plan = await computeRedactions(type, source);
      // Zeros are the end of a scan, and nothing else.
      if (type !== 'image/jpeg') expect(plan, name).toBeNull();
      expect(performance.now() - started, name).toBeLessThan(3_000);
      expect(asked.most, name).toBeLessThanOrEqual(256 * 1024);
    }
  });

  it('changed anywhere has a public version within its own length, or none', async () => {
    const random = seededRandom(5);
    for (const [name, type, make] of ALL) {
      const file = await make();
      for (let round = 0; round < 150; round += 1) {
        const mutated = file.slice();
        for (let change = 0; change < 3; change += 1) {
          mutated[Math.floor(random() * Math.min(file.length, 900))] = Math.floor(random() * 256);
        }
        const plan = await computeRedactions(type, stored(mutated).streamed);
        if (!plan) continue;
        const bytes = await read(redact(cut(mutated, 997), 0, plan.redactions, plan.publicBytes));
        expect(bytes.length, name).toBe(plan.publicBytes);
        expect(plan.publicBytes, name).toBeLessThanOrEqual(mutated.length);
      }
    }
  });

  it('does not hide that the store has failed', async () => {
    const source = { bytes: 100, read: () => Promise.reject(new Error('the store is away')) };
    await expect(computeRedactions('image/jpeg', source)).rejects.toThrow('the store is away');
    await expect(computeRedactions('video/mp4', source)).rejects.toThrow('the store is away');
  });
});

describe('a list that is kept', () => {
  it.each([
    [null],
    ['x'],
    [{}],
    [[[0, 0]]],
    [[[-1, 5]]],
    [[[0, 5, 'no base64!']]],
    [[[0, 5, '', 256]]],
    [[[0, 2, 'AAAAAAAA']]],
    [
      [
        [0, 5],
        [4, 5],
      ],
    ],
    [[[0, 5, '', 0, 1]]],
  ])('is not believed as %j', (packed) => {
    expect(unpackRedactions(packed)).toBeNull();
  });
});
