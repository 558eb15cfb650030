/** Pairs of 16-bit numbers from two columns: the first four rows of both, or the last four. */
export function upper(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
}

export function lower(first: v128, second: v128): v128 {
  return v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Swaps rows and columns of 8 × 8 values of 16 bits, in place. */
export function transpose(at: usize): void {
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
