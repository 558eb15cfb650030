import { BAD_SEGMENT, DONE } from '../status';

/**
 * Huffman tables (B.2.4.2, C). What a table says is kept as it came and made ready when a scan names it, because what
 * its symbols mean depends on the scan. A lookup by the next 10 bits gives, for nearly every code, everything there
 * is to know at once:
 *   bits 0–4    length of the code and of the value behind it; 0: the code is longer than 10 bits, or there is none
 *   bits 5–11   by how much the zig-zag index advances (run of zeros + 1, F.1.2.2); END_OF_BLOCK at the end
 *   bits 12–15  length of the value when it must still be read, else 0
 *   bits 16–31  the value
 */
export const LOOKUP_BITS = 10;
/** More than any index of a coefficient and run of zeros together. */
export const END_OF_BLOCK = 96;
/**
 * A second lookup, for coefficients that the scale has no need of: as many codes and values as the next 10 bits hold
 * whole, read over at once: 5 to 10 % of decoding a photo of 24 or 48 megapixels.
 *   bits 0–4    length of them all, or of the one that is longer; 0 as above
 *   bits 5–11   by how much the index advances over them all
 *   bits 12–18  and over all but the last: where that leaves the block, the last is the next block's
 */
export const SKIPS = 4 << LOOKUP_BITS;

export const DC = 0;
export const AC = 1;
/** AC whose symbols with size 0 begin a run of ended bands (G.1.2.2); the value is the length of the run's length. */
export const PROGRESSIVE_AC = 2;

const LOOKUP_BYTES = 4 << LOOKUP_BITS;
/** For each length, 1 to 16: the first 16 bits that belong to longer codes, and what gives a code its symbol. */
const LIMITS = SKIPS + LOOKUP_BYTES;
const OFFSETS = LIMITS + 4 * 17;
const COUNTS = OFFSETS + 4 * 17;
const SYMBOLS = COUNTS + 16;
const KIND = SYMBOLS + 256;
const IS_DEFINED = KIND + 4;
const TABLE_BYTES = IS_DEFINED + 4;

const tables: usize = memory.data(8 * 8864, 16);

export function forgetTables(): void {
  for (let i = 0; i < 8; i++) store<i32>(tables + i * TABLE_BYTES, 0, IS_DEFINED);
}

/** @param kind DC or not @param id 0 to 3 @returns the table, 0 when it has not been defined or is none */
export function tableFor(kind: i32, id: i32): usize {
  const table = tables + ((kind === DC ? 0 : 4) + (id & 3)) * TABLE_BYTES;
  if (load<i32>(table, IS_DEFINED) === 0) return 0;
  if (load<i32>(table, KIND) !== kind && !prepare(table, kind)) return 0;
  return table;
}

/** Reads the tables of a DHT segment. @returns a status */
export function defineTables(at: usize, bytes: i32): i32 {
  while (bytes >= 17) {
    const classAndId = <i32>load<u8>(at);
    if ((classAndId & 0xec) !== 0) return BAD_SEGMENT;
    let symbols = 0;
    for (let i = 1; i <= 16; i++) symbols += load<u8>(at + i);
    if (symbols > 256 || bytes < 17 + symbols) return BAD_SEGMENT;
    const table = tables + ((classAndId >> 4) * 4 + (classAndId & 3)) * TABLE_BYTES;
    memory.copy(table + COUNTS, at + 1, 16);
    memory.fill(table + SYMBOLS, 0, 256);
    memory.copy(table + SYMBOLS, at + 17, symbols);
    store<i32>(table, -1, KIND);
    store<i32>(table, 1, IS_DEFINED);
    at += 17 + symbols;
    bytes -= 17 + symbols;
  }
  return bytes === 0 ? DONE : BAD_SEGMENT;
}

/** Gives each symbol its code (C.2) and fills the lookup. @returns false when there are more codes than bits */
function prepare(table: usize, kind: i32): bool {
  memory.fill(table, 0, LOOKUP_BYTES);
  store<i32>(table, kind, KIND);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const last = index + <i32>load<u8>(table + COUNTS + length - 1);
    store<i32>(table + OFFSETS + 4 * length, index - code);
    for (; index < last; index++, code++) {
      const symbol = <i32>load<u8>(table + SYMBOLS + index);
      if (code >= 1 << length || (kind === DC && symbol > 15)) return refuse(table);
      if (length <= LOOKUP_BITS) fillLookup(table, code, length, symbol, kind);
    }
    store<i32>(table + LIMITS + 4 * length, code << (16 - length));
    code <<= 1;
  }
  if (kind === AC) fillSkips(table);
  return true;
}

function fillSkips(table: usize): void {
  for (let next = 0; next < 1 << LOOKUP_BITS; next++) {
    let entry = load<i32>(table + (next << 2));
    let length = entry & 31;
    let advance = (entry >> 5) & 127;
    let before = 0;
    while (length > 0 && length < LOOKUP_BITS && advance < 64) {
      entry = load<i32>(table + (((next << length) & ((1 << LOOKUP_BITS) - 1)) << 2));
      const another = entry & 31;
      if (another === 0 || length + another > LOOKUP_BITS) break;
      before = advance;
      advance += (entry >> 5) & 127;
      length += another;
    }
    if (advance > 127) advance = END_OF_BLOCK;
    store<i32>(table + (next << 2), length | (advance << 5) | (before << 12), SKIPS);
  }
}

function refuse(table: usize): bool {
  store<i32>(table, 0, IS_DEFINED);
  return false;
}

function fillLookup(table: usize, code: i32, length: i32, symbol: i32, kind: i32): void {
  const entry = entryFor(symbol, length, kind);
  const size = (entry >> 12) & 15;
  const spare = LOOKUP_BITS - length;
  const first = table + ((code << spare) << 2);
  for (let rest = 0; rest < 1 << spare; rest++) {
    const whole = size > 0 && size <= spare ? (entry & 0xfff) | (extend(rest >> (spare - size), size) << 16) : entry;
    store<i32>(first + (rest << 2), whole);
  }
}

function entryFor(symbol: i32, length: i32, kind: i32): i32 {
  if (kind === DC) return (length + symbol) | (1 << 5) | (symbol << 12);
  const run = symbol >> 4;
  const size = symbol & 15;
  if (size > 0) return (length + size) | ((run + 1) << 5) | (size << 12);
  if (run === 15) return length | (16 << 5);
  return length | (END_OF_BLOCK << 5) | (kind === PROGRESSIVE_AC ? run << 16 : 0);
}

/** What a lookup would give for a code longer than 10 bits. @returns 0 when there is no such code */
export function longCode(table: usize, bits: u64): i32 {
  const next = <i32>(bits >> 48);
  for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
    if (next < load<i32>(table + LIMITS + 4 * length)) {
      const index = (next >> (16 - length)) + load<i32>(table + OFFSETS + 4 * length);
      return entryFor(<i32>load<u8>(table + SYMBOLS + (index & 255)), length, load<i32>(table, KIND));
    }
  }
  return 0;
}

/** EXTEND (F.2.2.1): the value whose `size` bits these are. @param size at least 1 */
export function extend(bits: i32, size: i32): i32 {
  return bits - (((bits >> (size - 1)) - 1) & ((1 << size) - 1));
}

/** The value that ends a code of `length` bits with it, `size` of which are the value's. @param bits next one on top */
export function lastBits(bits: u64, length: i32, size: i32): i32 {
  const before: u64 = length - size;
  const unused: u64 = 64 - size;
  return extend(<i32>((bits << before) >> unused), size);
}
