/** Sides of the grid of lightness. */
const GRID = 32;
const BITS = 64;

/** Of values that are hundreds where there is anything to see: what is less is what a computer makes of 0. */
const ROUNDING = 0.5;

/** Frequencies by rising sum of both directions, without the one that is the mean: the first 64. */
const FREQUENCIES: readonly (readonly [number, number])[] = (() => {
  const places: [number, number][] = [];
  for (let sum = 1; places.length < BITS; sum += 1) {
    for (let down = 0; down <= sum && places.length < BITS; down += 1) places.push([sum - down, down]);
  }
  return places;
})();

const COSINES = Array.from({ length: 11 }, (_, frequency) =>
  Float64Array.from({ length: GRID }, (_unused, at) => Math.cos((Math.PI / GRID) * (at + 0.5) * frequency)),
);

/**
 * 64 bits that stay about the same when a photo is resized, recompressed or a little brightened: which of the lowest
 * frequencies (DCT-II) are above their median. Photos with less than ten bits between them are likely the same.
 * @param grid lightness, 32 × 32, row by row @returns 16 hexadecimal digits
 */
export function perceptualHash(grid: Uint8Array): string {
  const across = Array.from({ length: GRID }, (_, y) =>
    COSINES.map((cosines) => cosines.reduce((sum, cosine, x) => sum + cosine * (grid[y * GRID + x] ?? 0), 0)),
  );
  const values = FREQUENCIES.map(([right, down]) =>
    across.reduce((sum, row, y) => sum + (row[right] ?? 0) * (COSINES[down]?.[y] ?? 0), 0),
  );
  const sorted = values.toSorted((one, other) => one - other);
  const median = ((sorted[BITS / 2 - 1] ?? 0) + (sorted[BITS / 2] ?? 0)) / 2;
  let hash = 0n;
  for (const value of values) hash = (hash << 1n) | (value > median + ROUNDING ? 1n : 0n);
  return hash.toString(16).padStart(BITS / 4, '0');
}
