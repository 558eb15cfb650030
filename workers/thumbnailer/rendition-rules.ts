import { RENDITION_WIDTHS } from '../../src/contract/photos.ts';

export type RenditionName = (typeof RENDITION_WIDTHS)[number];

export interface RenditionSize {
  name: RenditionName;
  width: number;
  height: number;
}

/** WebP, lossy: libwebp's quality, and its method from 0 (fast) to 6 (small). The widths are part of the contract. */
export const RENDITION_QUALITY = 78;
export const RENDITION_METHOD = 4;

/** A WebP side has 14 bits. */
const SIDE_MAX_PIXELS = 16_383;
/** The encoder takes 9 bytes a pixel, 13 for noise, beside the 4 that it reads and as many for turning them upright. */
const RENDITION_MAX_PIXELS = 5_200_000;
/** What is seen through costs the encoder up to 36 bytes a pixel: its alpha is encoded without loss. */
const TRANSPARENT_MAX_PIXELS = 2_000_000;

/**
 * Which renditions an upright photo of this size gets, smallest first. The name is the most a rendition may be wide;
 * none is larger than the photo, and a name whose rendition would repeat the one before is left out. Very tall photos
 * stay below their name, so that the height can be encoded.
 */
export function renditionSizes(width: number, height: number, isTransparent = false): RenditionSize[] {
  const maxPixels = isTransparent ? TRANSPARENT_MAX_PIXELS : RENDITION_MAX_PIXELS;
  const sizes: RenditionSize[] = [];
  for (const name of RENDITION_WIDTHS) {
    const size = fit(width, height, name, maxPixels);
    const previous = sizes.at(-1);
    if (previous && previous.width === size.width && previous.height === size.height) break;
    sizes.push({ name, ...size });
  }
  return sizes;
}

function fit(width: number, height: number, name: number, maxPixels: number): { width: number; height: number } {
  const scale = Math.min(1, name / width, SIDE_MAX_PIXELS / height, Math.sqrt(maxPixels / (width * height)));
  if (scale === 1) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const THUMBHASH_SIDE_MAX_PIXELS = 100;

/** Size of the picture that a ThumbHash is made from. */
export function thumbhashSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, THUMBHASH_SIDE_MAX_PIXELS / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
