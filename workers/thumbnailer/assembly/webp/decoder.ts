import { openReducer, pushRow, reducerRow } from '../picture/reducer';
import { nextAlphaRow, openAlpha } from './alpha';
import { nextLosslessRow, openLossless } from './lossless/decoder';
import { nextLossyRow, openLossy } from './lossy/decoder';
import { BROKEN, NO_MEMORY, OK, WRONG_SIZE } from './status';

/**
 * WebP: a picture, lossy (with its alpha beside it) or lossless, on a canvas that may be larger, as an animation's is.
 * What is compressed lies whole in this memory; of its pixels there are never more than rows, or as far as copies reach.
 */

const SIDE_MAX: i32 = 1 << 14;
const CANVAS_SIDE_MAX: i32 = 65_535;
const PIXELS_MAX: i64 = 110_000_000;
/** Opaque, and neither light nor dark. */
const MISSING: u32 = 0xff808080;

let canvasWidth = 0;
let canvasHeight = 0;
let left = 0;
let top = 0;
let width = 0;
let height = 0;
let isLossless = false;
let alpha: usize = 0;
let alphaBytes: u32 = 0;
let y = 0;
let goodRows = 0;
let isOpen = false;

/** The canvas, and where the picture lies on it. @returns a status */
export function webpOpen(canvasWide: i32, canvasHigh: i32, atLeft: i32, atTop: i32, wide: i32, high: i32): i32 {
  isOpen = false;
  alpha = 0;
  if (wide < 1 || high < 1 || wide > SIDE_MAX || high > SIDE_MAX || atLeft < 0 || atTop < 0) return BROKEN;
  if (canvasWide > CANVAS_SIDE_MAX || canvasHigh > CANVAS_SIDE_MAX) return BROKEN;
  if (atLeft > canvasWide - wide || atTop > canvasHigh - high) return WRONG_SIZE;
  if (<i64>canvasWide * <i64>canvasHigh > PIXELS_MAX) return BROKEN;
  canvasWidth = canvasWide;
  canvasHeight = canvasHigh;
  left = atLeft;
  top = atTop;
  width = wide;
  height = high;
  return OK;
}

/** An ALPH chunk's payload, which lies whole at `at`, 64 bytes behind it; asked for before the picture. */
export function webpAlpha(at: usize, bytes: i32): void {
  alpha = at;
  alphaBytes = max(0, bytes);
}

/**
 * The payload of a VP8 or VP8L chunk, which lies whole at `at`, 64 bytes behind it; and the size that the canvas is
 * reduced to. @returns a status
 */
export function webpStart(at: usize, bytes: i32, lossless: bool, toWidth: i32, toHeight: i32, hasAlpha: bool): i32 {
  isLossless = lossless;
  y = 0;
  goodRows = 0;
  // A lossless picture has its own alpha.
  if (lossless) alpha = 0;
  const size = <u32>max(0, bytes);
  let status = lossless ? openLossless(at, size, width, height) : openLossy(at, size, width, height);
  if (status === OK && alpha !== 0) status = openAlpha(alpha, alphaBytes, width, height);
  if (status !== OK) return status;
  if (openReducer(canvasWidth, canvasHeight, toWidth, toHeight, hasAlpha) !== 0) return NO_MEMORY;
  isOpen = true;
  pushClear(top);
  return OK;
}

/** Decodes and reduces as many rows of the picture as there are. @returns a status */
export function webpDecode(): i32 {
  const before = (<usize>left) << 2;
  const bytes = (<usize>width) << 2;
  const behind = (<usize>(canvasWidth - left - width)) << 2;
  for (; isOpen && y < height; y++) {
    const to = reducerRow();
    const status = nextRow(to + before);
    isOpen = status === OK;
    if (status !== OK) return status;
    // Last, for rows are written by vectors.
    memory.fill(to, 0, before);
    memory.fill(to + before + bytes, 0, behind);
    pushRow();
    goodRows += 1;
  }
  return isOpen ? OK : BROKEN;
}

function nextRow(to: usize): i32 {
  const status = isLossless ? nextLosslessRow(to) : nextLossyRow(to);
  return status === OK && alpha !== 0 ? nextAlphaRow(to) : status;
}

/** How many rows of the picture are as they were meant. */
export function webpGoodRows(): i32 {
  return goodRows;
}

/** Gives the reducer the rows that were missing, and those below the picture. */
export function webpPad(): void {
  for (; y < height; y++) {
    const to = reducerRow();
    for (let x: usize = 0; x < <usize>canvasWidth; x++) store<u32>(to + (x << 2), MISSING);
    pushRow();
  }
  pushClear(canvasHeight - top - height);
}

function pushClear(rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.fill(reducerRow(), 0, (<usize>canvasWidth) << 2);
    pushRow();
  }
}
