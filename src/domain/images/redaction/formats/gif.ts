import type { Draft } from '../overwrites.ts';
import { noticePlace } from '../places.ts';
import { read, text, Unwalkable, type Walk } from '../walk.ts';

/** Labels of GIF89a, sections 20 to 27. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** How often to repeat, and colours; every other application writes about the picture. */
const KEPT_APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/** @returns where the file ends */
export function* walkGif(size: number, out: Draft): Walk<number> {
  const head = yield* read(0, 13);
  if (!/^GIF8[79]a$/.test(text(head, 0, 6))) throw new Unwalkable('it does not begin like a GIF');
  let at = 13 + tableBytes(head[10]!);
  let hasPicture = false;
  for (;;) {
    // Writers exist that leave the trailer out, and some that put filling after the last frame.
    if (hasPicture && at === size) return size;
    const label = (yield* read(at, 1))[0]!;
    if (label === TRAILER) return at + 1;
    if (label === IMAGE) {
      hasPicture = true;
      const flags = (yield* read(at + 9, 1))[0]!;
      // The minimum code size stands before the blocks.
      at = yield* endOfBlocks(at + 10 + tableBytes(flags) + 1, size);
    } else if (label === EXTENSION) {
      const end = yield* endOfBlocks(at + 2, size);
      if (!(yield* isKept(at, end))) {
        yield* noticePlace(at, end - at, out);
        toEmptyComment(at, end, out);
      }
      at = end;
    } else if (hasPicture) {
      return at;
    } else {
      throw new Unwalkable('a block of it is unknown');
    }
  }
}

/** Bytes of the colour table that these flags announce. */
const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function* endOfBlocks(from: number, size: number): Walk<number> {
  for (let at = from; at < size;) {
    const length = (yield* read(at, 1))[0]!;
    at += 1 + length;
    if (length === 0) return at;
  }
  throw new Unwalkable('it ends inside of a block');
}

function* isKept(at: number, end: number): Walk<boolean> {
  const label = (yield* read(at + 1, 1))[0]!;
  if (label === GRAPHIC_CONTROL) return true;
  if (label !== APPLICATION || end - at < 14) return false;
  return KEPT_APPLICATIONS.has(text(yield* read(at + 3, 11)));
}

/** Fills an extension with blocks of one byte, each of them 1; an odd one makes the first block one longer. */
function toEmptyComment(at: number, end: number, out: Draft): void {
  const blocks = end - at - 3;
  const head = blocks % 2 === 0 ? [COMMENT] : [COMMENT, 2, 1, 1];
  // An odd number is never 1: a block of one byte is two.
  out.write(at + 1, Uint8Array.from(head), end - at - 2, 1);
}
