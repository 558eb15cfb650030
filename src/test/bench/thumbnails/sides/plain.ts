import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decodeAvif, { init as initAvif } from '@jsquash/avif/decode.js';
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import decodeWebp, { init as initWebpDecoder } from '@jsquash/webp/decode.js';
import encodeWebp, { init as initWebpEncoder } from '@jsquash/webp/encode.js';
import { renditionSizes } from '../../../../../workers/thumbnailer/rendition-rules.ts';
import type { CorpusType } from '../../../corpus/photos.ts';
import { reduceSimply, type Picture } from './plain-reduce.ts';
import type { Side } from './side.ts';

/** What the packages ask a browser for. */
function PlainImageData(this: Picture, data: Picture['data'], width: number, height: number): void {
  Object.assign(this, { data, width, height });
}
Object.assign(globalThis, { ImageData: PlainImageData });

const { resolve } = createRequire(import.meta.url);
const memories: WebAssembly.Memory[] = [];

type Init = (module: WebAssembly.Module, options: object) => unknown;

/** Starts one of Emscripten's codecs and keeps hold of its memory, to say how large it has become. */
async function start(init: unknown, path: string): Promise<void> {
  const module = await WebAssembly.compile(await readFile(resolve(path)));
  await (init as Init)(module, {
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      memories.push(...Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory));
      done(instance);
      return instance.exports;
    },
  });
}

type Decode = (bytes: ArrayBuffer, options?: object) => Promise<Picture>;
const DECODERS: Partial<Record<CorpusType, () => Promise<Decode>>> = {
  'image/jpeg': async () => {
    await start(initJpeg, '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
    return decodeJpeg as unknown as Decode;
  },
  'image/webp': async () => {
    await start(initWebpDecoder, '@jsquash/webp/codec/dec/webp_dec.wasm');
    return decodeWebp as unknown as Decode;
  },
  'image/avif': async () => {
    await start(initAvif, '@jsquash/avif/codec/dec/avif_dec.wasm');
    return decodeAvif as unknown as Decode;
  },
};
const ready: Partial<Record<CorpusType, Promise<Decode>>> = {};
let encoder: Promise<void> | undefined;

const QUALITY = 78;
const METHOD = 4;

/** The usual path: all pixels out of the decoder, reduced in JavaScript, each rendition by jsquash's encoder. */
export const makeWithPlain: Side = async (bytes, type) => {
  const open = DECODERS[type];
  if (!open) throw new Error(`jsquash has no decoder for ${type}`);
  const decode = await (ready[type] ??= open());
  await (encoder ??= start(initWebpEncoder, '@jsquash/webp/codec/enc/webp_enc_simd.wasm'));
  // The packages take a buffer of their own.
  const pixels = await decode(bytes.slice().buffer, { preserveOrientation: true });
  let live = bytes.length * 2 + pixels.data.length;
  const renditions = [];
  let above: Picture = pixels;
  for (const { width, height } of renditionSizes(pixels.width, pixels.height).toReversed()) {
    above = reduceSimply(above, width, height);
    live += above.data.length;
    const encode = encodeWebp as unknown as (picture: Picture, options: object) => Promise<ArrayBuffer>;
    const webp = await encode(above, { quality: QUALITY, method: METHOD });
    renditions.unshift({ width, height, bytes: webp.byteLength });
  }
  return { renditions, peakBytes: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, live) };
};
