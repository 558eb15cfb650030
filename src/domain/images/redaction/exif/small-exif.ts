import type { Draft } from '../overwrites.ts';
import { bytesOf } from '../walk.ts';
import {
  ALTITUDE,
  ALTITUDE_REF,
  ASCII,
  BYTE,
  DATE_TIME_ORIGINAL,
  EXIF_IFD,
  GPS_IFD,
  LATITUDE,
  LATITUDE_REF,
  LONG,
  LONGITUDE,
  LONGITUDE_REF,
  OFFSET_TIME_ORIGINAL,
  ORIENTATION,
  RATIONAL,
  readKeptExif,
  SHORT,
  type ExifPlace,
  type KeptExif,
} from './kept-exif.ts';

/** A directory with one entry and nothing behind it. */
export const EXIF_LEAST_BYTES = 8 + 2 + 12 + 4;

/** A tag and its value, or the directory that it leads to. */
type Row = [tag: number, type: number, count: number, value: number[] | Row[]];

const be16 = (value: number): number[] => [value >>> 8, value & 255];
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value & 0xffff)];
const ascii = (tag: number, words: string): Row => [tag, ASCII, words.length + 1, [...bytesOf(words), 0]];
const rationals = (tag: number, values: readonly (readonly number[])[]): Row => [
  tag,
  RATIONAL,
  values.length,
  values.flat().flatMap(be32),
];

const gpsRows = ({ north, latitude, east, longitude, altitude }: ExifPlace): Row[] => [
  ascii(LATITUDE_REF, north),
  rationals(LATITUDE, latitude),
  ascii(LONGITUDE_REF, east),
  rationals(LONGITUDE, longitude),
  ...(altitude
    ? [[ALTITUDE_REF, BYTE, 1, [altitude.isBelow ? 1 : 0]] as Row, rationals(ALTITUDE, [altitude.metres])]
    : []),
];

const isDirectory = (value: number[] | Row[]): value is Row[] => Array.isArray(value[0]);

/** A directory that lies at `at`, what it leads to right behind it. Big-endian. */
function directory(rows: Row[], at: number): number[] {
  const head = be16(rows.length);
  const behind: number[] = [];
  const free = at + 2 + rows.length * 12 + 4;
  for (const [tag, type, count, value] of rows) {
    const bytes = isDirectory(value) ? directory(value, free + behind.length) : value;
    const isOutside = isDirectory(value) || bytes.length > 4;
    const field = isOutside ? be32(free + behind.length) : [...bytes, 0, 0, 0].slice(0, 4);
    head.push(...be16(tag), ...be16(type), ...be32(count), ...field);
    // Values begin at even places (TIFF 6.0, section 2).
    if (isOutside) behind.push(...bytes, ...(bytes.length % 2 ? [0] : []));
  }
  return [...head, 0, 0, 0, 0, ...behind];
}

function makeExif({ orientation, taken, offset, place }: KeptExif): Uint8Array {
  const rows: Row[] = [[ORIENTATION, SHORT, 1, be16(orientation)]];
  if (taken) {
    const details = [ascii(DATE_TIME_ORIGINAL, taken), ...(offset ? [ascii(OFFSET_TIME_ORIGINAL, offset)] : [])];
    rows.push([EXIF_IFD, LONG, 1, details]);
  }
  if (place) rows.push([GPS_IFD, LONG, 1, gpsRows(place)]);
  return Uint8Array.of(...bytesOf('MM\0*\0\0\0\x08'), ...directory(rows, 8));
}

/**
 * What a public file keeps of a TIFF structure, in at most `room` bytes: it never grows, so where little room is, the
 * time goes before the place, and the orientation last. @returns null where not even that fits
 */
export function shrinkExif(tiff: Uint8Array, room: number, out: Draft): Uint8Array | null {
  const { saysPlace, ...kept } = readKeptExif(tiff);
  const place = out.keepsPlace ? kept.place : null;
  const nothing = { orientation: kept.orientation, taken: null, offset: null, place: null };
  const wanted: KeptExif[] = [{ ...kept, place }, { ...nothing, place }, { ...kept, place: null }, nothing];
  const fitting = wanted.find((one) => makeExif(one).length <= room);
  if (saysPlace) out.foundPlace(Boolean(fitting?.place));
  return fitting ? makeExif(fitting) : null;
}
