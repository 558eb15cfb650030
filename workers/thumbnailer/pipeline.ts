import { rgbaToThumbHash } from 'thumbhash';
import type { ImageFacts } from '../../src/domain/images/inspector.ts';
import { takenAt } from '../../src/domain/images/taken-at-rules.ts';
import { decodeJpeg } from './codecs/jpeg.ts';
import { decodePng } from './codecs/png.ts';
import { DecodeError } from './codecs/pixels.ts';
import type { Pixels, UsePixels } from './codecs/pixels.ts';
import { decodeWebp, encodeWebp } from './codecs/webp.ts';
import { readExif } from './exif.ts';
import { swapsSides, turnUpright } from './orientation.ts';
import { PhotoFailure } from './photo-failure.ts';
import { reduce } from './reduce.ts';
import { renditionSizes, thumbhashSize } from './rendition-rules.ts';
import type { RenditionName } from './rendition-rules.ts';

export interface Rendition {
  name: RenditionName;
  width: number;
  height: number;
  /** A WebP without any metadata. */
  bytes: Uint8Array;
}

export interface ProcessedPhoto {
  /** Pixels of the original, upright. */
  width: number;
  height: number;
  /** base64 */
  thumbhash: string;
  takenAt: Date | null;
  /** Smallest first. */
  renditions: Rendition[];
}

export interface PipelineOptions {
  /** What the inspector said when the photo came. */
  facts: ImageFacts;
  /** IANA name, for photos whose camera wrote no offset. */
  timeZone: string;
  now: Date;
  /** Called once the pixels are out of the original. */
  onDecoded?: () => void | Promise<void>;
}

type Decode = <Result>(bytes: Uint8Array, use: UsePixels<Result>) => Promise<Result>;

const DECODERS: Partial<Record<ImageFacts['type'], Decode>> = {
  'image/jpeg': decodeJpeg,
  'image/png': decodePng,
  'image/webp': decodeWebp,
};

/**
 * Makes everything that is shown of a photo. The original is reduced while it lies in the decoder's memory, turned
 * upright afterwards, and each smaller rendition is made from the one above it.
 * @throws PhotoFailure when the photo can never be decoded; anything else is worth another try
 */
export async function makeRenditions(original: Uint8Array, options: PipelineOptions): Promise<ProcessedPhoto> {
  const { facts } = options;
  const exif = readExif(original);
  const turned = swapsSides(exif.orientation);
  const width = turned ? facts.height : facts.width;
  const height = turned ? facts.width : facts.height;
  const sizes = renditionSizes(width, height);
  const largest = sizes.at(-1)!; // every photo has at least one
  const opaque = facts.type === 'image/jpeg';
  const stored = turned ? { width: largest.height, height: largest.width } : largest;

  const reduced = await decode(original, facts, (pixels) => reduce(pixels, stored.width, stored.height, opaque));
  await options.onDecoded?.();

  let pixels = turnUpright(reduced, exif.orientation);
  const renditions: Rendition[] = [];
  for (const size of sizes.toReversed()) {
    if (pixels.width !== size.width || pixels.height !== size.height) {
      pixels = reduce(pixels, size.width, size.height, opaque);
    }
    renditions.unshift({ ...size, bytes: await encodeWebp(pixels) });
  }
  const tinySize = thumbhashSize(pixels.width, pixels.height);
  const tiny = reduce(pixels, tinySize.width, tinySize.height, opaque);
  const thumbhash = btoa(String.fromCharCode(...rgbaToThumbHash(tiny.width, tiny.height, tiny.data)));
  return {
    width,
    height,
    thumbhash,
    takenAt: exif.taken && takenAt(exif.taken, options.timeZone, options.now),
    renditions,
  };
}

async function decode(original: Uint8Array, facts: ImageFacts, use: UsePixels<Pixels>): Promise<Pixels> {
  const decoder = DECODERS[facts.type];
  if (!decoder) throw new PhotoFailure('photo.unsupported_type', 'This kind of file cannot be shown here.');
  try {
    return await decoder(original, (pixels) => {
      if (pixels.width !== facts.width || pixels.height !== facts.height) {
        throw new DecodeError('The decoded size is not the declared one');
      }
      return use(pixels);
    });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = 'This photo is damaged and cannot be shown. Please send the original again.';
    throw new PhotoFailure('photo.corrupt', message, { cause: error });
  }
}
