import { corrupt, judgePixels, skip, take } from './input.ts';
import type { ImageFindings, ImageLimits, ImageParser } from './input.ts';

/** Chunk types as big-endian words (PNG, third edition, section 11). */
const IHDR = 0x49484452;
const PLTE = 0x504c5445;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
/** Animation control (PNG, third edition, 11.3.6.1). */
const ACTL = 0x6163544c;

const CHUNK_MAX_BYTES = 0x7fffffff;
/** Writers of the smallest pieces need 25,000 for the largest file; each costs whoever looks at it a turn. */
const CHUNKS_MAX = 100_000;
/** Deflate cannot expand a byte to more than this (RFC 1951: 258 bytes from two bits). */
const DEFLATE_RATIO_MAX = 1032;

/** Samples per pixel and allowed bit depths by colour type (PNG, table 12). */
const COLOUR_TYPES: Record<number, { samples: number; depths: number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Reads a PNG after its signature up to IEND. An animated PNG counts as the still picture that it also is. */
export function* parsePng(limits: ImageLimits): ImageParser<ImageFindings> {
  const { width, height, bitsPerPixel, colourType, interlaced } = yield* readHeader(limits);
  let dataBytes = 0;
  let hasPalette = false;
  let animated = false;
  for (let chunks = 0; ; chunks += 1) {
    if (chunks > CHUNKS_MAX) throw corrupt(`it has more than ${CHUNKS_MAX} parts`);
    const chunk = yield* take(8);
    const length = chunk.getUint32(0);
    const type = chunk.getUint32(4);
    if (length > CHUNK_MAX_BYTES || !isChunkType(type)) throw corrupt('a part of it has an impossible length');
    if (type === IHDR) throw corrupt('it declares its size twice');
    if (type === IEND) {
      if (length !== 0) throw corrupt('its end has content');
      yield* skip(4);
      break;
    }
    if (type === PLTE) {
      if (length === 0 || length % 3 !== 0 || length > 768) throw corrupt('its palette has an impossible length');
      hasPalette = true;
    }
    if (type === IDAT) {
      if (colourType === 3 && !hasPalette) throw corrupt('it has no palette');
      dataBytes += length;
    }
    animated ||= type === ACTL;
    yield* skip(length + 4);
  }
  if (dataBytes === 0) throw corrupt('it has no pixels');
  const rawBytes = height * (1 + Math.ceil((width * bitsPerPixel) / 8));
  if (rawBytes > dataBytes * DEFLATE_RATIO_MAX) throw corrupt('its header promises more pixels than it has');
  return { type: 'image/png', width, height, costly: interlaced, animated };
}

interface Header {
  width: number;
  height: number;
  bitsPerPixel: number;
  colourType: number;
  interlaced: boolean;
}

function* readHeader(limits: ImageLimits): ImageParser<Header> {
  const header = yield* take(25);
  if (header.getUint32(0) !== 13 || header.getUint32(4) !== IHDR) throw corrupt('it does not begin with its header');
  if (header.getUint32(21) !== crc32(header, 4, 21)) throw corrupt('its header does not match its checksum');
  const width = header.getUint32(8);
  const height = header.getUint32(12);
  if (width > CHUNK_MAX_BYTES || height > CHUNK_MAX_BYTES) throw corrupt('its header has an impossible size');
  judgePixels({ type: 'image/png', width, height }, limits);
  const depth = header.getUint8(16);
  const colourType = header.getUint8(17);
  const kind = COLOUR_TYPES[colourType];
  if (!kind?.depths.includes(depth)) throw corrupt('its header has an impossible colour type');
  if (header.getUint8(18) !== 0 || header.getUint8(19) !== 0 || header.getUint8(20) > 1) {
    throw corrupt('its header has an unknown method');
  }
  return { width, height, bitsPerPixel: depth * kind.samples, colourType, interlaced: header.getUint8(20) === 1 };
}

/** Four ASCII letters. */
const isChunkType = (type: number): boolean =>
  [24, 16, 8, 0].every((shift) => {
    const letter = ((type >>> shift) & 0xff) | 0x20;
    return letter >= 0x61 && letter <= 0x7a;
  });

/** CRC-32 (ISO 3309) of a few bytes, without a table. */
function crc32(bytes: DataView, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let at = from; at < to; at += 1) {
    crc ^= bytes.getUint8(at);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
