/**
 * Stretches what has fewer samples than the picture. Samples lie in the middle of the pixels that they stand for, so a
 * pixel takes from the two samples around it by their distance ("triangle"); for a factor of 2 that is 3 : 1, with
 * libjpeg's roundings. First two lines are mixed to eight times their value, then the mixture is stretched in width.
 */

/** What is added before the last shift, for even and odd columns. */
const ROUND_PLAIN = 4;

/** @param weight of the farther line, in eighths @param count rounded up to 16 */
export function mixLines(near: usize, far: usize, weight: i32, to: usize, count: i32): void {
  const nearWeight = i16x8.splat(<i16>(8 - weight));
  const farWeight = i16x8.splat(<i16>weight);
  for (let x: usize = 0; x < <usize>count; x += 16) {
    const a = v128.load(near + x);
    const b = v128.load(far + x);
    const low = i16x8.add(
      i16x8.mul(i16x8.extend_low_i8x16_u(a), nearWeight),
      i16x8.mul(i16x8.extend_low_i8x16_u(b), farWeight),
    );
    const high = i16x8.add(
      i16x8.mul(i16x8.extend_high_i8x16_u(a), nearWeight),
      i16x8.mul(i16x8.extend_high_i8x16_u(b), farWeight),
    );
    v128.store(to + (x << 1), low);
    v128.store(to + (x << 1), high, 16);
  }
}

/** Back from eight times the value. @param bias added before the shift */
export function narrowLine(mixed: usize, to: usize, count: i32, bias: i32): void {
  const biases = i16x8.splat(<i16>bias);
  for (let x: usize = 0; x < <usize>count; x += 16) {
    const low = i16x8.shr_u(i16x8.add(v128.load(mixed + (x << 1)), biases), 3);
    const high = i16x8.shr_u(i16x8.add(v128.load(mixed + (x << 1), 16), biases), 3);
    v128.store(to + x, i8x16.narrow_i16x8_u(low, high));
  }
}

/**
 * Twice the width. The samples are extended by one at both ends.
 * @param mixed eight times the samples; one place before and one behind it are overwritten
 */
export function doubleLine(mixed: usize, to: usize, count: i32, evenBias: i32, oddBias: i32): void {
  extendEnds(mixed, count);
  const three = i16x8.splat(3);
  const evenBiases = i16x8.splat(<i16>evenBias);
  const oddBiases = i16x8.splat(<i16>oddBias);
  for (let x: usize = 0; x < <usize>count; x += 8) {
    const at = mixed + (x << 1);
    const middle = i16x8.mul(v128.load(at), three);
    const even = i16x8.shr_u(i16x8.add(i16x8.add(middle, v128.load(at - 2)), evenBiases), 5);
    const odd = i16x8.shr_u(i16x8.add(i16x8.add(middle, v128.load(at, 2)), oddBiases), 5);
    v128.store(to + (x << 1), v128.or(even, i16x8.shl(odd, 8)));
  }
}

/** Any other factor. Rare (4:1:1), and so not worth vectors. */
export function stretchLine(mixed: usize, to: usize, count: i32, factor: i32): void {
  extendEnds(mixed, count);
  for (let phase = 0; phase < factor; phase++) {
    const offset = 2 * phase + 1 - factor;
    const neighbour = offset < 0 ? -2 : 2;
    const weight = abs(offset);
    const whole = 2 * factor;
    for (let x = 0; x < count; x++) {
      const at = mixed + 2 * x;
      const sum = <i32>load<u16>(at) * (whole - weight) + <i32>load<u16>(at + neighbour) * weight;
      store<u8>(to + x * factor + phase, (sum + ROUND_PLAIN * whole) / (8 * whole));
    }
  }
}

function extendEnds(mixed: usize, count: i32): void {
  store<u16>(mixed - 2, load<u16>(mixed));
  const behind = mixed + 2 * count;
  store<u16>(behind, load<u16>(behind - 2));
}
