import type { CorpusType } from '../../../corpus/photos.ts';

export interface Job {
  file: string;
  type: CorpusType;
}

export interface Made {
  /** of each rendition, smallest first */
  renditions: { width: number; height: number; bytes: number }[];
  /** WebAssembly memory and live buffers by the side's own account; null where it keeps none */
  peakBytes: number | null;
  /** what made up the peak, and milliseconds by stage, for whoever looks closer */
  peak?: Record<string, number>;
  ms?: Record<string, number>;
  /** less than 1 when something of the photo is missing */
  partialShare?: number;
}

/** One way to make a photo's renditions out of its bytes. @throws Error when the photo is refused */
export type Side = (bytes: Uint8Array, type: CorpusType) => Promise<Made>;

/** What a side's process says about one photo. */
export interface Measured extends Made {
  /** of all its threads, user and system */
  cpuMs: number;
  wallMs: number;
}

export const SIDES = ['ours', 'sharp', 'plain'] as const;
export type SideName = (typeof SIDES)[number];
