import { moveTo, position, windowEnd } from '../window';

/**
 * The bits of an entropy-coded segment (F.2.2.5), the next one at the top of 64. Loops that decode a block hold
 * `bits`, `count` and the position in locals, which is a quarter faster than globals, and give them back with `keep`.
 */
let held: u64 = 0;
let count = 0;
/** Zero bits that stand for what the segment lacks. */
let invented = 0;

/** Forgets what is held: after a marker, bits begin anew. */
export function openBits(): void {
  held = 0;
  count = 0;
  invented = 0;
}

export function heldBits(): u64 {
  return held;
}

export function heldCount(): i32 {
  return count;
}

export function keep(bits: u64, bitCount: i32): void {
  held = bits;
  count = bitCount;
}

/** True when the segment ended before what has been decoded. */
export function ranOut(): bool {
  return count < invented;
}

/** True when one of eight bytes is 0xFF, which begins a marker or a stuffed byte (B.1.1.5). */
export function hasMarkerByte(eight: u64): bool {
  return ((~eight - 0x0101010101010101) & eight & 0x8080808080808080) !== 0;
}

/** The eight bytes with the first on top. */
export function bigEndian(eight: u64): u64 {
  const pairs = ((eight >> 8) & 0x00ff00ff00ff00ff) | ((eight & 0x00ff00ff00ff00ff) << 8);
  const fours = ((pairs >> 16) & 0x0000ffff0000ffff) | ((pairs & 0x0000ffff0000ffff) << 16);
  return rotl(fours, 32);
}

/** At least 56 bits after this; zeros when the segment is over. A marker is never passed. */
export function refill(): void {
  const end = windowEnd();
  let at = position();
  while (count <= 56) {
    let byte: u64 = 0;
    if (at >= end) {
      invented += 8;
    } else {
      byte = load<u8>(at);
      if (byte !== 0xff) {
        at += 1;
      } else if (at + 1 < end && load<u8>(at, 1) === 0) {
        at += 2;
      } else {
        byte = 0;
        invented += 8;
      }
    }
    held |= byte << (56 - <u64>count);
    count += 8;
  }
  moveTo(at);
}

/** The next `n` bits, 0 to 16 of them. */
export function takeBits(n: i32): i32 {
  if (n === 0) return 0;
  if (count < n) refill();
  const value = <i32>(held >> (64 - <u64>n));
  held <<= <u64>n;
  count -= n;
  return value;
}
