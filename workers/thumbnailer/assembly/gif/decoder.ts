import { reserve } from '../arena';
import { openReducer, pushRow, reducerRow } from '../picture/reducer';
import { BROKEN, DONE, Indices, NEED_INPUT, OUTPUT_FULL, STRING_MAX, lzwInput, openLzw, readBlocks } from './lzw';

const BAD_HEADER: i32 = 5;
const NO_MEMORY: i32 = 6;

const INPUT_BYTES: usize = 65_536;
const WINDOW_BYTES: usize = 65_536;
const SIDE_MAX: i32 = 65_535;
const PIXELS_MAX: i64 = 110_000_000;
const MISSING: u32 = 0xff808080;

/** RGBA8 of each index; a transparent one has no alpha. */
const COLOURS = memory.data(1_024, 16);

let screenWidth = 0;
let screenHeight = 0;
let left = 0;
let top = 0;
let width = 0;
let height = 0;
/** an interlaced frame is kept whole */
let isWhole = false;
let indices: usize = 0;
let unread: usize = 0;
let input: usize = 0;
let y = 0;
let isOver = true;

/** Where the host writes the palette. */
export function gifColours(): usize {
  return COLOURS;
}

/** The screen, and where the first frame lies on it. @returns a status */
export function gifOpen(screenWide: i32, screenHigh: i32, frameLeft: i32, frameTop: i32, wide: i32, high: i32): i32 {
  isOver = true;
  if (screenWide < 1 || screenHigh < 1 || screenWide > SIDE_MAX || screenHigh > SIDE_MAX) return BAD_HEADER;
  if (wide < 1 || high < 1 || frameLeft < 0 || frameTop < 0) return BAD_HEADER;
  if (frameLeft + wide > screenWide || frameTop + high > screenHigh) return BAD_HEADER;
  if (<i64>screenWide * <i64>screenHigh > PIXELS_MAX) return BAD_HEADER;
  screenWidth = screenWide;
  screenHeight = screenHigh;
  left = frameLeft;
  top = frameTop;
  width = wide;
  height = high;
  for (let index: usize = 0; index < 256; index++) store<u32>(COLOURS + (index << 2), 0xff000000);
  return 0;
}

/** @param whole keeps all rows for `gifRow`, instead of reducing them as they come */
export function gifStart(depth: i32, whole: bool, toWidth: i32, toHeight: i32, hasAlpha: bool): i32 {
  if (depth < 1 || depth > 8) return BAD_HEADER;
  isWhole = whole;
  const bytes = whole ? <usize>width * <usize>height + STRING_MAX : 2 * <usize>width + STRING_MAX + WINDOW_BYTES;
  input = reserve(INPUT_BYTES);
  indices = reserve(bytes);
  if (input === 0 || indices === 0 || !openLzw(depth)) return NO_MEMORY;
  unread = indices;
  Indices.out = indices;
  Indices.end = indices + bytes;
  y = 0;
  isOver = false;
  if (whole) return 0;
  if (openReducer(screenWidth, screenHeight, toWidth, toHeight, hasAlpha) !== 0) return NO_MEMORY;
  pushClear(top);
  return 0;
}

/** Where the host copies the next bytes, at most 64 KB. */
export function gifInput(): usize {
  return input;
}

/** Works through what has been copied. @returns NEED_INPUT, DONE, or why it cannot go on */
export function gifStep(bytes: i32): i32 {
  const end = input + min(<usize>max(0, bytes), INPUT_BYTES);
  let at = input;
  while (!isOver) {
    const status = readBlocks(at, end);
    at = lzwInput();
    takeRows();
    if (isOver) break;
    if (status === NEED_INPUT) return NEED_INPUT;
    if (status !== OUTPUT_FULL) return BROKEN;
    keepUnread();
  }
  return DONE;
}

/** How many rows of the frame there were. */
export function gifGoodRows(): i32 {
  return y;
}

/** Writes a row of a frame that was kept whole, as RGBA8 as wide as the screen. */
export function gifRow(row: i32, to: usize): void {
  memory.fill(to, 0, (<usize>screenWidth) << 2);
  if (row < top || row >= top + height) return;
  // Four passes, the first of every eighth row (GIF89a, appendix E).
  const inFrame = row - top;
  const eighths = (height + 7) >> 3;
  const fourths = (height + 3) >> 3;
  const halves = (height + 1) >> 2;
  let stored = eighths + fourths + halves + (inFrame >> 1);
  if ((inFrame & 7) === 0) stored = inFrame >> 3;
  else if ((inFrame & 7) === 4) stored = eighths + (inFrame >> 3);
  else if ((inFrame & 3) === 2) stored = eighths + fourths + (inFrame >> 2);
  colour(indices + <usize>stored * <usize>width, to);
}

/** Gives the reducer the rows that were missing, and those below the frame. */
export function gifPad(): void {
  for (; y < height; y++) {
    const to = reducerRow();
    for (let at: usize = 0; at < <usize>screenWidth; at++) store<u32>(to + (at << 2), MISSING);
    pushRow();
  }
  pushClear(screenHeight - top - height);
}

function takeRows(): void {
  while (!isOver && Indices.out - unread >= <usize>width) {
    if (!isWhole) {
      const to = reducerRow();
      if (width < screenWidth) memory.fill(to, 0, (<usize>screenWidth) << 2);
      colour(unread, to);
      pushRow();
    }
    unread += width;
    y += 1;
    isOver = y === height;
  }
}

function colour(from: usize, to: usize): void {
  to += (<usize>left) << 2;
  for (const end = from + width; from < end; from++, to += 4) {
    store<u32>(to, load<u32>(COLOURS + ((<usize>load<u8>(from)) << 2)));
  }
}

function pushClear(rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.fill(reducerRow(), 0, (<usize>screenWidth) << 2);
    pushRow();
  }
}

/** Moves what no row has taken to where the window begins; a frame that is kept whole has room for all of it. */
function keepUnread(): void {
  if (isWhole) return;
  memory.copy(indices, unread, Indices.out - unread);
  Indices.out -= unread - indices;
  unread = indices;
}
