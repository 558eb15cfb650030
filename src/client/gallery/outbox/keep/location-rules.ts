/*
 * Whether a file says where it was taken: for the page to tell the guest, nothing more. What is removed, and where it
 * could hide besides, is the server's business. Little is read, and only what headers point at.
 */

/** Bytes of the file from `at` on; fewer where it ends. */
export type Read = (at: number, bytes: number) => Promise<Uint8Array>;

const PART_MAX_BYTES = 262_144;
const STEPS_MAX = 64;

const GPS_TAG = 0x8825;

const be16 = (b: Uint8Array, at: number) => ((b[at] || 0) << 8) | (b[at + 1] || 0);
const be32 = (b: Uint8Array, at: number) => be16(b, at) * 65_536 + be16(b, at + 2);
const latin = (b: Uint8Array, from = 0, to = b.length): string => {
  let text = '';
  for (let i = from; i < Math.min(to, b.length); i++) text += String.fromCharCode(b[i] as number);
  return text;
};

/** Whether EXIF (as TIFF has it) holds a place: a directory for it with a latitude. */
export function tiffHasPlace(tiff: Uint8Array): boolean {
  const isLittle = tiff[0] === 0x49;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  /** the value of a tag of the directory at `at`, as a number; null: not there */
  const entry = (at: number, tag: number): number | null => {
    if (at <= 0 || at + 2 > tiff.length) return null;
    const count = Math.min(view.getUint16(at, isLittle), 512);
    for (let row = at + 2; row < at + 2 + count * 12 && row + 12 <= tiff.length; row += 12) {
      if (view.getUint16(row, isLittle) === tag) return view.getUint32(row + 8, isLittle);
    }
    return null;
  };
  if (tiff.length < 14) return false;
  const gps = entry(view.getUint32(4, isLittle), GPS_TAG);
  return gps !== null && entry(gps, 2) !== null;
}

const xmpHasPlace = (bytes: Uint8Array): boolean => latin(bytes).indexOf('GPSLatitude') >= 0;

async function jpeg(read: Read): Promise<boolean> {
  let at = 2;
  for (let step = 0; step < STEPS_MAX; step++) {
    const head = await read(at, 4);
    const marker = head[1] || 0;
    if (head[0] !== 0xff || marker === 0xda || marker === 0xd9) return false;
    const bytes = be16(head, 2);
    if (marker === 0xe1) {
      const part = await read(at + 4, bytes - 2);
      if (latin(part, 0, 4) === 'Exif' ? tiffHasPlace(part.subarray(6)) : xmpHasPlace(part)) return true;
    }
    at += 2 + bytes;
  }
  return false;
}

/** PNG and WebP: pieces with a name and a length, one after another. */
async function chunks(read: Read, first: number, isPng: boolean): Promise<boolean> {
  let at = first;
  for (let step = 0; step < STEPS_MAX; step++) {
    const head = await read(at, 8);
    if (head.length < 8) return false;
    const name = latin(head, isPng ? 4 : 0, isPng ? 8 : 4);
    const bytes = isPng ? be32(head, 0) : new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    if (bytes <= PART_MAX_BYTES) {
      if (name === 'eXIf' && tiffHasPlace(await read(at + 8, bytes))) return true;
      if (name === 'EXIF') {
        const part = await read(at + 8, bytes);
        if (tiffHasPlace(latin(part, 0, 4) === 'Exif' ? part.subarray(6) : part)) return true;
      }
      if ((name === 'iTXt' || name === 'XMP ') && xmpHasPlace(await read(at + 8, bytes))) return true;
    }
    at += 8 + bytes + (isPng ? 4 : bytes % 2);
  }
  return false;
}

interface Box {
  name: string;
  /** of its content */
  at: number;
  bytes: number;
}

async function boxes(read: Read, from: number, to: number): Promise<Box[]> {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to && found.length < STEPS_MAX;) {
    const head = await read(at, 16);
    if (head.length < 8) break;
    const isLong = be32(head, 0) === 1;
    const size = isLong ? be32(head, 8) * 4_294_967_296 + be32(head, 12) : be32(head, 0) || to - at;
    const own = isLong ? 16 : 8;
    if (size < own) break;
    found.push({ name: latin(head, 4, 8), at: at + own, bytes: size - own });
    at += size;
  }
  return found;
}

const named = (list: Box[], name: string): Box | undefined => list.filter((box) => box.name === name)[0];

/** Where a HEIC or AVIF has its EXIF: an item with a number in one box, and that number's bytes in another. */
async function heif(read: Read, meta: Box): Promise<boolean> {
  const inside = await boxes(read, meta.at + 4, meta.at + meta.bytes);
  const [names, places, data] = [named(inside, 'iinf'), named(inside, 'iloc'), named(inside, 'idat')];
  if (!names || !places) return false;
  const infos = await read(names.at, Math.min(names.bytes, PART_MAX_BYTES));
  const iloc = await read(places.at, Math.min(places.bytes, PART_MAX_BYTES));
  for (let at = latin(infos).indexOf('infe'); at >= 0; at = latin(infos).indexOf('infe', at + 4)) {
    const isWide = infos[at + 4] === 3;
    const id = isWide ? be32(infos, at + 8) : be16(infos, at + 8);
    const kind = latin(infos, at + (isWide ? 14 : 12), at + (isWide ? 18 : 16));
    if (kind !== 'Exif' && kind !== 'mime') continue;
    const extent = extentOf(iloc, id);
    if (!extent) continue;
    const from = extent.isInside && data ? data.at : 0;
    const part = await read(from + extent.at, Math.min(extent.bytes, PART_MAX_BYTES));
    if (kind === 'mime' ? xmpHasPlace(part) : tiffHasPlace(part.subarray(4 + be32(part, 0)))) return true;
  }
  return false;
}

interface Extent {
  at: number;
  bytes: number;
  /** counted from where `idat` begins, not from the file's beginning */
  isInside: boolean;
}

/** The first piece of an item, by the table of `iloc`. */
function extentOf(iloc: Uint8Array, id: number): Extent | null {
  const version = iloc[0] || 0;
  const sizes = [(iloc[4] || 0) >> 4, (iloc[4] || 0) & 15, (iloc[5] || 0) >> 4, version > 0 ? (iloc[5] || 0) & 15 : 0];
  let at = 6;
  const take = (bytes: number): number => {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + (iloc[at++] || 0);
    return value;
  };
  const items = take(version < 2 ? 2 : 4);
  for (let item = 0; item < items && at < iloc.length; item++) {
    const own = take(version < 2 ? 2 : 4);
    const method = version > 0 ? take(2) & 15 : 0;
    take(2);
    const base = take(sizes[2] as number);
    const extents = take(2);
    for (let extent = 0; extent < extents; extent++) {
      take(sizes[3] as number);
      const offset = take(sizes[0] as number);
      const bytes = take(sizes[1] as number);
      if (own === id && extent === 0) {
        return method < 2 ? { at: base + offset, bytes, isInside: method === 1 } : null;
      }
      if (at >= iloc.length) return null;
    }
  }
  return null;
}

/** Where phones write the place of a video. */
async function movie(read: Read, moov: Box): Promise<boolean> {
  for (const { name, at, bytes } of await boxes(read, moov.at, moov.at + moov.bytes)) {
    if (name !== 'udta' && name !== 'meta') continue;
    const text = latin(await read(at, Math.min(bytes, PART_MAX_BYTES)));
    if (/\xa9xyz|location\.ISO6709|loci/.test(text)) return true;
  }
  return false;
}

/** @returns false as well where the file is not one that is known, or is broken */
export async function hasPlace(read: Read, size: number): Promise<boolean> {
  try {
    const head = await read(0, 16);
    if (be16(head, 0) === 0xffd8) return await jpeg(read);
    if (latin(head, 1, 4) === 'PNG') return await chunks(read, 8, true);
    if (latin(head, 0, 4) === 'RIFF') return await chunks(read, 12, false);
    if (latin(head, 4, 8) !== 'ftyp') return false;
    const top = await boxes(read, 0, size);
    const [meta, moov] = [named(top, 'meta'), named(top, 'moov')];
    return (meta !== undefined && (await heif(read, meta))) || (moov !== undefined && (await movie(read, moov)));
  } catch {
    return false;
  }
}
