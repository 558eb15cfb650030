/** One component of the frame: what SOF says about it, at what scale it is decoded, and what it has become so far. */
@unmanaged
export class Component {
  /** B.2.2: identifier, sampling factors, quantisation table. */
  id: i32;
  h: i32;
  v: i32;
  quantiser: i32;

  /** Blocks that hold samples of the picture (A.2.2), and those that whole MCUs have (A.2.4). */
  blocksWide: i32;
  blocksHigh: i32;
  paddedWide: i32;
  paddedHigh: i32;

  /** A block becomes so many samples in each direction, 1 to 8; needs as many frequencies. */
  samplesWide: i32;
  samplesHigh: i32;
  /** So many columns and rows of the result come from one sample. */
  stretchWide: i32;
  stretchHigh: i32;
  /** Samples of the picture at that scale. */
  width: i32;
  height: i32;

  /** A ring of two rows of MCUs; row `y` of the samples is line `y % lineCount`. */
  lines: usize;
  lineBytes: i32;
  lineCount: i32;
  /** A line stretched to the result's width, and what it is stretched from. */
  stretched: usize;
  mixed: usize;

  /** See `dequantiser.ts`; 0 before the component's first scan. */
  dequantiser: usize;
  /** Zig-zag index of the last coefficient that the scale needs, and the set of all of them. */
  lastNeeded: i32;
  needed: u64;

  /** Progressive and non-interleaved photos only: see `coefficients.ts`. */
  coefficients: usize;
  coefficientBytes: i32;
  nonZero: usize;

  /** Tables of the present scan, and the value of DC that the next one is told from (F.1.1.5.1). */
  dcTable: usize;
  acTable: usize;
  prediction: i32;

  /** How many rows of the photo have their DC, and some of their AC, and from which on there is damage. */
  rowsWithDc: i32;
  rowsWithAc: i32;
  damagedFrom: i32;
}

const components: usize = memory.data(4 * 256, 16);

/** @param i 0 to 3, in the order of the frame header */
export function componentAt(i: i32): Component {
  return changetype<Component>(components + ((<usize>i) << 8));
}

export function forgetComponents(): void {
  memory.fill(components, 0, 4 * 256);
}
