import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import DECODER from '@jsquash/webp/codec/dec/webp_dec.wasm';
import { MODULES } from '../codecs/modules.ts';
import { createEmscriptenCodec, decodeInPlace } from '../codecs/emscripten.ts';
import type { EmscriptenFactory } from '../codecs/emscripten.ts';
import type { Pixels, UsePixels } from '../codecs/pixels.ts';
import { createWebpEncoder, type EncoderMemory } from '../codecs/webp/encoder.ts';
import { webpConfig } from '../codecs/webp/config.ts';

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
const encoding = createWebpEncoder(MODULES.webpEncoder, ENCODER_KEPT_MAX_BYTES);

/** Decodes a still WebP with libwebp, which the Worker itself does without. @throws DecodeError */
export function decodeWebp<Result>(bytes: Uint8Array, use: UsePixels<Result>): Promise<Result> {
  return decoding.run((decoder) => decodeInPlace(() => decoder.decode(bytes), use));
}

/**
 * Encodes to a lossy WebP with its alpha and nothing else: no EXIF, no XMP, no colour profile.
 * @param pixels may lie in another module's memory
 * @param memory what the encoder's may grow to, and who books it
 */
export async function encodeWebp(pixels: Pixels, memory: Partial<EncoderMemory> = {}): Promise<Uint8Array> {
  return encoding.encode(pixels, webpConfig(QUALITY, METHOD), { maxBytes: ENCODER_MAX_BYTES, ...memory });
}

export const webpEncoderMemoryBytes = encoding.memoryBytes;
