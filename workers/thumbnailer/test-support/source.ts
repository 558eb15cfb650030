import type { ImageFacts } from '../../../src/domain/images/inspector.ts';
import type { PhotoSource } from '../decoders/port.ts';

const CHUNK_BYTES = 40_000;

/** A photo as the store would give it: in chunks, from anywhere. */
export function sourceOf(bytes: Uint8Array, facts: ImageFacts, chunkBytes = CHUNK_BYTES): PhotoSource {
  return {
    facts,
    bytes: bytes.length,
    async open({ offset, length } = { offset: 0, length: bytes.length }) {
      let at = offset;
      const end = Math.min(bytes.length, offset + length);
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= end) return controller.close();
          controller.enqueue(bytes.slice(at, Math.min(end, at + chunkBytes)));
          at += chunkBytes;
        },
      });
    },
  };
}
