import type { Walk } from './mutations.ts';

/** Something that reads what strangers send. */
export interface Target {
  /** Small well-formed files, the same every time, from which mutants are made. */
  seeds(): Promise<Uint8Array[]>;
  walk: Walk;
  /**
   * Reads one file, with a fresh instance of whatever holds state.
   * @returns whether it was read or refused as documented; what is thrown counts as a crash
   */
  run(bytes: Uint8Array): Outcome | Promise<Outcome>;
  /** Most bytes that one file has taken so far; NaN where nothing is accounted for. */
  peakBytes(): number;
  /** More than this is a finding. */
  maxBytes: number;
  /** One file that takes longer than this, three times in a row, is a finding. */
  maxMs: number;
}

export type Outcome = 'read' | 'refused';

/** An answer that breaks a promise although nothing was thrown: wrong sizes, bytes out of range. */
export function insist(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`Broken promise: ${promise}`);
}
