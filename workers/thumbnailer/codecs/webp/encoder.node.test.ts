import { readFileSync } from 'node:fs';
import factory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { busy, seededRandom } from '../../../../src/test/support/images.ts';
import type { Pixels } from '../pixels.ts';
import { webpConfig } from './config.ts';
import { createWebpEncoder, type WebpEncoder } from './encoder.ts';

const MIB = 2 ** 20;
const module = new WebAssembly.Module(
  readFileSync(new URL('../../../../node_modules/@jsquash/webp/codec/enc/webp_enc_simd.wasm', import.meta.url)),
);
const config = webpConfig(78, 4);
const fresh = (): WebpEncoder => createWebpEncoder(module, 20 * MIB);

/** With the glue of the package. */
async function reference({ data, width, height }: Pixels, options: object): Promise<Uint8Array> {
  const api = await (factory as unknown as (options: object) => Promise<{ encode(...values: unknown[]): Uint8Array }>)({
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  });
  return api.encode(data, width, height, { ...defaultOptions, ...options });
}

/** Nothing takes an encoder more than noise. */
function noise(width: number, height: number, transparent = false): Pixels {
  const random = seededRandom(9);
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 1) data[at] = at % 4 === 3 && !transparent ? 255 : random() * 256;
  return { width, height, data };
}

describe('the WebP encoder without the glue that it comes with', () => {
  it('writes the same bytes, for every effort, with alpha and without', async () => {
    const encoder = fresh();
    for (const [pixels, quality, method] of [
      [busy(320, 213), 78, 4],
      [busy(321, 77), 40, 2],
      [noise(100, 90, true), 78, 4],
      [busy(1, 1), 90, 6],
    ] as const) {
      const bytes = encoder.encode(pixels, webpConfig(quality, method), { maxBytes: 64 * MIB });
      expect(Buffer.from(bytes).equals(Buffer.from(await reference(pixels, { quality, method })))).toBe(true);
    }
  });

  it('takes less than 48 MiB for the largest rendition that there can be', () => {
    const encoder = fresh();
    const held: number[] = [];
    encoder.encode(busy(1920, 2708), config, { maxBytes: 64 * MIB, hold: (bytes) => held.push(bytes) });
    expect(encoder.memoryBytes()).toBeLessThan(48 * MIB);
    expect(held).toEqual([encoder.memoryBytes(), 0]);
  });

  it.each([
    ['noise', noise(1280, 960)],
    ['noise that is seen through', noise(900, 700, true)],
  ])('never takes more than it is given: it encodes thriftily what would, such as %s', async (_name, pixels) => {
    const encoder = fresh();
    const bytes = encoder.encode(pixels, config, { maxBytes: 22 * MIB });
    expect(encoder.memoryBytes()).toBeLessThanOrEqual(22 * MIB);
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height]).toEqual([pixels.width, pixels.height]);
    const generous = fresh();
    generous.encode(pixels, config, { maxBytes: 128 * MIB });
    expect(generous.memoryBytes()).toBeGreaterThan(22 * MIB);
  });

  it('refuses what has no room at all, and works on', async () => {
    const encoder = fresh();
    expect(() => encoder.encode(busy(1920, 2560), config, { maxBytes: 20 * MIB })).toThrow(/no room|refused/);
    expect(() =>
      encoder.encode({ width: 100, height: 100, data: new Uint8Array(100) }, config, { maxBytes: 64 * MIB }),
    ).toThrow();
    expect(() => encoder.encode(busy(16_384, 1), config, { maxBytes: 64 * MIB })).toThrow('refused');
    expect((await sharp(encoder.encode(busy(64, 48), config, { maxBytes: 64 * MIB })).metadata()).width).toBe(64);
  });

  it('keeps an instance for the next photo only while it is small', () => {
    const held: number[] = [];
    fresh().encode(busy(320, 240), config, { maxBytes: 64 * MIB, hold: (bytes) => held.push(bytes) });
    expect(held).toEqual([16 * MIB, 16 * MIB]);
  });
});
