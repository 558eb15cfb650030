import { BoolDecoder, readTree } from './bool-decoder';
import { SUBBLOCK_MODE_PROBABILITIES } from './subblock-mode-probabilities';

/** How macroblocks are predicted in a key frame (RFC 6386, 8 and 11). */

/** Of subblocks; the first four are those of whole macroblocks and their chroma, too (2 is vertical). */
export const DC = 0;
export const TRUE_MOTION = 1;
export const HORIZONTAL = 3;
/** Whole subblocks of a mode each, instead of one for the macroblock. */
export const SUBBLOCKS = 4;

const MODES: usize = 10;
const NODES: usize = 9;

/** B_PRED, DC_PRED, V_PRED, H_PRED, TM_PRED (11.2). */
const LUMA_TREE = memory.data<u8>([128 + 4, 1, 2, 3, 128 + 0, 128 + 2, 128 + 3, 128 + 1]);
const LUMA_PROBABILITIES = memory.data<u8>([145, 156, 163, 128]);
const CHROMA_TREE = memory.data<u8>([128 + 0, 1, 128 + 2, 2, 128 + 3, 128 + 1]);
const CHROMA_PROBABILITIES = memory.data<u8>([142, 114, 183]);
/** DC, TM, VE, HE, LD, RD, VR, VL, HD, HU (11.2). */
// prettier-ignore
const SUBBLOCK_TREE = memory.data<u8>([
  128 + 0, 1, 128 + 1, 2, 128 + 2, 3, 4, 6, 128 + 3, 5, 128 + 5, 128 + 6, 128 + 4, 7, 128 + 7, 8, 128 + 8, 128 + 9,
]);

/** The 16 modes of a macroblock's subblocks. */
export const SUBBLOCK_MODES: usize = memory.data(16, 16);
/** Those of the subblocks to the left. */
const left: usize = memory.data(4);

export function beginModeRow(): void {
  store<u32>(left, 0);
}

/**
 * Reads a macroblock's luma mode, and with SUBBLOCKS those of its subblocks (11.3).
 * @param above modes of the four subblocks above; becomes those of this macroblock
 */
export function readLumaMode(decoder: BoolDecoder, above: usize): i32 {
  const mode = readTree(decoder, LUMA_TREE, LUMA_PROBABILITIES);
  if (mode === SUBBLOCKS) {
    readSubblockModes(decoder, above);
  } else {
    store<u32>(above, mode * 0x01010101);
    store<u32>(left, mode * 0x01010101);
  }
  return mode;
}

function readSubblockModes(decoder: BoolDecoder, above: usize): void {
  for (let y: usize = 0; y < 4; y++) {
    let mode: usize = load<u8>(left + y);
    for (let x: usize = 0; x < 4; x++) {
      const context = <usize>load<u8>(above + x) * MODES + mode;
      mode = readTree(decoder, SUBBLOCK_TREE, SUBBLOCK_MODE_PROBABILITIES + context * NODES);
      store<u8>(above + x, mode);
      store<u8>(SUBBLOCK_MODES + (y << 2) + x, mode);
    }
    store<u8>(left + y, mode);
  }
}

export function readChromaMode(decoder: BoolDecoder): i32 {
  return readTree(decoder, CHROMA_TREE, CHROMA_PROBABILITIES);
}
