import { BoolDecoder, eightBytes } from './bool-decoder';
import { readLarger } from './larger-tokens';

/** Coefficients of a block (RFC 6386, 13). */

/** Probabilities of one position and context, of all contexts of a position, and of all positions. */
export const NODES_BYTES: usize = 16;
export const POSITION_BYTES: usize = 3 * NODES_BYTES;
export const TYPE_BYTES: usize = 17 * POSITION_BYTES;

const ZIGZAG = memory.data<u8>([0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15]);

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
  let mayEnd = true;
  while (position < 16) {
    // Three decisions and a sign take up to 22 bits, and look at 8.
    if (count < 32) {
      value |= eightBytes(at, end) >> (<u64>count);
      at += (63 - count) >> 3;
      count |= 56;
    }
    let split: u32;
    let edge: u64;
    let shift: u32;
    if (mayEnd) {
      split = 1 + (((range - 1) * load<u8>(nodes)) >> 8);
      edge = (<u64>split) << 56;
      if (value < edge) {
        range = split;
        break;
      }
      range -= split;
      value -= edge;
      shift = clz(range) - 24;
      range <<= shift;
      value <<= <u64>shift;
      count -= <i32>shift;
    }
    split = 1 + (((range - 1) * load<u8>(nodes, 1)) >> 8);
    edge = (<u64>split) << 56;
    if (value < edge) {
      // A zero, which is never the last.
      shift = clz(split) - 24;
      range = split << shift;
      value <<= <u64>shift;
      count -= <i32>shift;
      mayEnd = false;
      factor = acFactor;
      position += 1;
      nodes = probabilities + position * POSITION_BYTES;
      continue;
    }
    range -= split;
    value -= edge;
    shift = clz(range) - 24;
    range <<= shift;
    value <<= <u64>shift;
    count -= <i32>shift;

    split = 1 + (((range - 1) * load<u8>(nodes, 2)) >> 8);
    edge = (<u64>split) << 56;
    const isLarger = value >= edge;
    range = isLarger ? range - split : split;
    value = isLarger ? value - edge : value;
    shift = clz(range) - 24;
    range <<= shift;
    value <<= <u64>shift;
    count -= <i32>shift;
    let magnitude = 1;
    if (isLarger) {
      decoder.at = at;
      decoder.value = value;
      decoder.range = range;
      decoder.count = count;
      magnitude = readLarger(decoder, nodes + 3);
      at = decoder.at;
      value = decoder.value;
      range = decoder.range;
      count = decoder.count;
    }
    // The sign is a decision of even odds, which always takes one bit.
    split = (range + 1) >> 1;
    edge = (<u64>split) << 56;
    const negative = -(<i32>(value >= edge));
    value = (value - (edge & (<u64>(<i64>negative)))) << 1;
    range = ((range - 1 + <u32>negative) | 1) + 1;
    count -= 1;
    store<i16>(to + ((<usize>load<u8>(ZIGZAG + position)) << 1), ((magnitude ^ negative) - negative) * factor);
    factor = acFactor;
    position += 1;
    nodes = probabilities + position * POSITION_BYTES + (isLarger ? 2 * NODES_BYTES : NODES_BYTES);
    mayEnd = true;
  }
  const shift = clz(range) - 24;
  decoder.at = at;
  decoder.range = range << shift;
  decoder.value = value << (<u64>shift);
  decoder.count = count - <i32>shift;
  return position;
}
