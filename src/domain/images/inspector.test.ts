import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeJpeg, encodeWebp } from '../../test/support/image-encoders.ts';
import {
  busy,
  concatBytes,
  encodePng,
  hugePngHeader,
  jpegSegment,
  pngChunk,
  pngHeader,
  quarters,
  seededRandom,
  textAsJpeg,
  truncated,
  webpCanvas,
  webpChunk,
  webpFile,
  webpWithExif,
  withDeclaredSize,
  withExif,
  withOrientation,
  withSegment,
} from '../../test/support/images.ts';
import { DomainError } from '../errors.ts';
import { createImageInspector } from './inspector.ts';
import { decodedBy, FORMAT_LIMITS } from './limits.ts';
import type { InspectedFile } from './inspector.ts';

const LIMITS = { maxPixels: 12_600_000 };

function inspect(bytes: Uint8Array, chunkBytes = bytes.length || 1): InspectedFile {
  const inspector = createImageInspector(LIMITS);
  for (let at = 0; at < bytes.length; at += chunkBytes) inspector.push(bytes.subarray(at, at + chunkBytes));
  return inspector.finish();
}

function repeated(part: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(part.length * count);
  for (let at = 0; at < all.length; at += part.length) all.set(part, at);
  return all;
}

/** The facts, or the code of the refusal. */
function verdict(bytes: Uint8Array, chunkBytes?: number): InspectedFile | string {
  try {
    return inspect(bytes, chunkBytes);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Two frames of 40 × 24 pixels. */
async function animatedWebp(): Promise<Uint8Array> {
  const data = Buffer.concat([quarters(40, 24), quarters(40, 24, 0)].map((pixels) => Buffer.from(pixels.data)));
  const input = { raw: { width: 40, height: 48, channels: 4, pageHeight: 24 } } as const;
  return new Uint8Array(await sharp(data, input).webp().toBuffer());
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where the marker first stands among the segments before the pixels. */
function segmentAt(jpeg: Uint8Array, marker: number): number {
  let at = 2;
  while (at < jpeg.length && jpeg[at + 1] !== marker) at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
  if (!(at < jpeg.length)) throw new Error(`no marker ${marker.toString(16)}`);
  return at;
}

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

let jpeg: Uint8Array;
let progressive: Uint8Array;
let png: Uint8Array;
let lossy: Uint8Array;
let lossless: Uint8Array;
let alphaWebp: Uint8Array;

beforeAll(async () => {
  jpeg = await encodeJpeg(busy(120, 80));
  progressive = await encodeJpeg(busy(120, 80), { progressive: true });
  png = await encodePng(quarters(120, 80));
  lossy = await encodeWebp(quarters(120, 80));
  lossless = await encodeWebp(quarters(120, 80), { lossless: 1 });
  alphaWebp = await encodeWebp(quarters(120, 80, 100));
});

describe('recognising a photo by its content', () => {
  it('reads type and stored size of every accepted kind', async () => {
    const size = { width: 120, height: 80 };
    expect(inspect(jpeg)).toMatchObject({ type: 'image/jpeg', ...size });
    expect(inspect(progressive)).toMatchObject({ type: 'image/jpeg', ...size });
    expect(inspect(png)).toMatchObject({ type: 'image/png', ...size });
    for (const webp of [lossy, lossless, alphaWebp, webpWithExif(lossy, 120, 80, { orientation: 6 })]) {
      expect(inspect(webp)).toMatchObject({ type: 'image/webp', ...size });
    }
  });

  it('does not turn the size by the EXIF orientation', () => {
    expect(inspect(withOrientation(jpeg, 6))).toMatchObject({ width: 120, height: 80 });
  });

  it('does not take a thumbnail inside EXIF for the photo', async () => {
    const thumbnail = await encodeJpeg(quarters(16, 16));
    expect(inspect(withSegment(jpeg, 0xe1, concatBytes(ascii('Exif\0\0'), thumbnail)))).toMatchObject({ width: 120 });
  });

  it('ignores what follows the end of a photo, such as the video of a motion photo', () => {
    expect(inspect(concatBytes(jpeg, jpeg))).toMatchObject({ width: 120 });
    expect(inspect(concatBytes(jpeg, ascii('ftypmp42 and so on')))).toMatchObject({ width: 120 });
    expect(inspect(concatBytes(png, ascii('trailing')))).toMatchObject({ width: 120 });
  });

  it('says the same wherever the chunks are cut', () => {
    const exif = withExif(jpeg, { orientation: 3, dateTimeOriginal: '2026:11:21 10:00:00', gps: true });
    const files = [exif, progressive, png, lossy, lossless, alphaWebp, truncated(jpeg), hugePngHeader(), textAsJpeg()];
    for (const file of files) {
      const whole = verdict(file);
      for (const size of [1, 2, 3, 7, 64]) expect(verdict(file, size)).toEqual(whole);
      for (let cut = 0; cut <= file.length; cut += 1) {
        const inspector = createImageInspector(LIMITS);
        const run = () => {
          inspector.push(file.subarray(0, cut));
          inspector.push(file.subarray(cut));
          return inspector.finish();
        };
        if (typeof whole === 'string') expect(run).toThrow(expect.objectContaining({ code: whole }));
        else expect(run()).toEqual(whole);
      }
    }
  });
});

describe('refusing what is no photo', () => {
  it('refuses nothing at all as empty', () => {
    expect(verdict(new Uint8Array())).toBe('photo.empty');
  });

  it.each([
    ['text renamed to .jpg', textAsJpeg()],
    ['one byte', new Uint8Array([0xff])],
    ['almost a GIF', ascii('GIF90a______________')],
    ['a camera’s raw file', concatBytes([0, 0, 0, 24], ascii('ftypcrx '), new Uint8Array(12))],
    ['PDF', ascii('%PDF-1.7 and so on')],
    ['EBML that is no video', concatBytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], ascii('note'))],
    ['sound in RIFF', concatBytes(ascii('RIFF'), [4, 0, 0, 0], ascii('WAVE'))],
    ['almost a PNG', concatBytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0d, 0x0a, 0x0a], new Uint8Array(20))],
  ])('refuses %s as an unsupported type and names what is accepted', (_, bytes) => {
    expect(() => inspect(bytes)).toThrow(
      expect.objectContaining({
        code: 'photo.unsupported_type',
        message: expect.stringContaining('a photo (JPEG, PNG, WebP, GIF, AVIF or HEIC) or a video (MP4, MOV or WebM)'),
      }),
    );
  });

  it('refuses a stranger at its first twelve bytes, before the rest has come', () => {
    const inspector = createImageInspector(LIMITS);
    expect(() => inspector.push(textAsJpeg().subarray(0, 12))).toThrow(DomainError);
    expect(() => inspector.finish()).toThrow(expect.objectContaining({ code: 'photo.unsupported_type' }));
  });
});

describe('judging pixels before anything is decoded', () => {
  it('refuses a PNG header that says 30,000 × 30,000 as soon as the header has come', () => {
    const inspector = createImageInspector(LIMITS);
    expect(() => inspector.push(hugePngHeader().subarray(0, 33))).toThrow(
      expect.objectContaining({ code: 'photo.too_many_pixels' }),
    );
  });

  it('refuses too many pixels in JPEG and WebP', () => {
    expect(verdict(withDeclaredSize(jpeg, 4000, 4000))).toBe('photo.too_many_pixels');
    expect(verdict(webpFile(webpCanvas(16_000, 16_000, 0)))).toBe('photo.too_many_pixels');
  });

  it('takes each kind as far as the table goes, and no further', () => {
    const table = (bytes: Uint8Array): string | undefined => {
      const inspector = createImageInspector();
      try {
        inspector.push(bytes);
      } catch (error) {
        return (error as DomainError).code;
      }
      return undefined;
    };
    const header = (width: number, height: number) => hugePngHeader(width, height).subarray(0, 33);
    expect(table(header(10_000, 10_000))).toBeUndefined();
    expect(table(header(10_001, 10_000))).toBe('photo.too_many_pixels');
  });

  it('refuses a file beyond the bytes of its kind, however it is cut', () => {
    const { bytes } = FORMAT_LIMITS['image/jpeg'];
    const inspector = createImageInspector();
    inspector.push(jpeg);
    const filling = new Uint8Array(10_000_000);
    for (let seen = jpeg.length; seen + filling.length <= bytes; seen += filling.length) inspector.push(filling);
    expect(() => inspector.push(filling)).toThrow(expect.objectContaining({ code: 'photo.too_large' }));
    expect(() => inspector.finish()).toThrow(expect.objectContaining({ code: 'photo.too_large' }));
  });

  it('says who makes pixels of it: what needs more memory a pixel goes to the browser sooner', async () => {
    expect(inspect(jpeg)).toMatchObject({ decodedBy: 'own', bytes: jpeg.length });
    const measured = { type: 'image/jpeg', width: 9_000, height: 9_000, costly: false, bytes: 30e6 } as const;
    expect(decodedBy(measured)).toBe('own');
    expect(decodedBy({ ...measured, costly: true })).toBe('preview');
    expect(decodedBy({ ...measured, bytes: 41e6 })).toBe('preview');
    expect(decodedBy({ ...measured, type: 'image/heic', width: 10, height: 10 })).toBe('preview');
  });

  it('knows of each file whether it takes more memory than others of its size', async () => {
    const image = sharp(quarters(120, 80, 90).data, { raw: { width: 120, height: 80, channels: 4 } });
    const opaque = image.clone().removeAlpha();
    const cases: [Sharp, boolean][] = [
      [opaque.clone().jpeg(), false],
      [opaque.clone().jpeg({ progressive: true }), true],
      [opaque.clone().png(), false],
      [opaque.clone().png({ progressive: true }), true],
      [image.clone().webp({ lossless: true }), false],
      [opaque.clone().avif({ chromaSubsampling: '4:2:0' }), false],
      [opaque.clone().avif({ chromaSubsampling: '4:4:4' }), true],
      [opaque.clone().avif({ chromaSubsampling: '4:2:0', bitdepth: 10 }), true],
      [image.clone().avif({ chromaSubsampling: '4:2:0' }), true],
    ];
    for (const [encoder, costly] of cases) {
      expect(inspect(new Uint8Array(await encoder.toBuffer()))).toMatchObject({ costly });
    }
  });

  it('takes nothing but the kinds that were asked for', () => {
    const inspector = createImageInspector({ types: ['image/png'] });
    expect(() => inspector.push(jpeg)).toThrow(expect.objectContaining({ code: 'photo.unsupported_type' }));
  });

  it('refuses a side that no decoder takes', () => {
    expect(verdict(hugePngHeader(70_000, 2))).toBe('photo.too_many_pixels');
  });

  it('refuses 0 × 0', () => {
    expect(verdict(withDeclaredSize(jpeg, 0, 0))).toBe('photo.corrupt');
    expect(verdict(withDeclaredSize(jpeg, 120, 0))).toBe('photo.corrupt');
    expect(verdict(hugePngHeader(0, 0))).toBe('photo.corrupt');
    expect(verdict(changed(lossy, 26, 0, 0, 0, 0))).toBe('photo.corrupt');
  });

  it('refuses a JPEG header that promises more pixels than its data could hold', () => {
    expect(verdict(withDeclaredSize(jpeg, 4000, 3000))).toBe('photo.corrupt');
    expect(verdict(withDeclaredSize(progressive, 4000, 3000))).toBe('photo.corrupt');
    expect(verdict(hugePngHeader(4000, 3000))).toBe('photo.corrupt');
  });

  it('accepts the plainest photo that there can be, however well it compresses', async () => {
    const white = { width: 2400, height: 1600, data: new Uint8ClampedArray(2400 * 1600 * 4).fill(255) };
    for (const progressively of [false, true]) {
      expect(inspect(await encodeJpeg(white, { quality: 1, progressive: progressively }))).toMatchObject({
        width: 2400,
      });
    }
    expect(inspect(await encodePng(white))).toMatchObject({ width: 2400 });
  });
});

describe('JPEG structure', () => {
  const frame = (): number => segmentAt(jpeg, 0xc0);

  it.each([0xc3, 0xc5, 0xc9, 0xca, 0xcf])(
    'refuses frame type %i (lossless, hierarchical or arithmetic) as unsupported',
    (marker) => {
      expect(verdict(changed(jpeg, frame() + 1, marker))).toBe('photo.unsupported_type');
    },
  );

  it('refuses twelve bits as unsupported', () => {
    expect(verdict(changed(jpeg, frame() + 4, 12))).toBe('photo.unsupported_type');
  });

  it('takes print colours, and no other number of them', async () => {
    const { data } = quarters(120, 80);
    const image = sharp(data, { raw: { width: 120, height: 80, channels: 4 } }).removeAlpha();
    const print = new Uint8Array(await image.toColourspace('cmyk').jpeg().toBuffer());
    expect(print[segmentAt(print, 0xc0) + 9]).toBe(4);
    expect(inspect(print)).toMatchObject({ type: 'image/jpeg', width: 120, height: 80 });
    const two = jpegSegment(0xc0, new Uint8Array([8, 0, 16, 0, 16, 2, ...[1, 2].flatMap((id) => [id, 0x11, 0])]));
    expect(verdict(concatBytes(jpeg.subarray(0, 2), two, jpeg.subarray(2)))).toBe('photo.unsupported_type');
  });

  it('refuses a second frame, a frame length that contradicts, and impossible sampling', () => {
    const segment = jpeg.slice(frame(), segmentAt(jpeg, 0xc4));
    expect(verdict(concatBytes(jpeg.subarray(0, frame()), segment, jpeg.subarray(frame())))).toBe('photo.corrupt');
    expect(verdict(changed(jpeg, frame() + 3, 18))).toBe('photo.corrupt');
    expect(verdict(changed(jpeg, frame() + 11, 0))).toBe('photo.corrupt');
  });

  it('refuses missing pixels and missing quantisation', () => {
    expect(verdict(concatBytes(jpeg.subarray(0, segmentAt(jpeg, 0xda)), [0xff, 0xd9]))).toBe('photo.corrupt');
    // mozjpeg writes all tables into one segment; as a comment they are gone.
    expect(verdict(changed(jpeg, segmentAt(jpeg, 0xdb) + 1, 0xfe))).toBe('photo.corrupt');
  });

  it('refuses a photo that was cut off, wherever', () => {
    for (let length = 2; length < jpeg.length; length += 1)
      expect(verdict(jpeg.subarray(0, length))).toBe('photo.corrupt');
  });

  it('bounds the number of scans', () => {
    const at = segmentAt(jpeg, 0xda);
    const scan = concatBytes(jpeg.subarray(at, at + 2 + 12), [0]);
    const many = Array.from({ length: 100 }, () => scan);
    expect(verdict(concatBytes(jpeg.subarray(0, at), ...many, jpeg.subarray(at)))).toBe('photo.corrupt');
  });

  it('bounds the number of parts and of bytes that fill the space between them', () => {
    const comments = (count: number) => Array.from({ length: count }, () => [0xff, 0xfe, 0, 2]);
    const withComments = (count: number) => concatBytes(jpeg.subarray(0, 2), ...comments(count), jpeg.subarray(2));
    expect(verdict(withComments(1_000))).toMatchObject({ type: 'image/jpeg' });
    expect(verdict(withComments(6_000))).toBe('photo.corrupt');
    const filled = (count: number) =>
      concatBytes(jpeg.subarray(0, 2), new Uint8Array(count).fill(0xff), jpeg.subarray(2));
    expect(verdict(filled(10))).toMatchObject({ type: 'image/jpeg' });
    expect(verdict(filled(5_000))).toBe('photo.corrupt');
  });

  it('passes over stuffing, restarts and filling among the pixels, wherever the chunks are cut', () => {
    const end = jpeg.length - 2;
    const noise = [0xff, 0x00, 0xff, 0xd3, 0xff, 0xff, 0x00, 0xff, 0xff, 0xd7, 0x12, 0xff];
    const padded = concatBytes(jpeg.subarray(0, end), noise, jpeg.subarray(end));
    for (const chunkBytes of [1, 2, 3, 7, padded.length]) {
      expect(verdict(padded, chunkBytes)).toMatchObject({ type: 'image/jpeg', width: 120 });
    }
  });
});

describe('PNG structure', () => {
  const end = pngChunk('IEND');
  const pixels = pngChunk('IDAT', new Uint8Array(50));

  it('needs header, pixels and end, in that order', () => {
    expect(verdict(concatBytes(SIGNATURE, pixels, end))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8), end))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8), pixels))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8), pngHeader(8, 8), pixels, end))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8), pixels, end))).toMatchObject({ width: 8 });
  });

  it('checks the header against its checksum', () => {
    expect(verdict(changed(png, 19, 121))).toBe('photo.corrupt');
  });

  it('refuses impossible colour types and an indexed picture without a palette', () => {
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8, 5), pixels, end))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8, 2, 4), pixels, end))).toBe('photo.corrupt');
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8, 3), pixels, end))).toBe('photo.corrupt');
  });

  it('takes an animated PNG for the still picture that it also is', () => {
    const control = pngChunk('acTL', new Uint8Array(8));
    expect(verdict(concatBytes(SIGNATURE, pngHeader(8, 8), control, pixels, end))).toMatchObject({ type: 'image/png' });
  });

  it('bounds the number of chunks, whatever they are', async () => {
    const whole = await encodePng(busy(20, 20));
    const flooded = (count: number, type: string) =>
      concatBytes(whole.subarray(0, 33), repeated(pngChunk(type), count), whole.subarray(33));
    expect(verdict(flooded(90_000, 'teXt'))).toMatchObject({ width: 20 });
    for (const type of ['teXt', 'IDAT']) expect(verdict(flooded(100_001, type))).toBe('photo.corrupt');
  });

  it('refuses a chunk that reaches beyond the file', () => {
    expect(verdict(truncated(png))).toBe('photo.corrupt');
    expect(verdict(changed(png, 33, 0x7f, 0xff, 0xff, 0xff))).toBe('photo.corrupt');
  });
});

describe('WebP structure', () => {
  it('bounds the number of chunks, in a frame as well', () => {
    const picture = webpChunk('VP8L', [0x2f, 3, 0xc0, 0, 0]);
    const frame = [0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 0, 0, 0, 0];
    const flooded = (count: number): Uint8Array[] => {
      const junk = repeated(webpChunk('JUNK', []), count);
      const moving = webpChunk('ANMF', concatBytes(frame, junk, picture));
      return [webpFile(webpCanvas(4, 4, 0), junk, picture), webpFile(webpCanvas(4, 4, 2), moving)];
    };
    for (const file of flooded(90_000)) expect(verdict(file)).toMatchObject({ width: 4 });
    for (const file of flooded(100_001)) expect(verdict(file)).toBe('photo.corrupt');
  });

  it('refuses a file shorter than it says, and parts longer than the file', () => {
    expect(verdict(truncated(lossy))).toBe('photo.corrupt');
    expect(verdict(changed(lossy, 16, 0xff, 0xff, 0, 0))).toBe('photo.corrupt');
  });

  it('refuses two headers that disagree', () => {
    expect(verdict(webpFile(webpCanvas(121, 80, 0), lossy.subarray(12)))).toBe('photo.corrupt');
  });

  it('takes an animation by its canvas and says that it moves', async () => {
    const moving = await animatedWebp();
    expect(inspect(moving)).toMatchObject({ type: 'image/webp', width: 40, height: 24, animated: true });
    expect(inspect(lossy)).toMatchObject({ animated: false });
  });

  it('refuses an animation without pictures, or with a first one that lies', async () => {
    expect(verdict(webpFile(webpCanvas(120, 80, 0x02)))).toBe('photo.corrupt');
    expect(verdict(webpFile(webpCanvas(120, 80, 0), webpChunk('ANMF', new Uint8Array(20))))).toBe('photo.corrupt');
    expect(verdict(webpFile(webpCanvas(120, 80, 2), webpChunk('ANMF', new Uint8Array(20))))).toBe('photo.corrupt');
    const moving = await animatedWebp();
    const frame = Buffer.from(moving).indexOf('ANMF') + 8;
    expect(verdict(changed(moving, frame, 1))).toBe('photo.corrupt');
    expect(verdict(changed(moving, frame + 6, 10))).toBe('photo.corrupt');
  });

  it('refuses a picture without pixels, with two, or without its start code', () => {
    expect(verdict(webpFile(webpCanvas(120, 80, 0)))).toBe('photo.corrupt');
    expect(verdict(webpFile(lossy.subarray(12), lossy.subarray(12)))).toBe('photo.corrupt');
    expect(verdict(changed(lossy, 23, 0))).toBe('photo.corrupt');
  });
});

it('answers thousands of damaged files with facts or a refusal, and nothing else', () => {
  const random = seededRandom(7);
  const pick = (below: number): number => Math.floor(random() * below);
  const sources = [jpeg, progressive, png, lossy, lossless, alphaWebp];
  for (let round = 0; round < 6000; round += 1) {
    let bytes = (sources[round % sources.length] as Uint8Array).slice();
    for (let edits = 1 + pick(6); edits > 0; edits -= 1) {
      // Mostly in the headers, where it matters.
      const at = pick(random() < 0.7 ? Math.min(bytes.length, 700) : bytes.length);
      const kind = pick(4);
      if (kind === 0) bytes[at] = pick(256);
      else if (kind === 1)
        bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + pick(40))));
      else if (kind === 2)
        bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(pick(at + 1), at), bytes.subarray(at));
      else bytes[at] = [0, 0xff, 0x7f, 0x80][pick(4)] as number;
    }
    const whole = verdict(bytes);
    expect(verdict(bytes, 1 + pick(97))).toEqual(whole);
    if (typeof whole !== 'string') expect(whole.width * whole.height).toBeLessThanOrEqual(LIMITS.maxPixels);
  }
});
