import { TOKEN_PROBABILITIES } from '../frame-header';
import { CHROMA, factorsOf, Y, Y2 } from '../quantisers';
import { inverseWht } from '../samples/transform';
import { BoolDecoder } from './bool-decoder';
import { SUBBLOCKS } from './modes';
import { readTokens, TYPE_BYTES } from './tokens';

/** The coefficients of a macroblock (RFC 6386, 13). */

export const BLOCK_BYTES: usize = 32;
/** 16 blocks of Y, 4 of U, 4 of V, then Y2; all cleared between two macroblocks. */
export const BLOCKS: usize = memory.data(800, 16);
export const CHROMA_BLOCKS: usize = BLOCKS + 16 * BLOCK_BYTES;
const Y2_BLOCK: usize = BLOCKS + 24 * BLOCK_BYTES;

/** Of each of 24 blocks whether it has coefficients besides its DC. */
export const HAS_AC: usize = memory.data(24, 8);

/** Whether blocks have coefficients (13.3): 4 of Y, 2 of U, 2 of V, Y2; of those above for each macroblock. */
export const CONTEXT_BYTES: usize = 16;
const left: usize = memory.data(16, 16);
const Y2_PLACE: usize = 8;

export function beginResidualRow(): void {
  memory.fill(left, 0, CONTEXT_BYTES);
}

/** For a macroblock that has none. One without Y2 leaves that of others alone. */
export function skipResidual(mode: i32, above: usize): void {
  store<u64>(above, 0);
  store<u64>(left, 0);
  if (mode === SUBBLOCKS) return;
  store<u8>(above, 0, Y2_PLACE);
  store<u8>(left, 0, Y2_PLACE);
}

/** @returns whether there is any coefficient that is not 0 */
export function readResidual(decoder: BoolDecoder, mode: i32, segment: usize, above: usize): bool {
  const factors = factorsOf(segment);
  let type: usize = 3;
  let first: usize = 0;
  if (mode !== SUBBLOCKS) {
    const context = <usize>load<u8>(above, Y2_PLACE) + load<u8>(left, Y2_PLACE);
    const dc = <i32>load<u16>(factors, Y2);
    const ac = <i32>load<u16>(factors, Y2 + 2);
    const end = readTokens(decoder, TOKEN_PROBABILITIES + TYPE_BYTES, context, 0, dc, ac, Y2_BLOCK);
    store<u8>(above, end > 0, Y2_PLACE);
    store<u8>(left, end > 0, Y2_PLACE);
    if (end > 0) inverseWht(Y2_BLOCK, BLOCKS);
    type = 0;
    first = 1;
  }
  let any = readPlane(decoder, type, first, factors + Y, above, 0, 4, BLOCKS);
  any |= readPlane(decoder, 2, 0, factors + CHROMA, above, 4, 2, CHROMA_BLOCKS);
  any |= readPlane(decoder, 2, 0, factors + CHROMA, above, 6, 2, CHROMA_BLOCKS + 4 * BLOCK_BYTES);
  return any !== 0;
}

/** Reads a square of `side` × `side` blocks. */
function readPlane(
  decoder: BoolDecoder,
  type: usize,
  first: usize,
  factors: usize,
  above: usize,
  place: usize,
  side: usize,
  to: usize,
): u32 {
  const probabilities = TOKEN_PROBABILITIES + type * TYPE_BYTES;
  const dc = <i32>load<u16>(factors);
  const ac = <i32>load<u16>(factors, 2);
  let hasAc = HAS_AC + (to - BLOCKS) / BLOCK_BYTES;
  let any: u32 = 0;
  for (let y: usize = 0; y < side; y++) {
    let isLeft = <usize>load<u8>(left + place + y);
    for (let x: usize = 0; x < side; x++, to += BLOCK_BYTES) {
      const context = isLeft + load<u8>(above + place + x);
      const end = readTokens(decoder, probabilities, context, first, dc, ac, to);
      isLeft = <usize>(end > first);
      store<u8>(above + place + x, isLeft);
      store<u8>(hasAc++, end > 1);
      any |= (<u32>(end > 1)) | load<u16>(to);
    }
    store<u8>(left + place + y, isLeft);
  }
  return any;
}
