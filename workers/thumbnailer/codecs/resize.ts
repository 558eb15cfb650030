import WASM from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm';
import { KEPT_MEMORY_MAX_BYTES } from './pixels.ts';
import type { Pixels } from './pixels.ts';

interface Exports {
  memory: WebAssembly.Memory;
  /** Writes pointer and length of the result to `result`. */
  resize(
    result: number,
    data: number,
    bytes: number,
    width: number,
    height: number,
    toWidth: number,
    toHeight: number,
    method: number,
    premultiply: boolean,
    linear: boolean,
  ): void;
  __wbindgen_add_to_stack_pointer(bytes: number): number;
  __wbindgen_malloc(bytes: number, align: number): number;
  __wbindgen_free(pointer: number, bytes: number, align: number): void;
}

const LANCZOS3 = 3;

let instance: Exports | undefined;
let lastBytes = 0;

/** Resizes with Lanczos 3. The instance is kept while it is small; after a trap the next call makes a fresh one. */
export function resize(pixels: Pixels, width: number, height: number): Pixels {
  const wasm = instance ?? (new WebAssembly.Instance(WASM, { wbg: {} }).exports as unknown as Exports);
  instance = undefined;
  const stack = wasm.__wbindgen_add_to_stack_pointer(-16);
  const input = wasm.__wbindgen_malloc(pixels.data.length, 1) >>> 0;
  new Uint8Array(wasm.memory.buffer, input, pixels.data.length).set(pixels.data);
  // It takes the input over and frees it.
  wasm.resize(stack, input, pixels.data.length, pixels.width, pixels.height, width, height, LANCZOS3, true, false);
  const [pointer = 0, bytes = 0] = new Uint32Array(wasm.memory.buffer, stack, 2);
  const data = new Uint8Array(wasm.memory.buffer, pointer, bytes).slice();
  wasm.__wbindgen_free(pointer, bytes, 1);
  wasm.__wbindgen_add_to_stack_pointer(16);
  lastBytes = wasm.memory.buffer.byteLength;
  if (lastBytes <= KEPT_MEMORY_MAX_BYTES) instance = wasm;
  return { width, height, data };
}

export const resizeMemoryBytes = (): number => lastBytes;
