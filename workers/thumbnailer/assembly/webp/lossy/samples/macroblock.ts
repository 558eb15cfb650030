import { SUBBLOCK_MODES, SUBBLOCKS } from '../entropy/modes';
import { BLOCK_BYTES, BLOCKS, HAS_AC } from '../entropy/residual';
import { Lines } from './lines';
import { predictChroma, predictLuma } from './prediction';
import { predictSubblock } from './subblock-prediction';
import { addDc, addIdct } from './transform';

/** Puts macroblocks together (RFC 6386, 12 and 14.5), before the loop filter. */

/** Of a row's last macroblock there is nothing above to the right. */
let isLastColumn = false;
let hasAbove = false;
let hasLeft = false;
let hasResidual = false;

let lumaCorner: u32 = 0;
let uCorner: u32 = 0;
let vCorner: u32 = 0;

/** Before the first macroblock of a row. */
export function openRow(isFirst: bool, corner: u32): void {
  hasAbove = !isFirst;
  hasLeft = false;
  lumaCorner = corner;
  uCorner = corner;
  vCorner = corner;
}

/** @param column in which the macroblock is @param isCoded whether it has coefficients */
export function reconstruct(column: usize, isLast: bool, lumaMode: i32, chromaMode: i32, isCoded: bool): void {
  isLastColumn = isLast;
  hasResidual = isCoded;
  const x = column << 4;
  const nextCorner = <u32>load<u8>(Lines.aboveLuma + x, 15);
  if (lumaMode === SUBBLOCKS) subblocks(x);
  else luma(x, lumaMode);
  lumaCorner = nextCorner;
  chroma(x, chromaMode);
  hasLeft = true;
}

function luma(x: usize, mode: i32): void {
  const stride = Lines.stride;
  const to = Lines.luma + x;
  const above = Lines.aboveLuma + x;
  predictLuma(mode, to, stride, above, to - 1, lumaCorner, hasAbove, hasLeft);
  if (hasResidual) {
    for (let index: usize = 0; index < 16; index++) {
      addResidual(index, to + (index >> 2) * 4 * stride + ((index & 3) << 2), stride);
    }
  }
  v128.store(above, v128.load(to + 15 * stride));
}

function chroma(x: usize, mode: i32): void {
  const stride = Lines.stride;
  const to = Lines.chroma + x;
  const above = Lines.aboveChroma + x;
  const nextU = <u32>load<u8>(above, 7);
  const nextV = <u32>load<u8>(above, 15);
  predictChroma(mode, to, stride, above, to - 9, uCorner, hasAbove, hasLeft);
  predictChroma(mode, to + 8, stride, above + 8, to - 1, vCorner, hasAbove, hasLeft);
  uCorner = nextU;
  vCorner = nextV;
  if (hasResidual) {
    for (let index: usize = 0; index < 8; index++) {
      const plane = (index >> 2) << 3;
      addResidual(16 + index, to + plane + ((index >> 1) & 1) * 4 * stride + ((index & 1) << 2), stride);
    }
  }
  v128.store(above, v128.load(to + 7 * stride));
}

/** Adds a block's residual, if it has one, to what is predicted. */
function addResidual(index: usize, to: usize, stride: usize): void {
  const block = BLOCKS + index * BLOCK_BYTES;
  const hasAc = load<u8>(HAS_AC + index) !== 0;
  if (!hasAc && load<i16>(block) === 0) return;
  let pixels = v128.load_zero<u32>(to);
  pixels = v128.load_lane<u32>(to + stride, pixels, 1);
  pixels = v128.load_lane<u32>(to + 2 * stride, pixels, 2);
  pixels = v128.load_lane<u32>(to + 3 * stride, pixels, 3);
  storeSquare(to, stride, withResidual(pixels, block, hasAc));
}

function withResidual(pixels: v128, block: usize, hasAc: bool): v128 {
  if (hasAc) return addIdct(pixels, block);
  const dc = <i32>load<i16>(block);
  if (dc === 0) return pixels;
  store<i16>(block, 0);
  return addDc(pixels, dc);
}

function storeSquare(to: usize, stride: usize, pixels: v128): void {
  v128.store_lane<u32>(to, pixels, 0);
  v128.store_lane<u32>(to + stride, pixels, 1);
  v128.store_lane<u32>(to + 2 * stride, pixels, 2);
  v128.store_lane<u32>(to + 3 * stride, pixels, 3);
}

function subblocks(x: usize): void {
  const stride = Lines.stride;
  const above = Lines.aboveLuma + x;
  // Below the first line, too, the fourth column sees what is above the next macroblock.
  if (isLastColumn && hasAbove) store<u32>(above + 16, load<u8>(above, 15) * 0x01010101);
  let rowCorner = lumaCorner;
  let index: usize = 0;
  for (let y: usize = 0; y < 4; y++) {
    const to = Lines.luma + x + 4 * y * stride;
    let left = columnBefore(to, stride);
    let corner = rowCorner;
    rowCorner = left & 0xff;
    for (let column: usize = 0; column < 16; column += 4, index++) {
      const top = load<u64>(above + column);
      let pixels = predictSubblock(load<u8>(SUBBLOCK_MODES + index), left, corner, top);
      if (hasResidual) pixels = withResidual(pixels, BLOCKS + index * BLOCK_BYTES, load<u8>(HAS_AC + index) !== 0);
      storeSquare(to + column, stride, pixels);
      v128.store_lane<u32>(above + column, pixels, 3);
      corner = (<u32>(top >> 24)) & 0xff;
      left = i32x4.extract_lane(v128.shuffle<i8>(pixels, pixels, 15, 11, 7, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0);
    }
  }
}

/** Four pixels to the left of a subblock, the lowest one first. */
function columnBefore(to: usize, stride: usize): u32 {
  const first = <u32>load<u8>(to - 1);
  const second = <u32>load<u8>(to + stride - 1);
  const third = <u32>load<u8>(to + 2 * stride - 1);
  return (first << 24) | (second << 16) | (third << 8) | load<u8>(to + 3 * stride - 1);
}
