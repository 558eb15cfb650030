import type { ImageFacts } from '../../../src/domain/images/inspector.ts';
import type { WrittenTime } from '../../../src/domain/images/taken-at-rules.ts';
import type { Account } from '../account.ts';
import type { ColourClaims } from '../colour/claims.ts';
import type { Picture, PixelsInstance } from '../codecs/pixels-module.ts';
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
   * In the memory of the instance that the decoder was given: as stored (not turned), reduced to what `choose` asked
   * for, in the colours of the file.
   */
  picture: Picture;
  hasAlpha: boolean;
  orientation: Orientation;
  taken: WrittenTime | null;
  /** what the file says of the colours that its pixels still have */
  colours: ColourClaims;
  /** share of the rows that the file really had, 1 for a whole one */
  partialShare: number;
  /** how it was decoded, for the log: `2/8`, `whole` … */
  scale: string;
}

export interface DecodeTools {
  /** the one instance of this photo: the reducer is in it, and everything after the decoder goes on there */
  pixels: PixelsInstance;
  /** is told the orientation once it is known; answers the size of the largest rendition, as stored */
  choose(orientation: Orientation): Size;
  /** every buffer or instance that grows with the photo is booked here by its decoder */
  account: Account;
}

/**
 * Reads one photo and reduces it on the way.
 * @throws DecodeError when the file can never be decoded; anything else is worth another try
 */
export type Decoder = (source: PhotoSource, tools: DecodeTools) => Promise<DecodedPhoto>;
