import type { ColourClaims } from '../../colour/claims.ts';
import type { Orientation } from '../../orientation.ts';
import { coloursIn } from './avif-colours.ts';
import { boxesIn, findBox, fourCharacters, type MemoryBox } from './boxes.ts';
import { DecodeError } from '../pixels.ts';

/** What the boxes of an AVIF (ISO/IEC 23008-12) say of its primary picture. */
export interface AvifHead {
  width: number;
  height: number;
  /** `irot` and `imir`, which count, and not what EXIF says (MIAF, 7.3.6.7) */
  orientation: Orientation;
  hasAlpha: boolean;
  /** more than 8 bits, alpha, or colours as fine as the light: what takes more memory a pixel */
  costly: boolean;
  /** `colr`: a profile counts for more than code points, as libavif has it */
  colours: ColourClaims;
  exif: Uint8Array | null;
}

const ITEMS_MAX = 1_000;

/** @throws DecodeError when it is no AVIF of one picture */
export function readAvifHead(file: Uint8Array): AvifHead {
  try {
    return readHead(file);
  } catch (error) {
    // A part that is shorter than its own fields.
    if (error instanceof RangeError) throw new DecodeError('The AVIF is damaged', { cause: error });
    throw error;
  }
}

function readHead(file: Uint8Array): AvifHead {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const metaBody = findBox(boxesIn(view), 'meta');
  if (!metaBody) throw new DecodeError('The AVIF has no description');
  const meta = boxesIn(metaBody, 4);
  const primaryBody = findBox(meta, 'pitm');
  const properties = boxesIn(findBox(meta, 'iprp') ?? new DataView(new ArrayBuffer(0)));
  const all = boxesIn(findBox(properties, 'ipco') ?? new DataView(new ArrayBuffer(0)));
  if (!primaryBody) throw new DecodeError('The AVIF has no primary picture');
  const primary = primaryBody.getUint8(0) === 0 ? primaryBody.getUint16(4) : primaryBody.getUint32(4);
  const own = propertiesOf(primary, findBox(properties, 'ipma'), all);
  const size = findBox(own, 'ispe');
  if (!size) throw new DecodeError('The AVIF does not say its size');
  const hasAlpha = all.some(({ type }) => type === 'auxC');
  return {
    width: size.getUint32(4),
    height: size.getUint32(8),
    orientation: orientationOf(own),
    hasAlpha,
    costly: hasAlpha || all.some(isCostly),
    colours: coloursIn(own, file),
    exif: exifIn(file, meta),
  };
}

/** AV1 codec configuration: high bit depth, or chroma that is not halved both ways while there is any. */
function isCostly({ type, body }: MemoryBox): boolean {
  if (type !== 'av1C') return false;
  const flags = body.getUint8(2);
  return (flags & 0x40) !== 0 || ((flags & 0x10) === 0 && (flags & 0x0c) !== 0x0c);
}

function propertiesOf(item: number, ipma: DataView | undefined, all: MemoryBox[]): MemoryBox[] {
  if (!ipma) return [];
  const idBytes = ipma.getUint8(0) === 0 ? 2 : 4;
  const isWide = (ipma.getUint8(3) & 1) === 1;
  const count = Math.min(ITEMS_MAX, ipma.getUint32(4));
  let at = 8;
  for (let entry = 0; entry < count; entry += 1) {
    const id = idBytes === 2 ? ipma.getUint16(at) : ipma.getUint32(at);
    const associations = ipma.getUint8(at + idBytes);
    at += idBytes + 1;
    const indices: number[] = [];
    for (let step = 0; step < associations; step += 1, at += isWide ? 2 : 1) {
      indices.push(isWide ? ipma.getUint16(at) & 0x7fff : ipma.getUint8(at) & 0x7f);
    }
    if (id === item) return indices.flatMap((index) => all[index - 1] ?? []);
  }
  return [];
}

/** First turned against the clock by quarters, then mirrored: top and bottom change places, or left and right. */
const TURNED: Orientation[] = [1, 8, 3, 6];
const FLIPPED_AFTER: Orientation[] = [4, 5, 2, 7];
const MIRRORED_AFTER: Orientation[] = [2, 7, 4, 5];

function orientationOf(properties: MemoryBox[]): Orientation {
  const quarters = (findBox(properties, 'irot')?.getUint8(0) ?? 0) & 3;
  const mirror = findBox(properties, 'imir');
  const table = !mirror ? TURNED : (mirror.getUint8(0) & 1) === 0 ? FLIPPED_AFTER : MIRRORED_AFTER;
  return table[quarters] ?? 1;
}

/** The item of type `Exif`: four bytes say where in it TIFF begins. */
function exifIn(file: Uint8Array, meta: MemoryBox[]): Uint8Array | null {
  const item = exifItem(findBox(meta, 'iinf'));
  const place = item === null ? null : placeOf(item, findBox(meta, 'iloc'));
  if (!place || place.start + place.length > file.length || place.length < 8) return null;
  const tiffAt = new DataView(file.buffer, file.byteOffset + place.start).getUint32(0) + 4;
  return tiffAt < place.length ? file.slice(place.start + tiffAt, place.start + place.length) : null;
}

function exifItem(iinf: DataView | undefined): number | null {
  if (!iinf) return null;
  for (const { type, body } of boxesIn(iinf, iinf.getUint8(0) === 0 ? 6 : 8).slice(0, ITEMS_MAX)) {
    const version = type === 'infe' ? body.getUint8(0) : 0;
    if (version < 2) continue;
    const idBytes = version === 2 ? 2 : 4;
    if (fourCharacters(body, 4 + idBytes + 2) === 'Exif') return idBytes === 2 ? body.getUint16(4) : body.getUint32(4);
  }
  return null;
}

/** Where an item of one piece lies in the file. */
function placeOf(item: number, iloc: DataView | undefined): { start: number; length: number } | null {
  if (!iloc) return null;
  const version = iloc.getUint8(0);
  const [sizes, more] = [iloc.getUint8(4), iloc.getUint8(5)];
  const idBytes = version < 2 ? 2 : 4;
  let at = 6;
  const number = (bytes: number): number => {
    at += bytes;
    if (bytes === 0) return 0;
    if (bytes === 2) return iloc.getUint16(at - 2);
    return iloc.getUint32(at - 4) + (bytes === 8 ? iloc.getUint32(at - 8) * 2 ** 32 : 0);
  };
  const count = Math.min(ITEMS_MAX, number(idBytes));
  for (let entry = 0; entry < count; entry += 1) {
    const id = number(idBytes);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(more >> 4);
    const extents = number(2);
    for (let extent = 0; extent < Math.min(extents, ITEMS_MAX); extent += 1) {
      if (version > 0) number(more & 15);
      const start = base + number(sizes >> 4);
      const length = number(sizes & 15);
      if (id === item) return method === 0 && extents === 1 ? { start, length } : null;
    }
  }
  return null;
}
