import { inflateCodes } from './codes';
import { BROKEN, DONE, NEED_INPUT, OUTPUT_FULL, Stream, isOverrun, refill, settle, take } from './stream';
import { Tables, buildDistances, buildLengths, buildOrder, reserveTables } from './tables';

/** What is read next. */
const WRAPPER = 0;
const BLOCK = 1;
const STORED = 2;
const CODES = 3;
const ENDED = 4;
/** Nothing that could be read on: tables may be half made. */
const FAILED = 5;

/** A block's header has at most 17 + 19 × 3 + 320 × 14 bits; it is read only when as many bytes are there. */
const HEADER_MAX_BYTES: usize = 600;
const DEFLATE: u32 = 8;
const COPY_BEFORE: u32 = 16;
const ZEROS_3_BITS: u32 = 17;

/** The order in which lengths of the code of lengths are written (RFC 1951, 3.2.7). */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let mode = WRAPPER;
let isFinal = false;
let storedLeft: usize = 0;

/** Begins a zlib stream (RFC 1950); the caller sets where input and output lie. @returns whether there was room */
export function openInflate(): bool {
  mode = WRAPPER;
  isFinal = false;
  storedLeft = 0;
  Stream.input = 0;
  Stream.inputEnd = 0;
  Stream.isLast = false;
  Stream.bits = 0;
  Stream.count = 0;
  return reserveTables();
}

/**
 * Inflates as much as there is input and room for. The checksum behind the last block is not looked at: what is damaged
 * shows as far as it can, and a photo's bytes have been compared with a digest when they came.
 */
export function inflate(): i32 {
  const status = inflateOn();
  if (status === BROKEN) mode = FAILED;
  return status;
}

function inflateOn(): i32 {
  if (mode === FAILED) return BROKEN;
  while (mode !== ENDED) {
    if (mode === STORED) {
      const status = copyStored();
      if (status !== DONE) return status;
    } else if (mode === CODES) {
      const status = inflateCodes();
      if (status !== DONE) return status;
      mode = isFinal ? ENDED : BLOCK;
    } else {
      if (!Stream.isLast && Stream.inputEnd - Stream.input < HEADER_MAX_BYTES) return NEED_INPUT;
      // Whoever reads over the end of the last input reads zeros, but only so far.
      if (Stream.isLast && Stream.input >= Stream.inputEnd + 8) return BROKEN;
      const isRead = mode === WRAPPER ? readWrapper() : readBlockHeader();
      settle();
      if (!isRead || isOverrun()) return BROKEN;
    }
  }
  return DONE;
}

/** RFC 1950, 2.2. */
function readWrapper(): bool {
  refill();
  const method = take(8);
  const flags = take(8);
  mode = BLOCK;
  return (method & 15) === DEFLATE && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 32) === 0;
}

/** RFC 1951, 3.2.3. */
function readBlockHeader(): bool {
  refill();
  isFinal = take(1) === 1;
  const kind = take(2);
  if (kind === 0) return readStoredHeader();
  mode = CODES;
  if (kind === 1) return buildFixed();
  return kind === 2 && readCodes();
}

function readStoredHeader(): bool {
  // Back to the byte boundary: whole bytes in the bit buffer have not been read yet.
  Stream.input -= Stream.count >> 3;
  Stream.bits = 0;
  Stream.count = 0;
  if (Stream.input + 4 > Stream.inputEnd) return false;
  const length = load<u16>(Stream.input);
  if (length !== <u16>~load<u16>(Stream.input, 2)) return false;
  Stream.input += 4;
  storedLeft = length;
  mode = STORED;
  return true;
}

function copyStored(): i32 {
  const there = Stream.inputEnd - Stream.input;
  const room = Stream.outEnd - Stream.out;
  const bytes = min(storedLeft, min(there, room));
  memory.copy(Stream.out, Stream.input, bytes);
  Stream.input += bytes;
  Stream.out += bytes;
  storedLeft -= bytes;
  if (storedLeft === 0) {
    mode = isFinal ? ENDED : BLOCK;
    return DONE;
  }
  if (bytes === room) return OUTPUT_FULL;
  return Stream.isLast ? BROKEN : NEED_INPUT;
}

/** RFC 1951, 3.2.6. */
function buildFixed(): bool {
  memory.fill(Tables.codeBits, 8, 144);
  memory.fill(Tables.codeBits + 144, 9, 112);
  memory.fill(Tables.codeBits + 256, 7, 24);
  memory.fill(Tables.codeBits + 280, 8, 8);
  if (!buildLengths(288)) return false;
  memory.fill(Tables.codeBits, 5, 30);
  return buildDistances(0, 30);
}

/** RFC 1951, 3.2.7. */
function readCodes(): bool {
  refill();
  const lengths = take(5) + 257;
  const distances = take(5) + 1;
  const orders = take(4) + 4;
  if (lengths > 286) return false;
  memory.fill(Tables.codeBits, 0, 19);
  for (let at: usize = 0; at < <usize>orders; at++) {
    refill();
    store<u8>(Tables.codeBits + load<u8>(ORDER + at), take(3));
    if (Stream.isLast && isOverrun()) return false;
  }
  if (!buildOrder(19)) return false;
  if (!readCodeBits(lengths + distances)) return false;
  // Without a code for its end a block has none.
  if (load<u8>(Tables.codeBits + 256) === 0) return false;
  return buildLengths(lengths) && buildDistances(lengths, distances);
}

function readCodeBits(symbols: u32): bool {
  const codeBits = Tables.codeBits;
  let done: u32 = 0;
  while (done < symbols) {
    if (Stream.isLast && isOverrun()) return false;
    refill();
    const entry = load<u32>(Tables.order + ((<usize>(Stream.bits & 127)) << 2));
    if (entry === 0) return false;
    take(entry & 63);
    const symbol = entry >> 16;
    if (symbol < COPY_BEFORE) {
      store<u8>(codeBits + done, symbol);
      done += 1;
      continue;
    }
    if (symbol === COPY_BEFORE && done === 0) return false;
    const value = symbol === COPY_BEFORE ? load<u8>(codeBits + done - 1) : <u8>0;
    const times = symbol === COPY_BEFORE ? 3 + take(2) : symbol === ZEROS_3_BITS ? 3 + take(3) : 11 + take(7);
    if (done + times > symbols) return false;
    memory.fill(codeBits + done, value, times);
    done += times;
  }
  return true;
}
