import type { RoomPosition } from '../../../src/contract/live.ts';

/** Beyond this a snapshot is less to send, and less for the client to apply, than the frames. */
export const REPLAY_MAX_FRAMES = 500;

export type Resume = { kind: 'nothing' } | { kind: 'replay'; after: number } | { kind: 'reset' };

/**
 * What a client that last applied `since` gets when the room stands at `position` and its log begins
 * with frame `oldest` (null: the log is empty).
 */
export function resumeFrom(since: RoomPosition | null, position: RoomPosition, oldest: number | null): Resume {
  if (since === null) return { kind: 'nothing' };
  if (since.epoch !== position.epoch || since.seq > position.seq) return { kind: 'reset' };
  if (since.seq === position.seq) return { kind: 'nothing' };
  const missing = position.seq - since.seq;
  const isInLog = oldest !== null && oldest <= since.seq + 1;
  return isInLog && missing <= REPLAY_MAX_FRAMES ? { kind: 'replay', after: since.seq } : { kind: 'reset' };
}
