import WASM from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import factory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { createEmscriptenCodec, decodeInPlace } from './emscripten.ts';
import type { EmscriptenFactory } from './emscripten.ts';
import { DecodeError } from './pixels.ts';
import type { UsePixels } from './pixels.ts';

interface Decoder {
  decode(bytes: Uint8Array, applyOrientation: boolean): unknown;
}

/** 12 megapixels take 49 MB, twice that when they are progressive. */
const KEPT_MAX_BYTES = 64e6;

const codec = createEmscriptenCodec(factory as unknown as EmscriptenFactory<Decoder>, WASM, KEPT_MAX_BYTES);

/**
 * Decodes a JPEG without applying its EXIF orientation (MozJPEG).
 * @throws DecodeError when it cannot be decoded, or its pixels end before the picture does
 */
export function decodeJpeg<Result>(bytes: Uint8Array, use: UsePixels<Result>): Promise<Result> {
  return codec.run((decoder, log) => {
    const result = decodeInPlace(() => decoder.decode(bytes, false), use);
    // libjpeg fills what is missing with grey and only prints a warning.
    if (log.some((line) => /premature end/i.test(line))) throw new DecodeError('The JPEG ends too early');
    return result;
  });
}

export const jpegMemoryBytes = codec.memoryBytes;
