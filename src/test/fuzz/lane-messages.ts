export interface LaneJob {
  decoder: string;
  seed: number;
  first: number;
  step: number;
  end: number;
  /** Int32: the input at work, how many are done, how many of them were read */
  progress: SharedArrayBuffer;
}

export interface Finding {
  kind: 'crash' | 'memory' | 'time' | 'hang';
  input: number;
  what: string;
}

export type LaneMessage = { finding: Finding } | { slowest: { input: number; ms: number }; peakBytes: number };

export const PROGRESS = { input: 0, done: 1, read: 2, length: 3 };
