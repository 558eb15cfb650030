import type { ByteSource } from '../byte-source.ts';
import { DecodeError } from '../pixels.ts';

/** A payload that lies whole in the pixels module's memory. */
export interface LoadedChunk {
  at: number;
  bytes: number;
}

/** What there is to decode of a WebP, the picture or the first one of an animation, and what stands around it. */
export interface WebpChunks {
  /** the canvas, where there is one */
  canvas: { width: number; height: number; animated: boolean } | null;
  /** where the picture lies on it, in pixels */
  left: number;
  top: number;
  picture: LoadedChunk & { lossless: boolean };
  alpha: LoadedChunk | null;
  profile: Uint8Array | null;
  exif: Uint8Array | null;
}

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const CANVAS_BYTES = 10;
const FRAME_HEADER_BYTES = 16;
const ANIMATION_FLAG = 0x02;
/** Of an animation, frames; the inspector lets no more through. */
const CHUNKS_MAX = 100_000;
/** Profiles with tables for printers are larger, and not looked at anyway. */
const PROFILE_MAX_BYTES = 512 * 1024;
/** A thumbnail is all that makes one larger than some kilobytes, and it comes last. */
const EXIF_MAX_BYTES = 256 * 1024;

/**
 * Reads a WebP to its end (RFC 9649, 2), for what turns it upright stands behind its pixels. A file that ends too early
 * gives what it has.
 * @param load takes the next so many bytes, or those that there are, into the module's memory
 * @throws DecodeError when there is no picture in it
 */
export async function readWebpChunks(
  source: ByteSource,
  load: (bytes: number) => Promise<LoadedChunk>,
): Promise<WebpChunks> {
  const found: Partial<WebpChunks> = {};
  await upTo(source, RIFF_HEADER_BYTES);
  await eachChunk(source, Infinity, async (name, bytes) => {
    const isMoving = found.canvas?.animated ?? false;
    if (name === 'VP8X' && !found.canvas) return readCanvas(await upTo(source, Math.min(bytes, CANVAS_BYTES)), found);
    if (name === 'ANMF' && isMoving && !found.picture) return readFrame(source, bytes, found, load);
    if (name === 'ICCP' && !found.profile && bytes <= PROFILE_MAX_BYTES) {
      found.profile = await upTo(source, bytes);
      return found.profile.length;
    }
    if (name === 'EXIF' && !found.exif) {
      found.exif = await upTo(source, Math.min(bytes, EXIF_MAX_BYTES));
      return found.exif.length;
    }
    return isMoving ? 0 : loadPicture(name, bytes, found, load);
  });
  const { canvas = null, left = 0, top = 0, picture, alpha = null, profile = null, exif = null } = found;
  if (!picture) throw new DecodeError('The WebP has no picture');
  return { canvas, left, top, picture, alpha, profile, exif };
}

/** @param take answers how much of a chunk it has read; the rest is passed */
async function eachChunk(
  source: ByteSource,
  bytes: number,
  take: (name: string, bytes: number) => Promise<number>,
): Promise<void> {
  for (let left = bytes, chunks = 0; left >= CHUNK_HEADER_BYTES; chunks += 1) {
    if (chunks > CHUNKS_MAX) throw new DecodeError('The WebP has too many parts');
    const header = await upTo(source, CHUNK_HEADER_BYTES);
    if (header.length < CHUNK_HEADER_BYTES) return;
    left -= CHUNK_HEADER_BYTES;
    const length = Math.min(left, viewOf(header).getUint32(4, true));
    const read = await take(String.fromCharCode(...header.subarray(0, 4)), length);
    // Padded to even sizes.
    const padded = Math.min(left, length + (length & 1));
    await pass(source, padded - read);
    left -= padded;
  }
}

function readCanvas(body: Uint8Array, found: Partial<WebpChunks>): number {
  if (body.length < CANVAS_BYTES) throw new DecodeError('The WebP has a header that is too short');
  const animated = ((body[0] as number) & ANIMATION_FLAG) !== 0;
  found.canvas = { width: uint24(body, 4) + 1, height: uint24(body, 7) + 1, animated };
  return body.length;
}

/** RFC 9649, 2.7.1.1. */
async function readFrame(
  source: ByteSource,
  bytes: number,
  found: Partial<WebpChunks>,
  load: (bytes: number) => Promise<LoadedChunk>,
): Promise<number> {
  const header = await upTo(source, Math.min(bytes, FRAME_HEADER_BYTES));
  if (header.length < FRAME_HEADER_BYTES) throw new DecodeError('The animation has no picture');
  found.left = 2 * uint24(header, 0);
  found.top = 2 * uint24(header, 3);
  await eachChunk(source, bytes - FRAME_HEADER_BYTES, (name, length) => loadPicture(name, length, found, load));
  if (!found.picture) throw new DecodeError('The animation has no picture');
  return bytes;
}

/** A picture, or the alpha that stands before it. @returns how many bytes of the chunk were read */
async function loadPicture(
  name: string,
  bytes: number,
  found: Partial<WebpChunks>,
  load: (bytes: number) => Promise<LoadedChunk>,
): Promise<number> {
  if (found.picture) return 0;
  if (name === 'ALPH' && !found.alpha) {
    found.alpha = await load(bytes);
    return found.alpha.bytes;
  }
  if (name !== 'VP8 ' && name !== 'VP8L') return 0;
  found.picture = { ...(await load(bytes)), lossless: name === 'VP8L' };
  return found.picture.bytes;
}

/** Exactly so many bytes, or those that there are. */
async function upTo(source: ByteSource, bytes: number): Promise<Uint8Array> {
  const taken = new Uint8Array(bytes);
  let filled = 0;
  while (filled < bytes) {
    const part = await source.some(bytes - filled);
    if (!part) break;
    taken.set(part, filled);
    filled += part.length;
  }
  return taken.subarray(0, filled);
}

async function pass(source: ByteSource, bytes: number): Promise<void> {
  for (let left = bytes; left > 0;) {
    const part = await source.some(left);
    if (!part) return;
    left -= part.length;
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const uint24 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
