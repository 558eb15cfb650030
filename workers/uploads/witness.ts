import { DomainError } from '../../src/domain/errors.ts';
import { createImageInspector, type ImageInspector } from '../../src/domain/images/inspector.ts';
import { digestOf } from '../../src/domain/intake/receive-stream.ts';
import type { ReadBack } from '../../src/domain/intake/resumable/settling.ts';

export interface Witness {
  /** @returns why the file is refused; null: nothing speaks against it yet */
  push(at: number, chunk: Uint8Array): Promise<DomainError | null>;
  /** What the original is, if all of it has been seen; null where it has to be read again. @throws DomainError photo.* */
  finish(length: number): Promise<ReadBack | null>;
}

interface Sight {
  inspector: ImageInspector;
  sha: ReturnType<typeof digestOf>;
  next: number;
}

/**
 * Looks at an original and hashes it while it arrives: what is no photo is refused at once and not after a gigabyte, and
 * what was seen as a whole need not be read back. It lives in memory: after a wake-up, or when bytes were taken back,
 * there is nothing to carry on from, and the rest passes unseen.
 */
export function openWitness(previewBytes: number): Witness {
  let sight: Sight | null = null;

  return {
    async push(at, chunk) {
      const skipped = Math.max(0, previewBytes - at);
      if (skipped >= chunk.length) return null;
      const from = at + skipped;
      if (from === previewBytes) sight = { inspector: createImageInspector(), sha: digestOf('SHA-256'), next: from };
      if (sight?.next !== from) {
        sight = null;
        return null;
      }
      const seen = chunk.subarray(skipped);
      sight.next = from + seen.length;
      try {
        sight.inspector.push(seen);
        await sight.sha.writer.write(seen);
        return null;
      } catch (error) {
        sight = null;
        if (error instanceof DomainError) return error;
        throw error;
      }
    },
    async finish(length) {
      if (sight?.next !== length) return null;
      const { inspector, sha } = sight;
      sight = null;
      const facts = inspector.finish();
      await sha.writer.close();
      return { facts, sha256: await sha.hex() };
    },
  };
}
