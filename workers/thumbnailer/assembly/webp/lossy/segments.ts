import { BoolDecoder, readBool, readFlag, readLiteral, readOptional } from './entropy/bool-decoder';

/** Segments of macroblocks with a quantiser and a loop filter of their own (RFC 6386, 9.3). */

export const SEGMENTS: usize = 4;

/** For each segment 32 bits: its quantiser's index, its filter's level; added to the frame's unless `areAbsolute`. */
const quantisers: usize = memory.data(16, 4);
const levels: usize = memory.data(16, 4);
const probabilities: usize = memory.data(3);

let areUsed = false;
let areMapped = false;
let areAbsolute = true;

export function readSegments(decoder: BoolDecoder): void {
  areUsed = readFlag(decoder);
  areMapped = areUsed && readFlag(decoder);
  areAbsolute = true;
  memory.fill(quantisers, 0, 16);
  memory.fill(levels, 0, 16);
  if (!areUsed) return;
  if (readFlag(decoder)) {
    areAbsolute = readFlag(decoder);
    for (let segment: usize = 0; segment < SEGMENTS; segment++) {
      store<i32>(quantisers + (segment << 2), readOptional(decoder, 7));
    }
    for (let segment: usize = 0; segment < SEGMENTS; segment++) {
      store<i32>(levels + (segment << 2), readOptional(decoder, 6));
    }
  }
  if (!areMapped) return;
  for (let node: usize = 0; node < 3; node++) {
    store<u8>(probabilities + node, readFlag(decoder) ? readLiteral(decoder, 8) : 255);
  }
}

/** A macroblock's segment (10). */
export function readSegment(decoder: BoolDecoder): usize {
  if (!areMapped) return 0;
  const half = readBool(decoder, load<u8>(probabilities));
  return (half << 1) + readBool(decoder, load<u8>(probabilities + 1 + half));
}

export function quantiserOf(segment: usize, frames: i32): i32 {
  return valueOf(quantisers + (segment << 2), frames);
}

export function levelOf(segment: usize, frames: i32): i32 {
  return valueOf(levels + (segment << 2), frames);
}

function valueOf(own: usize, frames: i32): i32 {
  if (!areUsed) return frames;
  return areAbsolute ? load<i32>(own) : frames + load<i32>(own);
}
