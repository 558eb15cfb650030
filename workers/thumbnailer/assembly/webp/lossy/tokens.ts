import { BoolDecoder, eightBytes } from './bool-decoder';

/** Coefficients of a block (RFC 6386, 13). */

/** Probabilities of one position and context, of all contexts of a position, and of all positions. */
export const NODES_BYTES: usize = 16;
export const POSITION_BYTES: usize = 3 * NODES_BYTES;
export const TYPE_BYTES: usize = 17 * POSITION_BYTES;

const ZIGZAG = memory.data<u8>([0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15]);

/**
 * The tree below "larger than 1", by the probability's index (13.2): where 0 and 1 lead to. From 16 on it is a value:
 * 2, 3, 4, and the six categories.
 */
// prettier-ignore
const LARGER = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 4, 6, 16, 5, 17, 18, 7, 8, 19, 20, 9, 10, 21, 22, 23, 24,
]);
const FIRST_VALUE: usize = 16;
/** Of each value: what it begins with, and where the probabilities of its further bits are, which end with 0. */
const BASES = memory.data<u8>([2, 3, 4, 5, 7, 11, 19, 35, 67]);
const EXTRA_STARTS = memory.data<u8>([0, 0, 0, 1, 3, 6, 10, 15, 21]);
// prettier-ignore
const EXTRA_BITS = memory.data<u8>([
  0, 159, 0, 165, 145, 0, 173, 148, 140, 0, 176, 155, 140, 135, 0, 180, 157, 141, 134, 130, 0,
  254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129, 0,
]);

/**
 * Decodes a block's coefficients, dequantised, to a cleared one.
 * @param probabilities of the block's type
 * @param context how many of the blocks above and to the left have coefficients
 * @param first 1 for a block whose DC comes from elsewhere
 * @returns the position behind the last coefficient; `first` when there is none
 */
export function readTokens(
  decoder: BoolDecoder,
  probabilities: usize,
  context: usize,
  first: usize,
  dcFactor: i32,
  acFactor: i32,
  to: usize,
): usize {
  const end = decoder.end;
  let at = min(decoder.at, end + 8);
  let value = decoder.value;
  let range = decoder.range;
  let count = decoder.count;
  let position = first;
  let factor = first === 0 ? dcFactor : acFactor;
  let nodes = probabilities + position * POSITION_BYTES + context * NODES_BYTES;
  while (position < 16) {
    // Three decisions and a sign take up to 22 bits, and look at 8.
    if (count < 32) {
      value |= eightBytes(at, end) >> (<u64>count);
      at += (63 - count) >> 3;
      count |= 56;
    }
    let split = 1 + (((range - 1) * load<u8>(nodes)) >> 8);
    let edge = (<u64>split) << 56;
    if (value < edge) {
      // The end of the block.
      const shift = clz(split) - 24;
      range = split << shift;
      value <<= <u64>shift;
      count -= <i32>shift;
      break;
    }
    range -= split;
    value -= edge;
    let shift = clz(range) - 24;
    range <<= shift;
    value <<= <u64>shift;
    count -= <i32>shift;
    while (true) {
      split = 1 + (((range - 1) * load<u8>(nodes, 1)) >> 8);
      edge = (<u64>split) << 56;
      if (value >= edge) break;
      // A zero, which no end of the block follows.
      shift = clz(split) - 24;
      range = split << shift;
      value <<= <u64>shift;
      count -= <i32>shift;
      factor = acFactor;
      position += 1;
      nodes = probabilities + position * POSITION_BYTES;
      if (position === 16) break;
      if (count < 32) {
        value |= eightBytes(at, end) >> (<u64>count);
        at += (63 - count) >> 3;
        count |= 56;
      }
    }
    if (position === 16) break;
    range -= split;
    value -= edge;
    shift = clz(range) - 24;
    range <<= shift;
    value <<= <u64>shift;
    count -= <i32>shift;

    let magnitude = 1;
    split = 1 + (((range - 1) * load<u8>(nodes, 2)) >> 8);
    edge = (<u64>split) << 56;
    let following = NODES_BYTES;
    if (value < edge) {
      range = split;
      shift = clz(range) - 24;
      range <<= shift;
      value <<= <u64>shift;
      count -= <i32>shift;
    } else {
      following = 2 * NODES_BYTES;
      range -= split;
      value -= edge;
      shift = clz(range) - 24;
      range <<= shift;
      value <<= <u64>shift;
      count -= <i32>shift;
      // Up to five decisions.
      if (count < 48) {
        value |= eightBytes(at, end) >> (<u64>count);
        at += (63 - count) >> 3;
        count |= 56;
      }
      let node: usize = 3;
      while (node < FIRST_VALUE) {
        split = 1 + (((range - 1) * load<u8>(nodes + node)) >> 8);
        edge = (<u64>split) << 56;
        node <<= 1;
        if (value >= edge) {
          range -= split;
          value -= edge;
          node += 1;
        } else {
          range = split;
        }
        shift = clz(range) - 24;
        range <<= shift;
        value <<= <u64>shift;
        count -= <i32>shift;
        node = load<u8>(LARGER + node);
      }
      magnitude = 0;
      let extra = EXTRA_BITS + load<u8>(EXTRA_STARTS + node - FIRST_VALUE);
      for (let probability = <u32>load<u8>(extra); probability !== 0; probability = load<u8>(++extra)) {
        if (count < 16) {
          value |= eightBytes(at, end) >> (<u64>count);
          at += (63 - count) >> 3;
          count |= 56;
        }
        split = 1 + (((range - 1) * probability) >> 8);
        edge = (<u64>split) << 56;
        magnitude <<= 1;
        if (value >= edge) {
          range -= split;
          value -= edge;
          magnitude += 1;
        } else {
          range = split;
        }
        shift = clz(range) - 24;
        range <<= shift;
        value <<= <u64>shift;
        count -= <i32>shift;
      }
      magnitude += load<u8>(BASES + node - FIRST_VALUE);
    }
    // The sign is a decision of even odds, which always takes one bit.
    split = (range + 1) >> 1;
    edge = (<u64>split) << 56;
    const negative = -(<i32>(value >= edge));
    value = (value - (edge & <u64>(<i64>negative))) << 1;
    range = ((range - 1 + <u32>negative) | 1) + 1;
    count -= 1;
    store<i16>(
      to + ((<usize>load<u8>(ZIGZAG + position)) << 1),
      ((magnitude ^ negative) - negative) * factor,
    );
    factor = acFactor;
    position += 1;
    nodes = probabilities + position * POSITION_BYTES + following;
  }
  decoder.at = at;
  decoder.value = value;
  decoder.range = range;
  decoder.count = count;
  return position;
}
