import type { PhotoType } from '../../../src/contract/photos.ts';
import type { CodecModules } from '../codecs/modules.ts';
import { createPixels, type PixelsModule } from '../codecs/pixels-module.ts';
import { createWebpEncoder, type WebpEncoder } from '../codecs/webp/encoder.ts';
import { createAvifDecoder } from './avif.ts';
import { createGifDecoder } from './gif.ts';
import { decodeJpeg } from './jpeg.ts';
import { createPngDecoder } from './png.ts';
import type { Decoder } from './port.ts';
import { decodeWebp } from './webp.ts';

/** What an isolate has for its photos, one at a time. */
export interface Workbench {
  /** its instance is kept from photo to photo while it is small */
  pixels: PixelsModule;
  /** what is decoded here; the rest is shown by the preview that its sender's browser made */
  decoders: Partial<Record<PhotoType, Decoder>>;
  encoder: WebpEncoder;
}

/** What the encoder begins with is 16 MiB; nothing more waits while the next photo is decoded. */
const ENCODER_KEPT_MAX_BYTES = 20 * 2 ** 20;

export function openWorkbench(modules: CodecModules): Workbench {
  const spare = createPixels(modules.pixels, 0);
  return {
    pixels: createPixels(modules.pixels),
    encoder: createWebpEncoder(modules.webpEncoder, ENCODER_KEPT_MAX_BYTES),
    decoders: {
      'image/jpeg': decodeJpeg,
      'image/png': createPngDecoder(spare),
      'image/webp': decodeWebp,
      'image/gif': createGifDecoder(spare),
      'image/avif': createAvifDecoder(modules.avifDecoder),
    },
  };
}
