import type { Residency } from '../../src/contract/tenants.ts';
import type { ImageFacts } from '../../src/domain/images/inspector.ts';
import type { Originals } from '../../src/domain/ports.ts';
import type { PhotoSource } from './decoders/port.ts';
import { PhotoFailure } from './photo-failure.ts';

/** One object of the store, and what its own headers say. */
export interface StoredObjectFacts {
  key: string;
  bytes: number;
  facts: ImageFacts;
}

/** Two thirds of what the runtime allows a batch's photo; what takes longer is tried again, and then given up. */
const PHOTO_MAX_MS = 90_000;

export interface OpenedSource extends PhotoSource {
  read(offset: number, length: number): Promise<Uint8Array>;
}

/**
 * Reads a photo from the store, piece by piece, for as long as one photo may take.
 * @throws (when it is read) PhotoFailure `photo.missing`; an error worth another try when the time is over or the
 *   store breaks off
 */
export function openSource(
  originals: Originals,
  residency: Residency | null,
  { key, bytes, facts }: StoredObjectFacts,
  now: () => number = () => Date.now(),
): OpenedSource {
  const until = now() + PHOTO_MAX_MS;
  const open = async (range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array>> => {
    const object = await originals.get(residency, key, range);
    if (!object) throw new PhotoFailure('photo.missing', 'This photo did not arrive completely. Please send it again.');
    let left = range ? Math.min(range.length, bytes - range.offset) : bytes;
    return object.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          if (now() > until) throw new Error(`A photo took longer than ${PHOTO_MAX_MS / 1000} seconds`);
          left -= chunk.length;
          controller.enqueue(chunk);
        },
        flush() {
          if (left > 0) throw new Error('The object ended before its size');
        },
      }),
    );
  };
  return {
    facts,
    bytes,
    open,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, bytes - offset));
      if (wanted === 0) return new Uint8Array();
      return new Uint8Array(await new Response(await open({ offset, length: wanted })).arrayBuffer());
    },
  };
}
