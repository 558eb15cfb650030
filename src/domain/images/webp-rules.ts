import { corrupt, judgePixels, skip, take } from './input.ts';
import type { ImageFindings, ImageLimits, ImageParser } from './input.ts';

/** Chunk names as big-endian words (RFC 9649). */
const VP8 = 0x56503820;
const VP8L = 0x5650384c;
const VP8X = 0x56503858;
const ANMF = 0x414e4d46;
const ANIMATION_FLAG = 0x02;
const CHUNK_HEADER_BYTES = 8;
/** An hour of animation has as many; each costs whoever looks at it a turn. */
const CHUNKS_MAX = 100_000;

const FRAME_HEADER_BYTES = 16;

interface Size {
  width: number;
  height: number;
}

/**
 * Reads a WebP after `RIFF`, its size and `WEBP`, up to the end that the size declares. Of an animation, the first
 * frame is judged, because only that is ever decoded.
 * @param riffBytes what the size field says: everything after that field
 */
export function* parseWebp(limits: ImageLimits, riffBytes: number): ImageParser<ImageFindings> {
  let left = riffBytes - 4;
  let canvas: (Size & { animated: boolean }) | undefined;
  let picture: Size | undefined;
  let first = true;
  for (let chunks = 0; left >= CHUNK_HEADER_BYTES; chunks += 1) {
    requireFew(chunks);
    const { name, bytes, padded } = yield* takeChunk(left);
    left -= CHUNK_HEADER_BYTES + padded;
    let read = 0;
    if (name === VP8X) {
      if (!first) throw corrupt('it declares its size twice');
      canvas = yield* readCanvas(bytes, limits);
      read = 10;
    } else if (name === VP8 || name === VP8L) {
      if (picture) throw corrupt('it has two pictures');
      if (canvas?.animated) throw corrupt('it has a picture beside its animation');
      [picture, read] = yield* readPicture(name, bytes);
      judgePixels({ type: 'image/webp', ...picture }, limits);
      if (canvas && (canvas.width !== picture.width || canvas.height !== picture.height)) {
        throw corrupt('its two headers say different sizes');
      }
    } else if (name === ANMF) {
      if (!canvas?.animated) throw corrupt('it moves without saying so');
      if (!picture) [picture, read] = yield* readFrame(padded, canvas);
    } else if (first) {
      throw corrupt('it does not begin with its header');
    }
    yield* skip(padded - read);
    first = false;
  }
  if (left < 0 || !picture) throw corrupt('it has no pixels');
  yield* skip(left);
  const { width, height } = canvas ?? picture;
  return {
    type: 'image/webp',
    width,
    height,
    animated: canvas?.animated ?? false,
  };
}

function requireFew(chunks: number): void {
  if (chunks > CHUNKS_MAX) throw corrupt(`it has more than ${CHUNKS_MAX} parts`);
}

function* takeChunk(left: number): ImageParser<{ name: number; bytes: number; padded: number }> {
  const header = yield* take(CHUNK_HEADER_BYTES);
  const bytes = header.getUint32(4, true);
  const after = left - CHUNK_HEADER_BYTES;
  if (bytes > after) throw corrupt('a part of it is longer than the file says');
  // Chunks are padded to even sizes; writers exist that leave the last pad byte out of the total.
  return { name: header.getUint32(0), bytes, padded: Math.min(bytes + (bytes & 1), after) };
}

function* readCanvas(bytes: number, limits: ImageLimits): ImageParser<Size & { animated: boolean }> {
  if (bytes < 10) throw corrupt('its header is too short');
  const body = yield* take(10);
  const size = { width: uint24(body, 4) + 1, height: uint24(body, 7) + 1 };
  judgePixels({ type: 'image/webp', ...size }, limits);
  return { ...size, animated: (body.getUint8(0) & ANIMATION_FLAG) !== 0 };
}

/** The picture in a frame of an animation (RFC 9649, 2.7.1.1). @returns it, and how many bytes have been read */
function* readFrame(padded: number, canvas: Size): ImageParser<[Size, number]> {
  if (padded < FRAME_HEADER_BYTES) throw corrupt('its first picture is too short');
  const head = yield* take(FRAME_HEADER_BYTES);
  const [left, top, width, height] = [0, 3, 6, 9].map((at) => uint24(head, at)) as [number, number, number, number];
  if (2 * left + width + 1 > canvas.width || 2 * top + height + 1 > canvas.height) {
    throw corrupt('its first picture reaches beyond its size');
  }
  let read = FRAME_HEADER_BYTES;
  for (let chunks = 0; padded - read >= CHUNK_HEADER_BYTES; chunks += 1) {
    requireFew(chunks);
    const chunk = yield* takeChunk(padded - read);
    read += CHUNK_HEADER_BYTES;
    if (chunk.name === VP8 || chunk.name === VP8L) {
      const [picture, headBytes] = yield* readPicture(chunk.name, chunk.bytes);
      if (picture.width !== width + 1 || picture.height !== height + 1) {
        throw corrupt('its two headers say different sizes');
      }
      return [picture, read + headBytes];
    }
    yield* skip(chunk.padded);
    read += chunk.padded;
  }
  throw corrupt('its first picture has no pixels');
}

/** @returns the picture, and how many bytes have been read */
function* readPicture(name: number, bytes: number): ImageParser<[Size, number]> {
  return name === VP8 ? [yield* readLossy(bytes), 10] : [yield* readLossless(bytes), 5];
}

/** Key-frame header of VP8 (RFC 6386, 9.1). */
function* readLossy(bytes: number): ImageParser<Size> {
  if (bytes < 10) throw corrupt('its header is too short');
  const body = yield* take(10);
  const tag = uint24(body, 0);
  if (tag & 1 || uint24(body, 3) !== 0x2a019d) throw corrupt('its picture does not begin as it must');
  if (tag >>> 5 > bytes - 10) throw corrupt('its picture is shorter than its header says');
  return { width: body.getUint16(6, true) & 0x3fff, height: body.getUint16(8, true) & 0x3fff };
}

/** Header of a lossless picture (RFC 9649, 3.4). */
function* readLossless(bytes: number): ImageParser<Size> {
  if (bytes < 5) throw corrupt('its header is too short');
  const body = yield* take(5);
  const packed = body.getUint32(1, true);
  if (body.getUint8(0) !== 0x2f || packed >>> 29 !== 0) throw corrupt('its picture does not begin as it must');
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

const uint24 = (bytes: DataView, at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
