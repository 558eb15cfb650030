/**
 * Tables of canonical prefix codes (RFC 9649, 3.7.2.1): an entry for each value of the next 8 bits, behind them tables
 * for what is longer. An entry has the length of the code in its low byte and the symbol in its upper half; or, with
 * more than 8 bits, 8 + how many bits more are to be looked up, and the entry at which that second table begins.
 */
export const ROOT_BITS: u32 = 8;
/** Literals of green, prefixes of lengths, places of the largest colour cache. */
const SYMBOLS_MAX: u32 = 256 + 24 + 2_048;

const LENGTH_MAX: u32 = 15;
/** More than any complete code of so many symbols needs; and a code that needed more would be refused. */
export const ENTRIES_MAX: u32 = 256 + SYMBOLS_MAX + 2_048;

/** One byte a symbol: how long its code is, 0 when it has none. */
export const LENGTHS = memory.data(2_328, 16);

const COUNTS = memory.data(64, 16);
const PLACES = memory.data(64, 16);
const SORTED = memory.data(4_656, 16);

/** What the last table was. */
export class Built {
  /** bits of the longest code; 0 when there is but one symbol, which takes none */
  static longest: u32 = 0;
}

/**
 * Makes the table of the code whose lengths stand in `LENGTHS`.
 * @returns how many entries it has; 0 when the lengths are those of no code
 */
export function buildTable(table: usize, rootBits: u32, symbols: u32): u32 {
  const used = sortSymbols(symbols);
  if (used === 0) return 0;
  const rootEnd: u32 = 1 << rootBits;
  if (used === 1) {
    Built.longest = 0;
    fillEvery(table, 0, 1, rootEnd, (<u32>load<u16>(SORTED)) << 16);
    return rootEnd;
  }
  if (!isComplete()) return 0;
  let key: u32 = 0;
  let at = SORTED;
  for (let length: u32 = 1; length <= rootBits; length++) {
    for (let left = load<u32>(COUNTS + (length << 2)); left > 0; left--, at += 2) {
      fillEvery(table, key, 1 << length, rootEnd, length | ((<u32>load<u16>(at)) << 16));
      key = nextKey(key, length);
    }
  }
  let end = rootEnd;
  let root: u32 = rootEnd;
  let second: usize = 0;
  let secondEnd: u32 = 0;
  for (let length = rootBits + 1; length <= LENGTH_MAX; length++) {
    const step: u32 = 1 << (length - rootBits);
    for (; load<u32>(COUNTS + (length << 2)) > 0; at += 2) {
      if ((key & (rootEnd - 1)) !== root) {
        root = key & (rootEnd - 1);
        const bits = secondBits(length, rootBits);
        store<u32>(table + (root << 2), (rootBits + bits) | (end << 16));
        second = table + (end << 2);
        secondEnd = 1 << bits;
        end += secondEnd;
        if (end > ENTRIES_MAX) return 0;
      }
      fillEvery(second, key >> rootBits, step, secondEnd, length | ((<u32>load<u16>(at)) << 16));
      key = nextKey(key, length);
      store<u32>(COUNTS + (length << 2), load<u32>(COUNTS + (length << 2)) - 1);
    }
  }
  return end;
}

/** The entry of a code that is longer than the first lookup, whose entry this is. */
export function longEntry(table: usize, entry: u32, bits: u64): u32 {
  const more = (entry & 255) - ROOT_BITS;
  const place = (entry >> 16) + ((<u32>(bits >> ROOT_BITS)) & ((1 << more) - 1));
  return load<u32>(table + (place << 2));
}

/** Counts the lengths and sorts the symbols by them. @returns how many symbols have a code */
function sortSymbols(symbols: u32): u32 {
  memory.fill(COUNTS, 0, 64);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = COUNTS + ((<usize>load<u8>(LENGTHS + symbol)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  let used: u32 = 0;
  for (let length: usize = 1; length <= LENGTH_MAX; length++) {
    const count = load<u32>(COUNTS + (length << 2));
    store<u32>(PLACES + (length << 2), used);
    used += count;
    if (count > 0) Built.longest = <u32>length;
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = <usize>load<u8>(LENGTHS + symbol);
    if (length === 0) continue;
    const place = load<u32>(PLACES + (length << 2));
    store<u16>(SORTED + (place << 1), symbol);
    store<u32>(PLACES + (length << 2), place + 1);
  }
  return used;
}

/** Whether every sequence of bits begins with exactly one code. */
function isComplete(): bool {
  let left: i32 = 1;
  for (let length: usize = 1; length <= LENGTH_MAX; length++) {
    left = (left << 1) - load<i32>(COUNTS + (length << 2));
    if (left < 0) return false;
  }
  return left === 0;
}

/** Bits of the second table that begins with a code of this length: as many as the codes in it need. */
function secondBits(length: u32, rootBits: u32): u32 {
  let left: i32 = 1 << (length - rootBits);
  for (; length < LENGTH_MAX; length++, left <<= 1) {
    left -= load<i32>(COUNTS + (length << 2));
    if (left <= 0) break;
  }
  return length - rootBits;
}

/** Codes are written with their highest bit first, so the next one is counted up from the other end. */
function nextKey(key: u32, length: u32): u32 {
  let bit: u32 = 1 << (length - 1);
  while ((key & bit) !== 0) bit >>= 1;
  return bit === 0 ? key : (key & (bit - 1)) + bit;
}

function fillEvery(table: usize, first: u32, step: u32, end: u32, entry: u32): void {
  for (let at = first; at < end; at += step) store<u32>(table + (at << 2), entry);
}
