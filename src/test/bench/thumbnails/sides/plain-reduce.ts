export interface Picture {
  width: number;
  height: number;
  /** RGBA, 8 bits each */
  data: Uint8ClampedArray;
}

/** Catmull-Rom (Keys, 1981: a = -1/2), as far as it reaches. */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

function taps(from: number, to: number): { first: number; weights: Float32Array }[] {
  const scale = Math.max(1, from / to);
  return Array.from({ length: to }, (_none, place) => {
    const centre = ((place + 0.5) * from) / to - 0.5;
    const first = Math.max(0, Math.ceil(centre - 2 * scale));
    const last = Math.min(from - 1, Math.floor(centre + 2 * scale));
    const weights = Float32Array.from({ length: last - first + 1 }, (_one, tap) =>
      kernel((first + tap - centre) / scale),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** What anybody would write who has all pixels: rows first, then columns, three colours and alpha alike. */
export function reduceSimply(source: Picture, width: number, height: number): Picture {
  if (source.width === width && source.height === height) return source;
  const across = taps(source.width, width);
  const down = taps(source.height, height);
  const rows = new Float32Array(width * source.height * 4);
  for (let y = 0, to = 0; y < source.height; y += 1) {
    for (const { first, weights } of across) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let tap = 0, at = (y * source.width + first) * 4; tap < weights.length; tap += 1, at += 4) {
        const weight = weights[tap]!;
        red += weight * source.data[at]!;
        green += weight * source.data[at + 1]!;
        blue += weight * source.data[at + 2]!;
        alpha += weight * source.data[at + 3]!;
      }
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
      rows[to + 3] = alpha;
      to += 4;
    }
  }
  const data = new Uint8ClampedArray(width * height * 4);
  const sum = new Float32Array(width * 4);
  for (const [y, { first, weights }] of down.entries()) {
    sum.fill(0);
    for (let tap = 0; tap < weights.length; tap += 1) {
      const weight = weights[tap]!;
      for (let x = 0, at = (first + tap) * width * 4; x < sum.length; x += 1, at += 1)
        sum[x] = sum[x]! + weight * rows[at]!;
    }
    data.set(sum, y * width * 4);
  }
  return { width, height, data };
}
