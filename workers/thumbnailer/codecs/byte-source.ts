import { DecodeError } from './pixels.ts';

/** Reads a stream piece by piece; whoever takes bytes says how many, so nothing a file says makes a buffer grow. */
export interface ByteSource {
  /** Exactly so many bytes. @throws DecodeError when the file ends before */
  take(bytes: number): Promise<Uint8Array>;
  /** At least one and at most so many, as they come; null at the end of the file. Valid until the next call. */
  some(maxBytes: number): Promise<Uint8Array | null>;
  /** @throws DecodeError when the file ends before */
  skip(bytes: number): Promise<void>;
  /** Lets the rest of the file go. */
  close(): Promise<void>;
}

export function createByteSource(body: ReadableStream<Uint8Array>): ByteSource {
  const reader = body.getReader();
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;

  async function some(maxBytes: number): Promise<Uint8Array | null> {
    while (at >= chunk.length) {
      const { done, value } = await reader.read();
      if (done) return null;
      chunk = value;
      at = 0;
    }
    const part = chunk.subarray(at, at + maxBytes);
    at += part.length;
    return part;
  }

  async function someMore(maxBytes: number): Promise<Uint8Array> {
    const part = await some(maxBytes);
    if (!part) throw new DecodeError('The file ends too early');
    return part;
  }

  return {
    some,
    async take(bytes) {
      const taken = new Uint8Array(bytes);
      for (let filled = 0; filled < bytes;) {
        const part = await someMore(bytes - filled);
        taken.set(part, filled);
        filled += part.length;
      }
      return taken;
    },
    async skip(bytes) {
      for (let left = bytes; left > 0;) left -= (await someMore(left)).length;
    },
    close: () => reader.cancel().catch(() => undefined),
  };
}
