import { setTimeout as sleep } from 'node:timers/promises';

/** A measured quantity over the rounds of one run. */
export interface Figure {
  median: number;
  min: number;
  max: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export const figureOf = (values: readonly number[]): Figure => ({
  median: medianOf(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** Round by round, because what slows a machine down slows both sides of the same round. */
export const ratioOf = (above: readonly number[], below: readonly number[]): Figure =>
  figureOf(above.map((value, round) => value / (below[round] ?? Number.NaN)));

/**
 * Measures lanes in turn, A B A B, each round beginning with another lane, so that no lane has the
 * warmer machine.
 * @returns the measurements of each lane, in the order of the rounds
 */
export async function alternate(
  rounds: number,
  lanes: readonly ((round: number) => Promise<number>)[],
): Promise<number[][]> {
  const measured: number[][] = lanes.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < lanes.length; step++) {
      const lane = (round + step) % lanes.length;
      measured[lane]?.push((await lanes[lane]?.(round)) ?? Number.NaN);
    }
  }
  return measured;
}

/** @returns milliseconds that the work took */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A pause in which what the round before has left behind (garbage, sockets) is cleared away. */
export const settle = () => sleep(150);
