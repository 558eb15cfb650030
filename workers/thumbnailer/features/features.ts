import { expectOk, type Picture, type PixelsInstance } from '../codecs/pixels-module.ts';
import { perceptualHash } from './perceptual-hash-rules.ts';

export interface PictureFeatures {
  /** `#rrggbb`: the mean of the most common of 4,096 colours */
  dominantColour: string;
  /** 0 (even) to 1 (noise), see `assembly/picture/sharpness.ts`; to be compared between renditions of one width */
  sharpness: number;
  /** 16 hexadecimal digits */
  perceptualHash: string;
  /** Some pixel lets something through. */
  isTransparent: boolean;
}

/** Bytes in front of the grid of lightness, and of that grid. */
const HEAD_BYTES = 28;
const GRID_BYTES = 32 * 32;

/** Looks at a picture once, best at the rendition of 960 pixels. */
export function measureFeatures(pixels: PixelsInstance, picture: Picture): PictureFeatures {
  const { exports } = pixels;
  const before = exports.mark();
  const out = exports.reserve(HEAD_BYTES + GRID_BYTES) >>> 0;
  if (out === 0) throw new Error('No room for what is found out about a picture');
  expectOk(exports.measureFeatures(picture.at, picture.width, picture.height, out));
  const found = pixels.view(out, HEAD_BYTES + GRID_BYTES);
  const view = new DataView(found.buffer, found.byteOffset, HEAD_BYTES);
  const channel = (at: number): string => view.getUint32(at, true).toString(16).padStart(2, '0');
  const features = {
    dominantColour: `#${channel(12)}${channel(16)}${channel(20)}`,
    sharpness: view.getFloat64(0, true),
    perceptualHash: perceptualHash(found.subarray(HEAD_BYTES)),
    isTransparent: view.getUint32(8, true) > 0,
  };
  exports.release(before);
  return features;
}
