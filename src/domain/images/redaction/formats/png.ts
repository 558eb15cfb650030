import { shrinkExif } from '../exif/small-exif.ts';
import type { Draft } from '../overwrites.ts';
import { noticePlace } from '../places.ts';
import { bytesOf, PIECE_MAX_BYTES, read, text, u32, Unwalkable, type Walk } from '../walk.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Chunks that say how to decode and show the picture (PNG, third edition, section 11); the rest says something else. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
);
/** Ancillary, private and safe to copy: every decoder passes it by. */
const NOTHING = 'noNe';
/** Length and type before a chunk's data, CRC behind it. */
const HEAD_BYTES = 8;
const CRC_BYTES = 4;
const CHUNK_MAX_BYTES = 0x7fffffff;

/** @returns where the file ends */
export function* walkPng(size: number, out: Draft): Walk<number> {
  if (text(yield* read(0, SIGNATURE.length)) !== SIGNATURE) throw new Unwalkable('it does not begin like a PNG');
  let hasExif = false;
  for (let at = SIGNATURE.length; ;) {
    const head = yield* read(at, HEAD_BYTES);
    const length = u32(head, 0);
    const type = text(head, 4, 8);
    const data = at + HEAD_BYTES;
    const end = data + length + CRC_BYTES;
    if (length > CHUNK_MAX_BYTES || end > size || !/^[A-Za-z]{4}$/.test(type)) {
      throw new Unwalkable('a chunk of it is impossible');
    }
    if (type === 'IEND') return end;
    if (type === 'eXIf' && !hasExif) {
      hasExif = true;
      const tiff = yield* read(data, Math.min(length, PIECE_MAX_BYTES));
      rewrite(out, data, length, type, shrinkExif(tiff, length, out));
    } else if (!KEPT.has(type)) {
      if (/^[A-Z]/.test(type)) throw new Unwalkable('it needs a chunk that nobody knows');
      if (type === 'iTXt') yield* noticePlace(data, length, out);
      rewrite(out, data, length, NOTHING, null);
    }
    at = end;
  }
}

/** Gives a chunk another type and other data, with zeros behind, and the right CRC. */
function rewrite(out: Draft, data: number, length: number, type: string, content: Uint8Array | null): void {
  const head = Uint8Array.of(...bytesOf(content ? type : NOTHING), ...(content ?? []));
  out.write(data - 4, head, 4 + length);
  const crc = crc32(head, length - (content?.length ?? 0));
  out.write(data + length, Uint8Array.of(crc >>> 24, crc >>> 16, crc >>> 8, crc));
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC of `bytes` and that many zeros (PNG, annex D). */
function crc32(bytes: Uint8Array, zeros: number): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  for (let count = 0; count < zeros; count += 1) crc = CRC_TABLE[crc & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
