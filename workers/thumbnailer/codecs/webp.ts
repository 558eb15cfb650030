import DECODER from '@jsquash/webp/codec/dec/webp_dec.wasm';
import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import ENCODER from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import { createEmscriptenCodec, decodeInPlace } from './emscripten.ts';
import type { EmscriptenFactory } from './emscripten.ts';
import type { Pixels, UsePixels } from './pixels.ts';
import { createWebpEncoder } from './webp-encoder.ts';
import { webpConfig } from './webp-config.ts';

interface Decoder {
  decode(bytes: Uint8Array): unknown;
}

const QUALITY = 78;
const METHOD = 4;

const DECODER_KEPT_MAX_BYTES = 16e6;
/** What it begins with is 16 MiB; nothing more waits while the next photo is decoded. */
const ENCODER_KEPT_MAX_BYTES = 20 * 1024 * 1024;
/** The largest rendition takes 39 MiB, and 65 if it is noise. */
const ENCODER_MAX_BYTES = 64 * 1024 * 1024;

const decoding = createEmscriptenCodec(
  decoderFactory as unknown as EmscriptenFactory<Decoder>,
  DECODER,
  DECODER_KEPT_MAX_BYTES,
);
// The runtime has had SIMD since 2021; the encoder without it is not shipped.
const encoding = createWebpEncoder(ENCODER, ENCODER_KEPT_MAX_BYTES);

/** Decodes a still WebP. @throws DecodeError */
export function decodeWebp<Result>(bytes: Uint8Array, use: UsePixels<Result>): Promise<Result> {
  return decoding.run((decoder) => decodeInPlace(() => decoder.decode(bytes), use));
}

/**
 * Encodes to a lossy WebP with its alpha and nothing else: no EXIF, no XMP, no colour profile.
 * @param options what the encoder's memory may grow to, in bytes, and who is told how large it is
 */
export async function encodeWebp(
  pixels: Pixels,
  { maxBytes = ENCODER_MAX_BYTES, hold }: { maxBytes?: number; hold?: (bytes: number) => void } = {},
): Promise<Uint8Array> {
  return encoding.encode(pixels, webpConfig(QUALITY, METHOD), maxBytes, hold);
}

export const webpDecoderMemoryBytes = decoding.memoryBytes;
export const webpEncoderMemoryBytes = encoding.memoryBytes;
