/**
 * All memory of this module beyond its static data is one arena that only grows while a photo is at work and is
 * forgotten as a whole before the next: nothing is freed one by one, so nothing can be freed twice.
 */

const ALIGNMENT: usize = 16;
const PAGE: usize = 65_536;

let top: usize = __heap_base;

/** Forgets everything. The memory stays as large as it is; the host drops an instance that has grown too much. */
export function forget(): void {
  top = __heap_base;
}

/** @returns where `bytes` bytes begin, on a boundary of 16, with any content; 0 when the memory's maximum is reached */
export function reserve(bytes: usize): usize {
  const at = (top + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  const end = at + bytes;
  if (end < at) return 0;
  const pages = <i32>((end + PAGE - 1) / PAGE);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  top = end;
  return at;
}

/** Where the arena stands, to give back to `release` what is reserved from here on. */
export function mark(): usize {
  return top;
}

export function release(to: usize): void {
  top = to;
}
