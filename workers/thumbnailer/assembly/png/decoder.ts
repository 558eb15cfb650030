import { reserve } from '../arena';
import { inflate, openInflate } from '../inflate/inflate';
import { HISTORY, OUTPUT_FULL, SPARE, Stream } from '../inflate/stream';
import { openReducer, pushRow, reducerRow } from '../picture/reducer';
import { clearColours, expand, prepareColours } from './expand';
import { GREY, Header, RGB, readHeader, rowBytesOf } from './header';
import { Pass, enterPass, scatter } from './passes';
import { BAD_HEADER, BROKEN, DONE, NEED_INPUT, NO_MEMORY } from './status';
import { unfilter } from './unfilter';

const INPUT_BYTES: usize = 65_536;
/** Inflated bytes are moved only when as many have been written. */
const MOVE_BYTES: usize = 65_536;
/** Opaque, and neither light nor dark. */
const MISSING: u8 = 128;

let inputStart: usize = 0;
/** the first inflated byte that no row has taken */
let unread: usize = 0;
let above: usize = 0;
let current: usize = 0;
let rowCapacity: usize = 0;
/** of an interlaced picture: all of it, and room for a row of a pass */
let picture: usize = 0;
let passRow: usize = 0;
let y = 0;
let goodRows = 0;
let isOver = false;

/** Begins a PNG by what its IHDR says. @returns a status */
export function pngOpen(width: i32, height: i32, depth: i32, colourType: i32, interlaced: bool): i32 {
  isOver = true;
  if (!readHeader(width, height, depth, colourType, interlaced)) return BAD_HEADER;
  clearColours();
  rowCapacity = rowBytesOf(width);
  const windowBytes = HISTORY + 2 * (rowCapacity + 1) + MOVE_BYTES;
  inputStart = reserve(INPUT_BYTES + SPARE);
  const window = reserve(windowBytes + SPARE);
  above = reserve(rowCapacity + SPARE);
  current = reserve(rowCapacity + SPARE);
  const isReserved = openInflate() && inputStart !== 0 && window !== 0 && above !== 0 && current !== 0;
  if (!isReserved) return NO_MEMORY;
  Stream.input = inputStart;
  Stream.inputEnd = inputStart;
  Stream.start = window;
  Stream.out = window;
  Stream.outEnd = window + windowBytes;
  unread = window;
  goodRows = 0;
  picture = 0;
  beginPass();
  enterPass(0);
  return 0;
}

/** A colour that is transparent (tRNS), in samples as wide as the file's. */
export function pngKey(red: i32, green: i32, blue: i32): void {
  if (Header.colourType !== GREY && Header.colourType !== RGB) return;
  const most = (1 << Header.depth) - 1;
  Header.keyRed = red & most;
  Header.keyGreen = green & most;
  Header.keyBlue = blue & most;
}

/** Opens the reducer; of an interlaced PNG, which comes in no order that one could reduce, the whole picture. */
export function pngStart(width: i32, height: i32, hasAlpha: bool): i32 {
  prepareColours();
  if (Header.interlaced) {
    const row = (<usize>Header.width) << 2;
    picture = reserve(row * <usize>Header.height + SPARE);
    passRow = reserve(row + SPARE);
    if (picture === 0 || passRow === 0) return NO_MEMORY;
  } else if (openReducer(Header.width, Header.height, width, height, hasAlpha) !== 0) {
    return NO_MEMORY;
  }
  isOver = false;
  return 0;
}

/** Where the host copies the next bytes of IDAT, as many as `pngRoom` says. */
export function pngInput(): usize {
  return Stream.inputEnd;
}

export function pngRoom(): i32 {
  const left = Stream.inputEnd - Stream.input;
  if (Stream.input !== inputStart && Stream.input <= Stream.inputEnd) {
    memory.copy(inputStart, Stream.input, left);
    Stream.input = inputStart;
    Stream.inputEnd = inputStart + left;
  }
  return <i32>(inputStart + INPUT_BYTES - Stream.inputEnd);
}

/** @param isLast nothing follows, not even in another chunk */
export function pngFed(bytes: i32, isLast: bool): void {
  const room = inputStart + INPUT_BYTES - Stream.inputEnd;
  Stream.inputEnd += min(<usize>max(0, bytes), room);
  Stream.isLast = isLast;
  if (isLast) memory.fill(Stream.inputEnd, 0, SPARE);
}

/** Works as long as there is input. @returns NEED_INPUT, DONE, or why it cannot go on */
export function pngStep(): i32 {
  while (!isOver) {
    const status = inflate();
    if (!takeRows()) return BROKEN;
    if (isOver) break;
    if (status === NEED_INPUT) return NEED_INPUT;
    if (status !== OUTPUT_FULL) return BROKEN;
    keepHistory();
  }
  return DONE;
}

/** How many rows there were; of an interlaced picture, rows of all passes. */
export function pngGoodRows(): i32 {
  return goodRows;
}

/** All pixels of an interlaced picture. */
export function pngPicture(): usize {
  return picture;
}

/** Gives the reducer the rows that were missing. */
export function pngPad(): void {
  if (Header.interlaced) return;
  for (; y < Header.height; y++) {
    const to = reducerRow();
    const end = to + ((<usize>Header.width) << 2);
    memory.fill(to, MISSING, end - to);
    for (let alpha = to + 3; alpha < end; alpha += 4) store<u8>(alpha, 255);
    pushRow();
  }
}

function beginPass(): void {
  y = 0;
  memory.fill(above, 0, rowCapacity + SPARE);
}

/** Takes all whole rows that have been inflated. @returns false for a row with a filter that does not exist */
function takeRows(): bool {
  while (!isOver) {
    const bytes = rowBytesOf(Pass.width);
    if (Stream.out - unread < bytes + 1) return true;
    if (!unfilter(load<u8>(unread), unread + 1, above, current, bytes, Header.pixelBytes)) return false;
    unread += bytes + 1;
    if (picture !== 0) {
      expand(current, passRow, Pass.width);
      scatter(passRow, y, picture);
    } else {
      expand(current, reducerRow(), Pass.width);
      pushRow();
    }
    const swapped = above;
    above = current;
    current = swapped;
    goodRows += 1;
    y += 1;
    if (y < Pass.height) continue;
    isOver = !Header.interlaced || !enterPass(Pass.number + 1);
    if (!isOver) beginPass();
  }
  return true;
}

/** Moves what is still needed to where the window begins. */
function keepHistory(): void {
  const oldest = Stream.out - min(HISTORY, Stream.out - Stream.start);
  const from = min(unread, oldest);
  const distance = from - Stream.start;
  memory.copy(Stream.start, from, Stream.out - from);
  unread -= distance;
  Stream.out -= distance;
}
