import { ahead, isLast } from '../window';

/**
 * A unit is what a scan decodes without a pause: an MCU, or a block when the scan has one component (A.2). An MCU has
 * at most 10 blocks (B.2.3) of 64 codes of 31 bits, and each byte may be stuffed.
 */
const UNIT_BYTES: usize = 8_192;
let damaged = false;

/** Whether the window surely holds the next unit, or all there is. */
export function hasUnit(): bool {
  return ahead() >= UNIT_BYTES || isLast();
}

/** To be called when a unit cannot be decoded, or only from bits that are not there. */
export function reportDamage(): void {
  damaged = true;
}

export function isDamaged(): bool {
  return damaged;
}

/** Whether there has been damage since this was asked last. */
export function tookDamage(): bool {
  const was = damaged;
  damaged = false;
  return was;
}
