import type { Draft } from '../overwrites.ts';
import { read, text, u32, Unwalkable, type Piece, type Walk } from '../walk.ts';
import { boxesIn, freeAllBut, toFree, types, type Box } from './boxes.ts';
import { samplesOf } from './samples.ts';

const KEPT_IN_MOVIE = types('mvhd trak mvex');
/** `tref` goes as well: it may name a track that is dropped. */
const KEPT_IN_TRACK = types('tkhd edts mdia tapt clip matt load');
const KEPT_IN_MEDIA = types('mdhd hdlr minf elng');
const KEPT_IN_INFORMATION = types('vmhd smhd gmhd nmhd hdlr dinf stbl');
const KEPT_IN_SAMPLES = types('stsd stts ctts cslg stss stps sdtp stsz stz2 stsc stco co64 sgpd sbgp saiz saio subs');

/** Pictures, sound and transparency. Anything else (`meta`, `text`, `sbtl`, `tmcd` …) may say where the camera was. */
const KEPT_HANDLERS = types('vide soun auxv pict');

/** What of a movie has to go that lies elsewhere in the file. */
export interface Movie {
  /** ids of tracks */
  dropped: Set<number>;
  /** their samples, blanked by whoever adds them here */
  blanked: Piece[];
}

/**
 * Frees everything of a movie (ISO/IEC 14496-12, section 8) but what plays its pictures and sound.
 * @returns whether there is anything to play
 */
export function* walkMovie(moov: Box, movie: Movie, out: Draft): Walk<boolean> {
  const boxes = yield* boxesIn(moov.body, moov.end);
  // A compressed header can be neither read here nor blanked and still be played.
  if (boxes.some(({ type }) => type === 'cmov')) throw new Unwalkable('its header is compressed');
  let plays = false;
  for (const box of freeAllBut(KEPT_IN_MOVIE, boxes, out)) {
    if (box.type === 'trak') plays = (yield* walkTrack(box, movie, out)) || plays;
  }
  return plays;
}

/** @returns whether it is kept */
function* walkTrack(trak: Box, movie: Movie, out: Draft): Walk<boolean> {
  const boxes = yield* boxesIn(trak.body, trak.end);
  const media = yield* boxesOfOne('mdia', boxes);
  const information = yield* boxesOfOne('minf', media);
  const samples = yield* boxesOfOne('stbl', information);
  const handler = one('hdlr', media);
  if (handler.end - handler.body < 12) throw new Unwalkable('a track is of no kind');
  if (KEPT_HANDLERS.has(text(yield* read(handler.body + 8, 4)))) {
    freeAllBut(KEPT_IN_TRACK, boxes, out);
    freeAllBut(KEPT_IN_MEDIA, media, out);
    freeAllBut(KEPT_IN_INFORMATION, information, out);
    freeAllBut(KEPT_IN_SAMPLES, samples, out);
    return true;
  }
  const header = one('tkhd', boxes);
  // Version 1 has times of 8 bytes (section 8.3.2).
  const version = (yield* read(header.body, 1))[0]!;
  movie.dropped.add(u32(yield* read(header.body + (version === 1 ? 20 : 12), 4), 0));
  for (const piece of yield* samplesOf(samples)) {
    out.blank(piece.at, piece.bytes);
    movie.blanked.push(piece);
  }
  toFree(trak, out);
  return false;
}

function one(type: string, boxes: Box[]): Box {
  const found = boxes.filter((box) => box.type === type);
  if (found.length !== 1 || !found[0]) throw new Unwalkable(`a track has ${found.length} of ${type}`);
  return found[0];
}

function* boxesOfOne(type: string, boxes: Box[]): Walk<Box[]> {
  const box = one(type, boxes);
  return yield* boxesIn(box.body, box.end);
}
