import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { busy, quarters, seededRandom, type TestPixels } from '../../../../../src/test/support/images.ts';
import { WEBP_STATUS } from '../../../codecs/pixels-exports.ts';
import { createWebpEncoder, type WebpConfig } from '../../../codecs/webp/encoder.ts';
import { webpConfig } from '../../../codecs/webp/config.ts';
import { wasmInNode } from '../../../test-support/codecs-node.ts';
import { pixelsInNode } from '../../../test-support/pixels-node.ts';

const MEBIBYTE = 1024 * 1024;
const pixels = pixelsInNode(0);
const encoder = createWebpEncoder(wasmInNode('@jsquash/webp/codec/enc/webp_enc_simd.wasm'), 32 * MEBIBYTE);

const encode = (source: TestPixels, config: WebpConfig = {}): Uint8Array =>
  encoder.encode(source, { ...webpConfig(80, 4), ...config }, { maxBytes: 512 * MEBIBYTE });

/** The payload of the chunk that follows the RIFF header. */
const payload = (webp: Uint8Array): Uint8Array =>
  webp.subarray(20, 20 + new DataView(webp.buffer, webp.byteOffset).getUint32(16, true));

interface Decoded {
  status: number;
  goodRows: number;
  data: Uint8Array;
  memoryBytes: number;
}

/** Decodes without making the picture smaller, unless `to` is given. */
function decode(vp8: Uint8Array, width: number, height: number, to = { width, height }): Promise<Decoded> {
  return pixels.run(({ exports, view, bytes }) => {
    const at = exports.reserve(vp8.length + 64) >>> 0;
    view(at, vp8.length).set(vp8);
    exports.webpOpen(width, height, 0, 0, width, height);
    let status = exports.webpStart(at, vp8.length, false, to.width, to.height, false);
    if (status === WEBP_STATUS.ok) status = exports.webpDecode();
    const goodRows = exports.webpGoodRows();
    exports.webpPad();
    const data = view(exports.reducerOutput() >>> 0, to.width * to.height * 4).slice();
    return { status, goodRows, data, memoryBytes: bytes() };
  });
}

const reference = async (webp: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await sharp(webp).ensureAlpha().raw().toBuffer());

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

const PHOTOS = new URL('../../../../../src/cli/seed/photos/', import.meta.url);

/** A part of a photograph. */
async function photo(name: string, width: number, height: number): Promise<TestPixels> {
  const image = sharp(readFileSync(new URL(name, PHOTOS))).resize(width, height, { fit: 'cover' });
  return { data: new Uint8ClampedArray(await image.ensureAlpha().raw().toBuffer()), width, height };
}

function noise(width: number, height: number, levels: number): TestPixels {
  const random = seededRandom(width + levels);
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (Math.floor(random() * levels) * 255) / (levels - 1),
  );
  return { data, width, height };
}

async function expectExact(source: TestPixels, config: WebpConfig): Promise<void> {
  const webp = encode(source, config);
  const { width, height } = source;
  const { status, goodRows, data } = await decode(payload(webp), width, height);
  const label = `${width} × ${height} ${JSON.stringify(config)}`;
  expect({ label, status, goodRows, isExact: isSame(data, await reference(webp)) }).toEqual({
    label,
    status: WEBP_STATUS.ok,
    goodRows: height,
    isExact: true,
  });
}

describe('lossy WebP is what libwebp makes of it', () => {
  it.each([1, 2, 3, 15, 16, 17, 31, 32, 33, 34, 65, 130])('%i pixels wide, of any height', async (width) => {
    for (const height of [1, 2, 7, 8, 9, 16, 17, 24, 25, 47, 48, 49]) {
      await expectExact(await photo('bird-close.jpg', width, height), {});
    }
  });

  it.each([0, 10, 35, 60, 78, 90, 100])('at quality %i, however it was searched for', async (quality) => {
    for (const method of [0, 3, 6]) {
      await expectExact(await photo('clock-face.jpg', 201, 117), { quality, method });
    }
  });

  it.each([0, 1])('with filter %i, of any strength and sharpness', async (filter_type) => {
    const source = await photo('bridge-cables.jpg', 150, 94);
    for (const filter_strength of [0, 1, 20, 60, 100]) {
      for (const filter_sharpness of [0, 3, 5, 7]) {
        await expectExact(source, { quality: 40, filter_type, filter_strength, filter_sharpness });
      }
    }
  });

  it.each([0, 1, 2, 3])('with 2^%i partitions and as many segments', async (partitions) => {
    const source = await photo('autumn-larches.jpg', 123, 333);
    for (const quality of [20, 85]) {
      const settings = { partitions, segments: partitions + 1, sns_strength: 100, autofilter: 1 };
      await expectExact(source, { quality, ...settings });
    }
  });

  it('where there is more contrast than a photograph has', async () => {
    for (const levels of [2, 256]) {
      for (const quality of [1, 50, 100]) await expectExact(noise(97, 61, levels), { quality });
    }
    await expectExact(quarters(64, 64), { quality: 100 });
  });

  it('at 12 megapixels', async () => {
    await expectExact(await photo('bridge-wide.jpg', 4_000, 3_000), { quality: 85, method: 0 });
  }, 60_000);
});

describe('decoding lossy WebP', () => {
  it('takes no more memory than some rows besides the file and what comes out', async () => {
    const vp8 = payload(encode(busy(2_048, 3_072), { quality: 30, method: 0 }));
    const small = await decode(vp8, 2_048, 3_072, { width: 64, height: 96 });
    expect(small.status).toBe(WEBP_STATUS.ok);
    expect(small.memoryBytes - vp8.length).toBeLessThan(1.5 * MEBIBYTE);
    const wide = await decode(payload(encode(busy(16_383, 20), { method: 0 })), 16_383, 20, { width: 819, height: 1 });
    expect(wide.memoryBytes).toBeLessThan(5 * MEBIBYTE);
  }, 30_000);

  it('refuses another size than was told, what is not shown alone, and what is no VP8', async () => {
    const vp8 = payload(encode(busy(40, 30)));
    const changed = (at: number, value: number): Uint8Array => vp8.with(at, value);
    const status = async (bytes: Uint8Array, width = 40): Promise<number> => (await decode(bytes, width, 30)).status;
    expect(await status(vp8)).toBe(WEBP_STATUS.ok);
    expect(await status(vp8, 41)).toBe(WEBP_STATUS.wrongSize);
    // A key frame has 0 in the lowest bit, and 1 in bit 4 if it is shown.
    expect(await status(changed(0, vp8[0]! | 1))).toBe(WEBP_STATUS.unsupported);
    expect(await status(changed(0, vp8[0]! & ~16))).toBe(WEBP_STATUS.unsupported);
    expect(await status(changed(3, 0))).toBe(WEBP_STATUS.broken);
    for (const bytes of [0, 3, 9, 10, 11, 40]) expect(await status(vp8.subarray(0, bytes))).toBe(WEBP_STATUS.broken);
  });

  it.each([0, 3])(
    'ends where the data of one of 2^%i partitions ends, and is right until shortly before',
    async (partitions) => {
      const width = 120;
      const height = 400;
      const webp = encode(await photo('autumn-larches.jpg', width, height), { partitions, quality: 90 });
      const vp8 = payload(webp);
      const whole = await reference(webp);
      let before = height;
      for (const share of [0.99, 0.9, 0.75, 0.5]) {
        const { status, goodRows, data } = await decode(vp8.subarray(0, vp8.length * share), width, height);
        expect(status).toBe(WEBP_STATUS.broken);
        expect(goodRows).toBeLessThanOrEqual(before);
        before = goodRows;
        // The filter of what is missing reaches eight rows up.
        const right = Math.max(0, goodRows - 8) * width * 4;
        expect(isSame(data.subarray(0, right), whole.subarray(0, right))).toBe(true);
        expect(data[data.length - 4]).toBe(128);
      }
      expect(before).toBeLessThan(height);
    },
  );

  it('answers hundreds of damaged files, and is exact afterwards', async () => {
    const random = seededRandom(5);
    const pick = (below: number): number => Math.floor(random() * below);
    const webps = [0, 1].map((filter_type) => encode(busy(75, 61), { filter_type, partitions: 1 + filter_type }));
    const statuses = new Set<number>();
    for (let round = 0; round < 600; round += 1) {
      const vp8 = payload(webps[round % 2]!).slice(0, pick(4) === 0 ? pick(4_000) : undefined);
      for (let edits = pick(4); edits > 0 && vp8.length > 10; edits -= 1) {
        vp8[10 + pick(Math.min(vp8.length - 10, pick(2) ? 60 : 1e9))] = pick(256);
      }
      statuses.add((await decode(vp8, 75, 61)).status);
    }
    expect([...statuses].toSorted()).toEqual([WEBP_STATUS.ok, WEBP_STATUS.broken]);
    for (const webp of webps) {
      expect(isSame((await decode(payload(webp), 75, 61)).data, await reference(webp))).toBe(true);
    }
  }, 30_000);
});
