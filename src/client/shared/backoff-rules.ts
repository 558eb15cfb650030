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
