/** A busy client acknowledges every 64 frames: 20 a second is 1,280 frames a second, more than a room sends. */
export const FLOOD_BURST_FRAMES = 60;
const FLOOD_FRAMES_PER_SECOND = 20;

export interface Bucket {
  tokens: number;
  /** epoch milliseconds of the last frame */
  at: number;
}

/** Takes one token. @returns the bucket after it, or null when the client sends too much. */
export function takeToken(bucket: Bucket | undefined, now: number): Bucket | null {
  const earned =
    bucket === undefined ? FLOOD_BURST_FRAMES : (Math.max(0, now - bucket.at) / 1000) * FLOOD_FRAMES_PER_SECOND;
  const tokens = Math.min(FLOOD_BURST_FRAMES, (bucket?.tokens ?? 0) + earned);
  return tokens < 1 ? null : { tokens: tokens - 1, at: now };
}
