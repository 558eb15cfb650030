import ExifReader from 'exifreader';
import { describe, expect, it } from 'vitest';
import type { PhotoType } from '../../../contract/photos.ts';
import { concatBytes } from '../../../test/support/images.ts';
import {
  exifItem,
  handmadeHeic,
  locatedGif,
  locatedJpeg,
  locatedMp4,
  locatedPng,
  locatedTags,
  locatedTiff,
  locatedWebm,
  locatedWebp,
  locatedXmp,
  secretsIn,
} from '../../../test/support/located-files.ts';
import { computeRedactions } from './compute-redactions.ts';
import { shrinkExif } from './exif/small-exif.ts';
import { openDraft } from './overwrites.ts';
import { redact } from './redact.ts';

async function publish(type: PhotoType, file: Uint8Array, keepsPlace: boolean) {
  const read = async (offset: number, length: number) => file.slice(offset, offset + length);
  const plan = await computeRedactions(type, { bytes: file.length, read }, keepsPlace);
  if (!plan) throw new Error('there is no public version');
  const stream = redact(new Blob([file.slice()]).stream(), 0, plan.redactions, plan.publicBytes);
  return { place: plan.place, bytes: new Uint8Array(await new Response(stream as BodyInit).arrayBuffer()) };
}

const heic = (isReal: boolean) =>
  handmadeHeic([
    { id: 1, type: 'hvc1', method: 0, content: new Uint8Array(50).fill(7) },
    { id: 2, type: 'Exif', method: 0, content: exifItem(6, isReal) },
  ]);

const EXIF_FILES: [type: PhotoType, make: (isReal: boolean) => Promise<Uint8Array>][] = [
  ['image/jpeg', (isReal) => locatedJpeg(6, {}, isReal)],
  ['image/png', (isReal) => locatedPng(6, isReal)],
  ['image/webp', (isReal) => locatedWebp(6, false, isReal)],
  ['image/heic', async (isReal) => heic(isReal)],
];

describe('the place in a file', () => {
  it.each(EXIF_FILES)('of type %s stays by choice, and nothing else does', async (type, make) => {
    const { place, bytes } = await publish(type, await make(true), true);
    expect(place).toBe('kept');
    expect(secretsIn(bytes)).toEqual([]);
    const tags = ExifReader.load(Buffer.from(bytes), { expanded: true });
    expect(tags.gps).toEqual({ Latitude: expect.closeTo(48.1372, 4), Longitude: expect.closeTo(-11.575, 4) });
    expect(tags.exif?.Orientation?.value).toBe(6);
    expect(tags.exif?.DateTimeOriginal?.description).toBe('2026:11:21 15:04:05');
  });

  it.each(EXIF_FILES)('of type %s goes unless it is chosen to stay', async (type, make) => {
    const { place, bytes } = await publish(type, await make(true), false);
    expect(place).toBe('removed');
    expect(ExifReader.load(Buffer.from(bytes), { expanded: true }).gps).toBeUndefined();
  });

  it('that is no place on earth goes though it was to stay', async () => {
    const { place, bytes } = await publish('image/jpeg', await locatedJpeg(), true);
    expect([place, secretsIn(bytes)]).toEqual(['removed', []]);
  });

  it.each(['isom', 'qt  '])(
    'of a movie (%s) stays as coordinates that players know, and nothing else does',
    async (brand) => {
      const file = locatedMp4(brand);
      const { place, bytes } = await publish('video/quicktime', file, true);
      expect([place, bytes.length]).toEqual(['kept', file.length]);
      expect(secretsIn(bytes)).toEqual(['+48.1374+011.5755/']);
      const text = Buffer.from(bytes).toString('latin1');
      expect(text.split('+48.1374+011.5755/')).toHaveLength(2);
      // `udta`, length, `©xyz`, length of the text and its language, the text.
      const userData = 'udta\0\0\0\x1e\xa9xyz\0\x12\x55\xc4+48.1374+011.5755/';
      const at = text.indexOf(userData);
      expect([at > 0, text.slice(at + userData.length + 4, at + userData.length + 8)]).toEqual([true, 'free']);
      expect((await publish('video/quicktime', file, false)).place).toBe('removed');
      // What was left is left again, and nothing is found that would have to go.
      expect(await publish('video/quicktime', bytes, true)).toEqual({ place: 'kept', bytes });
    },
  );

  it('is told of where it is only in XMP, in tags or in comments, and goes from there', async () => {
    const xmpOnly = handmadeHeic([
      { id: 1, type: 'hvc1', method: 0, content: new Uint8Array(50).fill(7) },
      { id: 3, type: 'mime', method: 1, content: locatedXmp() },
    ]);
    for (const [type, file] of [
      ['image/heic', xmpOnly],
      ['image/gif', await locatedGif()],
      ['video/webm', locatedWebm()],
      ['video/webm', concatBytes(locatedWebm(true), locatedTags())],
    ] as const) {
      const { place, bytes } = await publish(type, file, true);
      expect([type, place, secretsIn(bytes)]).toEqual([type, 'removed', []]);
    }
  });

  it('stays before the time does where room is short, and the orientation stays last of all', () => {
    const kept = (room: number) => {
      const draft = openDraft(true);
      const tiff = shrinkExif(locatedTiff(6, true), room, draft);
      if (!tiff) return { room, nothing: true, place: draft.finish(0).place };
      expect(tiff.length).toBeLessThanOrEqual(room);
      const jpeg = concatBytes(
        [0xff, 0xd8, 0xff, 0xe1],
        [0, tiff.length + 8],
        Buffer.from('Exif\0\0'),
        tiff,
        [0xff, 0xd9],
      );
      const tags = ExifReader.load(Buffer.from(jpeg), { expanded: true });
      return {
        orientation: tags.exif?.Orientation?.value,
        time: Boolean(tags.exif?.DateTimeOriginal),
        place: [draft.finish(0).place, Boolean(tags.gps)],
      };
    };
    expect(kept(400)).toEqual({ orientation: 6, time: true, place: ['kept', true] });
    expect(kept(150)).toEqual({ orientation: 6, time: false, place: ['kept', true] });
    expect(kept(120)).toEqual({ orientation: 6, time: true, place: ['removed', false] });
    expect(kept(60)).toEqual({ orientation: 6, time: false, place: ['removed', false] });
    expect(kept(25)).toEqual({ room: 25, nothing: true, place: 'removed' });
  });
});
