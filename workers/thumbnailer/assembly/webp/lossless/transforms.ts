import { reserve } from '../../arena';
import { BROKEN, NO_MEMORY, OK } from '../status';
import { isOverrun, takeBits } from './bits';
import { blocksOf, readSmallPicture } from './picture';
import { undoColourTransform, undoSubtractGreen } from './colours';
import { packingBits, readPalette, undoIndexing } from './palette';
import { undoPrediction } from './prediction';

/** RFC 9649, 3.5: each at most once, undone in the opposite order of that in which they are written. */
const PREDICTION: u32 = 0;
const COLOUR: u32 = 1;
const SUBTRACT_GREEN: u32 = 2;
const INDEXING: u32 = 3;

const TRANSFORMS_MAX = 4;
/** For each: which it is, the width of what it makes, the bits of a block's side, and where its blocks lie. */
const LIST = memory.data(64, 16);
const RECORD_BYTES: usize = 16;
const SPARE: usize = 64;

let count = 0;
let codedWidth = 0;
/** what transforms write to: the rows of the prediction, and two for all others */
let above: usize = 0;
let current: usize = 0;
let indexed: usize = 0;
let changed: usize = 0;

/** Reads the list. @returns a status */
export function readTransforms(width: i32, height: i32): i32 {
  count = 0;
  codedWidth = width;
  let seen: u32 = 0;
  while (takeBits(1) === 1) {
    const kind = takeBits(2);
    if (count === TRANSFORMS_MAX || ((seen >> kind) & 1) === 1) return BROKEN;
    seen |= 1 << kind;
    const record = LIST + <usize>count * RECORD_BYTES;
    store<u32>(record, kind);
    store<i32>(record, codedWidth, 4);
    if (kind === PREDICTION || kind === COLOUR) {
      const bits = <i32>takeBits(3) + 2;
      const across = blocksOf(codedWidth, bits);
      const down = blocksOf(height, bits);
      const blocks = reserve((<usize>across * <usize>down) << 2);
      if (blocks === 0) return NO_MEMORY;
      const status = readSmallPicture(across, down, blocks);
      if (status !== OK) return status;
      store<i32>(record, bits, 8);
      store<usize>(record, blocks, 12);
    } else if (kind === INDEXING) {
      const status = readPalette();
      if (status !== OK) return status;
      codedWidth = blocksOf(codedWidth, packingBits());
    }
    count += 1;
  }
  return isOverrun() ? BROKEN : reserveRows(width, seen);
}

function reserveRows(width: i32, seen: u32): i32 {
  const bytes = ((<usize>width) << 2) + SPARE;
  changed = reserve(bytes);
  if (changed === 0) return NO_MEMORY;
  if (((seen >> INDEXING) & 1) === 1) {
    indexed = reserve(bytes);
    if (indexed === 0) return NO_MEMORY;
  }
  if (((seen >> PREDICTION) & 1) === 1) {
    // A pixel before each row is looked at, though nothing depends on it.
    above = reserve(bytes + 16) + 16;
    current = reserve(bytes + 16) + 16;
    if (above === 16 || current === 16) return NO_MEMORY;
  }
  return OK;
}

/** Pixels of a row as it was coded: fewer than the picture's when several share one. */
export function widthCoded(): i32 {
  return codedWidth;
}

/** Undoes all transforms of a row. @returns where it lies then; valid until the next */
export function undoTransforms(from: usize, y: i32): usize {
  for (let place = count - 1; place >= 0; place--) {
    const record = LIST + <usize>place * RECORD_BYTES;
    const kind = load<u32>(record);
    const width = load<i32>(record, 4);
    if (kind === INDEXING) {
      undoIndexing(from, indexed, width);
      from = indexed;
      continue;
    }
    if (kind === SUBTRACT_GREEN) {
      undoSubtractGreen(from, changed, width);
      from = changed;
      continue;
    }
    const bits = load<i32>(record, 8);
    const blocks = load<usize>(record, 12) + ((<usize>(y >> bits) * <usize>blocksOf(width, bits)) << 2);
    if (kind === COLOUR) {
      undoColourTransform(from, changed, width, blocks, bits);
      from = changed;
      continue;
    }
    undoPrediction(from, above, current, width, y === 0, blocks, bits);
    from = current;
    current = above;
    above = from;
  }
  return from;
}

/** Room for a row that lies in two pieces. */
export function spareRow(): usize {
  return changed;
}
