import { ACK_FRAMES } from '../../../src/contract/live.ts';

/** So many frames may be under way to a client that acknowledges: four of its acknowledgements. */
export const WINDOW_FRAMES = 4 * ACK_FRAMES;
/** A client need not acknowledge while it is short-lived: so many frames it gets on trust. */
export const TRUST_FRAMES = 1_000;
/** A client that is waited for so long is asked to come back later. */
export const PATIENCE_MS = 30_000;

/** Why nothing is sent to a client for the moment. */
export interface Hold {
  /** the last frame it was sent, or the position of the reset it was sent */
  after: number;
  /** epoch milliseconds */
  since: number;
  isReset: boolean;
  /** frames without a `seq` were withheld: only a reset makes up for them */
  isLossy: boolean;
}

export interface Pace {
  /** last frame acknowledged; null until the client has acknowledged one */
  ackedSeq: number | null;
  /** where it began */
  startSeq: number;
  hold: Hold | null;
}

/** What becomes of frame `seq` for one client. Only this frame's coming is looked at: no timer watches anybody. */
export function paceOf({ ackedSeq, startSeq, hold }: Pace, seq: number, now: number): 'send' | 'hold' | 'close' {
  if (hold !== null) return now - hold.since >= PATIENCE_MS ? 'close' : 'hold';
  const isWithin = ackedSeq === null ? seq - startSeq <= TRUST_FRAMES : seq - ackedSeq <= WINDOW_FRAMES;
  return isWithin ? 'send' : 'hold';
}

/** Whether a client that is held and acknowledges `ackedSeq` may go on: not before half of its window is free. */
export function isReleased({ after, isReset }: Hold, ackedSeq: number): boolean {
  return ackedSeq >= (isReset ? after : after - WINDOW_FRAMES / 2);
}
