import { describe, expect, it } from 'vitest';
import { busy } from '../../../src/test/support/images.ts';
import { writeJpeg, type JpegOptions } from '../test-support/jpeg-writer/index.ts';
import { decodeJpegStream, type JpegHeader } from './jpeg-stream.ts';
import { createPixels, picturePixels } from './pixels-module.ts';
import { MODULES } from './modules.ts';

const text = (words: string): number[] => Array.from(words, (letter) => letter.charCodeAt(0));
const app = (marker: number, content: number[]): number[] => {
  return [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content];
};
const TIFF = [...text('MM'), 0, 42, 0, 0, 0, 8, 0, 0];
const exif = app(0xe1, [...text('Exif\0\0'), ...TIFF]);
const piece = (number: number, count: number, content: number[]) =>
  app(0xe2, [...text('ICC_PROFILE\0'), number, count, ...content]);

/** Chunks of these lengths in turn, and whether somebody still wants more. */
function inChunks(file: Uint8Array, lengths: number[]) {
  let at = 0;
  let turn = 0;
  const state = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= file.length) return controller.close();
      const end = at + lengths[turn % lengths.length]!;
      controller.enqueue(file.slice(at, end));
      at = end;
      turn += 1;
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { body, state };
}

async function decode(options: JpegOptions, lengths = [10_000], trailing = 0) {
  const written = writeJpeg(busy(123, 77), options);
  const file = new Uint8Array(written.length + trailing);
  file.set(written);
  const { body, state } = inChunks(file, lengths);
  let header: JpegHeader | undefined;
  const data = await createPixels(MODULES.pixels).run(async (pixels) => {
    const jpeg = await decodeJpegStream(pixels, body, (found) => {
      header = found;
      return { width: 40, height: 25 };
    });
    expect(jpeg).toMatchObject({ goodShare: 1, isWhole: true, scale: 3 });
    return picturePixels(pixels, jpeg.picture).slice();
  });
  return { data, header: header!, state };
}

describe('a JPEG that is decoded while it is read', () => {
  it.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
    ['with restarts', { restartInterval: 2 }],
  ])('comes out the same whatever the pieces are that it comes in: %s', async (_, options) => {
    const whole = await decode(options, [1e6]);
    for (const lengths of [[1], [7, 1, 300], [4_096]]) {
      expect((await decode(options, lengths)).data).toEqual(whole.data);
    }
  });

  it('tells its EXIF and its profile before its size is chosen', async () => {
    const before = [...piece(2, 2, [4, 5]), ...exif, ...app(0xe1, text('http://ns.adobe.com/xap')), ...piece(1, 2, [1, 2, 3])]; // prettier-ignore
    const { header } = await decode({ before });
    expect(header).toMatchObject({ width: 123, height: 77, components: 3, costly: false });
    expect(header.exif).toEqual(Uint8Array.from(TIFF));
    expect(header.icc).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
  });

  it('has no profile when a piece of it is missing', async () => {
    expect((await decode({ before: piece(1, 2, [1, 2, 3]) })).header).toMatchObject({ icc: null, exif: null });
  });

  it('passes segments of any length that nobody wants', async () => {
    const long = app(
      0xec,
      Array.from({ length: 65_533 }, (_, at) => (at % 2 === 0 ? 0xff : 0xda)),
    );
    const plain = await decode({});
    expect((await decode({ before: [...long, ...long, ...long, ...long, ...long] }, [5_000])).data).toEqual(plain.data);
  });

  it('says of kept scans that they cost more', async () => {
    for (const options of [{ progressive: true }, { separate: true }]) {
      expect((await decode(options)).header.costly).toBe(true);
    }
  });

  it('does not read on behind the picture', async () => {
    expect((await decode({}, [4_096], 1e6)).state.cancelled).toBe(true);
  });

  it('lets the file go when its size cannot be chosen', async () => {
    const { body, state } = inChunks(writeJpeg(busy(400, 300), { step: 1 }), [4_096]);
    const refused = createPixels(MODULES.pixels).run((pixels) =>
      decodeJpegStream(pixels, body, () => {
        throw new Error('too large for us');
      }),
    );
    await expect(refused).rejects.toThrow('too large for us');
    expect(state.cancelled).toBe(true);
  });
});
