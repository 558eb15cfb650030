import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { concatBytes, quarters, seededRandom } from '../../../src/test/support/images.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { decodeWith } from '../test-support/decoding.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { createGifDecoder } from './gif.ts';

const decoder = createGifDecoder(pixelsInNode(0));
const decode = (bytes: Uint8Array, options?: Partial<Parameters<typeof decodeWith>[2]>) =>
  decodeWith(decoder, bytes, { pixels: pixelsInNode(0), ...options });

const uint16 = (value: number): number[] => [value & 255, value >> 8];

/** Packs codes of a fixed width of bits into blocks, with a clear code often enough that the width never grows. */
function lzw(indices: Uint8Array, depth: number): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  const put = (code: number): void => {
    bits |= code << count;
    for (count += depth + 1; count >= 8; count -= 8, bits >>= 8) bytes.push(bits & 255);
  };
  const every = (1 << depth) - 2;
  indices.forEach((index, at) => {
    if (at % every === 0) put(1 << depth);
    put(index);
  });
  put((1 << depth) + 1);
  bytes.push(bits & 255);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push(Uint8Array.from([block.length, ...block]));
  }
  return concatBytes([depth], ...blocks, [0]);
}

interface GifFields {
  screen: [number, number];
  frame?: [number, number, number, number];
  interlaced?: boolean;
  transparent?: number;
  depth?: number;
}

const noise = (pixels: number, depth: number): Uint8Array => {
  const random = seededRandom(pixels + depth);
  return Uint8Array.from({ length: pixels }, () => random() * (1 << depth));
};

function anyGif({ screen, frame = [0, 0, ...screen], interlaced, transparent, depth = 8 }: GifFields) {
  const palette = Array.from({ length: 3 << depth }, (_, at) => (at * 53) % 256);
  const control = transparent === undefined ? [] : [0x21, 0xf9, 4, 1, 0, 0, transparent, 0];
  const head = [...uint16(screen[0]), ...uint16(screen[1]), 0x80 | (depth - 1), 0, 0];
  const place = [0x2c, ...frame.flatMap(uint16), interlaced ? 0x40 : 0];
  const data = lzw(noise(frame[2] * frame[3], depth), Math.max(2, depth));
  return concatBytes(new TextEncoder().encode('GIF89a'), head, palette, control, place, data, [0x3b]);
}

async function reference(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await sharp(bytes).ensureAlpha().raw().toBuffer());
}

/** Colours of what cannot be seen differ between decoders. */
function visible(data: Uint8Array): Uint8Array {
  const copy = data.slice();
  for (let at = 0; at < copy.length; at += 4) if (copy[at + 3] === 0) copy.fill(0, at, at + 3);
  return copy;
}

describe('the first picture of a GIF', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i bits is what libnsgif makes of it', async (depth) => {
    for (const screen of [
      [61, 37],
      [1, 1],
      [300, 2],
      [2, 300],
    ] as [number, number][]) {
      // prettier-ignore
      for (const interlaced of [false, true]) {
        const gif = anyGif({ screen, depth, interlaced });
        const decoded = await decode(gif);
        expect(decoded.data).toEqual(await reference(gif));
        expect(decoded).toMatchObject({ hasAlpha: false, partialShare: 1, orientation: 1, taken: null });
      }
    }
  });

  it('lies where it says on its screen, with its transparent colour', async () => {
    for (const interlaced of [false, true]) {
      const gif = anyGif({ screen: [61, 37], frame: [7, 5, 40, 30], transparent: 3, interlaced, depth: 3 });
      const decoded = await decode(gif);
      expect(decoded.hasAlpha).toBe(true);
      expect(visible(decoded.data)).toEqual(visible(await reference(gif)));
    }
  });

  it('reads what encoders write: codes that grow, tables that fill up, animations', async () => {
    const { width, height, data } = quarters(400, 300);
    const grain = Uint8Array.from(data, (value, at) => (at % 4 === 3 ? 255 : value ^ (((at * at) >> 7) % 32)));
    const image = sharp(grain, { raw: { width, height, channels: 4 } });
    const frames = Buffer.concat([grain, data].map((part) => Buffer.from(part)));
    const moving = sharp(frames, { raw: { width, height: 2 * height, channels: 4, pageHeight: height } });
    for (const file of [image.gif(), image.clone().gif({ dither: 0, colours: 16 }), moving.gif()]) {
      const gif = new Uint8Array(await file.toBuffer());
      for (const pieceBytes of [50, 1_000_000]) {
        expect(visible((await decode(gif, { pieceBytes })).data)).toEqual(visible(await reference(gif)));
      }
    }
  });
});

describe('damaged GIF', () => {
  const facts = { type: 'image/gif', width: 61, height: 40 } as const;

  it('is shown when most of its rows are there, and refused otherwise', async () => {
    const gif = anyGif({ screen: [61, 40] });
    const cut = await decode(gif.subarray(0, Math.round(gif.length * 0.85)), { facts });
    expect(cut.partialShare).toBeGreaterThan(0.5);
    expect(cut.partialShare).toBeLessThan(1);
    await expect(decode(gif.subarray(0, 1_200), { facts })).rejects.toThrow(DecodeError);
    await expect(decode(gif, { facts: { ...facts, width: 62 } })).rejects.toThrow(DecodeError);
  });

  it('answers thousands of damaged files with pixels or a refusal, in bounded memory', async () => {
    const random = seededRandom(5);
    const pick = (below: number): number => Math.floor(random() * below);
    const real = new Uint8Array(
      await sharp(quarters(61, 40).data, { raw: { width: 61, height: 40, channels: 4 } })
        .gif()
        .toBuffer(),
    );
    const sources = [anyGif({ screen: [61, 40] }), anyGif({ screen: [61, 40], interlaced: true, depth: 4 }), real];
    const seen = { shown: 0, refused: 0 };
    for (let round = 0; round < 1_500; round += 1) {
      let bytes = sources[round % sources.length]!.slice();
      for (let edits = 1 + pick(4); edits > 0; edits -= 1) {
        const at = 6 + pick(bytes.length - 6);
        const kind = pick(3);
        if (kind === 0) bytes[at] = pick(256);
        else if (kind === 1) bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(at + pick(60)));
        else bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(pick(at), at), bytes.subarray(at));
      }
      try {
        expect((await decode(bytes, { facts })).memoryBytes).toBeLessThan(2_000_000);
        seen.shown += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        seen.refused += 1;
      }
    }
    expect(Math.min(seen.shown, seen.refused)).toBeGreaterThan(100);
  }, 60_000);
});
