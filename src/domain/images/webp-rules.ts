import { corrupt, judgePixels, skip, take, unsupported } from './input.ts';
import type { ImageFacts, ImageLimits, ImageParser } from './input.ts';

/** Chunk names as big-endian words (RFC 9649). */
const VP8 = 0x56503820;
const VP8L = 0x5650384c;
const VP8X = 0x56503858;
const ANIM = 0x414e494d;
const ANMF = 0x414e4d46;
const ANIMATION_FLAG = 0x02;
const CHUNK_HEADER_BYTES = 8;

interface Size {
  width: number;
  height: number;
}

/**
 * Reads a WebP after `RIFF`, its size and `WEBP`, up to the end that the size declares.
 * @param riffBytes what the size field says: everything after that field
 */
export function* parseWebp(limits: ImageLimits, riffBytes: number): ImageParser<ImageFacts> {
  let left = riffBytes - 4;
  let canvas: Size | undefined;
  let frame: Size | undefined;
  let first = true;
  while (left >= CHUNK_HEADER_BYTES) {
    const header = yield* take(CHUNK_HEADER_BYTES);
    const name = header.getUint32(0);
    const bytes = header.getUint32(4, true);
    left -= CHUNK_HEADER_BYTES;
    if (bytes > left) throw corrupt('a part of it is longer than the file says');
    // Chunks are padded to even sizes; writers exist that leave the last pad byte out of the total.
    const padded = Math.min(bytes + (bytes & 1), left);
    left -= padded;
    let read = 0;
    if (name === VP8X) {
      if (!first) throw corrupt('it declares its size twice');
      canvas = yield* readCanvas(bytes, limits);
      read = 10;
    } else if (name === VP8 || name === VP8L) {
      if (frame) throw corrupt('it has two pictures');
      const parsed: [Size, number] = name === VP8 ? [yield* readLossy(bytes), 10] : [yield* readLossless(bytes), 5];
      [frame, read] = parsed;
      judgePixels(frame.width, frame.height, limits);
      if (canvas && (canvas.width !== frame.width || canvas.height !== frame.height)) {
        throw corrupt('its two headers say different sizes');
      }
    } else if (name === ANIM || name === ANMF) {
      throw animated();
    } else if (first) {
      throw corrupt('it does not begin with its header');
    }
    yield* skip(padded - read);
    first = false;
  }
  if (left < 0 || !frame) throw corrupt('it has no pixels');
  yield* skip(left);
  return { type: 'image/webp', ...frame };
}

const animated = () => unsupported('Animated pictures cannot be read here.');

function* readCanvas(bytes: number, limits: ImageLimits): ImageParser<Size> {
  if (bytes < 10) throw corrupt('its header is too short');
  const body = yield* take(10);
  if (body.getUint8(0) & ANIMATION_FLAG) throw animated();
  const size = { width: uint24(body, 4) + 1, height: uint24(body, 7) + 1 };
  judgePixels(size.width, size.height, limits);
  return size;
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
