/**
 * The boolean entropy decoder (RFC 6386, 7). `value` holds the bits that come next, the first one at the top, `count` of
 * them; `range` is 128 to 255 between two decisions, of which each takes up to 7 bits and looks at 8. Behind its end a
 * partition continues with zeros. What most time goes to (`tokens.ts`) keeps these fields in locals.
 */
@unmanaged
export class BoolDecoder {
  value: u64;
  range: u32;
  count: i32;
  /** of the next byte that is not in `value`; may lie behind the end */
  at: usize;
  end: usize;
}

/** Tells a tree's values from its inner nodes (8.1). */
export const LEAF: u32 = 128;

export function openBools(decoder: BoolDecoder, at: usize, end: usize): void {
  decoder.value = 0;
  decoder.range = 255;
  decoder.count = 0;
  decoder.at = at;
  decoder.end = end;
}

/** True when more has been decoded than there was. */
export function ranOut(decoder: BoolDecoder): bool {
  return ((<i32>(decoder.end - decoder.at)) << 3) + decoder.count < 1;
}

/** The next eight bytes, the first one at the top. */
export function eightBytes(at: usize, end: usize): u64 {
  return at + 8 <= end ? bswap(load<u64>(at)) : lastBytes(at, end);
}

function lastBytes(at: usize, end: usize): u64 {
  let bytes: u64 = 0;
  for (let shift: u64 = 56; at < end; at++, shift -= 8) bytes |= (<u64>load<u8>(at)) << shift;
  return bytes;
}

/** Ready for a decision, at least. Far behind the end it does not matter where. */
function refill(decoder: BoolDecoder): void {
  const count = decoder.count;
  const at = min(decoder.at, decoder.end + 8);
  // Some bits come twice, to the same place.
  decoder.value |= eightBytes(at, decoder.end) >> (<u64>count);
  decoder.at = at + ((63 - count) >> 3);
  decoder.count = count | 56;
}

/** @param probability that it is 0, in 256ths */
export function readBool(decoder: BoolDecoder, probability: u32): u32 {
  if (decoder.count < 16) refill(decoder);
  let range = decoder.range;
  let value = decoder.value;
  const split = 1 + (((range - 1) * probability) >> 8);
  const edge = (<u64>split) << 56;
  const bit = value >= edge;
  if (bit) {
    range -= split;
    value -= edge;
  } else {
    range = split;
  }
  const shift = clz(range) - 24;
  decoder.range = range << shift;
  decoder.value = value << (<u64>shift);
  decoder.count -= <i32>shift;
  return <u32>bit;
}

export function readFlag(decoder: BoolDecoder): bool {
  return readBool(decoder, 128) !== 0;
}

/** An unsigned number, highest bit first (7.3). */
export function readLiteral(decoder: BoolDecoder, bits: i32): i32 {
  let value = 0;
  for (; bits > 0; bits--) value = (value << 1) | (<i32>readBool(decoder, 128));
  return value;
}

/** A flag, and if it is set a number and its sign (9.6); otherwise 0. */
export function readOptional(decoder: BoolDecoder, bits: i32): i32 {
  if (!readFlag(decoder)) return 0;
  const value = readLiteral(decoder, bits);
  return readFlag(decoder) ? -value : value;
}

/**
 * Walks down a tree (8.1).
 * @param tree two bytes an inner node: where 0 and 1 lead to, which is another node or a value with LEAF
 * @param probabilities one for each inner node
 */
export function readTree(decoder: BoolDecoder, tree: usize, probabilities: usize): u32 {
  let range = decoder.range;
  let value = decoder.value;
  let count = decoder.count;
  let node: u32 = 0;
  while (node < LEAF) {
    if (count < 16) {
      decoder.count = count;
      decoder.value = value;
      refill(decoder);
      count = decoder.count;
      value = decoder.value;
    }
    const split = 1 + (((range - 1) * load<u8>(probabilities + node)) >> 8);
    const edge = (<u64>split) << 56;
    let next: usize = tree + (node << 1);
    if (value >= edge) {
      range -= split;
      value -= edge;
      next += 1;
    } else {
      range = split;
    }
    const shift = clz(range) - 24;
    range <<= shift;
    value <<= <u64>shift;
    count -= <i32>shift;
    node = load<u8>(next);
  }
  decoder.range = range;
  decoder.value = value;
  decoder.count = count;
  return node - LEAF;
}
