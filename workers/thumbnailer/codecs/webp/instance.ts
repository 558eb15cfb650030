import { readText, type ConfigField } from './layout.ts';

/** What the module exports, under the names that the linker left of them. */
interface Exports {
  x: WebAssembly.Memory;
  /** Static constructors, which also make the module register what it has. */
  y(): void;
  z(bytes: number): number; // malloc
  A(at: number): void; // free
  D: WebAssembly.Table;
}

export interface EncoderInstance {
  exports: Exports;
  /** `emscripten::val encode(std::string, int, int, WebPConfig)` as C++ calls it. */
  run(result: number, text: number, width: number, height: number, config: number): void;
  fields: ConfigField[];
  state: {
    /** What the memory may grow to. */
    maxBytes: number;
    /** More was asked for. */
    wasShort: boolean;
    /** What `run` has made. */
    output: Uint8Array | null;
  };
}

const PAGE_BYTES = 65_536;
/** Each growth makes all views of the memory anew, so it is not done for a few bytes. */
const GROWTH_MIN_BYTES = 1024 * 1024;

/** Starts the encoder of `@jsquash/webp` 1.5.0: the names are those of the glue beside its module. */
export function startEncoder(module: WebAssembly.Module): EncoderInstance {
  let found: { encode: number } | undefined;
  const floats = new Set<number>();
  const fields: { name: string; type: number; context: number }[] = [];
  const ignore = (): void => {};
  const give = (): never => {
    throw new Error('The encoder gave up');
  };
  const state: EncoderInstance['state'] = { maxBytes: Infinity, wasShort: false, output: null };
  const memory = (): WebAssembly.Memory => exports.x;

  const imports: Record<string, (...values: number[]) => unknown> = {
    ...Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, ignore])),
    // _embind_register_float(type, name, size)
    h: (type = 0) => floats.add(type),
    // _embind_register_value_object_field(struct, name, type, signature, getter, context, …)
    a: (_struct, name = 0, type = 0, _signature, _getter, context = 0) =>
      fields.push({ name: readText(memory(), name), type, context }),
    // _embind_register_function(name, argument count, types, signature, invoker, function)
    f: (name = 0, _count, _types, _signature, _invoker, encode = 0) => {
      if (readText(memory(), name) === 'encode') found = { encode };
    },
    // _emval_get_global, _emval_new(constructor, argument count, types, arguments)
    w: () => 5,
    v: (_constructor, _count, _types, at = 0) => {
      const [size = 0, data = 0] = new Uint32Array(memory().buffer, at, 2);
      state.output = new Uint8Array(memory().buffer, data, size).slice();
      return 6;
    },
    // ___cxa_throw, abort
    k: give,
    g: give,
    // emscripten_memcpy_big(to, from, bytes)
    r: (to = 0, from = 0, bytes = 0) =>
      new Uint8Array(memory().buffer).copyWithin(to >>> 0, from >>> 0, (from + bytes) >>> 0),
    // emscripten_resize_heap(bytes)
    p: (bytes = 0) => {
      const now = memory().buffer.byteLength;
      const wanted = Math.max(bytes >>> 0, Math.min(now + GROWTH_MIN_BYTES, state.maxBytes));
      if (wanted > state.maxBytes) {
        state.wasShort = true;
        return 0;
      }
      memory().grow(Math.ceil((wanted - now) / PAGE_BYTES));
      return 1;
    },
  };
  const exports = new WebAssembly.Instance(module, { a: imports }).exports as unknown as Exports;
  exports.y();
  if (!found) throw new Error('The encoder has no function to encode');
  return {
    exports,
    run: exports.D.get(found.encode) as EncoderInstance['run'],
    fields: fields.map(({ name, type, context }) => ({
      name,
      isFloat: floats.has(type),
      offset: new DataView(exports.x.buffer).getUint32(context, true),
    })),
    state,
  };
}
