import type { PhotoType } from '../../contract/photos.ts';

/**
 * Who makes pixels of a file: a decoder of our own that sees it row by row, a codec that holds the whole picture, or
 * the browser that sent it, as a preview that travels with the original.
 */
export type DecodedBy = 'own' | 'codec' | 'preview';

interface FormatLimits {
  /** A file beyond one of these three is refused. */
  pixels: number;
  bytes: number;
  /** the longer side, in pixels */
  side: number;
  decodedBy: DecodedBy;
  /**
   * Beyond one of these a preview stands in, because 96 MiB would not hold the work. `costlyPixels` counts for what
   * takes more memory a pixel: progressive JPEG, interlaced PNG and GIF, AVIF with alpha, more than 8 bits or colours
   * as fine as its light. What codecs take was measured (see the decoders' tests).
   */
  decodes: { pixels: number; costlyPixels: number; bytes: number };
}

const MEGA = 1_000_000;
/** What one request may carry (Cloudflare refuses more on its smaller plans). */
const REQUEST_MAX_BYTES = 100 * MEGA;
/** What comes in pieces may be larger; one request refuses it by its own limit. */
const VIDEO_MAX_BYTES = 1_000 * MEGA;
/** libjpeg and browsers stop near here, and no photo has a longer side. */
const SIDE_MAX_PIXELS = 65_500;

const NOTHING = { pixels: 0, costlyPixels: 0, bytes: 0 };
const VIDEO: FormatLimits = {
  pixels: 70 * MEGA,
  bytes: VIDEO_MAX_BYTES,
  side: 16_384,
  decodedBy: 'preview',
  decodes: NOTHING,
};

/** The one table of what is taken and what is decoded. Nothing is decoded that is not inside it. */
export const FORMAT_LIMITS: Readonly<Record<PhotoType, FormatLimits>> = {
  'image/jpeg': {
    pixels: 210 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: SIDE_MAX_PIXELS,
    decodedBy: 'own',
    decodes: { pixels: 100 * MEGA, costlyPixels: 50 * MEGA, bytes: 40 * MEGA },
  },
  'image/png': {
    pixels: 100 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: SIDE_MAX_PIXELS,
    decodedBy: 'own',
    decodes: { pixels: 100 * MEGA, costlyPixels: 15 * MEGA, bytes: REQUEST_MAX_BYTES },
  },
  'image/webp': {
    pixels: 100 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: 16_383,
    decodedBy: 'own',
    decodes: { pixels: 100 * MEGA, costlyPixels: 100 * MEGA, bytes: 40 * MEGA },
  },
  'image/gif': {
    pixels: 100 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: 65_500,
    decodedBy: 'own',
    decodes: { pixels: 100 * MEGA, costlyPixels: 40 * MEGA, bytes: 50 * MEGA },
  },
  'image/avif': {
    pixels: 100 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: SIDE_MAX_PIXELS,
    decodedBy: 'codec',
    decodes: { pixels: 4 * MEGA, costlyPixels: 1.8 * MEGA, bytes: 4 * MEGA },
  },
  'image/heic': {
    pixels: 210 * MEGA,
    bytes: REQUEST_MAX_BYTES,
    side: SIDE_MAX_PIXELS,
    decodedBy: 'preview',
    decodes: NOTHING,
  },
  'video/mp4': VIDEO,
  'video/quicktime': VIDEO,
  'video/webm': VIDEO,
};

/** The most that any file may have, before anybody knows what it is. */
export const FILE_MAX_BYTES = Math.max(...Object.values(FORMAT_LIMITS).map(({ bytes }) => bytes));

interface MeasuredFile {
  type: PhotoType;
  width: number;
  height: number;
  /** see `FormatLimits.decodes` */
  costly: boolean;
  bytes: number;
}

/** Who makes pixels of this file. */
export function decodedBy({ type, width, height, costly, bytes }: MeasuredFile): DecodedBy {
  const { decodedBy: usual, decodes } = FORMAT_LIMITS[type];
  const pixels = costly ? decodes.costlyPixels : decodes.pixels;
  return width * height <= pixels && bytes <= decodes.bytes ? usual : 'preview';
}
