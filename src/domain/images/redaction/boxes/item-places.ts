import { read, u16, u32, u64, Unwalkable, type Walk } from '../walk.ts';
import type { Box } from './boxes.ts';

/** Relative to the file or to `idat`. */
export interface Extent {
  offset: number;
  length: number;
}

interface ItemPlace {
  item: number;
  method: number;
  extents: Extent[];
}

interface ItemPlaces {
  wanted: ItemPlace[];
  /** what the other items have in `idat` */
  othersInIdat: Extent[];
}

const EXTENTS_MAX = 1_000;
/** Derived pictures have some bytes there each, and nobody has so many of them. */
const IN_IDAT_MAX = 65_536;

/** Where items lie (`iloc`, ISO/IEC 14496-12, section 8.11.3). */
export function* readPlaces(iloc: Box, wanted: ReadonlyMap<number, unknown>): Walk<ItemPlaces> {
  let at = iloc.body;
  function* number(bytes: number): Walk<number> {
    if (at + bytes > iloc.end) throw new Unwalkable('a table is too short');
    const field = yield* read(at, bytes);
    at += bytes;
    if (bytes === 0) return 0;
    return bytes === 8 ? u64(field, 0) : bytes === 4 ? u32(field, 0) : bytes === 2 ? u16(field, 0) : field[0]!;
  }
  const version = yield* number(1);
  if (version > 2) throw new Unwalkable('a table is of an unknown kind');
  at += 3;
  const sizes = yield* number(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  for (const bytes of [offsetBytes, lengthBytes, baseBytes, indexBytes]) {
    if (bytes !== 0 && bytes !== 4 && bytes !== 8) throw new Unwalkable('a table is of an unknown kind');
  }
  const count = yield* number(version < 2 ? 2 : 4);
  const places: ItemPlaces = { wanted: [], othersInIdat: [] };
  for (let of = 0; of < count; of += 1) {
    const item = yield* number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : (yield* number(2)) & 15;
    const source = yield* number(2);
    const base = yield* number(baseBytes);
    const extentCount = yield* number(2);
    const isWanted = wanted.has(item);
    if (isWanted && (source !== 0 || method > 1 || extentCount > EXTENTS_MAX)) {
      throw new Unwalkable('what it says of itself lies in an impossible place');
    }
    const extents: Extent[] = [];
    for (let extent = 0; extent < extentCount; extent += 1) {
      yield* number(indexBytes);
      const offset = base + (yield* number(offsetBytes));
      const length = yield* number(lengthBytes);
      if (!isWanted) {
        // No length means: to the end of it.
        if (method === 1) places.othersInIdat.push({ offset, length: length || Infinity });
        if (places.othersInIdat.length > IN_IDAT_MAX) throw new Unwalkable('it has too many parts');
        continue;
      }
      // No length means: to the end of the file, and with it the picture.
      if (length === 0) throw new Unwalkable('what it says of itself has no length');
      extents.push({ offset, length });
    }
    if (isWanted) places.wanted.push({ item, method, extents });
  }
  return places;
}
