import type { Draft } from './overwrites.ts';
import { PIECE_MAX_BYTES, read, text, type Walk } from './walk.ts';

/** Latitude, longitude and often a height, as movies have them (ISO 6709, annex H). */
const ISO_6709 = /[+-]\d{2,6}(?:\.\d{1,10})?[+-]\d{3,7}(?:\.\d{1,10})?(?:[+-]\d{1,6}(?:\.\d{1,6})?)?(?:CRS\w{1,12})?\//;
/** What XMP calls it (XMP specification, part 2, section 3.4). */
const XMP_PLACE = 'GPSLatitude';
/** Of which characters are made at once. */
const SLICE_BYTES = 8_192;

function* wordsAt(at: number, bytes: number): Walk<string> {
  const piece = yield* read(at, Math.max(0, Math.min(bytes, PIECE_MAX_BYTES)));
  let words = '';
  for (let from = 0; from < piece.length; from += SLICE_BYTES) {
    words += text(piece, from, Math.min(piece.length, from + SLICE_BYTES));
  }
  return words;
}

/** The first place that a movie's words name, as far as one piece of them shows it. */
export function* findPlace(at: number, bytes: number): Walk<string | null> {
  return ISO_6709.exec(yield* wordsAt(at, bytes))?.[0] ?? null;
}

/** Notes that XMP which is about to be blanked names a place. */
export function* noticePlace(at: number, bytes: number, out: Draft): Walk<void> {
  if ((yield* wordsAt(at, bytes)).includes(XMP_PLACE)) out.foundPlace(false);
}
