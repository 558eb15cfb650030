import { EXIF_LEAST_BYTES, shrinkExif } from '../exif/small-exif.ts';
import type { Draft } from '../overwrites.ts';
import { noticePlace } from '../places.ts';
import { PIECE_MAX_BYTES, read, text, u16, u32, Unwalkable, type Piece, type Walk } from '../walk.ts';
import { blankName, boxAt, boxesIn, freeAllBut, toFree, types, type Box } from './boxes.ts';
import { readPlaces, type Extent } from './item-places.ts';

const KEPT = types('hdlr pitm iinf iloc iprp idat iref grpl dinf ipro');
/** Coded and derived pictures. Everything else (`Exif`, `mime`, `uri `, `xml ` …) is said about them. */
const PICTURES = types('hvc1 hev1 lhv1 av01 avc1 vvc1 unci j2k1 grid iden iovl tmap mski rgan');
/** Properties in words: descriptions, names, tags, whatever a vendor thought of. */
const WORDY_PROPERTIES = types('udes altt uuid crtt mdft');
const ITEMS_MAX = 65_536;
const TIFF_OFFSET_BYTES = 4;

/**
 * Blanks what the items of a picture (ISO/IEC 23008-12) say about it and leaves one small EXIF.
 * @returns where that lies outside of the box; null for a `meta` of something else than a picture
 */
export function* walkItems(meta: Box, out: Draft): Walk<Piece[] | null> {
  const boxes = yield* boxesIn(meta.body + 4, meta.end);
  const find = (type: string): Box | undefined => boxes.find((box) => box.type === type);
  const handler = find('hdlr');
  if (!handler || text(yield* read(handler.body + 8, 4)) !== 'pict') return null;
  freeAllBut(KEPT, boxes, out);
  blankName(handler, out);
  const [iinf, iloc, idat, iprp] = [find('iinf'), find('iloc'), find('idat'), find('iprp')];
  if (!iinf || !iloc) throw new Unwalkable('its picture lies nowhere');
  if (iprp) yield* walkProperties(iprp, out);
  const dropped = yield* readDropped(iinf, out);
  const outside: Piece[] = [];
  let hasExif = false;
  const { wanted, othersInIdat } = yield* readPlaces(iloc, dropped);
  for (const place of wanted) {
    const extents = place.extents.map((extent) => locate(extent, place.method, idat));
    const [first] = extents;
    if (first && extents.length === 1 && !hasExif && dropped.get(place.item) === 'Exif') {
      hasExif = true;
      out.write(first.at, yield* smallExif(first, out), first.bytes);
    } else {
      for (const { at, bytes } of extents) {
        yield* noticePlace(at, bytes, out);
        out.blank(at, bytes);
      }
    }
    if (place.method === 0) outside.push(...extents);
  }
  if (idat)
    blankUnused(
      idat,
      [...wanted.filter(({ method }) => method === 1).flatMap((place) => place.extents), ...othersInIdat],
      out,
    );
  return outside;
}

/** What no item claims of `idat`: some readers look for EXIF by its first bytes, wherever they are. */
function blankUnused(idat: Box, claimed: Extent[], out: Draft): void {
  let at = idat.body;
  for (const { offset, length } of claimed.sort((a, b) => a.offset - b.offset)) {
    const start = idat.body + offset;
    if (start > at) out.blank(at, Math.min(start, idat.end) - at);
    at = Math.max(at, start + length);
    if (at >= idat.end) return;
  }
  out.blank(at, idat.end - at);
}

/** The TIFF structure of a picture's EXIF, or as much of it as is read at once; null where it has none. */
export function* readExifItem(meta: Box): Walk<Uint8Array | null> {
  const boxes = yield* boxesIn(meta.body + 4, meta.end);
  const find = (type: string): Box | undefined => boxes.find((box) => box.type === type);
  const [iinf, iloc] = [find('iinf'), find('iloc')];
  if (!iinf || !iloc) return null;
  const exif = new Map([...(yield* readDropped(iinf))].filter(([, type]) => type === 'Exif'));
  const [place] = (yield* readPlaces(iloc, exif)).wanted;
  const [extent] = place?.extents ?? [];
  if (!place || !extent) return null;
  const { at, bytes } = locate(extent, place.method, find('idat'));
  const item = yield* read(at, Math.min(bytes, PIECE_MAX_BYTES));
  return item.subarray(TIFF_OFFSET_BYTES + u32(item, 0));
}

/** Construction methods 0 and 1: in the file, in `idat` (section 8.11.3 of ISO/IEC 14496-12). */
function locate(extent: Extent, method: number, idat: Box | undefined): Piece {
  if (method === 0) return { at: extent.offset, bytes: extent.length };
  if (!idat || idat.body + extent.offset + extent.length > idat.end) {
    throw new Unwalkable('what it says of itself lies in an impossible place');
  }
  return { at: idat.body + extent.offset, bytes: extent.length };
}

/** An item of EXIF begins with how far away its TIFF structure is (ISO/IEC 23008-12, annex A). */
function* smallExif({ at, bytes }: Piece, out: Draft): Walk<Uint8Array> {
  if (bytes < TIFF_OFFSET_BYTES + EXIF_LEAST_BYTES) return new Uint8Array();
  const start = yield* read(at, Math.min(bytes, PIECE_MAX_BYTES));
  const tiff = shrinkExif(start.subarray(TIFF_OFFSET_BYTES + u32(start, 0)), bytes - TIFF_OFFSET_BYTES, out);
  return Uint8Array.of(0, 0, 0, 0, ...(tiff ?? []));
}

/** Freed, and not taken out: the others are known by their place in the list. */
function* walkProperties(iprp: Box, out: Draft): Walk<void> {
  for (const list of yield* boxesIn(iprp.body, iprp.end)) {
    if (list.type !== 'ipco') continue;
    for (const property of yield* boxesIn(list.body, list.end)) {
      if (WORDY_PROPERTIES.has(property.type)) toFree(property, out);
    }
  }
}

/** Items that are not pictures: id to type (`iinf`, section 8.11.6). The names that items have are blanked in `out`. */
function* readDropped(iinf: Box, out?: Draft): Walk<Map<number, string>> {
  const version = (yield* read(iinf.body, 1))[0]!;
  const countBytes = version === 0 ? 2 : 4;
  const dropped = new Map<number, string>();
  let place = iinf.body + 4 + countBytes;
  for (let items = 0; place < iinf.end; items += 1) {
    if (items > ITEMS_MAX) throw new Unwalkable('it has too many items');
    const infe = yield* boxAt(place, iinf.end);
    place = infe.end;
    if (infe.type !== 'infe') continue;
    const head = yield* read(infe.body, Math.min(14, infe.end - infe.body));
    const isLong = head[0] === 3;
    if ((head[0] !== 2 && !isLong) || head.length < (isLong ? 12 : 10) + 2)
      throw new Unwalkable('an item is of no kind');
    const type = isLong ? text(head, 10, 14) : text(head, 8, 12);
    const named = infe.body + (isLong ? 14 : 12);
    if (named < infe.end) out?.blank(named, infe.end - named);
    if (!PICTURES.has(type)) dropped.set(isLong ? u32(head, 4) : u16(head, 4), type);
  }
  return dropped;
}
