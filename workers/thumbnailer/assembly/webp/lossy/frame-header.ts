import { BROKEN, OK, UNSUPPORTED, WRONG_SIZE } from '../status';
import { BoolDecoder, openBools, readBool, readFlag, readLiteral } from './entropy/bool-decoder';
import { DEFAULT_TOKEN_PROBABILITIES } from './entropy/token-probabilities';
import { TOKEN_UPDATE_PROBABILITIES } from './entropy/token-updates';
import { NODES_BYTES, POSITION_BYTES, TYPE_BYTES } from './entropy/tokens';
import { prepareStrengths, readFilterHeader } from './filter-header';
import { readQuantisers } from './quantisers';
import { readSegments } from './segments';

/** The header of a key frame (RFC 6386, 9 and 19.2). */

const TAG_BYTES: usize = 10;
const START_CODE: u32 = 0x2a019d;
const SIDE_MASK: i32 = 0x3fff;
const PROFILE_MAX: u32 = 3;

const TYPES: usize = 4;
const BANDS: usize = 8;
const CONTEXTS: usize = 3;
const NODES: usize = 11;
/** The band of each position (13.3), and of one behind the last. */
const BAND_OF = memory.data<u8>([0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0]);

/** Of all types, by position instead of band: see `tokens.ts`. */
export const TOKEN_PROBABILITIES: usize = memory.data(3264, 16);
const bands: usize = memory.data(1056);

/** The first partition, which has the header and all modes. */
export const MODE_DECODER = changetype<BoolDecoder>(memory.data(offsetof<BoolDecoder>(), 8));
/** Up to eight of tokens, for rows of macroblocks in turn (9.5). */
const tokenDecoders: usize = memory.data(8 * offsetof<BoolDecoder>(), 8);
let partitionMask = 0;

/** 0 when no macroblock is without coefficients that its mode does not say so of (9.11). */
let skipProbability: i32 = -1;

/** Who decodes the tokens of a row of macroblocks. */
export function tokenDecoder(row: i32): BoolDecoder {
  return changetype<BoolDecoder>(tokenDecoders + <usize>(row & partitionMask) * offsetof<BoolDecoder>());
}

/** Whether a macroblock says that it has no coefficients. */
export function readSkip(): bool {
  return skipProbability >= 0 && readBool(MODE_DECODER, skipProbability) !== 0;
}

export function readFrameHeader(at: usize, bytes: usize, width: i32, height: i32): i32 {
  if (bytes < TAG_BYTES) return BROKEN;
  const tag = load<u32>(at) & 0xffffff;
  // No key frame, or one that is not shown.
  if ((tag & 1) !== 0 || ((tag >> 4) & 1) === 0) return UNSUPPORTED;
  if (((tag >> 1) & 7) > PROFILE_MAX) return UNSUPPORTED;
  if ((load<u32>(at, 3) & 0xffffff) !== START_CODE) return BROKEN;
  if (((<i32>load<u16>(at, 6)) & SIDE_MASK) !== width || ((<i32>load<u16>(at, 8)) & SIDE_MASK) !== height)
    return WRONG_SIZE;
  const end = at + bytes;
  const modes = at + TAG_BYTES;
  const modesBytes = <usize>(tag >> 5);
  if (modesBytes > end - modes) return BROKEN;
  openBools(MODE_DECODER, modes, modes + modesBytes);
  // Of colours there is one space, and that values need no clamping is of no use.
  readLiteral(MODE_DECODER, 2);
  readSegments(MODE_DECODER);
  readFilterHeader(MODE_DECODER);
  prepareStrengths();
  if (!openPartitions(modes + modesBytes, end)) return BROKEN;
  readQuantisers(MODE_DECODER);
  // Whether a next frame is to begin with these probabilities.
  readFlag(MODE_DECODER);
  readTokenProbabilities();
  skipProbability = readFlag(MODE_DECODER) ? readLiteral(MODE_DECODER, 8) : -1;
  return OK;
}

/** Their sizes come first, three bytes each but for the last, which has all that is left. */
function openPartitions(at: usize, end: usize): bool {
  const count: usize = 1 << readLiteral(MODE_DECODER, 2);
  partitionMask = <i32>count - 1;
  const sizesBytes: usize = 3 * (count - 1);
  if (end - at <= sizesBytes) return false;
  let start = at + sizesBytes;
  for (let index: usize = 0; index < count; index++, at += 3) {
    let bytes = end - start;
    if (index + 1 < count) bytes = min(bytes, (<usize>load<u16>(at)) | ((<usize>load<u8>(at, 2)) << 16));
    openBools(tokenDecoder(<i32>index), start, start + bytes);
    start += bytes;
  }
  return true;
}

/** 13.4 */
function readTokenProbabilities(): void {
  for (let index: usize = 0; index < TYPES * BANDS * CONTEXTS * NODES; index++) {
    const isNew = readBool(MODE_DECODER, load<u8>(TOKEN_UPDATE_PROBABILITIES + index)) !== 0;
    store<u8>(bands + index, isNew ? readLiteral(MODE_DECODER, 8) : load<u8>(DEFAULT_TOKEN_PROBABILITIES + index));
  }
  for (let type: usize = 0; type < TYPES; type++) {
    for (let position: usize = 0; position < 17; position++) {
      const from = bands + (type * BANDS + load<u8>(BAND_OF + position)) * CONTEXTS * NODES;
      const to = TOKEN_PROBABILITIES + type * TYPE_BYTES + position * POSITION_BYTES;
      for (let context: usize = 0; context < CONTEXTS; context++) {
        memory.copy(to + context * NODES_BYTES, from + context * NODES, NODES);
      }
    }
  }
}
