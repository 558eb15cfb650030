import { readFileSync } from 'node:fs';
import { createPixels, type PixelsModule } from '../codecs/pixels-module.ts';

/** The module as `npm run build` left it, compiled in Node. */
export const pixelsInNode = (keptMaxBytes?: number): PixelsModule =>
  createPixels(new WebAssembly.Module(readFileSync(new URL('../codecs/pixels.wasm', import.meta.url))), keptMaxBytes);
