import WASM from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import { DecodeError } from './pixels.ts';
import type { UsePixels } from './pixels.ts';

interface Exports {
  memory: WebAssembly.Memory;
  decode(pointer: number, bytes: number): number;
  __wbindgen_malloc(bytes: number, align: number): number;
}

let peakBytes = 0;

/**
 * Decodes a PNG to 8 bits a sample. The package's own glue keeps one instance for ever, whose memory stays at the
 * size of the largest PNG it has seen, and copies the pixels out; so each photo gets an instance of its own here, and
 * its pixels are read where they lie.
 * @throws DecodeError
 */
export async function decodePng<Result>(bytes: Uint8Array, use: UsePixels<Result>): Promise<Result> {
  let found: { pointer: number; bytes: number; width: number; height: number } | undefined;
  const exports = new WebAssembly.Instance(WASM, {
    wbg: importsFor((pointer, length, width, height) => {
      found = { pointer: pointer >>> 0, bytes: length >>> 0, width: width >>> 0, height: height >>> 0 };
      return 0;
    }),
  }).exports as unknown as Exports;
  try {
    const pointer = exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
    exports.decode(pointer, bytes.length);
  } catch (cause) {
    throw new DecodeError('The decoder refused the photo', { cause });
  } finally {
    peakBytes = Math.max(peakBytes, exports.memory.buffer.byteLength);
  }
  if (!found) throw new DecodeError('The decoder returned nothing');
  const { width, height } = found;
  // The glue would free these bytes now; the whole instance goes instead.
  return use({ width, height, data: new Uint8Array(exports.memory.buffer, found.pointer, found.bytes) });
}

type Callback = (...values: number[]) => number;

/** wasm-bindgen's imports end in a hash that changes with each build, so they are found by what precedes it. */
function importsFor(takePixels: Callback): Record<string, Callback> {
  const refuse: Callback = () => {
    throw new DecodeError('The decoder refused the photo');
  };
  const ignore: Callback = () => 0;
  const choose = (name: string): Callback => {
    if (name.startsWith('__wbg_newwithownedu8clampedarray')) return takePixels;
    return name === '__wbindgen_throw' ? refuse : ignore;
  };
  return Object.fromEntries(WebAssembly.Module.imports(WASM).map(({ name }) => [name, choose(name)]));
}

export const pngMemoryBytes = (): number => peakBytes;
