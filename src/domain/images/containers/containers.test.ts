import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, quarters, seededRandom } from '../../../test/support/images.ts';
import { DomainError } from '../../errors.ts';
import { createImageInspector } from '../inspector.ts';
import type { InspectedFile } from '../inspector.ts';

const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test/support/samples/${name}`, import.meta.url)));

function verdict(bytes: Uint8Array, chunkBytes = bytes.length || 1): InspectedFile | string {
  const inspector = createImageInspector();
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) inspector.push(bytes.subarray(at, at + chunkBytes));
    return inspector.finish();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const find = (bytes: Uint8Array, text: string): number => {
  const at = Buffer.from(bytes).indexOf(text, 0, 'latin1');
  if (at < 0) throw new Error(`no ${text}`);
  return at;
};

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const box = (type: string, ...parts: (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(uint32(body.length + 8), new TextEncoder().encode(type), body);
};
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A HEIF file of one item, written with its properties in an order of the test's choosing. */
function heif(options: { brand?: string; turns?: number; order?: 'late' | 'early'; associations?: number } = {}) {
  const { brand = 'heic', turns = 0, order = 'early', associations = 1 } = options;
  const ispe = box('ispe', [0, 0, 0, 0], uint32(4032), uint32(3024));
  const properties = box(
    'iprp',
    box('ipco', ispe, box('irot', [turns])),
    box('ipma', [0, 0, 0, 0], uint32(associations), ...Array.from({ length: associations }, () => [0, 7, 2, 0x81, 2])),
  );
  const primary = box('pitm', [0, 0, 0, 0, 0, 7]);
  const parts = order === 'early' ? [primary, properties] : [properties, primary];
  return concatBytes(
    box('ftyp', ascii('mif1'), uint32(0), ascii(`mif1${brand}`)),
    box('meta', [0, 0, 0, 0], ...parts),
    box('mdat', new Uint8Array(50)),
  );
}

/** A copy that is no Buffer: slices of those are views. */
const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);

let gif: Uint8Array;
let movingGif: Uint8Array;
let avif: Uint8Array;
let deepAvif: Uint8Array;

beforeAll(async () => {
  const still = quarters(120, 80, 0);
  const raw = { raw: { width: 120, height: 80, channels: 4 } } as const;
  gif = bytesOf(await sharp(still.data, raw).gif().toBuffer());
  const frames = Buffer.concat([quarters(40, 24), quarters(40, 24, 0)].map(({ data }) => Buffer.from(data)));
  const moving = { raw: { width: 40, height: 48, channels: 4, pageHeight: 24 } } as const;
  movingGif = bytesOf(await sharp(frames, moving).gif().toBuffer());
  avif = bytesOf(await sharp(still.data, raw).avif().toBuffer());
  deepAvif = bytesOf(await sharp(still.data, raw).avif({ bitdepth: 10 }).toBuffer());
});

describe('GIF', () => {
  it('is measured by its screen, and said to move when it has more than one picture', () => {
    expect(verdict(gif)).toMatchObject({ type: 'image/gif', width: 120, height: 80, animated: false });
    expect(verdict(movingGif)).toMatchObject({ type: 'image/gif', width: 40, height: 24, animated: true });
  });

  it('needs no trailer, and may be followed by filling', () => {
    expect(verdict(gif.subarray(0, -1))).toMatchObject({ width: 120 });
    expect(verdict(concatBytes(gif.subarray(0, -1), new Uint8Array(9)))).toMatchObject({ width: 120 });
  });

  it('refuses sizes of nothing, a picture beyond its screen, more pixels than its data could hold, and an early end', () => {
    expect(verdict(changed(gif, 6, 0, 0))).toBe('photo.corrupt');
    expect(verdict(changed(gif, 6, 100, 0))).toBe('photo.corrupt');
    const at = Buffer.from(gif).indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 120, 0, 80, 0]));
    expect(verdict(changed(changed(gif, 6, 0x10, 0x27, 0x10, 0x27), at + 5, 0x10, 0x27, 0x10, 0x27))).toBe(
      'photo.corrupt',
    );
    for (let cut = 13; cut < gif.length - 2; cut += 7) expect(verdict(gif.subarray(0, cut))).toBe('photo.corrupt');
    expect(verdict(concatBytes(gif.subarray(0, at), [0x3b]))).toBe('photo.corrupt');
  });

  it('looks at twenty megabytes of the smallest parts in a moment', () => {
    const head = gif.subarray(0, gif.length - 1);
    const parts = new Uint8Array(20_000_000).fill(1);
    const started = performance.now();
    expect(verdict(concatBytes(head, [0x21, 0xfe], parts, [0, 0x3b]))).toMatchObject({ width: 120 });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('AVIF and HEIC', () => {
  it('are told apart by their brands and measured by their primary picture', () => {
    expect(verdict(avif)).toMatchObject({ type: 'image/avif', width: 120, height: 80, decodedBy: 'codec' });
    expect(verdict(deepAvif)).toMatchObject({ type: 'image/avif', width: 120, height: 80 });
    expect(verdict(sample('photo.heic'))).toMatchObject({
      type: 'image/heic',
      width: 1200,
      height: 800,
      decodedBy: 'preview',
    });
    expect(verdict(heif({ brand: 'avif' }))).toMatchObject({ type: 'image/avif', width: 4032, height: 3024 });
  });

  it('say whether they are turned by a quarter', () => {
    expect([0, 1, 2, 3].map((turns) => (verdict(heif({ turns })) as InspectedFile).turned)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('may name their primary picture after its properties', () => {
    expect(verdict(heif({ order: 'late', turns: 1 }))).toMatchObject({ width: 4032, turned: true });
  });

  it('refuse an early end wherever it is, a primary picture without a size, and no data', () => {
    for (const file of [avif, sample('photo.heic'), heif()]) {
      // Before that it is no file of a known kind.
      const known = new DataView(file.buffer, file.byteOffset).getUint32(0);
      for (let cut = known; cut < file.length; cut += 1) expect(verdict(file.subarray(0, cut))).toBe('photo.corrupt');
    }
    const file = heif();
    expect(verdict(changed(file, find(file, 'pitm') + 9, 8))).toBe('photo.corrupt');
    expect(verdict(changed(file, find(file, 'ispe') + 8, ...uint32(0)))).toBe('photo.corrupt');
    expect(verdict(file.subarray(0, find(file, 'mdat') - 4))).toBe('photo.corrupt');
  });

  it('may have a last box that reaches to the end, whatever its size', () => {
    for (const file of [heif(), sample('fast.mp4')]) {
      const data = find(file, 'mdat') - 4;
      const rest = new DataView(file.buffer).getUint32(data);
      expect(data + rest).toBe(file.length);
      expect(verdict(changed(file, data, 0, 0, 0, 0))).toEqual(verdict(file));
    }
  });

  it('may be followed by notes of a phone that are no box', () => {
    const notes = concatBytes([0, 0, 1, 9, 3, 0, 1, 7], ascii('SEFT and so on'));
    for (const file of [sample('photo.heic'), sample('slow.mp4')]) {
      expect(verdict(concatBytes(file, notes))).toMatchObject({
        ...(verdict(file) as object),
        bytes: file.length + 22,
      });
    }
  });

  it('refuse pixels beyond the table as soon as they are known', () => {
    const file = heif({ brand: 'avif' });
    const huge = changed(file, find(file, 'ispe') + 8, ...uint32(60_000), ...uint32(60_000));
    expect(verdict(huge.subarray(0, find(file, 'mdat') + 4))).toBe('photo.too_many_pixels');
  });

  it('refuse pictures that would lie beyond the end, boxes beyond their parent, and lists without end', () => {
    const iloc = find(avif, 'iloc');
    // The last four bytes of the first extent are its length.
    expect(verdict(changed(avif, iloc + 4 + 4 + 2 + 2 + 2 + 2 + 2 + 4, 0x7f))).toBe('photo.corrupt');
    expect(verdict(changed(avif, find(avif, 'ispe') - 4, 0x7f))).toBe('photo.corrupt');
    expect(verdict(changed(avif, find(avif, 'ispe') - 4, 0, 0, 0, 0))).toBe('photo.corrupt');
    const many = heif();
    expect(verdict(changed(many, find(many, 'ipma') + 8, 0x7f, 0xff))).toBe('photo.corrupt');
    expect(verdict(heif({ order: 'late', associations: 9_000 }))).toBe('photo.corrupt');
  });
});

describe('MP4 and MOV', () => {
  it('are measured wherever their header stands, with what they last', () => {
    const facts = { width: 96, height: 64, turned: false, decodedBy: 'preview' };
    for (const name of ['fast.mp4', 'slow.mp4']) {
      expect(verdict(sample(name))).toMatchObject({ type: 'video/mp4', durationMs: 1000, ...facts });
    }
    expect(verdict(sample('frag.mp4'))).toMatchObject({ type: 'video/mp4', durationMs: null, ...facts });
  });

  it('say that they were held upright', () => {
    expect(verdict(sample('turned.mov'))).toMatchObject({
      type: 'video/quicktime',
      width: 96,
      height: 64,
      turned: true,
    });
  });

  it('may begin without a brand, as QuickTime of old did', () => {
    const file = sample('turned.mov');
    const brandBytes = new DataView(file.buffer).getUint32(0);
    expect(verdict(file.subarray(brandBytes))).toMatchObject({ type: 'video/quicktime', width: 96 });
  });

  it('refuse an early end wherever it is', () => {
    for (const name of ['fast.mp4', 'slow.mp4']) {
      const file = sample(name);
      for (let cut = 32; cut < file.length; cut += 11) expect(verdict(file.subarray(0, cut))).toBe('photo.corrupt');
    }
  });

  it('refuse a size of nothing, one beyond the table, two headers, no pictures, and sound alone', () => {
    const file = sample('fast.mp4');
    const size = find(file, 'tkhd') + 4 + 4 + 20 + 16 + 36;
    expect(new DataView(file.buffer).getUint32(size) >>> 16).toBe(96);
    expect(verdict(changed(file, size, 0, 0, 0, 0))).toBe('photo.corrupt');
    expect(verdict(changed(file, size, 0xff, 0xff, 0, 0, 0xff, 0xff))).toBe('photo.too_many_pixels');
    const [movie, data] = [find(file, 'moov') - 4, find(file, 'mdat') - 4];
    const header = file.subarray(movie, data);
    expect(verdict(concatBytes(file.subarray(0, data), header, file.subarray(data)))).toBe('photo.corrupt');
    expect(verdict(concatBytes(file.subarray(0, data), box('mdat')))).toBe('photo.corrupt');
    expect(verdict(changed(file, find(file, 'vide'), ...ascii('soun')))).toBe('photo.unsupported_type');
  });
});

describe('WebM', () => {
  it('is measured, with what it lasts where it says so', () => {
    const facts = { type: 'video/webm', width: 96, height: 64, decodedBy: 'preview' };
    expect(verdict(sample('short.webm'))).toMatchObject({ durationMs: 1000, ...facts });
    expect(verdict(sample('live.webm'))).toMatchObject({ durationMs: null, ...facts });
  });

  it('refuses sound alone, an early end, and parts that reach beyond the one they are in', () => {
    expect(verdict(sample('sound.webm'))).toBe('photo.unsupported_type');
    const file = sample('short.webm');
    for (let cut = 40; cut < file.length; cut += 11) expect(verdict(file.subarray(0, cut))).toBe('photo.corrupt');
    const info = Buffer.from(file).lastIndexOf(Buffer.from([0x15, 0x49, 0xa9, 0x66]));
    expect(verdict(changed(file, info + 4, 0x08, 0xff, 0xff, 0xff))).toBe('photo.corrupt');
  });
});

it('says the same wherever the chunks are cut', () => {
  const names = ['fast.mp4', 'slow.mp4', 'frag.mp4', 'turned.mov', 'short.webm', 'live.webm', 'photo.heic'];
  for (const file of [gif, movingGif, avif, deepAvif, heif(), ...names.map(sample)]) {
    const whole = verdict(file);
    expect(whole).toBeTypeOf('object');
    for (const size of [1, 2, 3, 7, 64]) expect(verdict(file, size)).toEqual(whole);
  }
});

it('answers thousands of damaged files with facts or a refusal, and nothing else', () => {
  const random = seededRandom(11);
  const pick = (below: number): number => Math.floor(random() * below);
  const names = ['fast.mp4', 'frag.mp4', 'turned.mov', 'short.webm', 'live.webm', 'photo.heic'];
  const sources = [gif, movingGif, avif, heif(), heif({ order: 'late' }), ...names.map(sample)];
  const seen = new Set<unknown>();
  for (let round = 0; round < 8_000; round += 1) {
    let bytes = (sources[round % sources.length] as Uint8Array).slice();
    for (let edits = 1 + pick(5); edits > 0; edits -= 1) {
      const at = pick(random() < 0.7 ? Math.min(bytes.length, 900) : bytes.length);
      const kind = pick(4);
      if (kind === 0) bytes[at] = pick(256);
      else if (kind === 1) bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(at + pick(40)));
      else if (kind === 2)
        bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(pick(at + 1), at), bytes.subarray(at));
      else bytes[at] = [0, 0xff, 0x7f, 0x80][pick(4)] as number;
    }
    const whole = verdict(bytes);
    expect(verdict(bytes, 1 + pick(97))).toEqual(whole);
    if (typeof whole === 'object') {
      expect(whole.width * whole.height).toBeLessThanOrEqual(210e6);
      expect(Math.min(whole.width, whole.height)).toBeGreaterThan(0);
    }
    seen.add(typeof whole === 'object' ? whole.type : whole);
  }
  expect(seen.size).toBeGreaterThan(6);
});
