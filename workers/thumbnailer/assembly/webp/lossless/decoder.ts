import { BROKEN, OK, UNSUPPORTED, WRONG_SIZE } from '../status';
import { openBits, takeBits } from './bits';
import { openPicture } from './picture';
import { decodePixels } from './pixels';
import { readTransforms, spareRow, undoTransforms, widthCoded } from './transforms';
import { Window, pixelsAt } from './window';

/** Lossless WebP (RFC 9649, 3), row by row: what is held is as far back as a copy may reach, and some rows. */

const SIGNATURE: u32 = 0x2f;
const ALPHA_MASK: u32 = 0xff000000;

let width = 0;
let y = 0;
/** what every pixel has of alpha, whatever it says */
let opaque: u32 = 0;
let row: usize = 0;

/** The VP8L chunk's payload lies whole at `at`, behind which 32 bytes may be read. @returns a status */
export function openLossless(at: usize, bytes: u32, wide: i32, high: i32): i32 {
  openBits(at, bytes);
  if (bytes < 5 || takeBits(8) !== SIGNATURE) return BROKEN;
  const isSame = <i32>takeBits(14) + 1 === wide && <i32>takeBits(14) + 1 === high;
  if (!isSame) return WRONG_SIZE;
  opaque = takeBits(1) === 1 ? 0 : ALPHA_MASK;
  return takeBits(3) === 0 ? openRows(wide, high) : UNSUPPORTED;
}

/** The same without the header (RFC 9649, 2.7.1.2), for rows of alpha. */
export function openHeadless(at: usize, bytes: u32, wide: i32, high: i32): i32 {
  openBits(at, bytes);
  opaque = 0;
  return openRows(wide, high);
}

function openRows(wide: i32, high: i32): i32 {
  width = wide;
  y = 0;
  const status = readTransforms(wide, high);
  return status === OK ? openPicture(widthCoded(), high, true) : status;
}

/** Writes the next row as RGBA; up to 12 bytes behind it may be overwritten. @returns a status */
export function nextLosslessRow(to: usize): i32 {
  const status = decodeRow();
  if (status !== OK) return status;
  const alpha = i32x4.splat(opaque);
  let from = row;
  for (const end = to + ((<usize>width) << 2); to < end; to += 16, from += 16) {
    const four = v128.or(v128.load(from), alpha);
    v128.store(to, i8x16.shuffle(four, four, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
  }
  return OK;
}

/** Writes the next row's greens, a byte each; up to 12 bytes behind it may be overwritten. @returns a status */
export function nextGreenRow(to: usize): i32 {
  const status = decodeRow();
  if (status !== OK) return status;
  let from = row;
  for (const end = to + width; to < end; to += 4, from += 16) {
    const four = v128.load(from);
    v128.store32_lane(to, i8x16.shuffle(four, four, 1, 5, 9, 13, 1, 5, 9, 13, 1, 5, 9, 13, 1, 5, 9, 13), 0);
  }
  return OK;
}

/** Leaves the next row at `row`, ARGB. */
function decodeRow(): i32 {
  const coded = widthCoded();
  const first = y * coded;
  const status = decodePixels(first + coded);
  if (status !== OK) return status;
  let from = pixelsAt(first);
  const bytes = (<usize>coded) << 2;
  if (from + bytes > Window.end) {
    const before = Window.end - from;
    memory.copy(spareRow(), from, before);
    memory.copy(spareRow() + before, Window.start, bytes - before);
    from = spareRow();
  }
  row = undoTransforms(from, y);
  y += 1;
  return OK;
}
