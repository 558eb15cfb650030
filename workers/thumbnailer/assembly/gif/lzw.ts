import { reserve } from '../arena';

/** LZW as GIF has it (GIF89a, appendix F): codes of 3 to 12 bits, lowest bit first, in blocks of up to 255 bytes. */

export const NEED_INPUT: i32 = 1;
export const OUTPUT_FULL: i32 = 2;
export const DONE: i32 = 3;
export const BROKEN: i32 = 4;

const CODES_MAX: u32 = 4_096;
/** The longest string that a code stands for: each code's is one longer than another's. */
export const STRING_MAX: usize = 4_096;

/** For each code: the code of all but its last pixel, that pixel, and how many it stands for. */
let prefixes: usize = 0;
let suffixes: usize = 0;
let lengths: usize = 0;

let clearCode: u32 = 0;
let nextCode: u32 = 0;
let codeBits: u32 = 0;
let previous: i32 = -1;
let bits: u32 = 0;
let count: u32 = 0;
/** bytes left of a block; the next byte is a length when there are none */
let blockLeft: usize = 0;
let isOver = false;

/** Where the strings go; the caller sets and moves these. */
export class Indices {
  static out: usize = 0;
  /** nothing is written behind it */
  static end: usize = 0;
}

/** @param depth bits of a pixel, 1 to 8 @returns whether there was room */
export function openLzw(depth: i32): bool {
  prefixes = reserve(CODES_MAX << 1);
  suffixes = reserve(CODES_MAX);
  lengths = reserve(CODES_MAX << 1);
  clearCode = (<u32>1) << (<u32>depth);
  bits = 0;
  count = 0;
  blockLeft = 0;
  isOver = false;
  if (prefixes === 0 || suffixes === 0 || lengths === 0) return false;
  for (let code: u32 = 0; code < clearCode; code++) {
    store<u8>(suffixes + code, code);
    store<u16>(lengths + (code << 1), 1);
  }
  clear();
  return true;
}

function clear(): void {
  codeBits = <u32>(32 - clz(clearCode));
  nextCode = clearCode + 2;
  previous = -1;
}

/** Where reading stopped. */
let inputAt: usize = 0;
export function lzwInput(): usize {
  return inputAt;
}

/** Reads blocks between two addresses as long as there is room for their strings. */
export function readBlocks(from: usize, end: usize): i32 {
  inputAt = from;
  while (!isOver) {
    while (count >= codeBits) {
      if (Indices.out + STRING_MAX > Indices.end) return OUTPUT_FULL;
      const code = bits & ((1 << codeBits) - 1);
      bits >>= codeBits;
      count -= codeBits;
      if (code === clearCode) clear();
      else if (code === clearCode + 1) isOver = true;
      else if (!writeString(code)) return BROKEN;
      if (isOver) return DONE;
    }
    if (inputAt >= end) return NEED_INPUT;
    if (blockLeft === 0) {
      blockLeft = load<u8>(inputAt++);
      // An empty block ends them all.
      isOver = blockLeft === 0;
      continue;
    }
    bits |= (<u32>load<u8>(inputAt++)) << count;
    count += 8;
    blockLeft -= 1;
  }
  return DONE;
}

function writeString(code: u32): bool {
  if (previous < 0) {
    if (code >= clearCode) return false;
    store<u8>(Indices.out++, code);
    previous = code;
    return true;
  }
  // A code that is only just being defined: the string before and its own first pixel.
  const isNew = code === nextCode && nextCode < CODES_MAX;
  if (code > clearCode + 1 ? !isNew && code >= nextCode : code >= clearCode) return false;
  let from: u32 = isNew ? previous : code;
  const length = <usize>load<u16>(lengths + (from << 1));
  let to = Indices.out + length - 1;
  while (from > clearCode) {
    store<u8>(to--, load<u8>(suffixes + from));
    from = load<u16>(prefixes + (from << 1));
  }
  store<u8>(to, from);
  Indices.out += length;
  if (isNew) store<u8>(Indices.out++, from);
  if (nextCode < CODES_MAX) {
    store<u16>(prefixes + (nextCode << 1), previous);
    store<u8>(suffixes + nextCode, from);
    store<u16>(lengths + (nextCode << 1), load<u16>(lengths + ((<u32>previous) << 1)) + 1);
    nextCode += 1;
    if (nextCode === 1 << codeBits && codeBits < 12) codeBits += 1;
  }
  previous = code;
  return true;
}
