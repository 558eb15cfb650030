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
