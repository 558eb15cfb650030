import type { Vector } from '../matrix-rules.ts';

/** Numbers from 0 to 1 of a table, by their place in it. */
export type Samples = (index: number) => number;

/**
 * A grid of three inputs and three outputs, whose last input varies fastest; between its points by the four corners of
 * the tetrahedron that the colour lies in.
 * @param steps of each input @returns null when it is too small to say anything
 */
export function readGrid(samples: Samples | null, steps: Vector): ((values: Vector) => Vector) | null {
  if (!samples || steps.some((count) => count < 2)) return null;
  const strides = [3 * steps[1] * steps[2], 3 * steps[2], 3] as const;
  return (values) => {
    let corner = 0;
    const axes = values.map((value, axis) => {
      const place = Math.min(1, Math.max(0, value)) * (steps[axis]! - 1); // three of each
      const below = Math.min(Math.floor(place), steps[axis]! - 2);
      corner += below * strides[axis]!;
      return { stride: strides[axis]!, share: place - below };
    });
    axes.sort((one, other) => other.share - one.share);
    const result: [number, number, number] = [samples(corner), samples(corner + 1), samples(corner + 2)];
    for (const { stride, share } of axes) {
      const next = corner + stride;
      for (const channel of [0, 1, 2] as const) {
        result[channel] += share * (samples(next + channel) - samples(corner + channel));
      }
      corner = next;
    }
    return result;
  };
}
