/**
 * The matrices of `idct.ts`: for each size n from 1 to 8, for each sample of n, what its 8 frequencies (A.3.3) are
 * multiplied by, in 15 bits: frequencies 0 2 4 6 1 3 5 7, 16 bytes a sample, 128 bytes a matrix. A frequency counts as
 * much for n samples as it does for 8, so that a flat block keeps its brightness.
 */
export const COSINES: usize = memory.data(9 * 128, 16);

export function fillCosines(): void {
  // cos 0 = 1: already there.
  if (load<i16>(COSINES + 128) !== 0) return;
  for (let n = 1; n <= 8; n++) {
    for (let sample = 0; sample < n; sample++) {
      for (let frequency = 0; frequency < 8; frequency++) {
        const place = (frequency & 1) * 4 + (frequency >> 1);
        store<i16>(COSINES + n * 128 + sample * 16 + place * 2, cosine(n, sample, frequency));
      }
    }
  }
}

function cosine(n: i32, sample: i32, frequency: i32): i16 {
  if (frequency >= n) return 0;
  const angle = (<f64>((2 * sample + 1) * frequency) * Math.PI) / <f64>(2 * n);
  const factor = frequency === 0 ? Math.sqrt(0.125) : 0.5 * Math.cos(angle);
  return <i16>Math.round(factor * 32_768);
}
