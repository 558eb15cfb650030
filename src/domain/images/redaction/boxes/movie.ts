import type { Draft } from '../overwrites.ts';
import { read, text, u32, Unwalkable, type Piece, type Walk } from '../walk.ts';
import { blankName, boxesIn, freeAllBut, toFree, types, type Box } from './boxes.ts';
import { walkPlaces } from './movie-places.ts';
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
  const placed = yield* walkPlaces(boxes, out);
  let plays = false;
  for (const box of freeAllBut(
    KEPT_IN_MOVIE,
    boxes.filter((one) => one !== placed),
    out,
  )) {
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
    for (const box of [handler, ...information]) if (box.type === 'hdlr') blankName(box, out);
    yield* walkNames(information, samples, out);
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

/** Of a coded picture's description, where the name of its encoder lies (section 12.1.3). */
const ENCODER_NAME = { at: 42, bytes: 32 };

/** Names of encoders, and addresses of other files: volumes, folders and people are called in them. */
function* walkNames(information: Box[], samples: Box[], out: Draft): Walk<void> {
  const isVideo = information.some(({ type }) => type === 'vmhd');
  for (const descriptions of samples.filter(({ type }) => isVideo && type === 'stsd')) {
    for (const { body, end } of yield* boxesIn(descriptions.body + 8, descriptions.end)) {
      const at = body + ENCODER_NAME.at;
      if (at + ENCODER_NAME.bytes <= end) out.blank(at, ENCODER_NAME.bytes);
    }
  }
  for (const dinf of information.filter(({ type }) => type === 'dinf')) {
    for (const dref of yield* boxesIn(dinf.body, dinf.end)) {
      if (dref.type !== 'dref') toFree(dref, out);
      else for (const { body, end } of yield* boxesIn(dref.body + 8, dref.end)) out.blank(body + 4, end - body - 4);
    }
  }
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
