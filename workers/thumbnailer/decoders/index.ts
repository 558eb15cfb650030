import type { PhotoType } from '../../../src/contract/photos.ts';
import { createPixels, type PixelsModule } from '../codecs/pixels-module.ts';
import { createGifDecoder } from './gif.ts';
import { decodeJpeg } from './jpeg.ts';
import { createPngDecoder } from './png.ts';
import type { Decoder } from './port.ts';

/** What an isolate has for its photos. */
export interface Workbench {
  /** its instance is kept from photo to photo while it is small */
  pixels: PixelsModule;
  /** what is decoded here; the rest is shown by the preview that its sender's browser made */
  decoders: Partial<Record<PhotoType, Decoder>>;
}

/** @param module the compiled `pixels.wasm`; the runtime forbids compiling it here */
export function openWorkbench(module: WebAssembly.Module): Workbench {
  const spare = createPixels(module, 0);
  return {
    pixels: createPixels(module),
    decoders: {
      'image/jpeg': decodeJpeg,
      'image/png': createPngDecoder(spare),
      'image/gif': createGifDecoder(spare),
    },
  };
}
