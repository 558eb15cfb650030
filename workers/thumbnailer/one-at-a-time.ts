/** Longer than any photo may take; whoever holds on after that was stopped in the middle and will not give back. */
const LEASE_MS = 180_000;
const LOOK_AGAIN_MS = 20;

export interface Turn {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const clock: Turn = { now: () => Date.now(), wait: (ms) => scheduler.wait(ms) };

/**
 * Lets one piece of work run at a time, in the order of nothing in particular. The runtime may give several batches
 * to one isolate, whose memory holds one decoded photo. Who waits looks again by itself instead of being woken: a
 * batch that was stopped wakes nobody.
 */
export function oneAtATime(turn: Turn = clock): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let holder: { since: number } | null = null;
  return async (work) => {
    while (holder && turn.now() - holder.since < LEASE_MS) await turn.wait(LOOK_AGAIN_MS);
    const mine = { since: turn.now() };
    holder = mine;
    try {
      return await work();
    } finally {
      if (holder === mine) holder = null;
    }
  };
}
