import type { Redaction } from './overwrites.ts';

/**
 * The public bytes of an original, of any range of it.
 * @param stream the original from `startOffset` on
 * @param redactions in order, none overlapping
 */
export function redact(
  stream: ReadableStream<Uint8Array>,
  startOffset: number,
  redactions: readonly Redaction[],
  publicBytes: number,
): ReadableStream<Uint8Array> {
  let at = startOffset;
  let next = redactions.findIndex(({ offset, length }) => offset + length > at);
  if (next < 0) next = redactions.length;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const part = at + chunk.length > publicBytes ? chunk.subarray(0, Math.max(0, publicBytes - at)) : chunk;
        const end = at + part.length;
        let patched = part;
        for (let redaction = redactions[next]; redaction && redaction.offset < end; redaction = redactions[next]) {
          if (patched === part) patched = part.slice();
          patch(patched, at, redaction);
          // The next chunk may need the rest of it.
          if (redaction.offset + redaction.length > end) break;
          next += 1;
        }
        at += chunk.length;
        if (patched.length > 0) controller.enqueue(patched);
      },
    }),
  );
}

/** Whether a range is the same in the original and in public. */
export const isClean = (redactions: readonly Redaction[], offset: number, length: number): boolean =>
  !redactions.some((redaction) => redaction.offset < offset + length && redaction.offset + redaction.length > offset);

/** @param at where the chunk begins in the file */
function patch(chunk: Uint8Array, at: number, { offset, length, bytes, fill }: Redaction): void {
  const from = Math.max(offset, at);
  const to = Math.min(offset + length, at + chunk.length);
  chunk.fill(fill ?? 0, from - at, to - at);
  if (!bytes || from >= offset + bytes.length) return;
  chunk.set(bytes.subarray(from - offset, Math.min(bytes.length, to - offset)), from - at);
}
