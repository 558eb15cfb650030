import { BROKEN, NO_MEMORY, OK, WRONG_SIZE } from '../status';
import { readFrameHeader } from './frame-header';
import { decodeMacroblockRow, openMacroblocks } from './macroblock-row';
import { writeLine } from './samples/colour';
import { KEPT_CHROMA, Lines, nextLines } from './samples/lines';

/** A key frame of VP8 (RFC 6386), row by row: no more of it is in memory than a row of macroblocks and a half. */

const SIDE_MAX: i32 = 16_383;

let width = 0;
let height = 0;
let rows = 0;
/** Macroblock rows that there are so far, and those whose data was there: all, or all but the last one. */
let decoded = 0;
let good = 0;
let y = 0;

/** The VP8 chunk's payload lies whole at `at`, and stays there. @returns 0 or a status of `../status.ts` */
export function openLossy(at: usize, bytes: u32, pictureWidth: i32, pictureHeight: i32): i32 {
  height = 0;
  good = 0;
  if (pictureWidth < 1 || pictureHeight < 1 || pictureWidth > SIDE_MAX || pictureHeight > SIDE_MAX) return WRONG_SIZE;
  const status = readFrameHeader(at, bytes, pictureWidth, pictureHeight);
  if (status !== OK) return status;
  if (!openMacroblocks((pictureWidth + 15) >> 4)) return NO_MEMORY;
  width = pictureWidth;
  height = pictureHeight;
  rows = (height + 15) >> 4;
  decoded = 0;
  y = 0;
  return OK;
}

/**
 * Writes the next row of the picture as RGBA without transparency.
 * @param into `width` × 4 bytes, and 64 more that may be overwritten
 * @returns 0 or a status of `../status.ts`: BROKEN where the data ends before the picture does
 */
export function nextLossyRow(into: usize): i32 {
  if (y >= height) return BROKEN;
  while (y >= finalRows() && good === decoded) decodeRow();
  if (y >= lossyGoodRows()) return BROKEN;
  // Lines are counted from the present row of macroblocks, before which the last ones of the row before stand.
  const firstLuma = (decoded - 1) << 4;
  const firstChroma = firstLuma >> 1;
  const lastChroma = (height - 1) >> 1;
  const near = y >> 1;
  const far = min(max((y & 1) === 0 ? near - 1 : near + 1, 0), lastChroma);
  writeLine(
    Lines.luma + <usize>(y - firstLuma) * Lines.stride,
    Lines.chroma + <usize>(near - firstChroma) * Lines.stride,
    Lines.chroma + <usize>(far - firstChroma) * Lines.stride,
    into,
    width,
  );
  y += 1;
  return OK;
}

/** Rows whose macroblocks were decoded before any partition ran out of data. */
function lossyGoodRows(): i32 {
  return min(good << 4, height);
}

/**
 * The filter of the next row of macroblocks changes three lines of this one, of luma as of chroma; what is above the last
 * line of chroma that does not change is final.
 */
function finalRows(): i32 {
  return decoded === rows ? height : max(0, (decoded << 4) - 2 * <i32>KEPT_CHROMA + 1);
}

function decodeRow(): void {
  if (decoded > 0) nextLines();
  if (decodeMacroblockRow(decoded)) good += 1;
  decoded += 1;
}
