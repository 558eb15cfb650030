import ENCODER from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import factory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions } from '@jsquash/jpeg/meta.js';
import { createEmscriptenCodec } from '../codecs/emscripten.ts';
import type { EmscriptenFactory } from '../codecs/emscripten.ts';
import type { Pixels } from '../codecs/pixels.ts';
import { decodeWebp } from './webp.ts';

interface Encoder {
  encode(data: Pixels['data'], width: number, height: number, options: object): Uint8Array;
}
const codec = createEmscriptenCodec(factory as unknown as EmscriptenFactory<Encoder>, ENCODER, 64e6);

/** Encodes with MozJPEG, in the Workers runtime. */
export const encodeJpeg = (
  { data, width, height }: Pixels,
  options: { quality?: number; progressive?: boolean } = {},
): Promise<Uint8Array> =>
  codec.run(({ encode }) =>
    encode(data, width, height, { ...defaultOptions, quality: 80, progressive: false, ...options }).slice(),
  );

/** A copy of what a WebP shows. */
export const pixelsOf = (webp: Uint8Array): Promise<Pixels> =>
  decodeWebp(webp, (pixels) => ({ ...pixels, data: pixels.data.slice() }));

/** Average colour and alpha of a square in the middle of a quarter. @param x 0 left, 1 right @param y 0 top, 1 bottom */
export function quarterColour({ data, width, height }: Pixels, x: 0 | 1, y: 0 | 1): number[] {
  const at = (Math.floor(height * (0.25 + y / 2)) * width + Math.floor(width * (0.25 + x / 2))) * 4;
  return Array.from(data.subarray(at, at + 4));
}
