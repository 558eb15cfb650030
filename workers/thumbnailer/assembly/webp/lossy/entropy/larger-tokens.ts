import { BoolDecoder, readBool, readTree } from './bool-decoder';

/** The tree of tokens below "larger than 1" (RFC 6386, 13.2): 2, 3, 4, and six categories. */
// prettier-ignore
const TREE = memory.data<u8>([
  1, 3, 128 + 0, 2, 128 + 1, 128 + 2, 4, 5, 128 + 3, 128 + 4, 6, 7, 128 + 5, 128 + 6, 128 + 7, 128 + 8,
]);

/** Of each token: what it begins with, and where the probabilities of its further bits are, which end with 0. */
const BASES = memory.data<u8>([2, 3, 4, 5, 7, 11, 19, 35, 67]);
const EXTRA_STARTS = memory.data<u8>([0, 0, 0, 1, 3, 6, 10, 15, 21]);
// prettier-ignore
const EXTRA_BITS = memory.data<u8>([
  0, 159, 0, 165, 145, 0, 173, 148, 140, 0, 176, 155, 140, 135, 0, 180, 157, 141, 134, 130, 0,
  254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129, 0,
]);

/** @param probabilities of the tree's inner nodes @returns a magnitude */
export function readLarger(decoder: BoolDecoder, probabilities: usize): i32 {
  const token = <usize>readTree(decoder, TREE, probabilities);
  let extra = EXTRA_BITS + load<u8>(EXTRA_STARTS + token);
  let value = 0;
  for (let probability = <u32>load<u8>(extra); probability !== 0; probability = load<u8>(++extra)) {
    value = (value << 1) | (<i32>readBool(decoder, probability));
  }
  return value + load<u8>(BASES + token);
}
