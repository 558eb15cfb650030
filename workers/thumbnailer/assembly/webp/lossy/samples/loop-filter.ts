import { turnBack, turnColumns } from './columns';
import { filterMacroblockEdge, filterSimple, filterSubblockEdge } from './edge-filter';
import { Lines } from './lines';

/** The loop filter of a macroblock (RFC 6386, 15): left edge, edges within, upper edge, edges within. */

/** Between macroblocks, the edge limit is larger (15.3). */
const MACROBLOCK_MORE: u32 = 4;

/** Columns as lines: four to the left of the macroblock, then its own. */
const turned: usize = memory.data(320, 16);
const TURNED_STRIDE: usize = 16;
const FOUR: usize = 4 * TURNED_STRIDE;
const own: usize = turned + FOUR;

/** @param strength see `filter-header.ts` @param within whether the edges of subblocks are filtered, too */
export function filterNormally(column: usize, row: i32, strength: u32, within: bool): void {
  const limit = strength & 255;
  const interior = (strength >> 8) & 255;
  const variance = strength >> 16;
  const stride = Lines.stride;
  const luma = Lines.luma + (column << 4);
  const u = Lines.chroma + (column << 4);
  const lower = luma + 8 * stride;
  if (column > 0) {
    turnColumns(luma - 4, lower - 4, stride, turned);
    turnColumns(luma, lower, stride, own);
    filterMacroblockEdge(own, TURNED_STRIDE, limit + MACROBLOCK_MORE, interior, variance);
    turnBack(turned, luma - 4, lower - 4, stride);
    if (!within) turnBack(own, luma, lower, stride);
  } else if (within) {
    turnColumns(luma, lower, stride, own);
  }
  if (within) {
    for (let x: usize = 4; x < 16; x += 4) {
      const edge = own + x * TURNED_STRIDE;
      turnColumns(luma + x, lower + x, stride, edge);
      filterSubblockEdge(edge, TURNED_STRIDE, limit, interior, variance);
      turnBack(edge - FOUR, luma + x - 4, lower + x - 4, stride);
    }
    turnBack(own + 3 * FOUR, luma + 12, lower + 12, stride);
  }
  if (column > 0) {
    // The macroblock to the left is 16 bytes before.
    turnColumns(u - 12, u - 4, stride, turned);
    turnColumns(u, u + 8, stride, own);
    filterMacroblockEdge(own, TURNED_STRIDE, limit + MACROBLOCK_MORE, interior, variance);
    turnBack(turned, u - 12, u - 4, stride);
    turnBack(own, u, u + 8, stride);
  }
  if (within) {
    turnColumns(u, u + 8, stride, own);
    turnColumns(u + 4, u + 12, stride, own + FOUR);
    filterSubblockEdge(own + FOUR, TURNED_STRIDE, limit, interior, variance);
    turnBack(own, u, u + 8, stride);
    turnBack(own + FOUR, u + 4, u + 12, stride);
  }
  if (row > 0) {
    filterMacroblockEdge(luma, stride, limit + MACROBLOCK_MORE, interior, variance);
    filterMacroblockEdge(u, stride, limit + MACROBLOCK_MORE, interior, variance);
  }
  if (within) {
    for (let y: usize = 4; y < 16; y += 4) filterSubblockEdge(luma + y * stride, stride, limit, interior, variance);
    filterSubblockEdge(u + 4 * stride, stride, limit, interior, variance);
  }
}

/** The simple filter leaves chroma alone (15.2). */
export function filterSimply(column: usize, row: i32, strength: u32, within: bool): void {
  const limit = strength & 255;
  const stride = Lines.stride;
  const luma = Lines.luma + (column << 4);
  const lower = luma + 8 * stride;
  const end: usize = within ? 16 : 4;
  for (let x: usize = column > 0 ? 0 : 4; x < end; x += 4) {
    turnColumns(luma + x - 4, lower + x - 4, stride, turned);
    turnColumns(luma + x, lower + x, stride, own);
    filterSimple(own, TURNED_STRIDE, x === 0 ? limit + MACROBLOCK_MORE : limit);
    turnBack(turned, luma + x - 4, lower + x - 4, stride);
    turnBack(own, luma + x, lower + x, stride);
  }
  for (let y: usize = row > 0 ? 0 : 4; y < end; y += 4) {
    filterSimple(luma + y * stride, stride, y === 0 ? limit + MACROBLOCK_MORE : limit);
  }
}
