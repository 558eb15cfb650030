import DECODER from '@jsquash/webp/codec/dec/webp_dec.wasm';
import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import ENCODER from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import encoderFactory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { createEmscriptenCodec, decodeInPlace } from './emscripten.ts';
import type { EmscriptenFactory } from './emscripten.ts';
import type { Pixels, UsePixels } from './pixels.ts';

interface Decoder {
  decode(bytes: Uint8Array): unknown;
}
interface Encoder {
  encode(data: Pixels['data'], width: number, height: number, options: object): Uint8Array | null;
}

const QUALITY = 78;
const METHOD = 4;

const DECODER_KEPT_MAX_BYTES = 16e6;
/** The largest rendition takes 69 MB. */
const ENCODER_KEPT_MAX_BYTES = 76e6;

const decoding = createEmscriptenCodec(
  decoderFactory as unknown as EmscriptenFactory<Decoder>,
  DECODER,
  DECODER_KEPT_MAX_BYTES,
);
// The runtime has had SIMD since 2021; the encoder without it is not shipped.
const encoding = createEmscriptenCodec(
  encoderFactory as unknown as EmscriptenFactory<Encoder>,
  ENCODER,
  ENCODER_KEPT_MAX_BYTES,
);

/** Decodes a still WebP. @throws DecodeError */
export function decodeWebp<Result>(bytes: Uint8Array, use: UsePixels<Result>): Promise<Result> {
  return decoding.run((decoder) => decodeInPlace(() => decoder.decode(bytes), use));
}

/** Encodes to a lossy WebP with its alpha and nothing else: no EXIF, no XMP, no colour profile. */
export function encodeWebp(pixels: Pixels): Promise<Uint8Array> {
  return encoding.run((encoder) => {
    const options = { ...defaultOptions, quality: QUALITY, method: METHOD };
    const bytes = encoder.encode(pixels.data, pixels.width, pixels.height, options);
    if (!bytes) throw new Error(`The encoder refused ${pixels.width} × ${pixels.height} pixels`);
    return bytes;
  });
}

export const webpDecoderMemoryBytes = decoding.memoryBytes;
export const webpEncoderMemoryBytes = encoding.memoryBytes;
