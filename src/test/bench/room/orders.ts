import type { DialectName } from './dialects.ts';

/** What a process of clients is told to do; each order is answered by one `done`. */
export type Order =
  /** `stalled`: they come in, and never read again */
  | { kind: 'open'; url: string; dialect: DialectName; count: number; stalled: boolean }
  /**
   * Every socket is gone at once, and comes back as pages do, in a share of the time that these take. Answers how
   * long each took from open to whole, in ms.
   */
  | { kind: 'return'; spread: number }
  | { kind: 'receipts' }
  | { kind: 'close' };

/** When the frame `seq` came to each client, by `sharedNow`. */
export interface Receipts {
  seq: number;
  at: Float64Array;
}

export type News =
  /** every client that reads has this frame */
  | { kind: 'arrived'; seq: number }
  | { kind: 'lost'; why: string }
  | { kind: 'done'; answer: Receipts[] | Float64Array | null };
