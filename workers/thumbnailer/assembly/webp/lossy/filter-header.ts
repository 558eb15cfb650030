import { BoolDecoder, readFlag, readLiteral } from './entropy/bool-decoder';
import { levelOf, SEGMENTS } from './segments';

/** How strongly the loop filter works (RFC 6386, 9.3, 9.6 and 15). */

/** Of each segment, for a macroblock with one mode and for one with a mode for each subblock. */
const strengths: usize = memory.data(32, 4);

let isSimpleFilter = false;
let frameLevel = 0;
let sharpness = 0;
let hasDeltas = false;
let keyFrameDelta = 0;
let subblocksDelta = 0;

export function readFilterHeader(decoder: BoolDecoder): void {
  isSimpleFilter = readFlag(decoder);
  frameLevel = readLiteral(decoder, 6);
  sharpness = readLiteral(decoder, 3);
  keyFrameDelta = 0;
  subblocksDelta = 0;
  hasDeltas = readFlag(decoder);
  if (!hasDeltas || !readFlag(decoder)) return;
  // Of four kinds of reference frames and four of modes, a key frame has the first.
  for (let index = 0; index < 8; index++) {
    if (!readFlag(decoder)) continue;
    const magnitude = readLiteral(decoder, 6);
    const delta = readFlag(decoder) ? -magnitude : magnitude;
    if (index === 0) keyFrameDelta = delta;
    if (index === 4) subblocksDelta = delta;
  }
}

/** After the header's segments are known. */
export function prepareStrengths(): void {
  for (let segment: usize = 0; segment < SEGMENTS; segment++) {
    const level = levelOf(segment, frameLevel) + (hasDeltas ? keyFrameDelta : 0);
    store<u32>(strengths + (segment << 3), strengthOf(level));
    store<u32>(strengths + (segment << 3), strengthOf(level + (hasDeltas ? subblocksDelta : 0)), 4);
  }
}

export function isFiltered(): bool {
  return frameLevel !== 0;
}

export function isSimple(): bool {
  return isSimpleFilter;
}

/**
 * What a macroblock is filtered with; 0 is not at all.
 * @returns the edge limit of subblocks (bits 0–7), the interior limit (8–15), the high edge variance threshold (16–23)
 */
export function filterStrength(segment: usize, hasSubblocks: bool): u32 {
  return load<u32>(strengths + (segment << 3) + ((<usize>hasSubblocks) << 2));
}

function strengthOf(unbounded: i32): u32 {
  const level = min(max(unbounded, 0), 63);
  if (level === 0) return 0;
  let interior = level;
  if (sharpness > 0) interior = min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
  interior = max(interior, 1);
  const variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
  return (2 * level + interior) | (interior << 8) | (variance << 16);
}
