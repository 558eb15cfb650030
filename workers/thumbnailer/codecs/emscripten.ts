import { DecodeError, KEPT_MEMORY_MAX_BYTES } from './pixels.ts';
import type { Pixels, UsePixels } from './pixels.ts';

/** The parts of an Emscripten module that are used here. */
interface ModuleOptions {
  noInitialRun: boolean;
  print(line: string): void;
  printErr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports;
}
export type EmscriptenFactory<Api> = (options: ModuleOptions) => Promise<Api>;

export interface EmscriptenCodec<Api> {
  /** Runs `work` on the instance. An instance that trapped or grew is dropped, the next call makes a fresh one. */
  run<Result>(work: (api: Api, log: readonly string[]) => Result): Promise<Result>;
  /** Bytes of WebAssembly memory at the end of the last run. */
  memoryBytes(): number;
}

const LOG_MAX_LINES = 20;

/**
 * One codec that Emscripten built, instantiated from a module that was compiled at deployment (the runtime
 * forbids compiling at run time) and kept while it stays small.
 */
export function createEmscriptenCodec<Api>(
  factory: EmscriptenFactory<Api>,
  module: WebAssembly.Module,
): EmscriptenCodec<Api> {
  let current: { api: Api; memory: WebAssembly.Memory } | undefined;
  let lastBytes = 0;
  let log: string[] = [];
  const note = (line: string): void => {
    if (log.length < LOG_MAX_LINES) log.push(line);
  };

  async function start(): Promise<{ api: Api; memory: WebAssembly.Memory }> {
    let memory: WebAssembly.Memory | undefined;
    const api = await factory({
      noInitialRun: true,
      print: note,
      printErr: note,
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(module, imports);
        memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
        done(instance);
        return instance.exports;
      },
    });
    if (!memory) throw new Error('The codec exports no memory');
    return { api, memory };
  }

  return {
    async run(work) {
      const instance = current ?? (await start());
      // Taken out while it works, so that an instance that throws is never seen again.
      current = undefined;
      log = [];
      try {
        const result = work(instance.api, log);
        if (instance.memory.buffer.byteLength <= KEPT_MEMORY_MAX_BYTES) current = instance;
        return result;
      } finally {
        lastBytes = instance.memory.buffer.byteLength;
      }
    },
    memoryBytes: () => lastBytes,
  };
}

/**
 * Calls a decoder and hands its pixels over in place. The decoders copy their output with
 * `new Uint8ClampedArray(view)` and return `new ImageData(copy, width, height)`, both looked up as globals when they
 * run; for the length of this synchronous call the first returns the view itself and the second runs `use`.
 * @throws DecodeError when the decoder refuses, or what `use` throws
 */
export function decodeInPlace<Result>(decode: () => unknown, use: UsePixels<Result>): Result {
  const scope = globalThis as unknown as { Uint8ClampedArray: unknown; ImageData: unknown };
  const { Uint8ClampedArray: copying, ImageData: imageData } = scope;
  let outcome: { result: Result } | { thrown: unknown } | undefined;
  const restore = (): void => {
    scope.Uint8ClampedArray = copying;
    scope.ImageData = imageData;
  };
  scope.Uint8ClampedArray = function keepView(view: unknown) {
    return view;
  };
  scope.ImageData = function takePixels(data: Pixels['data'], width: number, height: number) {
    restore();
    // Nothing may be thrown through the decoder's frames: they would not clean up.
    try {
      outcome = { result: use({ data, width, height }) };
    } catch (thrown) {
      outcome = { thrown };
    }
    return {};
  };
  try {
    decode();
  } catch (cause) {
    throw new DecodeError('The decoder refused the photo', { cause });
  } finally {
    restore();
  }
  if (!outcome) throw new DecodeError('The decoder returned nothing');
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.result;
}
