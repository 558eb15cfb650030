import { isOverrun, peekBits, takeBits } from './bits';
import { LENGTHS, buildTable } from './prefix-table';

/** The order in which lengths of the code of lengths are written (RFC 9649, 3.7.2.1.2). */
const ORDER = memory.data<u8>([17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
const ORDER_SYMBOLS: u32 = 19;
const ORDER_BITS: u32 = 7;
const ORDER_TABLE = memory.data(512, 16);
/** An 8-bit symbol may be named in an alphabet that has fewer. */
const SIMPLE_SYMBOLS: u32 = 256;
const REPEAT: u32 = 16;
/** What is repeated before any length has been read. */
const FIRST_REPEATED: u8 = 8;

/**
 * Reads how long the codes of an alphabet are into `LENGTHS` (RFC 9649, 3.7.2.1).
 * @returns false when they cannot be
 */
export function readLengths(symbols: u32): bool {
  if (takeBits(1) === 1) {
    memory.fill(LENGTHS, 0, max(symbols, SIMPLE_SYMBOLS));
    const hasTwo = takeBits(1) === 1;
    const first = takeBits(takeBits(1) === 0 ? 1 : 8);
    store<u8>(LENGTHS + first, 1);
    if (hasTwo) store<u8>(LENGTHS + takeBits(8), 1);
    return !isOverrun();
  }
  const orders = takeBits(4) + 4;
  memory.fill(LENGTHS, 0, ORDER_SYMBOLS);
  for (let at: u32 = 0; at < orders; at++) store<u8>(LENGTHS + load<u8>(ORDER + at), takeBits(3));
  if (isOverrun() || buildTable(ORDER_TABLE, ORDER_BITS, ORDER_SYMBOLS) === 0) return false;
  let left = symbols;
  if (takeBits(1) === 1) {
    left = 2 + takeBits(2 + 2 * takeBits(3));
    if (left > symbols) return false;
  }
  memory.fill(LENGTHS, 0, symbols);
  return readCoded(symbols, left) && !isOverrun();
}

/** @param left at most so many codes follow; what they do not reach has no code */
function readCoded(symbols: u32, left: u32): bool {
  let symbol: u32 = 0;
  let repeated = FIRST_REPEATED;
  for (; symbol < symbols && left > 0; left--) {
    const code = takeCoded();
    if (code < REPEAT) {
      store<u8>(LENGTHS + symbol, code);
      if (code !== 0) repeated = <u8>code;
      symbol += 1;
      continue;
    }
    const times: u32 = code === REPEAT ? 3 + takeBits(2) : code === 17 ? 3 + takeBits(3) : 11 + takeBits(7);
    if (times > symbols - symbol || isOverrun()) return false;
    if (code === REPEAT) memory.fill(LENGTHS + symbol, repeated, times);
    symbol += times;
  }
  return true;
}

function takeCoded(): u32 {
  const entry = load<u32>(ORDER_TABLE + (peekBits(ORDER_BITS) << 2));
  takeBits(entry & 255);
  return entry >> 16;
}
