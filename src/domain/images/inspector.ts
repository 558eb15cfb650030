import { DomainError } from '../errors.ts';
import { corrupt, take, TAKE_MAX_BYTES, unsupported } from './input.ts';
import type { ImageFacts, ImageLimits, ImageParser, ImagePosition, Want } from './input.ts';
import { parseJpeg } from './jpeg-rules.ts';
import { parsePng } from './png-rules.ts';
import { parseWebp } from './webp-rules.ts';

export type { ImageFacts, ImageLimits } from './input.ts';

export interface ImageInspector {
  /** Looks at the next bytes of the file. @throws DomainError as soon as the file is known to be refused */
  push(chunk: Uint8Array): void;
  /** Says what the file is. @throws DomainError when it is empty, unknown, or ends too early */
  finish(): ImageFacts;
}

/**
 * Recognises a photo by its content while it streams past, holding at most 64 bytes of it.
 * Refusals: `photo.empty`, `photo.unsupported_type`, `photo.too_many_pixels`, `photo.corrupt`.
 * Bytes after the image's own end (motion photos, second images) are not looked at.
 */
export function createImageInspector(limits: ImageLimits): ImageInspector {
  const position: ImagePosition = { offset: 0 };
  const state = { known: false };
  const parser = sniff(limits, position, state);
  const scratch = new Uint8Array(TAKE_MAX_BYTES);
  const scratchView = new DataView(scratch.buffer);
  let held = 0;
  let skipped = 0;
  /** the last byte looked at was 0xFF, so that the next one says what it means */
  let marked = false;
  let seenBytes = 0;
  let facts: ImageFacts | undefined;
  let refusal: DomainError | undefined;
  let want: Want | undefined;

  function resume(answer: DataView): void {
    held = 0;
    skipped = 0;
    try {
      const next = parser.next(answer);
      if (next.done) facts = next.value;
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

  /** Serves one want from `chunk` at `at`; returns the position after what was used. */
  function serve(request: Want, chunk: Uint8Array, at: number): number {
    if (request.kind === 'mark') return serveMarker(chunk, at);
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
    if (seenBytes > 0 && !want && !facts) resume(scratchView);
    let at = 0;
    while (!facts && want && at < chunk.length) at = serve(want, chunk, at);
  }

  function finish(): ImageFacts {
    if (refusal) throw refusal;
    if (facts) return facts;
    if (seenBytes === 0) throw new DomainError('photo.empty', 'This file is empty. Please choose the photo again.');
    if (!state.known) throw unsupported('This file is not a photo that can be read here.');
    throw corrupt('the file ends too early');
  }

  return { push, finish };
}

const PNG_SIGNATURE_REST = [0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function* sniff(limits: ImageLimits, position: ImagePosition, state: { known: boolean }): ImageParser<ImageFacts> {
  const magic = (yield* take(2)).getUint16(0);
  if (magic === 0xffd8) {
    state.known = true;
    return yield* parseJpeg(limits, position);
  }
  if (magic === 0x8950) {
    const rest = yield* take(PNG_SIGNATURE_REST.length);
    if (PNG_SIGNATURE_REST.every((byte, at) => rest.getUint8(at) === byte)) {
      state.known = true;
      return yield* parsePng(limits);
    }
    throw unsupported('This file is not a photo that can be read here.');
  }
  const rest = yield* take(10);
  const word = (at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((step) => rest.getUint8(at + step)));
  // `RI` and then `FF`, four bytes of size, `WEBP`.
  if (magic === 0x5249 && rest.getUint16(0) === 0x4646 && word(6) === 'WEBP') {
    state.known = true;
    return yield* parseWebp(limits, rest.getUint32(2, true));
  }
  throw unsupported(describeStranger(magic, word(2), word(6)));
}

/** Words for formats that phones do send, so that a guest knows what to change. */
function describeStranger(magic: number, kind: string, brand: string): string {
  if (kind === 'ftyp' && /^(hei|hev|mif1|msf1)/.test(brand)) return 'HEIC photos cannot be read here yet.';
  if (kind === 'ftyp' && /^avi[fs]$/.test(brand)) return 'AVIF photos cannot be read here yet.';
  if (kind === 'ftyp') return 'Videos cannot be shown here.';
  if (magic === 0x4749) return 'GIF pictures cannot be read here yet.';
  return 'This file is not a photo that can be read here.';
}
