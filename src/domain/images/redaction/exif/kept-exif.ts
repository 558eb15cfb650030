/** All that a public file keeps of its EXIF: how to turn the picture, when it was taken, and by choice the place. */
export interface KeptExif {
  /** 1–8 */
  orientation: number;
  /** `2026:11:21 15:04:05` */
  taken: string | null;
  /** `+01:00` */
  offset: string | null;
  place: ExifPlace | null;
}

type Rational = readonly [numerator: number, denominator: number];

/** As GPS tags have it (EXIF 3.0, section 4.6.6). */
export interface ExifPlace {
  north: 'N' | 'S';
  /** degrees, minutes, seconds */
  latitude: Rational[];
  east: 'E' | 'W';
  longitude: Rational[];
  altitude: { isBelow: boolean; metres: Rational } | null;
}

export const ORIENTATION = 0x0112;
export const EXIF_IFD = 0x8769;
export const GPS_IFD = 0x8825;
export const DATE_TIME_ORIGINAL = 0x9003;
export const OFFSET_TIME_ORIGINAL = 0x9011;
export const LATITUDE_REF = 1;
export const LATITUDE = 2;
export const LONGITUDE_REF = 3;
export const LONGITUDE = 4;
export const ALTITUDE_REF = 5;
export const ALTITUDE = 6;
export const BYTE = 1;
export const ASCII = 2;
export const SHORT = 3;
export const LONG = 4;
export const RATIONAL = 5;
/** Directories of cameras have a few dozen. */
const ENTRIES_MAX = 512;

interface Entry {
  type: number;
  count: number;
  /** of the four bytes that hold the value or where it is */
  at: number;
}

type Directory = ReadonlyMap<number, Entry>;

interface Tiff {
  bytes: Uint8Array;
  view: DataView;
  isLittle: boolean;
}

function openTiff(bytes: Uint8Array): Tiff | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  return order === 0x4949 || order === 0x4d4d ? { bytes, view, isLittle: order === 0x4949 } : null;
}

function directory({ bytes, view, isLittle }: Tiff, at: number): Directory {
  const entries = new Map<number, Entry>();
  if (at < 8 || at + 2 > bytes.length) return entries;
  const count = Math.min(view.getUint16(at, isLittle), ENTRIES_MAX);
  for (let place = at + 2; place + 12 <= bytes.length && entries.size < count; place += 12) {
    const tag = view.getUint16(place, isLittle);
    if (place >= at + 2 + count * 12) break;
    if (entries.has(tag)) continue;
    entries.set(tag, {
      type: view.getUint16(place + 2, isLittle),
      count: view.getUint32(place + 4, isLittle),
      at: place + 8,
    });
  }
  return entries;
}

/** Where the value of an entry is that takes so many bytes; null outside of the file. */
function valueAt({ bytes, view, isLittle }: Tiff, entry: Entry, length: number): number | null {
  const at = length > 4 ? view.getUint32(entry.at, isLittle) : entry.at;
  return at + length > bytes.length ? null : at;
}

function ascii(tiff: Tiff, entry: Entry | undefined, pattern: RegExp): string | null {
  if (entry?.type !== ASCII || entry.count > 64) return null;
  const at = valueAt(tiff, entry, entry.count);
  if (at === null) return null;
  const words = String.fromCharCode(...tiff.bytes.subarray(at, at + entry.count)).replace(/\0+$/, '');
  return pattern.test(words) ? words : null;
}

/** So many fractions, all of which are numbers. */
function rationals(tiff: Tiff, entry: Entry | undefined, count: number): Rational[] | null {
  if (entry?.type !== RATIONAL || entry.count !== count) return null;
  const at = valueAt(tiff, entry, count * 8);
  if (at === null) return null;
  const read = (place: number): number => tiff.view.getUint32(place, tiff.isLittle);
  const found = Array.from({ length: count }, (_, index): Rational => [read(at + index * 8), read(at + index * 8 + 4)]);
  return found.every(([, denominator]) => denominator > 0) ? found : null;
}

const degrees = (parts: Rational[]): number =>
  parts.reduce((sum, [numerator, denominator], place) => sum + numerator / denominator / 60 ** place, 0);

function placeOf(tiff: Tiff, gps: Directory): ExifPlace | null {
  const north = ascii(tiff, gps.get(LATITUDE_REF), /^[NS]$/) as 'N' | 'S' | null;
  const east = ascii(tiff, gps.get(LONGITUDE_REF), /^[EW]$/) as 'E' | 'W' | null;
  const latitude = rationals(tiff, gps.get(LATITUDE), 3);
  const longitude = rationals(tiff, gps.get(LONGITUDE), 3);
  if (!north || !east || !latitude || !longitude) return null;
  if (degrees(latitude) > 90 || degrees(longitude) > 180) return null;
  const [metres] = rationals(tiff, gps.get(ALTITUDE), 1) ?? [];
  const below = gps.get(ALTITUDE_REF);
  const isBelow = below?.type === BYTE && below.count === 1 && tiff.bytes[below.at] === 1;
  return { north, latitude, east, longitude, altitude: metres ? { isBelow, metres } : null };
}

/**
 * What is worth keeping of a TIFF structure (EXIF 3.0, section 4.6). What cannot be read counts as absent.
 * @returns also whether anything at all is said of a place
 */
export function readKeptExif(bytes: Uint8Array): KeptExif & { saysPlace: boolean } {
  const kept = { orientation: 1, taken: null, offset: null, place: null, saysPlace: false };
  const tiff = openTiff(bytes);
  if (!tiff) return kept;
  const { view, isLittle } = tiff;
  const main = directory(tiff, view.getUint32(4, isLittle));
  const at = (entry: Entry | undefined): Directory =>
    entry?.type === LONG ? directory(tiff, view.getUint32(entry.at, isLittle)) : new Map<number, Entry>();
  const details = at(main.get(EXIF_IFD));
  const gps = at(main.get(GPS_IFD));
  return {
    orientation: orientationOf(tiff, main.get(ORIENTATION)) ?? 1,
    taken: ascii(tiff, details.get(DATE_TIME_ORIGINAL), /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/),
    offset: ascii(tiff, details.get(OFFSET_TIME_ORIGINAL), /^[+-]\d\d:\d\d$/),
    place: placeOf(tiff, gps),
    saysPlace: gps.has(LATITUDE),
  };
}

function orientationOf({ view, isLittle }: Tiff, turn: Entry | undefined): number | null {
  if (turn?.count !== 1 || (turn.type !== SHORT && turn.type !== LONG)) return null;
  const value = turn.type === SHORT ? view.getUint16(turn.at, isLittle) : view.getUint32(turn.at, isLittle);
  return value >= 1 && value <= 8 ? value : null;
}
