import { corrupt, skip, skipRest, take, takeOrEnd } from '../input.ts';
import type { ImageParser, ImagePosition } from '../input.ts';

/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2), its header already read. */
export interface Box {
  /** four characters */
  type: string;
  /** absolute position after its last byte; Infinity for one that reaches to the end of the file */
  end: number;
}

/** The way through one file. */
export interface BoxWalk {
  position: ImagePosition;
  boxes: number;
}

/** Fragmented videos have two boxes for each fragment; nothing honest has as many as this. */
const BOXES_MAX = 100_000;
const HEADER_BYTES = 8;
/** Printable, or the sign that Apple's begin with. */
const NAME = /^[\x20-\x7e\xa9]{4}$/;

export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));

/** The next box before `end`, or null when there is none. @param end Infinity at the top of the file */
export function* nextBox(walk: BoxWalk, end: number): ImageParser<Box | null> {
  if (walk.position.offset === end) return null;
  if (end - walk.position.offset < HEADER_BYTES) throw corrupt('a part of it does not end where it says');
  const header = end === Infinity ? yield* takeOrEnd(HEADER_BYTES) : yield* take(HEADER_BYTES);
  return header && (yield* openBox(walk, header.getUint32(0), fourCharacters(header, 4), end));
}

/** Goes into a box whose first eight bytes have been read. @param size as written: 0 and 1 have meanings of their own */
export function* openBox(walk: BoxWalk, size: number, type: string, parentEnd: number): ImageParser<Box> {
  walk.boxes += 1;
  if (walk.boxes > BOXES_MAX) throw corrupt(`it has more than ${BOXES_MAX} parts`);
  const start = walk.position.offset - HEADER_BYTES;
  // Phones put notes of their own behind the last box: what is no box at all reaches to the end as well.
  if (parentEnd === Infinity && (size === 0 || !NAME.test(type))) return { type, end: Infinity };
  let end = start + size;
  if (size === 1) {
    const large = yield* take(8);
    end = start + large.getUint32(0) * 2 ** 32 + large.getUint32(4);
  }
  if (end < walk.position.offset || end > parentEnd || end > Number.MAX_SAFE_INTEGER) {
    throw corrupt('a part of it has an impossible length');
  }
  return { type, end };
}

/** Goes to the end of a box, whatever of it has been read. */
export function* leaveBox(walk: BoxWalk, box: Box): ImageParser<void> {
  if (box.end === Infinity) yield* skipRest();
  else yield* skip(box.end - walk.position.offset);
}

/** The next bytes (≤ 64) of a box. @throws DomainError when it has no so many */
export function* takeField(walk: BoxWalk, box: Box, bytes: number): ImageParser<DataView> {
  if (box.end - walk.position.offset < bytes) throw corrupt('a part of it is shorter than it must be');
  return yield* take(bytes);
}

/** Calls `read` for each box in `parent`, and goes to its end afterwards. */
export function* eachBox(walk: BoxWalk, parent: Box, read: (box: Box) => ImageParser<void>): ImageParser<void> {
  for (;;) {
    const box = yield* nextBox(walk, parent.end);
    if (!box) return;
    yield* read(box);
    yield* leaveBox(walk, box);
  }
}

/** An unsigned number of 0, 2, 4 or 8 bytes, big end first. */
export function* takeNumber(walk: BoxWalk, box: Box, bytes: number): ImageParser<number> {
  if (bytes === 0) return 0;
  const view = yield* takeField(walk, box, bytes);
  if (bytes === 1) return view.getUint8(0);
  if (bytes === 2) return view.getUint16(0);
  if (bytes === 4) return view.getUint32(0);
  if (bytes === 8) return view.getUint32(0) * 2 ** 32 + view.getUint32(4);
  throw corrupt('a part of it has an impossible number');
}
