import sharp, { type Sharp } from 'sharp';
import { withExif, type ExifFields } from '../support/images.ts';
import { cached } from './cache.ts';
import { photograph, sizeOf, type RawSize } from './photographs.ts';

export type CorpusType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/avif';

export interface Recipe {
  type: CorpusType;
  /** megapixels in 4:3, or a size of its own */
  size: number | RawSize;
  /** which photograph */
  photo?: number;
  /** of the added grain, in steps of 8 bits */
  grain?: number;
  quality?: number;
  progressive?: boolean;
  sampling?: '4:2:0' | '4:4:4';
  exif?: ExifFields;
  profile?: 'p3';
  space?: 'cmyk' | 'b-w' | 'rgb16';
  palette?: boolean;
  /** of a PNG, from 0 to 9 */
  compression?: number;
  /** a gradient of alpha from left to right */
  alpha?: boolean;
  lossless?: boolean;
  /** of a WebP, from 0 to 6 */
  effort?: number;
  depth?: 8 | 10 | 12;
  /** more than one makes an animation */
  frames?: number;
}

/** A file made by the recipe; the same bytes every time. */
export const makePhoto = (recipe: Recipe): Promise<Uint8Array> => cached(recipe, () => encode(recipe));

async function encode(recipe: Recipe): Promise<Uint8Array> {
  const size = typeof recipe.size === 'number' ? sizeOf(recipe.size) : recipe.size;
  const frames = await Promise.all(
    Array.from({ length: recipe.frames ?? 1 }, (_none, frame) => frameOf(recipe, size, frame)),
  );
  const picture = frames.length > 1 ? sharp(frames, { join: { animated: true } }) : sharp(frames[0], LIMITLESS);
  const bytes = new Uint8Array(await ENCODERS[recipe.type](coloured(picture, recipe), recipe).toBuffer());
  return recipe.exif && recipe.type === 'image/jpeg' ? withExif(bytes, recipe.exif) : bytes;
}

const LIMITLESS = { limitInputPixels: false } as const;

/** One frame as an uncompressed PNG or as TIFF-like raw pixels, ready for any encoder. */
async function frameOf(recipe: Recipe, size: RawSize, frame: number): Promise<Buffer> {
  const { data } = await photograph((recipe.photo ?? 0) + frame, size, recipe.grain);
  const picture = sharp(data, { raw: { ...size, channels: 3 }, ...LIMITLESS });
  if (!recipe.alpha) return picture.tiff({ compression: 'none' }).toBuffer();
  const alpha = Uint8Array.from({ length: size.width * size.height }, (_none, at) =>
    Math.round(((at % size.width) / Math.max(1, size.width - 1)) * 255),
  );
  return picture
    .joinChannel(Buffer.from(alpha.buffer), { raw: { ...size, channels: 1 } })
    .tiff({ compression: 'none' })
    .toBuffer();
}

function coloured(picture: Sharp, { space, profile }: Recipe): Sharp {
  if (space) return picture.toColourspace(space);
  return profile ? picture.withIccProfile(profile) : picture;
}

const ENCODERS: Record<CorpusType, (picture: Sharp, recipe: Recipe) => Sharp> = {
  'image/jpeg': (picture, { quality = 88, progressive = false, sampling = '4:2:0' }) =>
    picture.jpeg({ quality, progressive, chromaSubsampling: sampling }),
  'image/png': (picture, { progressive = false, palette = false, compression = 4 }) =>
    picture.png({ compressionLevel: compression, progressive, palette }),
  'image/webp': (picture, { quality = 85, lossless = false, effort = 1 }) =>
    picture.webp({ quality, lossless, effort }),
  'image/gif': (picture) => picture.gif({ effort: 1 }),
  'image/avif': (picture, { quality = 60, depth = 8, sampling = '4:2:0', lossless = false }) =>
    picture.avif({ quality, bitdepth: depth, chromaSubsampling: sampling, effort: 0, lossless }),
};
