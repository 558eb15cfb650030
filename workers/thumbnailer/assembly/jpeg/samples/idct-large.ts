import { HIGH_ACROSS, HIGH_DOWN } from '../dequantiser';
import { COSINES } from './cosines';
import { FIRST_ROUNDING, FIRST_SHIFT, LAST_BIAS, LAST_SHIFT } from './idct-precision';

/** 8 × 8 values of 16 bits between the steps. */
const middle: usize = memory.data(128, 16);

/** The inverse DCT to 5 to 8 samples in at least one direction; see `idct.ts`. */
export function largeIdct(block: usize, places: i32, wide: i32, high: i32, to: usize, stride: usize): void {
  const isDeepAcross = (places & HIGH_ACROSS) !== 0;
  const isDeepDown = (places & HIGH_DOWN) !== 0;
  if (isDeepAcross) alongRows8(block, wide);
  else alongRows4(block, wide);
  transpose(middle);
  if (isDeepDown) alongColumns8(high, to, stride);
  else alongColumns4(high, to, stride);
}

/** Pairs of 16-bit numbers from two columns: the first four rows of both, or the last four. */
function upper(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
}

function lower(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
}

function product(pairs: v128, cosines: v128): v128 {
  return i32x4.dot_i16x8_s(pairs, cosines);
}

/** First step with all frequencies: `middle` gets a row of 8 for each of `n` samples. */
function alongRows8(block: usize, n: i32): void {
  const c0 = v128.load(block);
  const c1 = v128.load(block, 16);
  const c2 = v128.load(block, 32);
  const c3 = v128.load(block, 48);
  const c4 = v128.load(block, 64);
  const c5 = v128.load(block, 80);
  const c6 = v128.load(block, 96);
  const c7 = v128.load(block, 112);
  let cosines = COSINES + (n << 7);
  for (let x = 0, half = (n + 1) >> 1; x < half; x++, cosines += 16) {
    const w02 = v128.load_splat<i32>(cosines);
    const w46 = v128.load_splat<i32>(cosines, 4);
    const w13 = v128.load_splat<i32>(cosines, 8);
    const w57 = v128.load_splat<i32>(cosines, 12);
    keepBoth(
      i32x4.add(product(upper(c0, c2), w02), product(upper(c4, c6), w46)),
      i32x4.add(product(lower(c0, c2), w02), product(lower(c4, c6), w46)),
      i32x4.add(product(upper(c1, c3), w13), product(upper(c5, c7), w57)),
      i32x4.add(product(lower(c1, c3), w13), product(lower(c5, c7), w57)),
      middle + (x << 4),
      middle + ((n - 1 - x) << 4),
    );
  }
}

/** First step when there are no frequencies above 3 across. */
function alongRows4(block: usize, n: i32): void {
  const c0 = v128.load(block);
  const c1 = v128.load(block, 16);
  const c2 = v128.load(block, 32);
  const c3 = v128.load(block, 48);
  let cosines = COSINES + (n << 7);
  for (let x = 0, half = (n + 1) >> 1; x < half; x++, cosines += 16) {
    const w02 = v128.load_splat<i32>(cosines);
    const w13 = v128.load_splat<i32>(cosines, 8);
    keepBoth(
      product(upper(c0, c2), w02),
      product(lower(c0, c2), w02),
      product(upper(c1, c3), w13),
      product(lower(c1, c3), w13),
      middle + (x << 4),
      middle + ((n - 1 - x) << 4),
    );
  }
}

/** Stores the sum and the difference of what even and odd frequencies gave, rounded to 16 bits. */
function keepBoth(even: v128, evenRest: v128, odd: v128, oddRest: v128, first: usize, last: usize): void {
  const rounding = i32x4.splat(FIRST_ROUNDING);
  const rounded = i32x4.add(even, rounding);
  const roundedRest = i32x4.add(evenRest, rounding);
  v128.store(
    first,
    i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.add(rounded, odd), FIRST_SHIFT),
      i32x4.shr_s(i32x4.add(roundedRest, oddRest), FIRST_SHIFT),
    ),
  );
  v128.store(
    last,
    i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.sub(rounded, odd), FIRST_SHIFT),
      i32x4.shr_s(i32x4.sub(roundedRest, oddRest), FIRST_SHIFT),
    ),
  );
}

/** Second step with all frequencies: writes `n` rows of samples. */
function alongColumns8(n: i32, to: usize, stride: usize): void {
  const r0 = v128.load(middle);
  const r1 = v128.load(middle, 16);
  const r2 = v128.load(middle, 32);
  const r3 = v128.load(middle, 48);
  const r4 = v128.load(middle, 64);
  const r5 = v128.load(middle, 80);
  const r6 = v128.load(middle, 96);
  const r7 = v128.load(middle, 112);
  let cosines = COSINES + (n << 7);
  for (let y = 0, half = (n + 1) >> 1; y < half; y++, cosines += 16) {
    const w02 = v128.load_splat<i32>(cosines);
    const w46 = v128.load_splat<i32>(cosines, 4);
    const w13 = v128.load_splat<i32>(cosines, 8);
    const w57 = v128.load_splat<i32>(cosines, 12);
    writeBoth(
      i32x4.add(product(upper(r0, r2), w02), product(upper(r4, r6), w46)),
      i32x4.add(product(lower(r0, r2), w02), product(lower(r4, r6), w46)),
      i32x4.add(product(upper(r1, r3), w13), product(upper(r5, r7), w57)),
      i32x4.add(product(lower(r1, r3), w13), product(lower(r5, r7), w57)),
      to + <usize>y * stride,
      to + <usize>(n - 1 - y) * stride,
    );
  }
}

/** Second step when there are no frequencies above 3 down. */
function alongColumns4(n: i32, to: usize, stride: usize): void {
  const r0 = v128.load(middle);
  const r1 = v128.load(middle, 16);
  const r2 = v128.load(middle, 32);
  const r3 = v128.load(middle, 48);
  let cosines = COSINES + (n << 7);
  for (let y = 0, half = (n + 1) >> 1; y < half; y++, cosines += 16) {
    const w02 = v128.load_splat<i32>(cosines);
    const w13 = v128.load_splat<i32>(cosines, 8);
    writeBoth(
      product(upper(r0, r2), w02),
      product(lower(r0, r2), w02),
      product(upper(r1, r3), w13),
      product(lower(r1, r3), w13),
      to + <usize>y * stride,
      to + <usize>(n - 1 - y) * stride,
    );
  }
}

/** As `keepBoth`, but as samples of 8 bits. */
function writeBoth(even: v128, evenRest: v128, odd: v128, oddRest: v128, first: usize, last: usize): void {
  const bias = i32x4.splat(LAST_BIAS);
  const biased = i32x4.add(even, bias);
  const biasedRest = i32x4.add(evenRest, bias);
  const sums = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(biased, odd), LAST_SHIFT),
    i32x4.shr_s(i32x4.add(biasedRest, oddRest), LAST_SHIFT),
  );
  const differences = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.sub(biased, odd), LAST_SHIFT),
    i32x4.shr_s(i32x4.sub(biasedRest, oddRest), LAST_SHIFT),
  );
  const bytes = i8x16.narrow_i16x8_u(sums, differences);
  v128.store_lane<i64>(first, bytes, 0);
  v128.store_lane<i64>(last, bytes, 1);
}

/** Swaps rows and columns of 8 × 8 values of 16 bits, in place. */
function transpose(at: usize): void {
  const a0 = upper(v128.load(at), v128.load(at, 64));
  const a1 = lower(v128.load(at), v128.load(at, 64));
  const a2 = upper(v128.load(at, 16), v128.load(at, 80));
  const a3 = lower(v128.load(at, 16), v128.load(at, 80));
  const a4 = upper(v128.load(at, 32), v128.load(at, 96));
  const a5 = lower(v128.load(at, 32), v128.load(at, 96));
  const a6 = upper(v128.load(at, 48), v128.load(at, 112));
  const a7 = lower(v128.load(at, 48), v128.load(at, 112));
  const b0 = upper(a0, a4);
  const b1 = lower(a0, a4);
  const b2 = upper(a1, a5);
  const b3 = lower(a1, a5);
  const b4 = upper(a2, a6);
  const b5 = lower(a2, a6);
  const b6 = upper(a3, a7);
  const b7 = lower(a3, a7);
  v128.store(at, upper(b0, b4));
  v128.store(at, lower(b0, b4), 16);
  v128.store(at, upper(b1, b5), 32);
  v128.store(at, lower(b1, b5), 48);
  v128.store(at, upper(b2, b6), 64);
  v128.store(at, lower(b2, b6), 80);
  v128.store(at, upper(b3, b7), 96);
  v128.store(at, lower(b3, b7), 112);
}
