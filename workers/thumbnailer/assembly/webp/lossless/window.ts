import { reserve } from '../../arena';

/**
 * The pixels of an entropy-coded picture, ARGB, as far back as a copy may reach: a ring, or all of it when it is small.
 * No copy reaches further than 2^20 - 120 pixels (RFC 9649, 3.6.2.2: 40 prefixes, less the 120 nearest).
 */
const WINDOW_PIXELS: i32 = 1 << 20;
/** The longest copy, which begins in the ring and goes on behind it, until `wrap` puts that where it belongs. */
const COPY_MAX: u32 = 4_096;
const SPARE: usize = 64;

export class Window {
  static start: usize = 0;
  static end: usize = 0;
  /** where the next pixel is written */
  static out: usize = 0;
  /** pixels of the picture that came before the one that is at `start` now */
  static before: i32 = 0;
}

/** @returns whether there was room */
export function openWindow(pixels: i32): bool {
  const bytes = (<usize>min(pixels, WINDOW_PIXELS)) << 2;
  Window.start = reserve(bytes + ((<usize>COPY_MAX) << 2) + SPARE);
  Window.end = Window.start + bytes;
  Window.out = Window.start;
  Window.before = 0;
  return Window.start !== 0;
}

/** Goes on at the beginning. */
export function wrap(): void {
  memory.copy(Window.start, Window.end, Window.out - Window.end);
  Window.out -= Window.end - Window.start;
  Window.before += <i32>((Window.end - Window.start) >> 2);
}

/** Where pixel number `first` lies; so many from there on lie in one piece. */
export function pixelsAt(first: i32): usize {
  return Window.start + (((<usize>first) << 2) % (Window.end - Window.start));
}

/**
 * Copies what was written `distance` pixels before; up to 3 pixels too many, which are the oldest of the ring or none.
 * @param distance at least 1, at most as many pixels as there are in the window
 */
export function copyBack(out: usize, distance: u32, pixels: u32): void {
  const back = (<usize>distance) << 2;
  const end = out + ((<usize>pixels) << 2);
  let from = out - back;
  if (back > out - Window.start) {
    from += Window.end - Window.start;
    if (from + ((<usize>pixels) << 2) > Window.end) return copyAround(out, from, end);
  }
  if (distance >= 4) {
    for (; out < end; out += 16, from += 16) v128.store(out, v128.load(from));
  } else if (distance === 3) {
    for (; out < end; out += 4, from += 4) store<u32>(out, load<u32>(from));
  } else {
    const same = distance === 1 ? v128.load32_splat(from) : v128.load64_splat(from);
    for (; out < end; out += 16) v128.store(out, same);
  }
}

function copyAround(out: usize, from: usize, end: usize): void {
  for (; out < end; out += 4, from += 4) {
    if (from >= Window.end) from -= Window.end - Window.start;
    store<u32>(out, load<u32>(from));
  }
}
