/**
 * Where inflation stands between two calls. `bits` holds the next `count` bits of the input, lowest first; what lies
 * above them is zero between two calls.
 */
export class Stream {
  static input: usize = 0;
  static inputEnd: usize = 0;
  /** nothing follows `inputEnd`, behind which `SPARE` zeros stand */
  static isLast: bool = false;
  static bits: u64 = 0;
  static count: u32 = 0;
  /** what has been written begins here, as far back as it is kept */
  static start: usize = 0;
  static out: usize = 0;
  /** behind it, `SPARE` bytes may be overwritten */
  static outEnd: usize = 0;
}

/** Whole words are read and written over the ends. */
export const SPARE: usize = 64;

/** How far back a distance may reach (RFC 1951, 2). */
export const HISTORY: usize = 32_768;

export const NEED_INPUT: i32 = 1;
export const OUTPUT_FULL: i32 = 2;
export const DONE: i32 = 3;
/** The stream is not deflate, or ended too early. */
export const BROKEN: i32 = 4;

/** Fills up to 56 bits or more. Reads eight bytes at `input`, which must be there. */
export function refill(): void {
  Stream.bits |= load<u64>(Stream.input) << Stream.count;
  Stream.input += (63 - Stream.count) >> 3;
  Stream.count |= 56;
}

/** The next `n` ≤ 32 bits, of which as many must be there. */
export function take(n: u32): u32 {
  const value = <u32>(Stream.bits & (((<u64>1) << n) - 1));
  Stream.bits >>= n;
  Stream.count -= n;
  return value;
}

/** Whether more has been taken than there was: only at the last input, whose end is followed by zeros. */
export function isOverrun(): bool {
  return Stream.input > Stream.inputEnd + (Stream.count >> 3);
}

/** Forgets the bits that `refill` saw beyond those it counted. */
export function settle(): void {
  Stream.bits &= ((<u64>1) << Stream.count) - 1;
}
