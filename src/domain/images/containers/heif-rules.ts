import { corrupt, judgePixels } from '../input.ts';
import type { ImageFindings, ImageLimits, ImageParser } from '../input.ts';
import { eachBox, takeField, takeNumber } from './boxes.ts';
import type { Box, BoxWalk } from './boxes.ts';

/** Phones write one item for each tile of a photo; 200 megapixels in tiles of 512 are 800. */
const ITEMS_MAX = 10_000;
const PROPERTIES_MAX = 2_000;
/** Kept only while the primary item is not known yet, and writers name it first. */
const ASSOCIATIONS_MAX = 10_000;

interface Property {
  size?: { width: number; height: number };
  quarterTurns?: number;
}

/** What is known so far of a HEIF file (ISO/IEC 23008-12), in whatever order its boxes come. */
interface Found {
  primary: number | undefined;
  properties: Property[];
  /** properties of items, counted from 1 */
  associations: Map<number, number[]>;
  associated: number;
  /** end of the last byte of any picture */
  dataEnd: number;
  hasData: boolean;
  costly: boolean;
}

/** Reads a HEIF file, AVIF or HEIC, after its `ftyp` box. Its size is that of the primary item. */
export function* parseHeif(
  type: 'image/avif' | 'image/heic',
  walk: BoxWalk,
  limits: ImageLimits,
): ImageParser<ImageFindings> {
  const found: Found = {
    primary: undefined,
    properties: [],
    associations: new Map(),
    associated: 0,
    dataEnd: 0,
    hasData: false,
    costly: false,
  };
  yield* eachBox(walk, { type: 'file', end: Infinity }, function* (box) {
    if (box.type === 'mdat') found.hasData ||= box.end > walk.position.offset;
    if (box.type !== 'meta') return;
    yield* readMeta(walk, box, found);
    const size = sizeOf(found);
    if (size) judgePixels({ type, ...size }, limits);
  });
  const size = sizeOf(found);
  if (!size) throw corrupt('it does not say its size');
  judgePixels({ type, ...size }, limits);
  if (!found.hasData) throw corrupt('it has no pixels');
  if (found.dataEnd > walk.position.offset) throw corrupt('the file ends too early');
  const turns = ofPrimary(found, ({ quarterTurns }) => quarterTurns) ?? 0;
  return { type, ...size, turned: turns % 2 === 1, costly: found.costly };
}

function* readMeta(walk: BoxWalk, meta: Box, found: Found): ImageParser<void> {
  yield* takeField(walk, meta, 4);
  yield* eachBox(walk, meta, function* (box) {
    if (box.type === 'pitm') {
      found.primary = yield* takeNumber(walk, box, (yield* takeField(walk, box, 4)).getUint8(0) === 0 ? 2 : 4);
    } else if (box.type === 'iloc') {
      yield* readLocations(walk, box, found);
    } else if (box.type === 'idat') {
      found.hasData ||= box.end > walk.position.offset;
    } else if (box.type === 'iprp') {
      yield* eachBox(walk, box, function* (part) {
        if (part.type === 'ipco') yield* readProperties(walk, part, found);
        if (part.type === 'ipma') yield* readAssociations(walk, part, found);
      });
    }
  });
}

function* readProperties(walk: BoxWalk, container: Box, found: Found): ImageParser<void> {
  yield* eachBox(walk, container, function* (box) {
    const property: Property = {};
    found.properties.push(property);
    if (found.properties.length > PROPERTIES_MAX) throw corrupt(`it has more than ${PROPERTIES_MAX} properties`);
    if (box.type === 'ispe') {
      const body = yield* takeField(walk, box, 12);
      property.size = { width: body.getUint32(4), height: body.getUint32(8) };
    } else if (box.type === 'irot') {
      property.quarterTurns = (yield* takeField(walk, box, 1)).getUint8(0) & 3;
    } else if (box.type === 'av1C') {
      // AV1 codec configuration: high bit depth, or colours that are not halved both ways.
      const flags = (yield* takeField(walk, box, 4)).getUint8(2);
      found.costly ||= (flags & 0x40) !== 0 || ((flags & 0x10) === 0 && (flags & 0x0c) !== 0x0c);
    } else if (box.type === 'auxC') {
      // Alpha, or another picture that a decoder makes as well.
      found.costly = true;
    }
  });
}

function* readAssociations(walk: BoxWalk, box: Box, found: Found): ImageParser<void> {
  const head = yield* takeField(walk, box, 8);
  const itemBytes = head.getUint8(0) === 0 ? 2 : 4;
  const wide = (head.getUint8(3) & 1) !== 0;
  const count = head.getUint32(4);
  if (count > ITEMS_MAX) throw corrupt(`it has more than ${ITEMS_MAX} pictures`);
  for (let entry = 0; entry < count; entry += 1) {
    const item = yield* takeNumber(walk, box, itemBytes);
    const properties: number[] = [];
    for (let left = yield* takeNumber(walk, box, 1); left > 0; left -= 1) {
      // The top bit only says that a reader must understand the property.
      properties.push((yield* takeNumber(walk, box, wide ? 2 : 1)) & (wide ? 0x7fff : 0x7f));
    }
    if (found.primary !== undefined && found.primary !== item) continue;
    found.associated += properties.length;
    if (found.associated > ASSOCIATIONS_MAX) throw corrupt('its pictures have too many properties');
    found.associations.set(item, properties);
  }
}

/** Where the pictures lie: a file that ends before one of them is not whole. */
function* readLocations(walk: BoxWalk, box: Box, found: Found): ImageParser<void> {
  const head = yield* takeField(walk, box, 6);
  const version = head.getUint8(0);
  if (version > 2) return;
  const [sizes, more] = [head.getUint8(4), head.getUint8(5)];
  const count = yield* takeNumber(walk, box, version < 2 ? 2 : 4);
  if (count > ITEMS_MAX) throw corrupt(`it has more than ${ITEMS_MAX} pictures`);
  for (let item = 0; item < count; item += 1) {
    yield* takeField(walk, box, version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : (yield* takeNumber(walk, box, 2)) & 15;
    yield* takeField(walk, box, 2);
    const base = yield* takeNumber(walk, box, more >> 4);
    const extents = yield* takeNumber(walk, box, 2);
    for (let extent = 0; extent < extents; extent += 1) {
      if (version > 0) yield* takeNumber(walk, box, more & 15);
      const offset = yield* takeNumber(walk, box, sizes >> 4);
      const length = yield* takeNumber(walk, box, sizes & 15);
      if (method === 0) found.dataEnd = Math.max(found.dataEnd, base + offset + length);
    }
  }
}

function ofPrimary<Value>(found: Found, choose: (property: Property) => Value | undefined): Value | undefined {
  if (found.primary === undefined) return undefined;
  for (const index of found.associations.get(found.primary) ?? []) {
    const property = found.properties[index - 1];
    const value = property && choose(property);
    if (value !== undefined) return value;
  }
  return undefined;
}

const sizeOf = (found: Found) => ofPrimary(found, ({ size }) => size);
