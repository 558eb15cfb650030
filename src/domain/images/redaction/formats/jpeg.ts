import { shrinkExif } from '../exif/small-exif.ts';
import type { Draft } from '../overwrites.ts';
import { noticePlace } from '../places.ts';
import { bytesOf, PIECE_MAX_BYTES, read, text, u16, Unwalkable, type Walk } from '../walk.ts';

/** Marker codes of ITU-T T.81, table B.1. */
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const SOF0 = 0xc0;
const SOF15 = 0xcf;
const RST0 = 0xd0;
const RST7 = 0xd7;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const EXP = 0xdf;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

const EXIF = 'Exif\0\0';
const JFIF_BYTES = 14;
const ADOBE_BYTES = 12;

/**
 * Blanks every segment that does not say how to decode the picture, and ends the file with the primary image:
 * motion photos, gain maps and previews follow it with metadata of their own. @returns where the file ends
 */
export function* walkJpeg(size: number, out: Draft): Walk<number> {
  if (u16(yield* read(0, 2), 0) !== 0xffd8) throw new Unwalkable('it does not begin like a JPEG');
  let hasExif = false;
  let at = 2;
  for (;;) {
    const head = yield* read(at, 2);
    if (head[0] !== 0xff) throw new Unwalkable('a segment does not end where it says');
    const marker = head[1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return at + 2;
    if (marker < SOF0 || (marker >= RST0 && marker < EOI)) throw new Unwalkable('it has a marker where none may be');
    const length = u16(yield* read(at + 2, 2), 0);
    const end = at + 2 + length;
    if (length < 2 || end > size) throw new Unwalkable('a segment has an impossible length');
    if (marker === SOS) {
      at = yield* endOfScan(end, size);
      // Cut off on its way: there is no more of it, and pixels say nothing of places.
      if (at === size) return size;
      continue;
    }
    if (!isNeeded(marker)) hasExif = yield* judgeSegment(marker, at + 4, length - 2, hasExif, out);
    at = end;
  }
}

/** Frame headers, tables and restart intervals. */
const isNeeded = (marker: number): boolean =>
  (marker >= SOF0 && marker <= SOF15 && marker !== JPG) ||
  marker === DHT ||
  marker === DAC ||
  (marker >= DQT && marker <= EXP);

/** @returns whether the EXIF that is kept has been met */
function* judgeSegment(marker: number, at: number, length: number, hasExif: boolean, out: Draft): Walk<boolean> {
  const head = text(yield* read(at, Math.min(length, JFIF_BYTES)));
  if (marker === APP0 && head.startsWith('JFIF\0') && length >= JFIF_BYTES) {
    // A thumbnail's size and pixels.
    out.blank(at + JFIF_BYTES - 2, length - JFIF_BYTES + 2);
  } else if (marker === APP14 && head.startsWith('Adobe') && length >= ADOBE_BYTES) {
    out.blank(at + ADOBE_BYTES, length - ADOBE_BYTES);
  } else if (marker === APP1 && head.startsWith(EXIF) && !hasExif) {
    const tiff = shrinkExif((yield* read(at, length)).subarray(EXIF.length), length - EXIF.length, out);
    out.write(at, tiff ? Uint8Array.of(...bytesOf(EXIF), ...tiff) : new Uint8Array(), length);
    return true;
  } else if (!(marker === APP2 && head.startsWith('ICC_PROFILE\0'))) {
    if (marker === APP1) yield* noticePlace(at, length, out);
    out.blank(at, length);
  }
  return hasExif;
}

/** Where the next marker is that is neither stuffing nor a restart; the end of the file if there is none. */
function* endOfScan(from: number, size: number): Walk<number> {
  let at = from;
  while (at < size) {
    const piece = yield* read(at, Math.min(PIECE_MAX_BYTES, size - at));
    let place = piece.indexOf(0xff);
    while (place >= 0 && place + 1 < piece.length) {
      const next = piece[place + 1]!;
      if (next !== 0 && next !== 0xff && (next < RST0 || next > RST7)) return at + place;
      place = piece.indexOf(0xff, next === 0xff ? place + 1 : place + 2);
    }
    // A marker may begin with the last byte of a piece.
    const cut = place >= 0 && at + piece.length < size ? piece.length - 1 : piece.length;
    at += cut;
  }
  return size;
}
