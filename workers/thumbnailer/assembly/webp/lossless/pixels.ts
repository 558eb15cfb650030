import { BROKEN, OK } from '../status';
import { Bits, isOverrun } from './bits';
import { Coded } from './coded';
import { distanceOf } from './distances';
import {
  ALPHA,
  ANY,
  BLUE,
  COLOUR,
  DISTANCE,
  FIXED,
  FIXED_BUT_GREEN,
  GREEN,
  KIND,
  NO_LITERAL,
  PACKED,
  PACKED_BITS,
  RED,
  SHORT,
} from './group';
import { ROOT_BITS, longEntry } from './prefix-table';
import { Window, copyBack, wrap } from './window';

const ROOT_MASK: u64 = (1 << ROOT_BITS) - 1;
const PACKED_MASK: u64 = (1 << PACKED_BITS) - 1;
const LITERALS: u32 = 256;
const CACHED: u32 = 256 + 24;
/** RFC 9649, 3.6.2.3. */
const HASH: u32 = 0x1e35a7bd;
/** The longest code of a channel. */
const CODE_BITS_MAX: u32 = 15;

/**
 * Decodes pixels into the window until so many of the picture are there, or more: a copy is never cut (RFC 9649,
 * 3.7.2.3). State is kept in locals: globals of WebAssembly live in memory, and that halves the speed.
 * @returns a status; what was decoded in this call is not to be used when it is not OK
 */
export function decodePixels(until: i32): i32 {
  const inputEnd = Bits.end + 8;
  const cache = Coded.cache;
  const hashShift = 32 - Coded.cacheBits;
  const width = Coded.width;
  const blockMask = (1 << Coded.blockBits) - 1;
  const start = Window.start;
  let at = Bits.at;
  let bits = Bits.bits;
  let count = Bits.count;
  let out = Window.out;
  let column = Coded.column;
  let row = Coded.row;
  let status = OK;
  let group = Coded.groups;
  while (status === OK) {
    if (out >= Window.end) {
      Window.out = out;
      wrap();
      out = Window.out;
    }
    const stop = min(start + ((<usize>(until - Window.before)) << 2), Window.end);
    if (until <= Window.before || out >= stop) break;
    // As far as the same group is in use.
    let run = width - column;
    if (Coded.blocksAcross > 0) {
      group = groupAt(column, row);
      run = min(run, blockMask + 1 - (column & blockMask));
    }
    const runStart = out;
    const runEnd = min(stop, out + ((<usize>run) << 2));
    const kind = load<u32>(group, KIND);
    const fixed = load<u32>(group, COLOUR);
    if (kind === FIXED) {
      for (; out < runEnd; out += 4) store<u32>(out, fixed);
      if (cache !== 0) store<u32>(cache + (((fixed * HASH) >> hashShift) << 2), fixed);
    }
    while (out < runEnd) {
      bits |= load<u64>(at) << count;
      at += (63 - count) >> 3;
      count |= 56;
      if (at > inputEnd) {
        status = BROKEN;
        break;
      }
      let symbol: u32;
      if (kind === SHORT) {
        const packed = load<usize>(group, PACKED) + ((<usize>(bits & PACKED_MASK)) << 3);
        const length = load<u32>(packed, 4);
        bits >>= length & 63;
        count -= length & 63;
        symbol = load<u32>(packed);
        if ((length & NO_LITERAL) === 0) {
          store<u32>(out, symbol);
          out += 4;
          if (cache !== 0) store<u32>(cache + (((symbol * HASH) >> hashShift) << 2), symbol);
          continue;
        }
      } else {
        const table = load<usize>(group, GREEN);
        let entry = load<u32>(table + ((<usize>(bits & ROOT_MASK)) << 2));
        if ((entry & 255) > ROOT_BITS) entry = longEntry(table, entry, bits);
        bits >>= entry & 63;
        count -= entry & 63;
        symbol = entry >> 16;
        if (symbol < LITERALS) {
          let colour = fixed | (symbol << 8);
          if (kind !== FIXED_BUT_GREEN) {
            const reds = load<usize>(group, RED);
            entry = load<u32>(reds + ((<usize>(bits & ROOT_MASK)) << 2));
            if ((entry & 255) > ROOT_BITS) entry = longEntry(reds, entry, bits);
            bits >>= entry & 63;
            count -= entry & 63;
            colour |= entry & 0xff0000;
            const blues = load<usize>(group, BLUE);
            entry = load<u32>(blues + ((<usize>(bits & ROOT_MASK)) << 2));
            if ((entry & 255) > ROOT_BITS) entry = longEntry(blues, entry, bits);
            bits >>= entry & 63;
            count -= entry & 63;
            colour |= entry >> 16;
            if (kind === ANY) {
              if (count < CODE_BITS_MAX) {
                bits |= load<u64>(at) << count;
                at += (63 - count) >> 3;
                count |= 56;
              }
              const alphas = load<usize>(group, ALPHA);
              entry = load<u32>(alphas + ((<usize>(bits & ROOT_MASK)) << 2));
              if ((entry & 255) > ROOT_BITS) entry = longEntry(alphas, entry, bits);
              bits >>= entry & 63;
              count -= entry & 63;
              colour |= (entry << 8) & 0xff000000;
            }
          }
          store<u32>(out, colour);
          out += 4;
          if (cache !== 0) store<u32>(cache + (((colour * HASH) >> hashShift) << 2), colour);
          continue;
        }
      }
      if (symbol >= CACHED) {
        // No symbol goes beyond the cache: the code has none.
        const colour = load<u32>(cache + ((symbol - CACHED) << 2));
        store<u32>(out, colour);
        out += 4;
        continue;
      }
      // A copy (3.6.2.2): at most 15 + 10 + 15 bits, then 18 more.
      const lengthCode = symbol - LITERALS;
      let pixels = lengthCode + 1;
      if (lengthCode >= 4) {
        const extra = (lengthCode - 2) >> 1;
        pixels = ((2 + (lengthCode & 1)) << extra) + ((<u32>bits) & ((1 << extra) - 1)) + 1;
        bits >>= extra;
        count -= extra;
      }
      const table = load<usize>(group, DISTANCE);
      let entry = load<u32>(table + ((<usize>(bits & ROOT_MASK)) << 2));
      if ((entry & 255) > ROOT_BITS) entry = longEntry(table, entry, bits);
      bits >>= entry & 63;
      count -= entry & 63;
      const distanceCode = entry >> 16;
      let code = distanceCode + 1;
      if (distanceCode >= 4) {
        bits |= load<u64>(at) << count;
        at += (63 - count) >> 3;
        count |= 56;
        const extra = (distanceCode - 2) >> 1;
        code = ((2 + (distanceCode & 1)) << extra) + ((<u32>bits) & ((1 << extra) - 1)) + 1;
        bits >>= extra;
        count -= extra;
      }
      const distance = distanceOf(code, width);
      const done = Window.before + <i32>((out - start) >> 2);
      if (distance > <u32>done || pixels > <u32>(Coded.pixels - done)) {
        status = BROKEN;
        break;
      }
      copyBack(out, distance, pixels);
      const copyEnd = out + ((<usize>pixels) << 2);
      if (cache !== 0) {
        for (let from = out; from < copyEnd; from += 4) {
          const colour = load<u32>(from);
          store<u32>(cache + (((colour * HASH) >> hashShift) << 2), colour);
        }
      }
      out = copyEnd;
    }
    column += <i32>((out - runStart) >> 2);
    if (column >= width) {
      row += column / width;
      column %= width;
    }
  }
  Bits.at = at;
  Bits.bits = bits & (((<u64>1) << count) - 1);
  Bits.count = count;
  Window.out = out;
  Coded.column = column;
  Coded.row = row;
  return status === OK && isOverrun() ? BROKEN : status;
}

/** The group of the block that a pixel lies in. */
function groupAt(column: i32, row: i32): usize {
  const block = (row >> Coded.blockBits) * Coded.blocksAcross + (column >> Coded.blockBits);
  return <usize>load<u32>(Coded.groups + ((<usize>block) << 2));
}
