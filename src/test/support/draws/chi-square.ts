/** Natural logarithm of Γ, by Lanczos. Source: Numerical Recipes, 6.1 */
function logGamma(x: number): number {
  const coefficients = [
    76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
  ];
  const t = x + 5.5;
  const sum = coefficients.reduce((so, c, n) => so + c / (x + 1 + n), 1.000000000190015);
  return (x + 0.5) * Math.log(t) - t + Math.log((2.5066282746310007 * sum) / x);
}

/** The regularised upper incomplete gamma function Q(a, x). Source: Numerical Recipes, 6.2 */
function upperGamma(a: number, x: number): number {
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; Math.abs(term) > 1e-15 * sum; n += 1) sum += term *= x / (a + n);
    return 1 - sum * scale;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h * scale;
}

/**
 * How likely counts are at least as uneven as these (Pearson).
 * @param weights how likely each cell is beside the others; as likely as any other, where none are given
 */
export function chiSquareP(
  counts: ArrayLike<number>,
  weights: readonly number[] = Array.from(counts, () => 1),
): number {
  const all = Array.from(counts);
  const share = all.reduce((sum, count) => sum + count, 0) / weights.reduce((sum, weight) => sum + weight, 0);
  const statistic = all.reduce((sum, count, cell) => {
    const expected = share * (weights[cell] as number);
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return upperGamma((all.length - 1) / 2, statistic / 2);
}
