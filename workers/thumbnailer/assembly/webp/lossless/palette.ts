import { reserve } from '../../arena';
import { NO_MEMORY, OK } from '../status';
import { takeBits } from './bits';
import { readSmallPicture } from './picture';

/** Colour indexing (RFC 9649, 3.5.4). */

/** As many colours as an index can name; those that the file does not have are black and seen through. */
const COLOURS_MAX: usize = 256;

/** ARGB */
let colours: usize = 0;
/** 2^this pixels share one green */
let packing: i32 = 0;

/** @returns how many bits of a column are within one packed pixel, 0 to 3 */
export function packingBits(): i32 {
  return packing;
}

/** @returns a status */
export function readPalette(): i32 {
  const count = <i32>takeBits(8) + 1;
  packing = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
  colours = reserve(COLOURS_MAX << 2);
  if (colours === 0) return NO_MEMORY;
  memory.fill(colours, 0, COLOURS_MAX << 2);
  const status = readSmallPicture(count, 1, colours);
  if (status !== OK) return status;
  // Each colour is written as what it has more than the one before.
  for (let at = colours + 4; at < colours + ((<usize>count) << 2); at += 4) {
    const sum = i8x16.add(v128.load32_zero(at), v128.load32_zero(at - 4));
    v128.store32_lane(at, sum, 0);
  }
  return OK;
}

/** Gives the pixels of a row their colours. `from` is not `to`. */
export function undoIndexing(from: usize, to: usize, width: i32): void {
  const end = to + ((<usize>width) << 2);
  if (packing === 0) {
    for (; to < end; to += 4, from += 4) store<u32>(to, load<u32>(colours + ((<usize>load<u8>(from, 1)) << 2)));
    return;
  }
  // The leftmost pixel stands in the lowest bits.
  const bits = <u32>(8 >> packing);
  const mask: u32 = (1 << bits) - 1;
  const first = to;
  const last = (1 << packing) - 1;
  let indices: u32 = 0;
  for (; to < end; to += 4) {
    if (((<i32>((to - first) >> 2)) & last) === 0) {
      indices = load<u8>(from, 1);
      from += 4;
    }
    store<u32>(to, load<u32>(colours + ((<usize>(indices & mask)) << 2)));
    indices >>= bits;
  }
}
