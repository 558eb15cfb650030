import type { PhotoType } from '../../contract/photos.ts';
import { DomainError } from '../errors.ts';
import { FORMAT_LIMITS } from './limits.ts';

/** What a photo is, read from its own headers: pixels as stored, before any rotation. */
export interface ImageFacts {
  type: PhotoType;
  width: number;
  height: number;
}

/** What a parser finds out; what it leaves out is false or unknown. */
export interface ImageFindings extends ImageFacts {
  /** takes more memory a pixel to decode, see `FormatLimits.decodes` */
  costly?: boolean;
  /** the container itself turns the picture by a quarter: upright, width and height change places */
  turned?: boolean;
  /** has more pictures than the first, which is what is shown */
  animated?: boolean;
  durationMs?: number | null;
}

/** Narrower limits than the table's, for whoever takes less. */
export interface ImageLimits {
  types?: readonly PhotoType[];
  maxPixels?: number;
}

/**
 * What a format's parser asks of the stream. Parsers are generators, so that they read like a description of
 * the format while the bytes come in chunks of any size.
 */
export type Want =
  /** `orEnd`: an empty answer when the file ends before the first of these bytes */
  | { kind: 'take'; bytes: number; orEnd?: boolean }
  | { kind: 'skip'; bytes: number }
  /** Everything up to the next JPEG marker that is neither stuffing nor a restart; answered with its code. */
  | { kind: 'mark' }
  /** GIF's sub-blocks: a length and so many bytes, until a length of 0. */
  | { kind: 'blocks' }
  /** Everything until the file ends. */
  | { kind: 'rest' };

export type ImageParser<Result> = Generator<Want, Result, DataView>;

/** Absolute position in the file, kept by whoever feeds the parser. */
export interface ImagePosition {
  offset: number;
}

/** The most that one `take` may ask for: headers are small, and nothing a file says may make this grow. */
export const TAKE_MAX_BYTES = 64;

const MARK: Want = { kind: 'mark' };
const BLOCKS: Want = { kind: 'blocks' };
const REST: Want = { kind: 'rest' };

/** The next `bytes` bytes (≤ 64); the view is valid until the next `yield*`. */
export function* take(bytes: number): ImageParser<DataView> {
  return yield { kind: 'take', bytes };
}

/** As `take`, or null when the file ends right here. */
export function* takeOrEnd(bytes: number): ImageParser<DataView | null> {
  const view = yield { kind: 'take', bytes, orEnd: true };
  return view.byteLength === 0 ? null : view;
}

export function* skip(bytes: number): ImageParser<void> {
  if (bytes > 0) yield { kind: 'skip', bytes };
}

export function* skipToMarker(): ImageParser<number> {
  return (yield MARK).getUint8(0);
}

export function* skipBlocks(): ImageParser<void> {
  yield BLOCKS;
}

export function* skipRest(): ImageParser<void> {
  yield REST;
}

export const corrupt = (what: string): DomainError =>
  new DomainError('photo.corrupt', `This file is damaged: ${what}. Please send the original again.`);

export const unsupported = (what: string): DomainError =>
  new DomainError(
    'photo.unsupported_type',
    `${what} Please send a photo (JPEG, PNG, WebP, GIF, AVIF or HEIC) or a video (MP4, MOV or WebM).`,
  );

/**
 * Judges declared pixels before anything is decoded.
 * @throws DomainError `photo.corrupt` for an empty side, `photo.too_many_pixels` beyond the limit
 */
export function judgePixels({ type, width, height }: ImageFacts, limits: ImageLimits): void {
  if (width < 1 || height < 1) throw corrupt(`its header says ${width} × ${height} pixels`);
  const { pixels, side } = FORMAT_LIMITS[type];
  const maxPixels = Math.min(pixels, limits.maxPixels ?? pixels);
  const longest = Math.max(width, height);
  if (width * height <= maxPixels && longest <= side) return;
  const limit =
    longest > side ? `a side may have ${side}` : `the limit is ${Number((maxPixels / 1e6).toFixed(1))} megapixels`;
  throw new DomainError(
    'photo.too_many_pixels',
    `This picture has ${width} × ${height} pixels; ${limit}. Please send a smaller version.`,
  );
}

/** @throws DomainError `photo.too_large` beyond what the table allows for its type */
export function judgeBytes(type: PhotoType, bytes: number): void {
  const limit = FORMAT_LIMITS[type].bytes;
  if (bytes <= limit) return;
  const kind = type.startsWith('video/') ? 'A video' : `A photo of this kind (${type.slice('image/'.length)})`;
  throw new DomainError(
    'photo.too_large',
    `${kind} may have ${Math.floor(limit / 1e6)} MB at most. Please send a smaller version.`,
  );
}
