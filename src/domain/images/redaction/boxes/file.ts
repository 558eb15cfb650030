import type { Draft } from '../overwrites.ts';
import { Unwalkable, u32, read, type Walk } from '../walk.ts';
import { boxesIn, boxesOfFile, freeAllBut, toFree, types } from './boxes.ts';
import { walkItems } from './items.ts';
import { walkMovie, type Movie } from './movie.ts';

/** Where the picture, the movie and their indexes are; `uuid`, `udta`, `mpvd`, `sefd`, `emsg` … go. */
const KEPT = types('ftyp styp pdin meta moov moof mdat imda sidx ssix mfra');
const KEPT_IN_FRAGMENT = types('mfhd traf');
const KEPT_IN_TRACK_FRAGMENT = types('tfhd tfdt trun sdtp saiz saio sbgp sgpd subs senc');

/**
 * HEIC and AVIF pictures, MP4 and QuickTime movies, in one walk: they are boxes of one kind, and a picture may
 * bring a movie along. @returns where the file ends
 */
export function* walkBoxFile(size: number, out: Draft): Walk<number> {
  const file = yield* boxesOfFile(size);
  const boxes = freeAllBut(KEPT, file.boxes, out);
  const movie: Movie = { dropped: new Set(), blanked: [] };
  let isPicture = false;
  let isMovie = false;
  for (const box of boxes.filter(({ type }) => type === 'moov')) {
    isMovie = (yield* walkMovie(box, movie, out)) || isMovie;
  }
  for (const box of boxes) {
    if (box.type === 'moof') yield* walkFragment(box.body, box.end, movie, out);
    if (box.type !== 'meta') continue;
    const extents = yield* walkItems(box, out);
    if (!extents) toFree(box, out);
    else movie.blanked.push(...extents);
    isPicture ||= extents !== null;
  }
  if (!isPicture && !isMovie) throw new Unwalkable('there is neither a picture nor a movie in it');
  const data = boxes.filter(({ type }) => type === 'mdat' || type === 'imda');
  for (const { at, bytes } of movie.blanked) {
    // Anywhere else it would blank what is needed, or nothing that counts.
    if (!data.some((box) => at >= box.body && at + bytes <= box.end)) {
      throw new Unwalkable('what it says of itself lies in an impossible place');
    }
  }
  return file.end;
}

function* walkFragment(from: number, end: number, movie: Movie, out: Draft): Walk<void> {
  for (const box of freeAllBut(KEPT_IN_FRAGMENT, yield* boxesIn(from, end), out)) {
    if (box.type !== 'traf') continue;
    const parts = freeAllBut(KEPT_IN_TRACK_FRAGMENT, yield* boxesIn(box.body, box.end), out);
    const header = parts.find(({ type }) => type === 'tfhd');
    if (!header || header.end - header.body < 8) throw new Unwalkable('a fragment belongs to no track');
    if (movie.dropped.has(u32(yield* read(header.body + 4, 4), 0))) {
      throw new Unwalkable('it says more than pictures and sound in fragments');
    }
  }
}
