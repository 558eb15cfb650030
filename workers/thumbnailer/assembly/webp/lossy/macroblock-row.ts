import { reserve } from '../../arena';
import { ranOut } from './entropy/bool-decoder';
import { beginModeRow, readChromaMode, readLumaMode, SUBBLOCKS } from './entropy/modes';
import { beginResidualRow, CONTEXT_BYTES, readResidual, skipResidual } from './entropy/residual';
import { filterStrength, isFiltered, isSimple } from './filter-header';
import { MODE_DECODER, readSkip, tokenDecoder } from './frame-header';
import { clearLeft, firstCorner, reserveLines } from './samples/lines';
import { filterNormally, filterSimply } from './samples/loop-filter';
import { openRow, reconstruct } from './samples/macroblock';
import { readSegment } from './segments';

/** Rows of macroblocks, from their bits to filtered lines. */

/** Of each macroblock in a row: modes of the subblocks above (4 bytes), `residual.ts`' contexts, its filter's strength. */
let modesAbove: usize = 0;
let contextsAbove: usize = 0;
let strengths: usize = 0;
/** In a strength: that the edges of subblocks are filtered, too. */
const WITHIN: u32 = 1 << 31;

let columns = 0;

/** @returns whether there was room */
export function openMacroblocks(macroblocksWide: i32): bool {
  columns = macroblocksWide;
  modesAbove = reserve((<usize>columns) << 2);
  contextsAbove = reserve(<usize>columns * CONTEXT_BYTES);
  strengths = reserve((<usize>columns) << 2);
  if (modesAbove === 0 || contextsAbove === 0 || strengths === 0 || !reserveLines(columns)) return false;
  memory.fill(modesAbove, 0, (<usize>columns) << 2);
  memory.fill(contextsAbove, 0, <usize>columns * CONTEXT_BYTES);
  return true;
}

/** @returns whether there was all of its data */
export function decodeMacroblockRow(row: i32): bool {
  const decoder = tokenDecoder(row);
  beginModeRow();
  beginResidualRow();
  clearLeft();
  openRow(row === 0, firstCorner(row));
  for (let column = 0; column < columns; column++) {
    const segment = readSegment(MODE_DECODER);
    const isSkipped = readSkip();
    const lumaMode = readLumaMode(MODE_DECODER, modesAbove + ((<usize>column) << 2));
    const chromaMode = readChromaMode(MODE_DECODER);
    const contexts = contextsAbove + <usize>column * CONTEXT_BYTES;
    let isCoded = false;
    if (isSkipped) skipResidual(lumaMode, contexts);
    else isCoded = readResidual(decoder, lumaMode, segment, contexts);
    reconstruct(column, column + 1 === columns, lumaMode, chromaMode, isCoded);
    const hasSubblocks = lumaMode === SUBBLOCKS;
    const within = isCoded || hasSubblocks ? WITHIN : 0;
    store<u32>(strengths + ((<usize>column) << 2), filterStrength(segment, hasSubblocks) | within);
  }
  if (isFiltered()) filterRow(row);
  return !ranOut(decoder) && !ranOut(MODE_DECODER);
}

function filterRow(row: i32): void {
  const simple = isSimple();
  for (let column = 0; column < columns; column++) {
    const entry = load<u32>(strengths + ((<usize>column) << 2));
    const strength = entry & ~WITHIN;
    if (strength === 0) continue;
    if (simple) filterSimply(column, row, strength, (entry & WITHIN) !== 0);
    else filterNormally(column, row, strength, (entry & WITHIN) !== 0);
  }
}
