import { moveTo, position, windowEnd } from '../window';

/**
 * The bits of an entropy-coded segment (F.2.2.5), the next one at the top of 64. The loops that most of the time goes
 * to hold `bits`, `count` and the position in locals, which stay in registers, and give them back with `keep`.
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

/** Of each of eight bytes. */
const LOWEST_BITS: u64 = u64.MAX_VALUE / 255;

/** True when one of eight bytes is 0xFF, which begins a marker or a stuffed byte (B.1.1.5). */
export function hasMarkerByte(eight: u64): bool {
  return ((~eight - LOWEST_BITS) & eight & (LOWEST_BITS << 7)) !== 0;
}

/** At least 56 bits after this; zeros when the segment is over. A marker is never passed. */
export function refill(): void {
  const at = position();
  if (at + 8 > windowEnd()) return refillSlowly();
  const eight = load<u64>(at);
  if (hasMarkerByte(eight)) return refillSlowly();
  // Some bits come twice, to the same place.
  held |= bswap(eight) >> (<u64>count);
  moveTo(at + ((63 - count) >> 3));
  count |= 56;
}

function refillSlowly(): void {
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

/** The next `n` bits, 0 to 32 of them. */
export function takeBits(n: i32): u32 {
  if (n === 0) return 0;
  if (count < n) refill();
  const value = <u32>(held >> (64 - <u64>n));
  held <<= <u64>n;
  count -= n;
  return value;
}
