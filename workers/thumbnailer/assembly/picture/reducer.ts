import { reserve } from '../arena';
import { acrossPair, acrossPremultipliedPair } from './across';
import { BLOCK, downPremultipliedRow, downRow } from './down';
import { isOpaque, premultiply } from './premultiply';
import { BAD_SIZE, NO_MEMORY, OK, TOO_MANY_ROWS } from './status';
import { Taps, tapsFor } from './taps';

/** A JPEG's side has 16 bits. */
const SIDE_MAX: i32 = 65_535;
/** Behind each row, for whoever writes whole vectors and for `across.ts`, which reads them. */
const SPARE: usize = 64;
const RESERVED_MAX: u64 = 1 << 28;

let sourceWide = 0;
let sourceHigh = 0;
let wide = 0;
let high = 0;
let alpha = false;
let same = false;
let across: Taps | null = null;
let down: Taps | null = null;
/** Two rows that wait for each other, and the same multiplied by alpha. */
let rows: usize = 0;
let rowBytes: usize = 0;
let products: usize = 0;
let productBytes: usize = 0;
/** Pointers to the ring's rows, each pointer twice, so that any window of them is in one piece. */
let ring: usize = 0;
let ringPairs = 0;
let output: usize = 0;
let pushed = 0;
let written = 0;
/** The last pair of rows through which something is seen. */
let lastTransparent = -1;

/**
 * Begins to reduce a picture that comes row by row from top to bottom: separable, each two source rows filtered from
 * left to right as they come, and kept only as long as a row of the output needs them. Sizes in pixels, none larger
 * than the source's; what was reserved belongs to the arena. @returns a status
 */
export function openReducer(sourceWidth: i32, sourceHeight: i32, width: i32, height: i32, hasAlpha: bool): i32 {
  return openPartReducer(sourceWidth, sourceHeight, sourceWidth, sourceHeight, width, height, hasAlpha);
}

/** The same for a source whose last column and row are not wholly filled, as a JPEG's are that is decoded smaller. */
export function openPartReducer(
  sourceWidth: i32,
  sourceHeight: i32,
  filledWidth: f64,
  filledHeight: f64,
  width: i32,
  height: i32,
  hasAlpha: bool,
): i32 {
  const status = prepare(sourceWidth, sourceHeight, filledWidth, filledHeight, width, height, hasAlpha);
  if (status !== OK || same) return status;
  rowBytes = ((<usize>sourceWidth) << 2) + SPARE;
  rows = reserve(2 * rowBytes);
  return rows === 0 ? close(NO_MEMORY) : OK;
}

/** Where the next source row is to be written: its pixels, behind which 64 bytes may be overwritten. */
export function reducerRow(): usize {
  if (same) return output + ((<usize>min(pushed, high - 1) * <usize>wide) << 2);
  return rows + <usize>(pushed & 1) * rowBytes;
}

/** Takes the row that was written to `reducerRow()`. @returns a status */
export function pushRow(): i32 {
  if (pushed >= sourceHigh) return TOO_MANY_ROWS;
  pushed += 1;
  if (!same && ((pushed & 1) === 0 || pushed === sourceHigh)) takePair(rows, rows + rowBytes);
  return OK;
}

/** width × height pixels, complete after as many rows as the source has. */
export function reducerOutput(): usize {
  return output;
}

/** Everything but the rows that wait. */
export function prepare(
  sourceWidth: i32,
  sourceHeight: i32,
  filledWidth: f64,
  filledHeight: f64,
  width: i32,
  height: i32,
  hasAlpha: bool,
): i32 {
  close(OK);
  if (width < 1 || height < 1 || width > sourceWidth || height > sourceHeight) return BAD_SIZE;
  if (sourceWidth > SIDE_MAX || sourceHeight > SIDE_MAX) return BAD_SIZE;
  const outputBytes = ((<u64>width * <u64>height) << 2) + SPARE;
  if (outputBytes > RESERVED_MAX) return NO_MEMORY;
  output = reserve(<usize>outputBytes);
  if (output === 0) return NO_MEMORY;
  wide = width;
  high = height;
  alpha = hasAlpha;
  same = <f64>width === filledWidth && <f64>height === filledHeight;
  if (!same && !prepareFilters(sourceWidth, sourceHeight, filledWidth, filledHeight)) return close(NO_MEMORY);
  sourceWide = sourceWidth;
  sourceHigh = sourceHeight;
  return OK;
}

function prepareFilters(sourceWidth: i32, sourceHeight: i32, filledWidth: f64, filledHeight: f64): bool {
  across = tapsFor(sourceWidth, filledWidth, wide, false);
  const downTaps = tapsFor(sourceHeight, filledHeight, high, true);
  if (across === null || downTaps === null) return false;
  down = downTaps;
  ringPairs = downTaps.count >> 1;
  const keptBytes = (<usize>((wide + BLOCK - 1) & ~(BLOCK - 1))) << 4;
  if (<u64>ringPairs * <u64>keptBytes > RESERVED_MAX) return false;
  const kept = reserve(<usize>ringPairs * keptBytes);
  ring = reserve((<usize>ringPairs) << 3);
  if (kept === 0 || ring === 0) return false;
  for (let pair = 0; pair < 2 * ringPairs; pair++) {
    store<u32>(ring + ((<usize>pair) << 2), <u32>(kept + <usize>(pair % ringPairs) * keptBytes));
  }
  if (!alpha) return true;
  productBytes = ((<usize>sourceWidth) << 3) + SPARE;
  products = reserve(2 * productBytes);
  return products !== 0;
}

/** Takes all rows of a picture at once, where they lie. */
export function takePicture(source: usize): void {
  const bytes = (<usize>sourceWide) << 2;
  if (same) {
    memory.copy(output, source, <usize>high * bytes);
    pushed = high;
    return;
  }
  while (pushed < sourceHigh) {
    const row = source + <usize>pushed * bytes;
    pushed = min(pushed + 2, sourceHigh);
    takePair(row, (pushed & 1) === 0 ? row + bytes : row);
  }
}

/** The two rows that came last (the second counts for nothing when the source has an odd number of them). */
function takePair(upper: usize, lower: usize): void {
  const pair = (pushed - 1) >> 1;
  const kept = <usize>load<u32>(ring + ((<usize>(pair % ringPairs)) << 2));
  if (alpha && !(isOpaque(upper, sourceWide) && isOpaque(lower, sourceWide))) {
    lastTransparent = pair;
    premultiply(upper, sourceWide, products);
    premultiply(lower, sourceWide, products + productBytes);
    acrossPremultipliedPair(products, products + productBytes, across!, wide, kept);
  } else {
    acrossPair(upper, lower, across!, wide, kept);
  }
  writeRows();
}

/** Writes all rows of the output whose last source row is there. */
function writeRows(): void {
  const taps = down!;
  for (; written < high; written += 1) {
    const first = load<i32>(taps.first + ((<usize>written) << 2));
    if (min(first + taps.count, sourceHigh) > pushed) return;
    const window = ring + ((<usize>((first >> 1) % ringPairs)) << 2);
    const weights = taps.weights + ((<usize>written * <usize>taps.count) << 1);
    const to = output + ((<usize>written * <usize>wide) << 2);
    if (first >> 1 <= lastTransparent) downPremultipliedRow(window, ringPairs, weights, wide, to);
    else downRow(window, ringPairs, weights, wide, to, 0xff000000);
  }
}

/** Nothing is taken any more. */
function close(status: i32): i32 {
  sourceHigh = 0;
  pushed = 0;
  written = 0;
  lastTransparent = -1;
  same = false;
  output = 0;
  rows = 0;
  return status;
}
