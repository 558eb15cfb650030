import { reserve } from '../arena';

/**
 * The part of the file that is in memory. It has room for the longest segment (65,537 bytes, B.1.1.4) several times,
 * so that the host calls seldom.
 */
const WINDOW_BYTES: usize = 262_144;
/** Behind the last byte, for those who read eight at once. */
const SPARE: usize = 16;

let base: usize = 0;
let at: usize = 0;
let end: usize = 0;
let last = false;

export function openWindow(): bool {
  base = reserve(WINDOW_BYTES + SPARE);
  at = base;
  end = base;
  last = false;
  return base !== 0;
}

/** How many bytes the host may write to `jpegWindow()`. What has been read makes room first. */
export function jpegRoom(): i32 {
  if (base === 0 || last) return 0;
  if (at > base) {
    memory.copy(base, at, end - at);
    end -= at - base;
    at = base;
  }
  return <i32>(base + WINDOW_BYTES - end);
}

/** Where the host writes the file's next bytes, after it asked for room. */
export function jpegWindow(): usize {
  return end;
}

/** Takes what the host has written. */
export function jpegFed(bytes: i32, isLast: bool): void {
  if (bytes > 0) end += min(<usize>bytes, base + WINDOW_BYTES - end);
  last = isLast;
}

export function position(): usize {
  return at;
}

/** @param to between the position and the end */
export function moveTo(to: usize): void {
  at = to;
}

export function windowEnd(): usize {
  return end;
}

/** How many bytes there are from the position on. */
export function ahead(): usize {
  return end - at;
}

/** True when nothing comes after what is there. */
export function isLast(): bool {
  return last;
}
