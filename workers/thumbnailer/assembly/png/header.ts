/** What IHDR says (PNG, third edition, 11.2.1), and what follows from it. */
export class Header {
  static width: i32 = 0;
  static height: i32 = 0;
  static depth: i32 = 0;
  static colourType: i32 = 0;
  static interlaced: bool = false;
  static bitsPerPixel: i32 = 0;
  /** distance to the byte that stands for the same sample of the pixel before (9.2): at least 1 */
  static pixelBytes: i32 = 0;
  /** a colour of 16-bit samples that is transparent (tRNS); -1: none */
  static keyRed: i32 = -1;
  static keyGreen: i32 = -1;
  static keyBlue: i32 = -1;
}

export const GREY: i32 = 0;
export const RGB: i32 = 2;
export const INDEXED: i32 = 3;
export const GREY_ALPHA: i32 = 4;
export const RGBA: i32 = 6;

/** 16,000 × 6,250 is the largest photo there is; a JPEG's side bounds all of them. */
const SIDE_MAX: i32 = 65_535;
const PIXELS_MAX: i64 = 110_000_000;

/** @returns whether such a PNG can be (table 12) */
export function readHeader(width: i32, height: i32, depth: i32, colourType: i32, interlaced: bool): bool {
  if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) return false;
  if (<i64>width * <i64>height > PIXELS_MAX) return false;
  const samples = samplesOf(colourType);
  if (samples === 0 || !isDepth(depth, colourType)) return false;
  Header.width = width;
  Header.height = height;
  Header.depth = depth;
  Header.colourType = colourType;
  Header.interlaced = interlaced;
  Header.bitsPerPixel = samples * depth;
  Header.pixelBytes = max(1, Header.bitsPerPixel >> 3);
  Header.keyRed = -1;
  Header.keyGreen = -1;
  Header.keyBlue = -1;
  return true;
}

function samplesOf(colourType: i32): i32 {
  if (colourType === GREY || colourType === INDEXED) return 1;
  if (colourType === GREY_ALPHA) return 2;
  if (colourType === RGB) return 3;
  return colourType === RGBA ? 4 : 0;
}

function isDepth(depth: i32, colourType: i32): bool {
  if (depth === 8) return true;
  if (depth === 16) return colourType !== INDEXED;
  return (depth === 1 || depth === 2 || depth === 4) && (colourType === GREY || colourType === INDEXED);
}

/** Bytes of a row of so many pixels, without the byte that names its filter (7.2). */
export function rowBytesOf(pixels: i32): usize {
  return (<usize>pixels * <usize>Header.bitsPerPixel + 7) >> 3;
}
