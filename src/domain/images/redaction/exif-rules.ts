import { bytesOf } from './walk.ts';

/** All that a public file keeps of its EXIF: how to turn the picture, and when it was taken. */
export interface KeptExif {
  /** 1–8 */
  orientation: number;
  /** `2026:11:21 15:04:05` */
  taken: string | null;
  /** `+01:00` */
  offset: string | null;
}

const ORIENTATION = 0x0112;
const EXIF_IFD = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;
const OFFSET_TIME_ORIGINAL = 0x9011;
const ASCII = 2;
const SHORT = 3;
const LONG = 4;
/** Directories of cameras have a few dozen. */
const ENTRIES_MAX = 512;

/** A directory with one entry and nothing behind it. */
export const EXIF_LEAST_BYTES = 8 + 2 + 12 + 4;

interface Entry {
  type: number;
  count: number;
  /** of the four bytes that hold the value or where it is */
  at: number;
}

/** What is worth keeping of a TIFF structure (EXIF 3.0, section 4.6). What cannot be read counts as absent. */
export function readKeptExif(tiff: Uint8Array): KeptExif {
  const kept: KeptExif = { orientation: 1, taken: null, offset: null };
  if (tiff.length < 8) return kept;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return kept;
  const little = order === 0x4949;
  const directory = (at: number): Map<number, Entry> => {
    const entries = new Map<number, Entry>();
    if (at < 8 || at + 2 > tiff.length) return entries;
    const count = Math.min(view.getUint16(at, little), ENTRIES_MAX);
    for (let place = at + 2; place + 12 <= tiff.length && entries.size < count; place += 12) {
      const tag = view.getUint16(place, little);
      if (place >= at + 2 + count * 12) break;
      if (entries.has(tag)) continue;
      entries.set(tag, {
        type: view.getUint16(place + 2, little),
        count: view.getUint32(place + 4, little),
        at: place + 8,
      });
    }
    return entries;
  };
  const ascii = (entry: Entry | undefined, pattern: RegExp): string | null => {
    if (!entry || entry.type !== ASCII || entry.count > 64) return null;
    const at = entry.count > 4 ? view.getUint32(entry.at, little) : entry.at;
    if (at + entry.count > tiff.length) return null;
    const words = String.fromCharCode(...tiff.subarray(at, at + entry.count)).replace(/\0+$/, '');
    return pattern.test(words) ? words : null;
  };
  const main = directory(view.getUint32(4, little));
  const turn = main.get(ORIENTATION);
  if (turn && turn.count === 1 && (turn.type === SHORT || turn.type === LONG)) {
    const value = turn.type === SHORT ? view.getUint16(turn.at, little) : view.getUint32(turn.at, little);
    if (value >= 1 && value <= 8) kept.orientation = value;
  }
  const pointer = main.get(EXIF_IFD);
  if (pointer && pointer.type === LONG) {
    const details = directory(view.getUint32(pointer.at, little));
    kept.taken = ascii(details.get(DATE_TIME_ORIGINAL), /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/);
    kept.offset = ascii(details.get(OFFSET_TIME_ORIGINAL), /^[+-]\d\d:\d\d$/);
  }
  return kept;
}

/** A TIFF structure of at most `room` bytes; null where not even the orientation fits. Big-endian. */
export function makeKeptExif(kept: KeptExif, room: number): Uint8Array | null {
  if (room < EXIF_LEAST_BYTES) return null;
  const details: [tag: number, words: string][] = [];
  if (kept.taken) details.push([DATE_TIME_ORIGINAL, `${kept.taken}\0`]);
  if (kept.taken && kept.offset) details.push([OFFSET_TIME_ORIGINAL, `${kept.offset}\0`]);
  const detailAt = EXIF_LEAST_BYTES + 12;
  let free = detailAt + 2 + details.length * 12 + 4;
  const length = details.reduce((sum, [, words]) => sum + words.length + (words.length % 2), free);
  const withDetails = details.length > 0 && length <= room;
  const tiff = new Uint8Array(withDetails ? length : EXIF_LEAST_BYTES);
  const view = new DataView(tiff.buffer);
  const entry = (at: number, tag: number, type: number, count: number): void => {
    view.setUint16(at, tag);
    view.setUint16(at + 2, type);
    view.setUint32(at + 4, count);
  };
  tiff.set(bytesOf('MM\0*\0\0\0\x08'));
  view.setUint16(8, withDetails ? 2 : 1);
  entry(10, ORIENTATION, SHORT, 1);
  view.setUint16(18, kept.orientation);
  if (!withDetails) return tiff;
  entry(22, EXIF_IFD, LONG, 1);
  view.setUint32(30, detailAt);
  view.setUint16(detailAt, details.length);
  details.forEach(([tag, words], index) => {
    const at = detailAt + 2 + index * 12;
    entry(at, tag, ASCII, words.length);
    view.setUint32(at + 8, free);
    tiff.set(bytesOf(words), free);
    free += words.length + (words.length % 2);
  });
  return tiff;
}
