import { inflate, openInflate } from './inflate';
import { DONE, SPARE, Stream } from './stream';

/**
 * Inflates a zlib stream that lies in memory as a whole, behind which 64 bytes may be overwritten.
 * @returns how many bytes came out; -1 when it is broken or does not fit
 */
export function inflateWhole(from: usize, bytes: i32, to: usize, capacity: i32): i32 {
  if (!openInflate() || bytes < 0 || capacity < 0) return -1;
  memory.fill(from + bytes, 0, SPARE);
  Stream.input = from;
  Stream.inputEnd = from + bytes;
  Stream.isLast = true;
  Stream.start = to;
  Stream.out = to;
  Stream.outEnd = to + capacity;
  return inflate() === DONE ? <i32>(Stream.out - to) : -1;
}
