import { BROKEN, DONE, NEED_INPUT, OUTPUT_FULL, Stream } from './stream';
import { DISTANCE_BITS, END, LENGTH_BITS, LITERAL, SECOND, Tables } from './tables';

const LENGTH_MASK: u64 = (1 << LENGTH_BITS) - 1;
const LENGTH_SECOND_MASK: u64 = (1 << (15 - LENGTH_BITS)) - 1;
const DISTANCE_MASK: u64 = (1 << DISTANCE_BITS) - 1;
const DISTANCE_SECOND_MASK: u64 = (1 << (15 - DISTANCE_BITS)) - 1;
/** The longest copy (RFC 1951, 3.2.5). */
const COPY_MAX: usize = 258;

/**
 * Decodes one block's literals and copies (RFC 1951, 3.2.3) as long as there is input and room. A length and its
 * distance have at most 48 bits, and each turn begins with 56 of them. State is kept in locals: globals of
 * WebAssembly live in memory, and that halves the speed.
 */
export function inflateCodes(): i32 {
  const lengths = Tables.lengths;
  const distances = Tables.distances;
  const start = Stream.start;
  const roomEnd = Stream.outEnd - COPY_MAX;
  const isLast = Stream.isLast;
  const inputEnd = Stream.inputEnd;
  let at = Stream.input;
  let bits = Stream.bits;
  let count = Stream.count;
  let out = Stream.out;
  let status = NEED_INPUT;
  for (;;) {
    if (out > roomEnd) {
      status = OUTPUT_FULL;
      break;
    }
    if (isLast) {
      if (at > inputEnd + (count >> 3)) {
        status = BROKEN;
        break;
      }
    } else if (at + 8 > inputEnd) break;
    bits |= load<u64>(at) << count;
    at += (63 - count) >> 3;
    count |= 56;
    let entry = load<u32>(lengths + ((<usize>(bits & LENGTH_MASK)) << 2));
    if ((entry & LITERAL) !== 0) {
      store<u8>(out, entry >> 16);
      out += 1;
      bits >>= entry & 63;
      count -= entry & 63;
      // Two literals have at most 30 bits: a third code may follow, but no distance.
      entry = load<u32>(lengths + ((<usize>(bits & LENGTH_MASK)) << 2));
      if ((entry & LITERAL) !== 0) {
        store<u8>(out, entry >> 16);
        out += 1;
        bits >>= entry & 63;
        count -= entry & 63;
        entry = load<u32>(lengths + ((<usize>(bits & LENGTH_MASK)) << 2));
        if ((entry & LITERAL) !== 0) {
          store<u8>(out, entry >> 16);
          out += 1;
          bits >>= entry & 63;
          count -= entry & 63;
        }
      }
      continue;
    }
    if ((entry & SECOND) !== 0) {
      const index = (entry >> 16) + <u32>((bits >> LENGTH_BITS) & LENGTH_SECOND_MASK);
      entry = load<u32>(lengths + ((<usize>index) << 2));
    }
    bits >>= entry & 63;
    count -= entry & 63;
    if ((entry & LITERAL) !== 0) {
      store<u8>(out, entry >> 16);
      out += 1;
      continue;
    }
    if ((entry & END) !== 0) {
      status = DONE;
      break;
    }
    if (entry === 0) {
      status = BROKEN;
      break;
    }
    const lengthExtra = (entry >> 8) & 31;
    const length = (entry >> 16) + <u32>(bits & (((<u64>1) << lengthExtra) - 1));
    bits >>= lengthExtra;
    count -= lengthExtra;
    entry = load<u32>(distances + ((<usize>(bits & DISTANCE_MASK)) << 2));
    if ((entry & SECOND) !== 0) {
      const index = (entry >> 16) + <u32>((bits >> DISTANCE_BITS) & DISTANCE_SECOND_MASK);
      entry = load<u32>(distances + ((<usize>index) << 2));
    }
    bits >>= entry & 63;
    count -= entry & 63;
    const distanceExtra = (entry >> 8) & 31;
    const distance = (entry >> 16) + <u32>(bits & (((<u64>1) << distanceExtra) - 1));
    bits >>= distanceExtra;
    count -= distanceExtra;
    if (entry === 0 || <usize>distance > out - start) {
      status = BROKEN;
      break;
    }
    copyBack(out, distance, length);
    out += length;
  }
  Stream.input = at;
  Stream.bits = bits & (((<u64>1) << count) - 1);
  Stream.count = count;
  Stream.out = out;
  return status;
}

/** Copies what was written `distance` bytes before, which may overlap what is being written; up to 7 bytes too many. */
function copyBack(out: usize, distance: usize, length: usize): void {
  const end = out + length;
  let from = out - distance;
  if (distance >= 8) {
    while (out < end) {
      store<u64>(out, load<u64>(from));
      out += 8;
      from += 8;
    }
  } else if (distance === 1) {
    memory.fill(out, load<u8>(from), length);
  } else {
    while (out < end) {
      store<u8>(out, load<u8>(from));
      out += 1;
      from += 1;
    }
  }
}
