import { reserve } from '../arena';

/**
 * Decoding tables of RFC 1951, 3.2.2: an entry for each possible value of the next bits. An entry of 0 is no code.
 * Bits 0–7: length of the code; 8–12: extra bits that follow; 13–15: the kind; 16–31: literal, base, or where the
 * second table of a longer code begins.
 */
export const LITERAL: u32 = 0x8000;
export const SECOND: u32 = 0x4000;
export const END: u32 = 0x2000;

export const LENGTH_BITS: u32 = 11;
export const DISTANCE_BITS: u32 = 9;
/** Bits of a code of lengths have at most 7. */
export const ORDER_BITS: u32 = 7;

const CODE_BITS_MAX: u32 = 15;
const SYMBOLS_MAX = 288;
/** Each symbol could, in an incomplete code, need a second table of its own. */
const LENGTH_ENTRIES: u32 = (1 << LENGTH_BITS) + SYMBOLS_MAX * (1 << (CODE_BITS_MAX - LENGTH_BITS));
const DISTANCE_ENTRIES: u32 = (1 << DISTANCE_BITS) + 32 * (1 << (CODE_BITS_MAX - DISTANCE_BITS));

const KIND_ORDER = 0;
const KIND_LENGTH = 1;

export class Tables {
  static lengths: usize = 0;
  static distances: usize = 0;
  static order: usize = 0;
  /** one byte a symbol: the length of its code */
  static codeBits: usize = 0;
}

/** @returns whether there was room */
export function reserveTables(): bool {
  Tables.lengths = reserve(LENGTH_ENTRIES << 2);
  Tables.distances = reserve(DISTANCE_ENTRIES << 2);
  Tables.order = reserve(4 << ORDER_BITS);
  Tables.codeBits = reserve(2 * SYMBOLS_MAX);
  return Tables.lengths !== 0 && Tables.distances !== 0 && Tables.order !== 0 && Tables.codeBits !== 0;
}

/** Base and extra bits of the length symbols from 257 (RFC 1951, 3.2.5). */
const LENGTH_BASE = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const LENGTH_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const COUNTS = memory.data(64);
const NEXT = memory.data(64);

function lengthEntry(symbol: u32): u32 {
  if (symbol < 256) return LITERAL | (symbol << 16);
  if (symbol === 256) return END;
  const at = symbol - 257;
  if (at > 28) return 0;
  return ((<u32>load<u16>(LENGTH_BASE + (at << 1))) << 16) | ((<u32>load<u8>(LENGTH_EXTRA + at)) << 8);
}

function distanceEntry(symbol: u32): u32 {
  if (symbol > 29) return 0;
  if (symbol < 4) return (symbol + 1) << 16;
  const extra = (symbol >> 1) - 1;
  return ((((2 + (symbol & 1)) << extra) + 1) << 16) | (extra << 8);
}

function entryOf(kind: i32, symbol: u32): u32 {
  if (kind === KIND_ORDER) return LITERAL | (symbol << 16);
  return kind === KIND_LENGTH ? lengthEntry(symbol) : distanceEntry(symbol);
}

export function buildOrder(symbols: u32): bool {
  return build(Tables.order, ORDER_BITS, KIND_ORDER, 0, symbols);
}
export function buildLengths(symbols: u32): bool {
  return build(Tables.lengths, LENGTH_BITS, KIND_LENGTH, 0, symbols);
}
export function buildDistances(from: u32, symbols: u32): bool {
  return build(Tables.distances, DISTANCE_BITS, 2, from, symbols);
}

/**
 * Makes a table of the code whose lengths stand in `codeBits` from `from` on.
 * @returns false when more codes are claimed than there are (RFC 1951, 3.2.2)
 */
function build(table: usize, rootBits: u32, kind: i32, from: u32, symbols: u32): bool {
  memory.fill(COUNTS, 0, 64);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const at = COUNTS + ((<usize>load<u8>(Tables.codeBits + from + symbol)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(COUNTS, 0);
  let code: u32 = 0;
  let left: i32 = 1;
  for (let bits: usize = 1; bits <= CODE_BITS_MAX; bits++) {
    left = (left << 1) - load<i32>(COUNTS + (bits << 2));
    if (left < 0) return false;
    code = (code + load<u32>(COUNTS + ((bits - 1) << 2))) << 1;
    store<u32>(NEXT + (bits << 2), code);
  }
  memory.fill(table, 0, (<usize>4) << rootBits);
  let used: u32 = 1 << rootBits;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const bits = <u32>load<u8>(Tables.codeBits + from + symbol);
    if (bits === 0) continue;
    const next = NEXT + ((<usize>bits) << 2);
    const reversed = reverse(load<u32>(next), bits);
    store<u32>(next, load<u32>(next) + 1);
    const entry = entryOf(kind, symbol);
    // A symbol that stands for nothing stays no code.
    if (entry === 0) continue;
    if (bits <= rootBits) {
      for (let at = reversed; at < 1 << rootBits; at += 1 << bits) store<u32>(table + (at << 2), entry | bits);
      continue;
    }
    const root = table + ((<usize>(reversed & ((1 << rootBits) - 1))) << 2);
    if (load<u32>(root) === 0) {
      store<u32>(root, SECOND | (used << 16));
      memory.fill(table + (used << 2), 0, (<usize>4) << (CODE_BITS_MAX - rootBits));
      used += 1 << (CODE_BITS_MAX - rootBits);
    }
    const second = table + ((load<u32>(root) >> 16) << 2);
    for (let at = reversed >> rootBits; at < 1 << (CODE_BITS_MAX - rootBits); at += 1 << (bits - rootBits)) {
      store<u32>(second + (at << 2), entry | bits);
    }
  }
  return true;
}

/** Codes are written with their highest bit first, everything else with its lowest. */
function reverse(code: u32, bits: u32): u32 {
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
  return reversed;
}
