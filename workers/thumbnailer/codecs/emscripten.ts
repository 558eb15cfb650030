import { DecodeError } from './pixels.ts';
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
  /** Most bytes of WebAssembly memory that any run took. */
  memoryBytes(): number;
  /** Bytes of the instance that works right now; 0 when none does. */
  currentBytes(): number;
}

const LOG_MAX_LINES = 20;

/**
 * One codec that Emscripten built, instantiated from a module that was compiled at deployment (the runtime
 * forbids compiling at run time).
 * @param keptMaxBytes an instance whose memory grew beyond this is dropped after use, since it never shrinks. What is
 *   dropped stays until the garbage collector comes, so this is above what a common photo takes.
 * @param maxBytes no instance may grow beyond this, whatever a file asks for: the codec is told that there is no more
 */
export function createEmscriptenCodec<Api>(
  factory: EmscriptenFactory<Api>,
  module: WebAssembly.Module,
  keptMaxBytes: number,
  maxBytes = Infinity,
): EmscriptenCodec<Api> {
  let working: WebAssembly.Memory | undefined;
  let current: { api: Api; memory: WebAssembly.Memory } | undefined;
  let peakBytes = 0;
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
    limitMemory(memory, maxBytes);
    return { api, memory };
  }

  return {
    async run(work) {
      const instance = current ?? (await start());
      // Taken out while it works, so that an instance that throws is never seen again.
      current = undefined;
      log = [];
      working = instance.memory;
      try {
        const result = work(instance.api, log);
        if (instance.memory.buffer.byteLength <= keptMaxBytes) current = instance;
        return result;
      } finally {
        working = undefined;
        peakBytes = Math.max(peakBytes, instance.memory.buffer.byteLength);
      }
    },
    memoryBytes: () => peakBytes,
    currentBytes: () => working?.buffer.byteLength ?? 0,
  };
}

const PAGE_BYTES = 65_536;

/** Emscripten asks JavaScript for more memory, by the very object that the instance exports. */
function limitMemory(memory: WebAssembly.Memory, maxBytes: number): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + Math.floor(pages) * PAGE_BYTES > maxBytes)
      throw new RangeError('No more memory for this codec');
    return grow(pages);
  };
}

type Globals = { Uint8ClampedArray: unknown; ImageData: unknown };

/** Set only during the synchronous call of `decodeInPlace`. */
let receive: ((pixels: Pixels) => void) | undefined;

// A decoder looks its two constructors up once and keeps them, so these stand for all calls.
const inPlace: Globals = {
  Uint8ClampedArray: function keepView(view: unknown) {
    return view;
  },
  ImageData: function handOver(data: Pixels['data'], width: number, height: number) {
    receive?.({ data, width, height });
    return {};
  },
};

/**
 * Calls a decoder and hands its pixels over in place. The decoders copy their output with
 * `new Uint8ClampedArray(view)` and return `new ImageData(copy, width, height)`, both taken from the global scope;
 * for the length of this synchronous call the first gives the view itself back and the second runs `use`.
 * @throws DecodeError when the decoder refuses, or what `use` throws
 */
export function decodeInPlace<Result>(decode: () => unknown, use: UsePixels<Result>): Result {
  const scope = globalThis as unknown as Globals;
  const own: Globals = { Uint8ClampedArray: scope.Uint8ClampedArray, ImageData: scope.ImageData };
  let outcome: { result: Result } | { thrown: unknown } | undefined;
  receive = (pixels) => {
    Object.assign(scope, own);
    // Nothing may be thrown through the decoder's frames: they would not clean up.
    try {
      outcome = { result: use(pixels) };
    } catch (thrown) {
      outcome = { thrown };
    }
  };
  try {
    Object.assign(scope, inPlace);
    decode();
  } catch (cause) {
    throw new DecodeError('The decoder refused the photo', { cause });
  } finally {
    Object.assign(scope, own);
    receive = undefined;
  }
  if (!outcome) throw new DecodeError('The decoder returned nothing');
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.result;
}
