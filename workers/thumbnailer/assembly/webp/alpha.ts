import { reserve } from '../arena';
import { nextGreenRow, openHeadless } from './lossless/decoder';
import { BROKEN, NO_MEMORY, OK } from './status';

/** Alpha beside a lossy picture (ALPH; RFC 9649, 2.7.1.2), row by row. */

const RAW = 0;
const LOSSLESS = 1;
const HORIZONTAL = 1;
const VERTICAL = 2;
const GRADIENT = 3;
const SPARE: usize = 64;

let width = 0;
let isFirst = true;
let filter = 0;
/** the next row of values that are not compressed; 0 when they are */
let raw: usize = 0;
/** this row and the one above it, a byte each pixel */
let row: usize = 0;
let above: usize = 0;

/** The chunk's payload lies whole at `at`, behind which 32 bytes may be read. @returns a status */
export function openAlpha(at: usize, bytes: u32, wide: i32, high: i32): i32 {
  if (bytes < 1) return BROKEN;
  const head = <i32>load<u8>(at);
  const method = head & 3;
  filter = (head >> 2) & 3;
  // Levels that were reduced are shown as they are, as everywhere.
  if (method > LOSSLESS || ((head >> 4) & 3) > 1) return BROKEN;
  width = wide;
  isFirst = true;
  raw = 0;
  row = reserve(<usize>wide + SPARE);
  above = reserve(<usize>wide + SPARE);
  if (row === 0 || above === 0) return NO_MEMORY;
  if (method !== RAW) return openHeadless(at + 1, bytes - 1, wide, high);
  raw = at + 1;
  return <u64>wide * <u64>high <= <u64>(bytes - 1) ? OK : BROKEN;
}

/** Puts the next row of alpha into a row of RGBA pixels. @returns a status */
export function nextAlphaRow(pixels: usize): i32 {
  const swapped = above;
  above = row;
  row = swapped;
  if (raw !== 0) {
    memory.copy(row, raw, width);
    raw += width;
  } else {
    const status = nextGreenRow(row);
    if (status !== OK) return status;
  }
  unfilter();
  isFirst = false;
  for (let x: usize = 0; x < <usize>width; x++) store<u8>(pixels + (x << 2), load<u8>(row + x), 3);
  return OK;
}

function unfilter(): void {
  if (filter === HORIZONTAL || (filter !== 0 && isFirst)) undoHorizontal(isFirst ? 0 : load<u8>(above));
  else if (filter === VERTICAL) undoVertical();
  else if (filter === GRADIENT) undoGradient();
}

/** @param before what the first value is counted from */
function undoHorizontal(before: u8): void {
  for (let at = row; at < row + <usize>width; at++) {
    before += load<u8>(at);
    store<u8>(at, before);
  }
}

function undoVertical(): void {
  for (let x: usize = 0; x < <usize>width; x += 16) {
    v128.store(row + x, i8x16.add(v128.load(row + x), v128.load(above + x)));
  }
}

/** Left + above - above left, as far as there are such values. */
function undoGradient(): void {
  let corner = <i32>load<u8>(above);
  let left = corner;
  for (let x: usize = 0; x < <usize>width; x++) {
    const upper = <i32>load<u8>(above + x);
    const predicted = max(0, min(255, left + upper - corner));
    left = (predicted + <i32>load<u8>(row + x)) & 255;
    corner = upper;
    store<u8>(row + x, left);
  }
}
