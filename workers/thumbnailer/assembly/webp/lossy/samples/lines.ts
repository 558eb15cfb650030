import { reserve } from '../../../arena';

/**
 * The lines that are kept: a row of macroblocks, and above it the last ones of the row before, which are not filtered
 * until the next row is there. Luma has 16 bytes a macroblock; chroma has 8 of U and 8 of V.
 */

/** Lines of the row before, of luma and chroma. */
export const KEPT_LUMA: usize = 8;
export const KEPT_CHROMA: usize = 4;
const MARGIN: usize = 16;
/** What stands to the left of the picture and above it (RFC 6386, 12.2). */
const OUTSIDE_LEFT: u8 = 129;
const OUTSIDE_ABOVE: u8 = 127;

export class Lines {
  /** Bytes from a line to the next. */
  static stride: usize = 0;
  /** The first byte of the present row's first line. */
  static luma: usize = 0;
  static chroma: usize = 0;
  /** The row before's last line as it is without the loop filter; before the first row, 127. */
  static aboveLuma: usize = 0;
  static aboveChroma: usize = 0;
}

/** @param columns macroblocks in a row @returns whether there was room */
export function reserveLines(columns: i32): bool {
  const stride = ((<usize>columns) << 4) + 2 * MARGIN;
  const bytes = (KEPT_LUMA + 16 + KEPT_CHROMA + 8 + 2) * stride + MARGIN;
  const at = reserve(bytes);
  if (at === 0) return false;
  Lines.stride = stride;
  Lines.aboveLuma = at + MARGIN;
  Lines.aboveChroma = Lines.aboveLuma + stride;
  Lines.luma = Lines.aboveChroma + (1 + KEPT_LUMA) * stride;
  Lines.chroma = Lines.luma + (16 + KEPT_CHROMA) * stride;
  memory.fill(at, 0, bytes);
  memory.fill(at, OUTSIDE_ABOVE, 2 * stride);
  return true;
}

/** Makes what the present row has last the last of the row before. */
export function nextLines(): void {
  const stride = Lines.stride;
  const luma = Lines.luma - MARGIN;
  memory.copy(luma - KEPT_LUMA * stride, luma + (16 - KEPT_LUMA) * stride, KEPT_LUMA * stride);
  const chroma = Lines.chroma - MARGIN;
  memory.copy(chroma - KEPT_CHROMA * stride, chroma + (8 - KEPT_CHROMA) * stride, KEPT_CHROMA * stride);
}

export function clearLeft(): void {
  const stride = Lines.stride;
  for (let y: usize = 0; y < 16; y++) store<u8>(Lines.luma + y * stride - 1, OUTSIDE_LEFT);
  for (let y: usize = 0; y < 8; y++) {
    store<u8>(Lines.chroma + y * stride - 9, OUTSIDE_LEFT);
    store<u8>(Lines.chroma + y * stride - 1, OUTSIDE_LEFT);
  }
}

/** The pixel above and to the left of a row's first macroblock. */
export function firstCorner(row: i32): u32 {
  return row === 0 ? OUTSIDE_ABOVE : OUTSIDE_LEFT;
}
