import type { Draft } from '../overwrites.ts';
import { bytesOf, read, text, u32, u64, Unwalkable, type Walk } from '../walk.ts';

/** A box of ISO/IEC 14496-12, section 4.2, or an atom of QuickTime. */
export interface Box {
  type: string;
  at: number;
  /** where its content begins, and ends */
  body: number;
  end: number;
}

/** Movies of phones have a dozen boxes at a level, fragmented ones a few thousand. */
const BOXES_MAX = 20_000;

export function* boxAt(at: number, parentEnd: number): Walk<Box> {
  if (at + 8 > parentEnd) throw new Unwalkable('it ends inside of a box');
  const head = yield* read(at, 8);
  const short = u32(head, 0);
  const type = text(head, 4, 8);
  const headBytes = short === 1 ? 16 : 8;
  if (at + headBytes > parentEnd) throw new Unwalkable('it ends inside of a box');
  const length = short === 0 ? parentEnd - at : short === 1 ? u64(yield* read(at + 8, 8), 0) : short;
  if (length < headBytes || at + length > parentEnd) throw new Unwalkable('a box has an impossible length');
  return { type, at, body: at + headBytes, end: at + length };
}

/** Printable, or the sign that Apple's begin with. */
const NAME = /^[\x20-\x7e\xa9]{4}$/;

/**
 * The boxes of a file, and where the last of them ends: phones put notes of their own behind it, which are no boxes and
 * nobody's picture.
 */
export function* boxesOfFile(size: number): Walk<{ boxes: Box[]; end: number }> {
  const boxes: Box[] = [];
  let end = 0;
  while (end + 8 <= size) {
    const head = yield* read(end, 8);
    if (!NAME.test(text(head, 4, 8))) break;
    const box = yield* boxAt(end, size);
    if (boxes.push(box) > BOXES_MAX) throw new Unwalkable('it has too many boxes');
    end = box.end;
  }
  return { boxes, end };
}

/** The boxes from `at` to `end`. QuickTime may end a list of them with four zeros. */
export function* boxesIn(at: number, end: number): Walk<Box[]> {
  const boxes: Box[] = [];
  for (let place = at; place < end;) {
    if (end - place < 8 && (yield* read(place, end - place)).every((byte) => byte === 0)) break;
    const box = yield* boxAt(place, end);
    if (boxes.push(box) > BOXES_MAX) throw new Unwalkable('it has too many boxes');
    place = box.end;
  }
  return boxes;
}

/** Makes a box one of free space (section 8.1.2), which every reader passes by. */
export function toFree(box: Box, out: Draft): void {
  out.write(box.at + 4, bytesOf('free'));
  out.blank(box.body, box.end - box.body);
}

/** Of words of its own choice that a handler may have behind its kind (ISO/IEC 14496-12, section 8.4.3). */
const HANDLER_NAME_AT = 24;

/** An empty name, whether it is read as a text that ends with a zero or as one that begins with its length. */
export function blankName(hdlr: Box, out: Draft): void {
  const at = hdlr.body + HANDLER_NAME_AT;
  if (at < hdlr.end) out.blank(at, hdlr.end - at);
}

/** Frees every box whose type is not among `kept`. @returns the others */
export function freeAllBut(kept: ReadonlySet<string>, boxes: Box[], out: Draft): Box[] {
  for (const box of boxes) if (!kept.has(box.type)) toFree(box, out);
  return boxes.filter((box) => kept.has(box.type));
}

export const types = (words: string): ReadonlySet<string> => new Set(words.split(' '));
