import { ahead, isLast, moveTo, position, windowEnd } from '../window';

/**
 * Restart markers (E.1.4, E.2.4): every `interval` MCUs the bits begin anew, so that damage ends there. Markers count
 * from 0 to 7 and again, which tells how many intervals are lost.
 */
const RST0 = 0xd0;
const RST7 = 0xd7;
const NONE = i32.MAX_VALUE;

let interval = 0;
/** Intervals before the present one. */
let passed = 0;

/** DRI (B.2.4.4) @param mcus 0: no restarts */
export function setInterval(mcus: i32): void {
  interval = mcus;
}

export function openRestarts(): void {
  passed = 0;
}

/** The MCU before which the next restart marker stands. */
export function nextRestart(): i32 {
  if (interval === 0) return NONE;
  const mcu = <i64>(passed + 1) * <i64>interval;
  return mcu > NONE ? NONE : <i32>mcu;
}

/** Takes the marker that must be here. @returns false when it is not */
export function takeRestart(): bool {
  const at = position();
  if (ahead() < 2 || load<u8>(at) !== 0xff || <i32>load<u8>(at, 1) !== RST0 + (passed & 7)) return false;
  moveTo(at + 2);
  passed += 1;
  return true;
}

/** What `seekRestart` found. */
export const FOUND = 0;
/** The scan is over: another marker, or the end of the file. */
export const OVER = 1;
export const NOT_YET = 2;

/** After damage: goes to the next marker; if it is a restart that may come next, passes it and counts from there. */
export function seekRestart(): i32 {
  while (true) {
    if (!goToMarker()) return isLast() ? OVER : NOT_YET;
    const marker = <i32>load<u8>(position(), 1);
    if (marker < RST0 || marker > RST7) return OVER;
    if (interval === 0) return OVER;
    moveTo(position() + 2);
    const lost = (marker - RST0 - passed) & 7;
    // One that should have come before, again: the marker itself is damaged.
    if (lost >= 6) continue;
    passed += lost + 1;
    return FOUND;
  }
}

/** The MCU at which the present interval begins. */
export function presentRestart(): i32 {
  const mcu = <i64>passed * <i64>interval;
  return mcu > NONE ? NONE : <i32>mcu;
}

/** Moves to the next 0xFF that a marker's code follows. @returns false when the window holds none; it is passed then */
export function goToMarker(): bool {
  const end = windowEnd();
  let at = position();
  for (; at + 1 < end; at++) {
    if (load<u8>(at) !== 0xff) continue;
    const code = <i32>load<u8>(at, 1);
    if (code === 0 || code === 0xff) continue;
    moveTo(at);
    return true;
  }
  moveTo(isLast() ? end : at);
  return false;
}
