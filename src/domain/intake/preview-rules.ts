import type { PreviewType } from '../../contract/photos.ts';
import type { PreviewState } from '../../db/schema/photos.ts';
import type { InspectedFile } from '../images/inspector.ts';

/** How long a preview that was announced is waited for: phones sleep, and lose their network for a while. */
export const PREVIEW_WAIT_MS = 30 * 60_000;

export interface Shape {
  width: number;
  height: number;
}

export interface PreviewFacts extends Shape {
  type: PreviewType;
  bytes: number;
}

/** A preview that came with its original, and what the original says of when it was taken. */
export interface StoredPreview extends PreviewFacts {
  takenAt: Date | null;
}

interface PreviewColumns {
  previewState: PreviewState | null;
  previewUntil: Date | null;
  previewType?: PreviewType;
  previewWidth?: number;
  previewHeight?: number;
  previewBytes?: number;
  takenAt?: Date | null;
}

/** What is noted of a photo that has just arrived; null where its original is decoded itself. */
export function previewOnArrival(
  file: Pick<InspectedFile, 'decodedBy'>,
  preview: 'none' | 'coming' | StoredPreview,
  now: Date,
): PreviewColumns {
  if (file.decodedBy !== 'preview') return { previewState: null, previewUntil: null };
  if (typeof preview === 'object') {
    const { type, width, height, bytes, takenAt } = preview;
    return {
      previewState: 'stored',
      previewUntil: null,
      previewType: type,
      previewWidth: width,
      previewHeight: height,
      previewBytes: bytes,
      takenAt,
    };
  }
  return preview === 'coming'
    ? { previewState: 'coming', previewUntil: new Date(now.getTime() + PREVIEW_WAIT_MS) }
    : { previewState: 'missing', previewUntil: null };
}

/** Of what both sides may differ: cropped edges of coded pictures, and rounding of the longer side. */
const SHAPE_TOLERANCE = 0.03;

/**
 * Whether one picture may be a smaller version of another. Either may be turned by a quarter: what is stored says
 * how the camera was held in ways of its own, and a browser shows it upright.
 */
export function fitsShape(original: Shape, preview: Shape): boolean {
  const long = (shape: Shape) => Math.max(shape.width, shape.height);
  const short = (shape: Shape) => Math.min(shape.width, shape.height);
  // Half a pixel of rounding on the short side, and as much on the long one.
  const wanted = (long(preview) * short(original)) / long(original);
  return Math.abs(wanted - short(preview)) <= 1 + wanted * SHAPE_TOLERANCE;
}

/** The size of the original as its preview holds it: upright. */
export const uprightSize = (stored: Shape, preview: Shape): Shape =>
  stored.width > stored.height === preview.width > preview.height
    ? { width: stored.width, height: stored.height }
    : { width: stored.height, height: stored.width };
