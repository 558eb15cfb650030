import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import {
  exifItem,
  handmadeHeic,
  locatedAvif,
  locatedJpeg,
  locatedMp4,
  locatedPng,
  locatedWebp,
} from '../../../../test/support/located-files.ts';
import { hasPlace } from './location-rules.ts';

const place = (bytes: Uint8Array) => hasPlace(async (at, length) => bytes.subarray(at, at + length), bytes.length);
const plain = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#08f' } });

describe('a place', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['JPEG', () => locatedJpeg()],
    ['PNG', () => locatedPng()],
    ['WebP', () => locatedWebp()],
    ['AVIF', () => locatedAvif()],
    ['HEIC', () => handmadeHeic([{ id: 2, type: 'Exif', content: exifItem(1), method: 0 }])],
    [
      'HEIC that has it among its facts',
      () => handmadeHeic([{ id: 7, type: 'Exif', content: exifItem(1), method: 1 }], 2),
    ],
    ['MP4', () => locatedMp4()],
    ['MP4 with its index first', () => locatedMp4('isom', true)],
  ])('is found in %s', async (_, make) => {
    expect(await place(await make())).toBe(true);
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    [
      'a JPEG with EXIF but no place',
      () =>
        plain()
          .withExif({ IFD0: { Make: 'Momentique' } })
          .jpeg()
          .toBuffer(),
    ],
    ['a PNG', () => plain().png().toBuffer()],
    ['an AVIF', () => plain().avif({ effort: 0 }).toBuffer()],
    ['text', () => Buffer.from('no picture at all')],
    ['nothing', () => new Uint8Array()],
  ])('is not seen in %s', async (_, make) => {
    expect(await place(await make())).toBe(false);
  });

  it('is not looked for beyond what a broken file promises', async () => {
    const whole = await locatedJpeg();
    for (let length = 0; length < 600; length += 7)
      expect(typeof (await place(whole.subarray(0, length)))).toBe('boolean');
  });
});
