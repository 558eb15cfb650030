/**
 * The fourteen predictors (RFC 9649, 3.5.1), a run of pixels at a time: what was written is added to what is predicted,
 * channel by channel. `from` is not `to`; `above` is the row above, already undone. All are addresses of
 * the run's first pixel. Up to 12 bytes behind a run are read and written.
 */

/** 0: opaque black. */
export function addBlack(from: usize, to: usize, end: usize): void {
  const black = i32x4.splat(0xff000000);
  for (; to < end; to += 16, from += 16) v128.store(to, i8x16.add(v128.load(from), black));
}

/** 2, 3, 4: the pixel at `above`, which may be that above, to its right or left. */
export function addAbove(from: usize, above: usize, to: usize, end: usize): void {
  for (; to < end; to += 16, from += 16, above += 16) {
    v128.store(to, i8x16.add(v128.load(from), v128.load(above)));
  }
}

/** 8, 9: the mean of two pixels above. */
export function addMeanAbove(from: usize, above: usize, other: usize, to: usize, end: usize): void {
  for (; to < end; to += 16, from += 16, above += 16, other += 16) {
    v128.store(to, i8x16.add(v128.load(from), mean(v128.load(above), v128.load(other))));
  }
}

/** Of each channel, rounded down. */
function mean(one: v128, other: v128): v128 {
  const odd = v128.and(v128.xor(one, other), i8x16.splat(1));
  return i8x16.sub(i8x16.avgr_u(one, other), odd);
}

/** 1: the pixel to the left, four at a time as sums of sums. */
export function addLeft(from: usize, to: usize, end: usize): void {
  const zero = i32x4.splat(0);
  let left = v128.load32_splat(to - 4);
  for (; to < end; to += 16, from += 16) {
    const four = v128.load(from);
    const pairs = i8x16.add(four, i8x16.shuffle(four, zero, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    const sums = i8x16.add(pairs, i8x16.shuffle(pairs, zero, 16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7));
    const done = i8x16.add(sums, left);
    v128.store(to, done);
    left = i8x16.shuffle(done, done, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15);
  }
}

/** 5: the mean of that above and the mean of left and above right. */
export function addMeanOfThree(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    const predicted = mean(mean(left, v128.load32_zero(above, 4)), v128.load32_zero(above));
    left = i8x16.add(v128.load32_zero(from), predicted);
    v128.store32_lane(to, left, 0);
  }
}

/** 6, 7: the mean of left and the pixel at `above`. */
export function addMeanWithLeft(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    left = i8x16.add(v128.load32_zero(from), mean(left, v128.load32_zero(above)));
    v128.store32_lane(to, left, 0);
  }
}

/** 10: the mean of the means of left and above left, above and above right. */
export function addMeanOfFour(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    const upper = mean(v128.load32_zero(above), v128.load32_zero(above, 4));
    left = i8x16.add(v128.load32_zero(from), mean(mean(left, v128.load32_zero(above - 4)), upper));
    v128.store32_lane(to, left, 0);
  }
}

/** 11: left or above, whichever is nearer, in all channels together, to left + above - above left. */
export function addSelected(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  let corner = v128.load32_zero(above - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    const upper = v128.load32_zero(above);
    const toLeft = sumOf(differences(upper, corner));
    const toUpper = sumOf(differences(left, corner));
    const predicted = toLeft < toUpper ? left : upper;
    left = i8x16.add(v128.load32_zero(from), predicted);
    corner = upper;
    v128.store32_lane(to, left, 0);
  }
}

function differences(one: v128, other: v128): v128 {
  return v128.or(i8x16.sub_sat_u(one, other), i8x16.sub_sat_u(other, one));
}

/** Of four bytes. */
function sumOf(bytes: v128): i32 {
  return i32x4.extract_lane(i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)), 0);
}

/** 12: left + above - above left, as far as there are such colours. */
export function addGradient(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load_ext<u8>(to - 4);
  const low = i16x8.splat(255);
  for (; to < end; to += 4, from += 4, above += 4) {
    const step = i16x8.sub(v128.load_ext<u8>(above), v128.load_ext<u8>(above - 4));
    const sum = i16x8.add(left, step);
    const predicted = i16x8.min_s(i16x8.max_s(sum, i16x8.splat(0)), low);
    left = v128.and(i16x8.add(v128.load_ext<u8>(from), predicted), low);
    v128.store32_lane(to, i8x16.narrow_i16x8_u(left, left), 0);
  }
}

/** 13: the mean of left and above, and half of what lies between that and above left. */
export function addHalfGradient(from: usize, above: usize, to: usize, end: usize): void {
  let left = v128.load32_zero(to - 4);
  for (; to < end; to += 4, from += 4, above += 4) {
    const middle = i16x8.extend_low_i8x16_u(mean(left, v128.load32_zero(above)));
    const step = i16x8.sub(middle, v128.load_ext<u8>(above - 4));
    // Halves are rounded towards 0.
    const half = i16x8.shr_s(i16x8.add(step, i16x8.shr_u(step, 15)), 1);
    const sum = i16x8.add(middle, half);
    left = i8x16.add(v128.load32_zero(from), i8x16.narrow_i16x8_u(sum, sum));
    v128.store32_lane(to, left, 0);
  }
}
