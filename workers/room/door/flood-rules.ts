import type { RoomRole } from '../../../src/contract/live.ts';

interface FloodLimit {
  /** frames at once */
  burst: number;
  perSecond: number;
}

/** A busy client acknowledges every 64 frames: 20 a second is 1,280 frames a second, more than a room sends. */
const PERSON: FloodLimit = { burst: 60, perSecond: 20 };

/** A screen confirms each photo that is taken down, and 500 may be at once. */
export const FLOOD_LIMITS: Record<RoomRole, FloodLimit> = {
  viewer: PERSON,
  guest: PERSON,
  staff: PERSON,
  screen: { burst: 1_000, perSecond: 50 },
};

export interface Bucket {
  tokens: number;
  /** epoch milliseconds of the last frame */
  at: number;
}

/** Takes one token. @returns the bucket after it, or null when the client sends too much. */
export function takeToken(bucket: Bucket | null, now: number, { burst, perSecond }: FloodLimit): Bucket | null {
  const earned = bucket === null ? burst : (Math.max(0, now - bucket.at) / 1000) * perSecond;
  const tokens = Math.min(burst, (bucket?.tokens ?? 0) + earned);
  return tokens < 1 ? null : { tokens: tokens - 1, at: now };
}
