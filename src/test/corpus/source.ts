import type { PhotoSource } from '../../../workers/thumbnailer/decoders/port.ts';
import type { ImageFacts } from '../../domain/images/inspector.ts';

/** Prime, so that nothing in a file falls on the edge of a chunk by plan. */
const CHUNK_BYTES = 16_381;

/** A stored photo as a decoder reads it: in chunks, from anywhere, as often as it likes. */
export function sourceOf(bytes: Uint8Array, facts: ImageFacts, chunkBytes = CHUNK_BYTES): PhotoSource {
  return {
    facts,
    bytes: bytes.length,
    open: async ({ offset, length } = { offset: 0, length: bytes.length }) => {
      let at = offset;
      const end = Math.min(bytes.length, offset + length);
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= end) return controller.close();
          const chunk = bytes.slice(at, Math.min(end, at + chunkBytes));
          at += chunk.length;
          controller.enqueue(chunk);
        },
      });
    },
  };
}
