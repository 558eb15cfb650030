import { DomainError } from '../../src/domain/errors.ts';
import { createImageInspector, type ImageInspector } from '../../src/domain/images/inspector.ts';

/**
 * Looks at an original while it arrives, so that what is no photo is refused at once and not after a gigabyte. What is
 * seen here decides nothing else: everything is judged again when it has been stored. After a wake-up there is nothing
 * to carry on from, and the rest passes unseen.
 */
export function createJudge(previewBytes: number) {
  let inspector: ImageInspector | null = null;
  let next = previewBytes;

  return {
    /** @returns why the file is refused; null: nothing speaks against it yet */
    push(at: number, chunk: Uint8Array): DomainError | null {
      const skipped = Math.max(0, previewBytes - at);
      if (skipped >= chunk.length) return null;
      const from = at + skipped;
      if (from === previewBytes) {
        inspector = createImageInspector();
        next = from;
      }
      if (!inspector || from !== next) {
        inspector = null;
        return null;
      }
      next = at + chunk.length;
      try {
        inspector.push(chunk.subarray(skipped));
        return null;
      } catch (error) {
        inspector = null;
        if (error instanceof DomainError) return error;
        throw error;
      }
    },
  };
}
