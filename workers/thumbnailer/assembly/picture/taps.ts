import { reserve } from '../arena';

/** Weights are whole numbers of this many bits behind the point, so that two fit into one multiply-and-add of i16. */
export const WEIGHT_BITS: i32 = 14;

/**
 * For each output position: the first input position, and the weights of it and its neighbours. `count` is even and
 * the same for all; weights that are not needed are 0 and may stand for positions behind the last one.
 */
@unmanaged
export class Taps {
  count: i32;
  /** i32 for each output position. */
  first: usize;
  /** i16 × count for each output position. */
  weights: usize;
}

/** Catmull-Rom: cubic convolution with a = -1/2 (Keys, 1981). */
function kernel(distance: f64): f64 {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/**
 * The kernel widened to the scale, so that nothing finer than the output's pixels gets through.
 * @param filled how much of the input there is to see, from its beginning: a little less than all of it when the last
 *   position lies half outside
 * @param even each first position is even, for rows that are kept in pairs
 * @returns null when the memory is used up
 */
export function tapsFor(input: i32, filled: f64, output: i32, even: bool): Taps | null {
  const scale = filled / <f64>output;
  const width = max(1, scale);
  const reach = 2 * width;
  // An open interval of length 4 × scale has at most so many whole numbers in it; one more in front if it begins odd.
  const needed = min(input, <i32>Math.ceil(2 * reach));
  const count = (needed + <i32>even + 1) & ~1;
  const at = reserve(offsetof<Taps>());
  const first = reserve((<usize>output) << 2);
  const weights = reserve((<usize>output * <usize>count) << 1);
  const exact = reserve((<usize>count) << 3);
  if (at === 0 || first === 0 || weights === 0 || exact === 0) return null;
  const taps = changetype<Taps>(at);
  taps.count = count;
  taps.first = first;
  taps.weights = weights;
  for (let to = 0; to < output; to++) {
    const centre = (<f64>to + 0.5) * scale - 0.5;
    let start = min(max(0, <i32>Math.floor(centre - reach) + 1), input - needed);
    if (even) start &= ~1;
    store<i32>(first + ((<usize>to) << 2), start);
    weigh(exact, count, start, input, centre, width);
    round(exact, count, weights + ((<usize>to * <usize>count) << 1));
  }
  return taps;
}

function weigh(exact: usize, count: i32, start: i32, input: i32, centre: f64, width: f64): void {
  let total: f64 = 0;
  for (let tap = 0; tap < count; tap++) {
    const weight = start + tap < input ? kernel((<f64>(start + tap) - centre) / width) : 0;
    store<f64>(exact + ((<usize>tap) << 3), weight);
    total += weight;
  }
  for (let tap = 0; tap < count; tap++) {
    const place = exact + ((<usize>tap) << 3);
    store<f64>(place, load<f64>(place) / total);
  }
}

/** Rounds the running sum and not each weight: the whole is exactly 1, and errors of neighbours cancel out. */
function round(exact: usize, count: i32, to: usize): void {
  const one = <f64>(1 << WEIGHT_BITS);
  let sum: f64 = 0;
  let rounded = 0;
  for (let tap = 0; tap < count; tap++) {
    sum += load<f64>(exact + ((<usize>tap) << 3)) * one;
    const next = <i32>Math.floor(sum + 0.5);
    store<i16>(to + ((<usize>tap) << 1), <i16>(next - rounded));
    rounded = next;
  }
}
