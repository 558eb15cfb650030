import type { ImageFacts } from '../../../src/domain/images/inspector.ts';
import type { WrittenTime } from '../../../src/domain/images/taken-at-rules.ts';
import type { Account } from '../account.ts';
import type { Pixels } from '../codecs/pixels.ts';
import type { Orientation } from '../orientation.ts';

/** One stored photo, read as often and from where a format needs it; never held whole. */
export interface PhotoSource {
  /** what the inspector said when it came */
  facts: ImageFacts;
  /** of the whole object */
  bytes: number;
  open(range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array>>;
}

export interface Size {
  width: number;
  height: number;
}

export interface DecodedPhoto {
  /**
   * As stored (not turned), reduced to what `choose` asked for, with the colours of the file. They lie where the
   * decoder put them and are valid until the next photo.
   */
  pixels: Pixels;
  hasAlpha: boolean;
  orientation: Orientation;
  taken: WrittenTime | null;
  /** ICC profile of the file, which the pixels still wear */
  profile: Uint8Array | null;
  /** share of the rows that the file really had, 1 for a whole one */
  partialShare: number;
  /** how it was decoded, for the log: `2/8`, `whole` … */
  scale: string;
}

/**
 * Reads one photo and reduces it on the way.
 * @param choose is told the orientation once it is known; answers the size of the largest rendition, as stored
 * @throws DecodeError when the file can never be decoded; anything else is worth another try
 */
export type Decoder = (
  source: PhotoSource,
  choose: (orientation: Orientation) => Size,
  account: Account,
) => Promise<DecodedPhoto>;
