import { DecodeError } from '../pixels.ts';
import { riffChunks, writeRiff, type RiffChunk } from './riff.ts';

/** What there is to decode of a WebP: the picture, or the first one of an animation. */
export interface WebpHead {
  width: number;
  height: number;
  /** a file of this one picture, as a decoder wants it */
  still: Uint8Array;
  /** where it lies on the canvas, in pixels */
  left: number;
  top: number;
  frameWidth: number;
  frameHeight: number;
  hasAlpha: boolean;
  lossless: boolean;
  profile: Uint8Array | null;
  exif: Uint8Array | null;
}

const RIFF_HEADER_BYTES = 12;
const FRAME_HEADER_BYTES = 16;
const ANIMATION_FLAG = 0x02;
const ALPHA_FLAG = 0x10;

/** @throws DecodeError when there is no picture in it */
export function readWebpHead(file: Uint8Array): WebpHead {
  const found: Record<string, Uint8Array | undefined> = {};
  for (const { name, body } of riffChunks(file.subarray(RIFF_HEADER_BYTES))) found[name] ??= body;
  const canvas = found['VP8X'];
  const rest = { profile: found['ICCP']?.slice() ?? null, exif: found['EXIF']?.slice() ?? null };
  if (canvas && canvas.length >= 10 && (canvas[0] as number) & ANIMATION_FLAG) {
    const size = { width: uint24(canvas, 4) + 1, height: uint24(canvas, 7) + 1 };
    return { ...size, ...readFrame(found['ANMF']), ...rest };
  }
  const picture = readPicture(found);
  const { frameWidth: width, frameHeight: height } = picture;
  return { ...picture, width, height, left: 0, top: 0, still: file, ...rest };
}

type Frame = Omit<WebpHead, 'width' | 'height' | 'profile' | 'exif'>;

/** RFC 9649, 2.7.1.1. */
function readFrame(frame: Uint8Array | undefined): Frame {
  if (!frame || frame.length < FRAME_HEADER_BYTES) throw new DecodeError('The animation has no picture');
  const found: Record<string, Uint8Array | undefined> = {};
  const chunks = [...riffChunks(frame.subarray(FRAME_HEADER_BYTES))];
  for (const { name, body } of chunks) found[name] ??= body;
  const picture = readPicture(found);
  const kept = chunks.filter(({ name }) => ['ALPH', 'VP8 ', 'VP8L'].includes(name)).slice(0, 2);
  const still = writeRiff(found['ALPH'] ? [canvasOf(picture), ...kept] : kept.slice(0, 1));
  return { ...picture, still, left: 2 * uint24(frame, 0), top: 2 * uint24(frame, 3) };
}

type Picture = Pick<WebpHead, 'frameWidth' | 'frameHeight' | 'hasAlpha' | 'lossless'>;

function readPicture(found: Record<string, Uint8Array | undefined>): Picture {
  const lossless = found['VP8L'];
  if (lossless && lossless.length >= 5) {
    const packed = new DataView(lossless.buffer, lossless.byteOffset).getUint32(1, true);
    const frameWidth = (packed & 0x3fff) + 1;
    const frameHeight = ((packed >>> 14) & 0x3fff) + 1;
    return { frameWidth, frameHeight, hasAlpha: ((packed >>> 28) & 1) === 1, lossless: true };
  }
  const lossy = found['VP8 '];
  if (!lossy || lossy.length < 10) throw new DecodeError('The WebP has no picture');
  const view = new DataView(lossy.buffer, lossy.byteOffset);
  return {
    frameWidth: view.getUint16(6, true) & 0x3fff,
    frameHeight: view.getUint16(8, true) & 0x3fff,
    hasAlpha: found['ALPH'] !== undefined,
    lossless: false,
  };
}

/** The header that a picture with alpha needs to stand alone. */
function canvasOf({ frameWidth, frameHeight }: Picture): RiffChunk {
  const body = new Uint8Array(10);
  body[0] = ALPHA_FLAG;
  [frameWidth - 1, frameHeight - 1].forEach((side, at) => {
    body.set([side & 255, (side >> 8) & 255, side >> 16], 4 + 3 * at);
  });
  return { name: 'VP8X', body };
}

const uint24 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
