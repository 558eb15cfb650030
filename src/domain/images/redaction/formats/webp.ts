import { shrinkExif } from '../exif/small-exif.ts';
import type { Draft } from '../overwrites.ts';
import { noticePlace } from '../places.ts';
import { bytesOf, PIECE_MAX_BYTES, read, text, u32Little, Unwalkable, type Walk } from '../walk.ts';

/** Chunks of the picture (RFC 9649, section 2.7); `ANMF` has some of its own. */
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const KEPT_IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
const FRAME_HEAD_BYTES = 16;
/** Of the flags in `VP8X`. */
const HAS_XMP = 0x04;
/** A type nobody knows, which readers ignore (section 2.3). */
const NOTHING = 'none';

/** @returns where the file ends */
export function* walkWebp(size: number, out: Draft): Walk<number> {
  const head = yield* read(0, 12);
  const end = 8 + u32Little(head, 4);
  if (text(head, 0, 4) !== 'RIFF' || text(head, 8, 12) !== 'WEBP')
    throw new Unwalkable('it does not begin like a WebP');
  if (end > size || end < 12) throw new Unwalkable('it is shorter than it says');
  let hasExif = false;
  for (let at = 12; at < end;) {
    const { type, data, length, next } = yield* chunkAt(at, end);
    if (type === 'VP8X') yield* clearFlags(data, length, out);
    if (type === 'ANMF') yield* walkFrame(data, length, out);
    if (type === 'EXIF' && !hasExif) {
      hasExif = true;
      const start = yield* read(data, Math.min(length, PIECE_MAX_BYTES));
      const tiff = text(start, 0, 6) === 'Exif\0\0' ? start.subarray(6) : start;
      out.write(data, shrinkExif(tiff, length, out) ?? new Uint8Array(), length);
    } else if (!KEPT.has(type)) {
      if (type === 'XMP ') yield* noticePlace(data, length, out);
      out.write(at, bytesOf(NOTHING));
      out.blank(data, length);
    }
    at = next;
  }
  return end;
}

function* chunkAt(at: number, end: number): Walk<{ type: string; data: number; length: number; next: number }> {
  if (at + 8 > end) throw new Unwalkable('it ends inside of a chunk');
  const head = yield* read(at, 8);
  const length = u32Little(head, 4);
  const data = at + 8;
  if (data + length > end) throw new Unwalkable('a chunk is longer than the file');
  // Some writers leave out the padding of the last one.
  return { type: text(head, 0, 4), data, length, next: Math.min(end, data + length + (length % 2)) };
}

function* clearFlags(data: number, length: number, out: Draft): Walk<void> {
  if (length < 10) throw new Unwalkable('its header is too short');
  const flags = (yield* read(data, 1))[0]!;
  if (flags & HAS_XMP) out.write(data, Uint8Array.of(flags & ~HAS_XMP));
}

function* walkFrame(data: number, length: number, out: Draft): Walk<void> {
  for (let at = data + FRAME_HEAD_BYTES; at < data + length;) {
    const chunk = yield* chunkAt(at, data + length);
    if (!KEPT_IN_FRAME.has(chunk.type)) out.blank(chunk.data, chunk.length);
    at = chunk.next;
  }
}
