import type { Pixels } from '../pixels.ts';
import { startEncoder, type EncoderInstance } from './instance.ts';
import { writeConfig } from './layout.ts';

/** A `WebPConfig`; fields that are not named here are 0. */
export type WebpConfig = Readonly<Record<string, number>>;

export interface WebpEncoder {
  /**
   * Encodes width × height pixels of RGBA8 to a WebP without any metadata.
   * @param pixels may lie in another module's memory: they are copied once, into the encoder's
   * @param memory `maxBytes`: what the encoder's may grow to; a picture that would take more is encoded once more,
   *   thriftily. `hold` is told how large it became, and then how large what waits for the next picture is, or 0
   */
  encode(pixels: Pixels, config: WebpConfig, memory: EncoderMemory): Uint8Array;
  /** Most bytes of memory that any picture took. */
  memoryBytes(): number;
}

export interface EncoderMemory {
  maxBytes: number;
  hold?: (bytes: number) => void;
}

/** Does not collect what it will write before it writes it, and leaves transparency as it is: it may cost many bytes. */
const THRIFTY = { low_memory: 1, alpha_compression: 0 };

const CONFIG_BYTES = 256;
const RESULT_BYTES = 16;
/** libc++ under Emscripten: data, size, and a capacity whose highest bit says that the text is not in place of these. */
const STRING_BYTES = 12;
const STRING_IS_LONG = 0x80000000;

/**
 * The encoder of `@jsquash/webp` 1.5.0 (libwebp) without the glue that comes with it. That writes the pixels into the
 * memory byte by byte, has C++ copy them once more (4 bytes a pixel), and lets the memory grow by a fifth more than is
 * asked for: 65 MiB for a detailed photo of 1920 × 2560 pixels, against 39.
 */
export function createWebpEncoder(module: WebAssembly.Module, keptMaxBytes: number): WebpEncoder {
  let idle: EncoderInstance | undefined;
  let peakBytes = 0;
  const bytesOf = (instance: EncoderInstance): number => instance.exports.x.buffer.byteLength;
  return {
    encode(pixels, config, { maxBytes, hold }) {
      const instance = idle ?? startEncoder(module);
      // Taken out while it works, so that an instance that throws is never seen again.
      idle = undefined;
      try {
        instance.state.maxBytes = maxBytes;
        const bytes =
          encodeOn(instance, pixels, config) ??
          (instance.state.wasShort ? encodeOn(instance, pixels, { ...config, ...THRIFTY }) : null);
        if (!bytes) throw new Error(`The encoder refused ${pixels.width} × ${pixels.height} pixels`);
        if (bytesOf(instance) <= keptMaxBytes) idle = instance;
        return bytes;
      } finally {
        const bytes = bytesOf(instance);
        peakBytes = Math.max(peakBytes, bytes);
        hold?.(bytes);
        hold?.(idle ? bytes : 0);
      }
    },
    memoryBytes: () => peakBytes,
  };
}

function encodeOn(
  instance: EncoderInstance,
  { data: pixels, width, height }: Pixels,
  config: WebpConfig,
): Uint8Array | null {
  const { exports } = instance;
  const bytes = width * height * 4;
  if (pixels.length < bytes) throw new Error(`${pixels.length} bytes are no ${width} × ${height} pixels`);
  const head = exports.z(STRING_BYTES + RESULT_BYTES + CONFIG_BYTES) >>> 0;
  const data = exports.z(bytes) >>> 0;
  if (head === 0 || data === 0) throw new Error(`The encoder has no room for ${width} × ${height} pixels`);
  const memory = exports.x.buffer;
  new Uint8Array(memory, data, bytes).set(pixels.subarray(0, bytes));
  const text = new DataView(memory, head, STRING_BYTES);
  text.setUint32(0, data, true);
  text.setUint32(4, bytes, true);
  text.setUint32(8, (STRING_IS_LONG | bytes) >>> 0, true);
  const result = head + STRING_BYTES;
  const settings = result + RESULT_BYTES;
  writeConfig(new DataView(memory, settings, CONFIG_BYTES), instance.fields, config);
  Object.assign(instance.state, { wasShort: false, output: null });
  instance.run(result, head, width, height, settings);
  exports.A(data);
  exports.A(head);
  return instance.state.output;
}
