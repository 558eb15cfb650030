import { DomainError } from '../errors.ts';
import type { PhotoType } from '../../contract/photos.ts';
import { corrupt, judgeBytes, TAKE_MAX_BYTES, unsupported } from './input.ts';
import type { ImageFacts, ImageFindings, ImageLimits, ImagePosition, Want } from './input.ts';
import { decodedBy } from './limits.ts';
import type { DecodedBy } from './limits.ts';
import { sniff } from './sniff.ts';

export type { ImageFacts, ImageLimits } from './input.ts';

/** A file that is taken. */
export interface InspectedFile extends ImageFacts {
  bytes: number;
  /** takes more memory a pixel than others of its type, see `FORMAT_LIMITS` */
  costly: boolean;
  /** who makes pixels of it; `preview`: the browser that sent it */
  decodedBy: DecodedBy;
  /** the container turns it by a quarter (HEIC, AVIF, videos): upright, width and height change places */
  turned: boolean;
  /** a picture that moves: the first of its pictures is what is shown; false for videos */
  animated: boolean;
  /** of a video, where it says so */
  durationMs: number | null;
}

export interface ImageInspector {
  /** Looks at the next bytes of the file. @throws DomainError as soon as the file is known to be refused */
  push(chunk: Uint8Array): void;
  /** Says what the file is. @throws DomainError when it is empty, unknown, or ends too early */
  finish(): InspectedFile;
}

const NOTHING = new DataView(new ArrayBuffer(0));

/**
 * Recognises a photo by its content while it streams past, holding at most 64 bytes of it.
 * Refusals: `photo.empty`, `photo.unsupported_type`, `photo.too_large`, `photo.too_many_pixels`, `photo.corrupt`.
 * Bytes after the image's own end (motion photos, second images) are counted and not looked at.
 * @param limits narrower than the table of `limits.ts`, for whoever takes less
 */
export function createImageInspector(limits: ImageLimits = {}): ImageInspector {
  const position: ImagePosition = { offset: 0 };
  const known: { type?: PhotoType } = {};
  const parser = sniff(limits, position, known);
  const scratch = new Uint8Array(TAKE_MAX_BYTES);
  const scratchView = new DataView(scratch.buffer);
  let held = 0;
  let skipped = 0;
  /** the last byte looked at was 0xFF, so that the next one says what it means */
  let marked = false;
  /** bytes left of a GIF sub-block; below 0 when its length comes next */
  let blockLeft = -1;
  let seenBytes = 0;
  let findings: ImageFindings | undefined;
  let refusal: DomainError | undefined;
  let want: Want | undefined;

  function resume(answer: DataView): void {
    held = 0;
    skipped = 0;
    try {
      const next = parser.next(answer);
      if (next.done) findings = next.value;
      else want = next.value;
    } catch (error) {
      refusal = error instanceof DomainError ? error : corrupt('it cannot be read');
      throw refusal;
    }
  }

  /** A loop of its own: pixels may be nothing but stuffing, and a turn of the parser for each would cost seconds. */
  function serveMarker(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (!marked) {
        const found = chunk.indexOf(0xff, at);
        at = found < 0 ? chunk.length : found + 1;
        marked = found >= 0;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (byte === 0xff) continue;
      marked = false;
      if (byte === 0 || (byte >= 0xd0 && byte <= 0xd7)) continue;
      position.offset += at - from;
      scratch[0] = byte;
      resume(scratchView);
      return at;
    }
    position.offset += at - from;
    return at;
  }

  function serveBlocks(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (blockLeft < 0) {
        blockLeft = chunk[at] as number;
        at += 1;
        if (blockLeft > 0) continue;
        blockLeft = -1;
        position.offset += at - from;
        resume(scratchView);
        return at;
      }
      const used = Math.min(blockLeft, chunk.length - at);
      at += used;
      blockLeft = blockLeft === used ? -1 : blockLeft - used;
    }
    position.offset += at - from;
    return at;
  }

  /** Serves one want from `chunk` at `at`; returns the position after what was used. */
  function serve(request: Want, chunk: Uint8Array, at: number): number {
    if (request.kind === 'mark') return serveMarker(chunk, at);
    if (request.kind === 'blocks') return serveBlocks(chunk, at);
    if (request.kind === 'rest') {
      position.offset += chunk.length - at;
      return chunk.length;
    }
    if (request.kind === 'skip') {
      const used = Math.min(request.bytes - skipped, chunk.length - at);
      position.offset += used;
      skipped += used;
      if (skipped === request.bytes) resume(scratchView);
      return at + used;
    }
    const used = Math.min(request.bytes - held, chunk.length - at);
    scratch.set(chunk.subarray(at, at + used), held);
    position.offset += used;
    held += used;
    if (held === request.bytes) resume(scratchView);
    return at + used;
  }

  function push(chunk: Uint8Array): void {
    if (refusal) throw refusal;
    seenBytes += chunk.length;
    if (seenBytes > 0 && !want && !findings) resume(scratchView);
    let at = 0;
    while (!findings && want && at < chunk.length) at = serve(want, chunk, at);
    if (!known.type) return;
    try {
      judgeBytes(known.type, seenBytes);
    } catch (error) {
      refusal = error as DomainError;
      throw refusal;
    }
  }

  const mayEnd = (): boolean => want?.kind === 'rest' || (want?.kind === 'take' && want.orEnd === true && held === 0);

  function finish(): InspectedFile {
    if (refusal) throw refusal;
    // Formats without an end of their own are whole when the file ends between two of their parts. Whoever went to the
    // end of the file looks once more for what follows.
    for (let asked = 0; asked < 2 && known.type && !findings && mayEnd(); asked += 1) resume(NOTHING);
    if (findings) {
      const { type, width, height, costly = false, turned = false, animated = false, durationMs = null } = findings;
      const bytes = seenBytes;
      return {
        type,
        width,
        height,
        bytes,
        costly,
        turned,
        animated,
        durationMs,
        decodedBy: decodedBy({ type, width, height, costly, bytes }),
      };
    }
    if (seenBytes === 0) throw new DomainError('photo.empty', 'This file is empty. Please choose the photo again.');
    if (!known.type) throw unsupported('This file is not a photo that can be read here.');
    throw corrupt('the file ends too early');
  }

  return { push, finish };
}
