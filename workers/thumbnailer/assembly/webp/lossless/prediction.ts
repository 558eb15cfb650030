import {
  addAbove,
  addBlack,
  addGradient,
  addHalfGradient,
  addLeft,
  addMeanAbove,
  addMeanOfFour,
  addMeanOfThree,
  addMeanWithLeft,
  addSelected,
} from './predictors';

/**
 * Undoes the prediction of a row (RFC 9649, 3.5.1).
 * @param above the row above, undone, with room for a pixel behind it; not looked at for the first row
 * @param modes for each block of this row, a pixel whose green is the predictor's number
 */
export function undoPrediction(
  from: usize,
  above: usize,
  to: usize,
  width: i32,
  isFirst: bool,
  modes: usize,
  blockBits: i32,
): void {
  const end = to + ((<usize>width) << 2);
  // The pixels at the edges have their own: black in the corner, left in the first row, above in the first column.
  if (isFirst) {
    store<u32>(to, plus(load<u32>(from), 0xff000000));
    addLeft(from + 4, to + 4, end);
    return;
  }
  store<u32>(to, plus(load<u32>(from), load<u32>(above)));
  // What is above and to the right of the last pixel is the first of its own row.
  store<u32>(above + ((<usize>width) << 2), load<u32>(to));
  for (let column = 1; column < width;) {
    const next = min(width, ((column >> blockBits) + 1) << blockBits);
    const mode = (load<u32>(modes + ((<usize>(column >> blockBits)) << 2)) >> 8) & 15;
    const offset = (<usize>column) << 2;
    predict(mode, from + offset, above + offset, to + offset, to + ((<usize>next) << 2));
    column = next;
  }
}

function predict(mode: u32, from: usize, above: usize, to: usize, end: usize): void {
  switch (mode) {
    case 1:
      return addLeft(from, to, end);
    case 2:
      return addAbove(from, above, to, end);
    case 3:
      return addAbove(from, above + 4, to, end);
    case 4:
      return addAbove(from, above - 4, to, end);
    case 5:
      return addMeanOfThree(from, above, to, end);
    case 6:
      return addMeanWithLeft(from, above - 4, to, end);
    case 7:
      return addMeanWithLeft(from, above, to, end);
    case 8:
      return addMeanAbove(from, above - 4, above, to, end);
    case 9:
      return addMeanAbove(from, above, above + 4, to, end);
    case 10:
      return addMeanOfFour(from, above, to, end);
    case 11:
      return addSelected(from, above, to, end);
    case 12:
      return addGradient(from, above, to, end);
    case 13:
      return addHalfGradient(from, above, to, end);
    default:
      return addBlack(from, to, end);
  }
}

/** Adds channel by channel. */
function plus(one: u32, other: u32): u32 {
  const evens = (one & 0x00ff00ff) + (other & 0x00ff00ff);
  const odds = (one & 0xff00ff00) + (other & 0xff00ff00);
  return (evens & 0x00ff00ff) | (odds & 0xff00ff00);
}
