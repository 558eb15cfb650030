const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 30_000;

/**
 * How long to wait before attempt number `attempt` (from 0): anything up to a bound that doubles
 * ("full jitter"), so that a thousand phones which lost one network do not come back in step.
 * @param random a number in [0, 1), as from `Math.random`
 */
export function backoffMs(attempt: number, random: number): number {
  return random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 16));
}

/** A room's pages come back over so long: of all of them a fifth in any one second. */
const RETURN_SPREAD_MS = 5_000;

/**
 * How long a page waits before it connects again, for the attempt number `attempt` (from 0): at first anything
 * up to the spread, then between the bound before and one twice as long. Attempts of one number are all made
 * before those of the next begin, so that they do not add up.
 * @param random a number in [0, 1), as from `Math.random`
 */
export function returnMs(attempt: number, random: number): number {
  const bound = Math.min(BACKOFF_CAP_MS, RETURN_SPREAD_MS * 2 ** Math.min(attempt, 16));
  const least = attempt === 0 ? 0 : bound / 2;
  return least + random * (bound - least);
}
