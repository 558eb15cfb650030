import type { Draft } from '../overwrites.ts';
import { findPlace } from '../places.ts';
import { bytesOf, type Walk } from '../walk.ts';
import type { Box } from './boxes.ts';

const HEAD_BYTES = 8;
/** Length and language of a text of QuickTime (QuickTime File Format, user data). */
const WORDS_HEAD_BYTES = 4;
/** "Undetermined", packed into 16 bits as ISO 639-2/T. */
const LANGUAGE = 0x55c4;

/**
 * Looks for where a movie was taken in what people and phones have written into it. By choice the place stays: in the
 * box that named it, which is then user data with nothing but the coordinates, followed by free space.
 * @returns that box, which is not to be touched any more
 */
export function* walkPlaces(boxes: Box[], out: Draft): Walk<Box | null> {
  let kept: Box | null = null;
  for (const box of boxes) {
    if (box.type !== 'udta' && box.type !== 'meta') continue;
    const place = yield* findPlace(box.body, box.end - box.body);
    if (place === null) continue;
    const rewritten = out.keepsPlace && !kept ? userData(place, box) : null;
    out.foundPlace(rewritten !== null);
    if (rewritten === null) continue;
    out.write(box.at + 4, rewritten, box.end - box.at - 4);
    kept = box;
  }
  return kept;
}

/** All of a box but its length; null where the coordinates and a free box behind them do not fill it exactly. */
function userData(place: string, { at, body, end }: Box): Uint8Array | null {
  const words = HEAD_BYTES + WORDS_HEAD_BYTES + place.length;
  const rest = end - body - words;
  if (body - at !== HEAD_BYTES || (rest !== 0 && rest < HEAD_BYTES)) return null;
  return Uint8Array.of(
    ...bytesOf('udta'),
    ...be32(words),
    ...bytesOf('\xa9xyz'),
    ...be32(place.length * 0x10000 + LANGUAGE),
    ...bytesOf(place),
    ...(rest === 0 ? [] : [...be32(rest), ...bytesOf('free')]),
  );
}

const be32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 255);
