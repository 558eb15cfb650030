/** Distances of copies (RFC 9649, 3.6.2.2): the nearest 120 pixels by where they lie, all others by their number. */
const NEAR: u32 = 120;

/** For each of the nearest: how many pixels to the left, how many rows above, one signed byte each. */
const PLACES = memory.data(240, 16);
let isReady = false;

const LEFT_MAX = 8;
const ABOVE_MAX = 7;

/**
 * The 120 nearest by their distance as the crow flies: of equals, first those of the highest row, and left of the
 * pixel before right of it.
 */
export function prepareDistances(): void {
  if (isReady) return;
  isReady = true;
  let at = PLACES;
  for (let square = 1; square <= LEFT_MAX * LEFT_MAX + ABOVE_MAX * ABOVE_MAX; square++) {
    for (let above = ABOVE_MAX; above >= 0; above--) {
      for (let left = 0; left <= LEFT_MAX; left++) {
        if (left * left + above * above !== square) continue;
        store<i8>(at, left);
        store<i8>(at, above, 1);
        at += 2;
        if (left === 0 || left === LEFT_MAX || above === 0) continue;
        store<i8>(at, -left);
        store<i8>(at, above, 1);
        at += 2;
      }
    }
  }
}

/** @param code from 1 @returns how many pixels back, at least 1 */
export function distanceOf(code: u32, width: i32): u32 {
  if (code > NEAR) return code - NEAR;
  const at = PLACES + ((code - 1) << 1);
  return <u32>max(1, <i32>load<i8>(at) + <i32>load<i8>(at, 1) * width);
}
