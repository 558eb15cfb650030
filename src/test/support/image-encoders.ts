import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import encodeWithMozjpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js';
import encodeWithLibwebp, { init as initWebp } from '@jsquash/webp/encode.js';
import type { TestPixels } from './images.ts';

const { resolve } = createRequire(import.meta.url);
const compile = async (path: string): Promise<WebAssembly.Module> => WebAssembly.compile(await readFile(resolve(path)));

let ready: Promise<unknown> | undefined;
const start = (): Promise<unknown> =>
  (ready ??= (async () => {
    const init = { jpeg: initJpeg, webp: initWebp } as unknown as Record<
      string,
      (module: WebAssembly.Module) => Promise<void>
    >;
    await init['jpeg']?.(await compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));
    await init['webp']?.(await compile('@jsquash/webp/codec/enc/webp_enc_simd.wasm'));
  })());

type Encode = (pixels: TestPixels, options: object) => Promise<ArrayBuffer>;

/** Encodes with MozJPEG, in Node. */
export async function encodeJpeg(pixels: TestPixels, options: { quality?: number; progressive?: boolean } = {}) {
  await start();
  const settings = { quality: 80, progressive: false, ...options };
  return new Uint8Array(await (encodeWithMozjpeg as unknown as Encode)(pixels, settings));
}

/** Encodes with libwebp, in Node. */
export async function encodeWebp(pixels: TestPixels, options: { quality?: number; lossless?: number } = {}) {
  await start();
  return new Uint8Array(await (encodeWithLibwebp as unknown as Encode)(pixels, options));
}
