/** Steps of the table of linear light. The curve of sRGB is steepest at black, where a step is 0.2 of 1/255. */
const STEPS: i32 = 16_384;

const encoded: usize = memory.data(STEPS);
let filled = false;

/** IEC 61966-2-1, 5.3: linear light → 8 bits, for each step. */
function fillEncoded(): void {
  for (let step = 0; step < STEPS; step++) {
    const light = <f64>step / <f64>(STEPS - 1);
    const signal = light <= 0.003_130_8 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    store<u8>(encoded + <usize>step, <u8>(signal * 255 + 0.5));
  }
  filled = true;
}

/**
 * Converts a picture to sRGB in place; alpha stays.
 * @param shares what each value of red, then of green, then of blue adds to linear red, green and blue of sRGB: 3 × 256
 *   × 4 f32 (the last unused), where 1 is full light; the curves and the matrix of a profile are both in there. They are used up.
 */
export function toSrgb(picture: usize, width: i32, height: i32, shares: usize): void {
  if (!filled) fillEncoded();
  const none = f32x4.splat(0);
  const full = f32x4.splat(<f32>(STEPS - 1));
  const whole = f32x4.splat(8_388_608);
  const mask = i32x4.splat(STEPS - 1);
  for (let at = shares; at < shares + 12_288; at += 16) v128.store(at, f32x4.mul(v128.load(at), full));
  const green = shares + 4_096;
  const blue = shares + 8_192;
  const end = picture + ((<usize>width * <usize>height) << 2);
  for (let at = picture; at < end; at += 4) {
    const light = f32x4.add(
      f32x4.add(v128.load(shares + ((<usize>load<u8>(at)) << 4)), v128.load(green + ((<usize>load<u8>(at, 1)) << 4))),
      v128.load(blue + ((<usize>load<u8>(at, 2)) << 4)),
    );
    // Colours outside sRGB are cut off, each channel by itself. Adding 2^23 rounds and leaves the step in the low bits.
    const step = v128.and(f32x4.add(f32x4.pmin(f32x4.pmax(light, none), full), whole), mask);
    store<u8>(at, load<u8>(encoded + <usize>i32x4.extract_lane(step, 0)));
    store<u8>(at, load<u8>(encoded + <usize>i32x4.extract_lane(step, 1)), 1);
    store<u8>(at, load<u8>(encoded + <usize>i32x4.extract_lane(step, 2)), 2);
  }
}
