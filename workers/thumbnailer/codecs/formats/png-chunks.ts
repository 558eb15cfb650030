import type { PngColours } from '../../colour/png-claims-rules.ts';
import type { ByteSource } from '../byte-source.ts';
import { DecodeError } from '../pixels.ts';

/** What stands before the pixels of a PNG. */
export interface PngHead extends PngColours {
  width: number;
  height: number;
  depth: number;
  colourType: number;
  interlaced: boolean;
  palette: Uint8Array | null;
  transparency: Uint8Array | null;
  exif: Uint8Array | null;
  /** content of iCCP: a name, a method and a deflated profile */
  iccp: Uint8Array | null;
  /** bytes of the first IDAT, whose header has been read */
  dataBytes: number;
}

interface PngChunk {
  type: string;
  bytes: number;
}

const SIGNATURE_BYTES = 8;
const CHUNK_MAX_BYTES = 0x7fff_ffff;
const CRC_BYTES = 4;
/** What is held of a file besides its pixels; a phone's EXIF has 64 KB at most, a display's profile less. */
const KEPT_MAX_BYTES = 256 * 1024;
const INDEXED = 3;

const KEPT = {
  PLTE: 'palette',
  tRNS: 'transparency',
  eXIf: 'exif',
  iCCP: 'iccp',
  cICP: 'cicp',
  sRGB: 'srgb',
  gAMA: 'gamma',
  cHRM: 'chromaticities',
} as const;
type Kept = Record<(typeof KEPT)[keyof typeof KEPT], Uint8Array | null>;

const nothing = (): Kept => ({
  palette: null,
  transparency: null,
  exif: null,
  iccp: null,
  cicp: null,
  srgb: null,
  gamma: null,
  chromaticities: null,
});

/** Reads up to the first IDAT. @throws DecodeError */
export async function readPngHead(source: ByteSource): Promise<PngHead> {
  await source.skip(SIGNATURE_BYTES);
  const first = await nextChunk(source);
  if (first.type !== 'IHDR' || first.bytes !== 13) throw new DecodeError('The PNG does not begin with its header');
  const header = viewOf(await source.take(13));
  await source.skip(CRC_BYTES);
  const kept = nothing();
  for (;;) {
    const chunk = await nextChunk(source);
    if (chunk.type === 'IDAT') {
      const colourType = header.getUint8(9);
      if (colourType === INDEXED && !kept.palette) throw new DecodeError('The PNG has no palette');
      return {
        width: header.getUint32(0),
        height: header.getUint32(4),
        depth: header.getUint8(8),
        colourType,
        interlaced: header.getUint8(12) === 1,
        dataBytes: chunk.bytes,
        ...kept,
      };
    }
    if (chunk.type === 'IEND') throw new DecodeError('The PNG has no pixels');
    await keep(source, chunk, kept);
  }
}

/**
 * Calls `use` with the content of all IDAT chunks, in whatever pieces it comes, until it answers that it needs no more.
 * Checksums of chunks are not compared: a photo's bytes have been compared with a digest when they came, and what was
 * damaged before shows as far as it can.
 * @returns EXIF that stands behind the pixels, if the file goes on so far
 */
export async function eachPngData(
  source: ByteSource,
  firstBytes: number,
  use: (data: Uint8Array) => boolean,
): Promise<Uint8Array | null> {
  const kept = nothing();
  let wanted = true;
  let chunk: PngChunk = { type: 'IDAT', bytes: firstBytes };
  try {
    for (; chunk.type === 'IDAT'; chunk = await nextChunk(source)) {
      let left = chunk.bytes;
      while (left > 0) {
        const data = await source.some(left);
        if (!data) return null;
        left -= data.length;
        wanted = wanted && use(data);
      }
      await source.skip(CRC_BYTES);
    }
    for (; chunk.type !== 'IEND'; chunk = await nextChunk(source)) await keep(source, chunk, kept);
  } catch (error) {
    // The pixels may be whole for all that.
    if (!(error instanceof DecodeError)) throw error;
  }
  return kept.exif;
}

async function keep(source: ByteSource, { type, bytes }: PngChunk, kept: Kept) {
  const name = Object.hasOwn(KEPT, type) ? KEPT[type as keyof typeof KEPT] : null;
  if (name && bytes <= KEPT_MAX_BYTES && !kept[name]) {
    kept[name] = await source.take(bytes);
    await source.skip(CRC_BYTES);
  } else {
    await source.skip(bytes + CRC_BYTES);
  }
}

async function nextChunk(source: ByteSource): Promise<PngChunk> {
  const header = await source.take(8);
  const bytes = viewOf(header).getUint32(0);
  const type = String.fromCharCode(...header.subarray(4));
  if (bytes > CHUNK_MAX_BYTES || !/^[A-Za-z]{4}$/.test(type)) throw new DecodeError('The PNG has an impossible part');
  return { type, bytes };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
