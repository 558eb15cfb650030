import { DomainError } from '../errors.ts';
import type { PhotoType } from '../../contract/photos.ts';

/** What a photo is, read from its own headers: pixels as stored, before any EXIF rotation. */
export interface ImageFacts {
  type: PhotoType;
  width: number;
  height: number;
}

export interface ImageLimits {
  maxPixels: number;
}

/**
 * What a format's parser asks of the stream. Parsers are generators, so that they read like a description of
 * the format while the bytes come in chunks of any size.
 */
export type Want =
  | { kind: 'take'; bytes: number }
  | { kind: 'skip'; bytes: number }
  /** Everything up to the next JPEG marker that is neither stuffing nor a restart; answered with its code. */
  | { kind: 'mark' };

export type ImageParser<Result> = Generator<Want, Result, DataView>;

/** Absolute position in the file, kept by whoever feeds the parser. */
export interface ImagePosition {
  offset: number;
}

/** The most that one `take` may ask for: headers are small, and nothing a file says may make this grow. */
export const TAKE_MAX_BYTES = 64;

/** libjpeg refuses sides beyond this, and a longer side in another format is no photo either. */
const SIDE_MAX_PIXELS = 65_500;

const MARK: Want = { kind: 'mark' };

/** The next `bytes` bytes (≤ 64); the view is valid until the next `yield*`. */
export function* take(bytes: number): ImageParser<DataView> {
  return yield { kind: 'take', bytes };
}

export function* skip(bytes: number): ImageParser<void> {
  if (bytes > 0) yield { kind: 'skip', bytes };
}

export function* skipToMarker(): ImageParser<number> {
  return (yield MARK).getUint8(0);
}

export const corrupt = (what: string): DomainError =>
  new DomainError('photo.corrupt', `This photo is damaged: ${what}. Please send the original again.`);

export const unsupported = (what: string): DomainError =>
  new DomainError('photo.unsupported_type', `${what} Please send a JPEG, PNG or WebP photo.`);

/**
 * Judges declared pixels before anything is decoded.
 * @throws DomainError `photo.corrupt` for an empty side, `photo.too_many_pixels` beyond the limit
 */
export function judgePixels(width: number, height: number, limits: ImageLimits): void {
  if (width < 1 || height < 1) throw corrupt(`its header says ${width} × ${height} pixels`);
  const longest = Math.max(width, height);
  if (width * height <= limits.maxPixels && longest <= SIDE_MAX_PIXELS) return;
  const limit =
    longest > SIDE_MAX_PIXELS
      ? `a side may have ${SIDE_MAX_PIXELS}`
      : `the limit is ${(limits.maxPixels / 1e6).toFixed(1)} megapixels`;
  throw new DomainError(
    'photo.too_many_pixels',
    `This photo has ${width} × ${height} pixels; ${limit}. Please send a smaller version.`,
  );
}
