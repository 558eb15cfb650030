import type { Size } from '../../decoders/port.ts';
import { createByteSource, type ByteSource } from '../byte-source.ts';
import { DecodeError } from '../pixels.ts';
import { WEBP_STATUS } from '../pixels-exports.ts';
import type { Picture, PixelsInstance } from '../pixels-module.ts';
import { readWebpChunks, type LoadedChunk, type WebpChunks } from './webp-chunks.ts';

interface WebpHead extends Size {
  left: number;
  top: number;
  frameWidth: number;
  frameHeight: number;
  lossless: boolean;
  hasAlpha: boolean;
  exif: Uint8Array | null;
}

interface DecodedWebp {
  picture: Picture;
  hasAlpha: boolean;
  profile: Uint8Array | null;
  /** rows that were there, of all */
  goodShare: number;
}

interface WebpTools {
  pixels: PixelsInstance;
  /** of the file */
  bytes: number;
  /** is told what the file says of itself; answers the size to reduce to */
  choose(head: WebpHead): Size;
  hold(name: string, bytes: number): void;
}

/** The largest rendition moves to a fresh instance afterwards, with 20 MiB of its own, and 96 are all that there are. */
const MEMORY_MAX_BYTES = 75 * 2 ** 20;
/** What the decoder may read behind a chunk. */
const SPARE_BYTES = 64;
/** Where the two kinds say their size, and how much of them that takes. */
const LOSSY_HEADER_BYTES = 10;
const LOSSLESS_HEADER_BYTES = 5;

/**
 * Decodes a WebP, or the first picture of an animation on the whole of its canvas. What is compressed is held, and some
 * rows of pixels.
 * @throws DecodeError when it cannot be decoded at all
 */
export async function decodeWebpStream(body: ReadableStream<Uint8Array>, tools: WebpTools): Promise<DecodedWebp> {
  const { pixels, bytes, choose, hold } = tools;
  const source = createByteSource(body);
  try {
    const chunks = await readWebpChunks(source, (length) => load(source, pixels, Math.min(length, bytes)));
    const head = headOf(pixels, chunks);
    const size = choose(head);
    start(pixels, head, chunks, size);
    hold('pixels', pixels.bytes());
    // By now everything is reserved.
    if (pixels.bytes() > MEMORY_MAX_BYTES) throw refusal(WEBP_STATUS.noMemory);
    const { exports } = pixels;
    const status = exports.webpDecode();
    if (status !== WEBP_STATUS.ok && status !== WEBP_STATUS.broken) throw refusal(status);
    exports.webpPad();
    const picture = { at: exports.reducerOutput() >>> 0, ...size };
    const goodShare = exports.webpGoodRows() / head.frameHeight;
    return { picture, hasAlpha: head.hasAlpha, profile: chunks.profile, goodShare };
  } finally {
    await source.close();
  }
}

/** Copies so many bytes to where the module finds them, or those that there are. */
async function load(source: ByteSource, { exports, view }: PixelsInstance, bytes: number): Promise<LoadedChunk> {
  const at = exports.reserve(bytes + SPARE_BYTES) >>> 0;
  if (at === 0) throw refusal(WEBP_STATUS.noMemory);
  let filled = 0;
  while (filled < bytes) {
    const part = await source.some(bytes - filled);
    if (!part) break;
    view(at + filled, part.length).set(part);
    filled += part.length;
  }
  view(at + filled, SPARE_BYTES).fill(0);
  return { at, bytes: filled };
}

function headOf({ view }: PixelsInstance, { canvas, picture, ...chunks }: WebpChunks): WebpHead {
  const { lossless } = picture;
  if (picture.bytes < (lossless ? LOSSLESS_HEADER_BYTES : LOSSY_HEADER_BYTES)) {
    throw new DecodeError('The WebP ends before its picture begins');
  }
  const { buffer } = view(picture.at, LOSSY_HEADER_BYTES);
  const header = new DataView(buffer, picture.at, LOSSY_HEADER_BYTES);
  const packed = header.getUint32(1, true);
  const [frameWidth, frameHeight] = lossless
    ? [(packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1]
    : [header.getUint16(6, true) & 0x3fff, header.getUint16(8, true) & 0x3fff];
  const { width, height } = canvas?.animated ? canvas : { width: frameWidth, height: frameHeight };
  const isCovered = frameWidth === width && frameHeight === height;
  const hasAlpha = !isCovered || (lossless ? ((packed >>> 28) & 1) === 1 : chunks.alpha !== null);
  const { left, top, exif } = chunks;
  return { width, height, left, top, frameWidth, frameHeight, lossless, hasAlpha, exif };
}

function start({ exports }: PixelsInstance, head: WebpHead, { picture, alpha }: WebpChunks, size: Size): void {
  const { width, height, left, top, frameWidth, frameHeight, lossless, hasAlpha } = head;
  const opened = exports.webpOpen(width, height, left, top, frameWidth, frameHeight);
  if (opened !== WEBP_STATUS.ok) throw refusal(opened);
  if (alpha) exports.webpAlpha(alpha.at, alpha.bytes);
  const started = exports.webpStart(picture.at, picture.bytes, lossless, size.width, size.height, hasAlpha);
  if (started !== WEBP_STATUS.ok) throw refusal(started);
}

const REFUSALS: Readonly<Record<number, string>> = {
  [WEBP_STATUS.broken]: 'The WebP has a picture that makes no sense',
  [WEBP_STATUS.noMemory]: 'The WebP needs more memory than there is',
  [WEBP_STATUS.wrongSize]: 'The picture lies outside of its canvas, or has another size than it says',
  [WEBP_STATUS.unsupported]: 'The WebP is of a version that nobody has written yet',
};

const refusal = (status: number): DecodeError => new DecodeError(REFUSALS[status] ?? `Status ${status}`);
