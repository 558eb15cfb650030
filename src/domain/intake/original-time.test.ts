import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { PhotoType } from '../../contract/photos.ts';
import { seededRandom, textAsJpeg } from '../../test/support/images.ts';
import { exifItem, handmadeHeic } from '../../test/support/located-files.ts';
import type { Originals } from '../ports.ts';
import { originalTime } from './original-time.ts';

const NOW = new Date('2026-11-21T20:00:00Z');
const picture = { id: 1, type: 'hvc1', method: 0 as const, content: new Uint8Array(50).fill(7) };
const exif = { id: 2, type: 'Exif', method: 0 as const, content: exifItem(6) };
const movie = new Uint8Array(readFileSync(new URL('../../test/support/samples/slow.mp4', import.meta.url)));

/** Seconds since 1904 in the movie's header. */
function createdAt(seconds: number): Uint8Array {
  const copy = movie.slice();
  new DataView(copy.buffer).setUint32(Buffer.from(copy).indexOf('mvhd') + 8, seconds);
  return copy;
}

function timeOf(file: Uint8Array, type: PhotoType, timeZone = 'Europe/Berlin') {
  const originals: Pick<Originals, 'get'> = {
    get: async (_residency, key, range) => ({
      body: new Response(file.slice(range!.offset, range!.offset + range!.length)).body as ReadableStream<Uint8Array>,
      bytes: file.length,
      type: key,
      etag: '',
    }),
  };
  const original = { key: 'original', bytes: file.length, type };
  return originalTime(originals as Originals, null, original, { timeZone, now: NOW });
}

it('of a HEIC stands in its EXIF', async () => {
  expect(await timeOf(handmadeHeic([picture, exif]), 'image/heic')).toEqual(new Date('2026-11-21T14:04:05Z'));
  expect(await timeOf(handmadeHeic([picture, exif], 2), 'image/heic')).toEqual(new Date('2026-11-21T14:04:05Z'));
  expect(await timeOf(handmadeHeic([picture]), 'image/heic')).toBeNull();
});

it('of a movie is counted from 1904, in UTC; zero and what is not yet are no times', async () => {
  const seconds = Date.UTC(2026, 10, 21, 18, 30) / 1000 + 2_082_844_800;
  expect(await timeOf(createdAt(seconds), 'video/mp4')).toEqual(new Date('2026-11-21T18:30:00Z'));
  expect(await timeOf(createdAt(0), 'video/mp4')).toBeNull();
  expect(await timeOf(createdAt(0xffffffff), 'video/mp4')).toBeNull();
});

it('is not looked for in what is decoded here, and not found in what is something else', async () => {
  expect(await timeOf(movie, 'image/jpeg')).toBeNull();
  expect(await timeOf(textAsJpeg(), 'video/mp4')).toBeNull();
});

it('of whatever a file says is a time or none, and never a failure', async () => {
  const random = seededRandom(11);
  const whole = handmadeHeic([picture, exif]);
  for (let round = 0; round < 300; round += 1) {
    const file = whole.slice(0, random() < 0.3 ? Math.floor(random() * whole.length) : whole.length);
    for (let flips = 0; flips < 4; flips += 1) file[Math.floor(random() * file.length)] = Math.floor(random() * 256);
    const time = await timeOf(file, 'image/heic');
    expect(time === null || Number.isFinite(time.getTime())).toBe(true);
  }
});
