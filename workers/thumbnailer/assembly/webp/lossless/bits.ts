/**
 * What a lossless picture is read from (RFC 9649, 3.3): it lies whole in memory, the lowest bit of a byte comes first. Up
 * to 32 bytes behind its end are read.
 */
export class Bits {
  /** the next byte to be loaded */
  static at: usize = 0;
  static end: usize = 0;
  static bits: u64 = 0;
  /** how many of them are valid; those above are the beginning of the byte at `at`, or zeros */
  static count: u32 = 0;
}

export function openBits(at: usize, bytes: u32): void {
  Bits.at = at;
  Bits.end = at + bytes;
  Bits.bits = 0;
  Bits.count = 0;
}

/** The next `n` ≤ 32 bits; anything where the end is passed, which `isOverrun` tells afterwards. */
export function takeBits(n: u32): u32 {
  const value = peekBits(n);
  if (Bits.count < n) {
    // Far behind the end: nothing is left to count.
    Bits.bits = 0;
    Bits.count = 0;
    Bits.at = Bits.end + 16;
    return 0;
  }
  Bits.bits >>= n;
  Bits.count -= n;
  return value;
}

/** The next `n` bits, which stay. */
export function peekBits(n: u32): u32 {
  if (Bits.count < n && Bits.at < Bits.end + 8) {
    Bits.bits |= load<u64>(Bits.at) << Bits.count;
    Bits.at += (63 - Bits.count) >> 3;
    Bits.count |= 56;
  }
  return <u32>(Bits.bits & (((<u64>1) << n) - 1));
}

/** Whether more bits were taken than there are. */
export function isOverrun(): bool {
  return Bits.at > Bits.end + (Bits.count >> 3);
}
