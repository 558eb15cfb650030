import { rgbaToThumbHash } from 'thumbhash';
import { takenAt } from '../../src/domain/images/taken-at-rules.ts';
import type { Account } from './account.ts';
import { isOpaque, picturePixels, reducePixels, turnPixels } from './codecs/pixels-module.ts';
import type { Picture, PixelsInstance } from './codecs/pixels-module.ts';
import { DecodeError } from './codecs/pixels.ts';
import { webpConfig } from './codecs/webp/config.ts';
import { convertToSrgb } from './colour/convert.ts';
import type { Workbench } from './decoders/index.ts';
import type { DecodedPhoto, PhotoSource, Size } from './decoders/port.ts';
import { measureFeatures } from './features/features.ts';
import { swapsSides, type Orientation } from './orientation.ts';
import { PhotoFailure } from './photo-failure.ts';
import { RENDITION_METHOD, RENDITION_QUALITY, renditionSizes, thumbhashSize } from './rendition-rules.ts';
import type { RenditionName, RenditionSize } from './rendition-rules.ts';

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
  features: { dominantColour: string; sharpness: number; perceptualHash: string };
  /** 1 for a whole one */
  partialShare: number;
  /** how it was decoded and what became of its colours, for the logs */
  scale: string;
  colours: string;
}

export interface PipelineOptions {
  /** IANA name, for photos whose camera wrote no offset. */
  timeZone: string;
  now: Date;
  account: Account;
  bench: Workbench;
  /** renditions that are there already and are not made again */
  present?: readonly number[];
  /** Called once the pixels are out of the original. */
  onDecoded?: () => void | Promise<void>;
}

/** Of the 128 MB of an isolate, for everything that a photo takes at one moment; asserted in tests. */
const PHOTO_MAX_BYTES = 96 * 2 ** 20;
const ENCODER_MAX_BYTES = 64 * 2 ** 20;
/** Less than this is not worth a copy of the picture. */
const SPARE_BYTES = 6 * 2 ** 20;

/** The features of photos are compared, so each is measured on the same rendition: at most this wide. */
const MEASURED_WIDTH = 960;

/**
 * Makes everything that is shown of a photo, in the memory of one instance of the pixels module: it is reduced while
 * it is decoded, and each smaller rendition is made from the one above it.
 * @throws PhotoFailure when the photo can never be decoded; anything else is worth another try
 */
export function makeRenditions(source: PhotoSource, options: PipelineOptions): Promise<ProcessedPhoto> {
  const { account, bench } = options;
  return bench.pixels.run(async (pixels) => {
    try {
      const decoded = await account.stage('decode', () => decode(source, pixels, options));
      await options.onDecoded?.();
      return await finish(source, decoded, pixels, options);
    } finally {
      account.hold('pixels', pixels.bytes());
    }
  });
}

/** Sizes of the renditions of a photo as it is stored, once its orientation is known. */
function planSizes(
  { width, height }: Size,
  orientation: Orientation,
  isTransparent: boolean,
): { whole: Size; sizes: RenditionSize[] } {
  const whole = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  return { whole, sizes: renditionSizes(whole.width, whole.height, isTransparent) };
}

async function decode(
  source: PhotoSource,
  pixels: PixelsInstance,
  { bench, account }: PipelineOptions,
): Promise<DecodedPhoto> {
  const decoder = bench.decoders[source.facts.type];
  if (!decoder) throw new PhotoFailure('photo.no_preview', 'This file cannot be shown here.');
  const choose = (orientation: Orientation): Size => {
    const largest = planSizes(source.facts, orientation, false).sizes.at(-1)!; // every photo has at least one
    return swapsSides(orientation) ? { width: largest.height, height: largest.width } : largest;
  };
  try {
    return await decoder(source, { pixels, choose, account });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = 'This photo is damaged and cannot be shown. Please send the original again.';
    throw new PhotoFailure('photo.corrupt', message, { cause: error });
  }
}

async function finish(
  source: PhotoSource,
  decoded: DecodedPhoto,
  pixels: PixelsInstance,
  { account, bench, timeZone, now, present = [] }: PipelineOptions,
): Promise<ProcessedPhoto> {
  const { orientation } = decoded;
  const picture = letGo(pixels, decoded.picture, account);
  const colours = await account.stage('colour', () => convertToSrgb(pixels, picture, decoded.colours));
  const upright = await account.stage('turn', () => letGo(pixels, turnPixels(pixels, picture, orientation), account));

  // Many files could be seen through, and are not.
  const hasAlpha = decoded.hasAlpha && !isOpaque(pixels, upright);
  const { whole, sizes } = planSizes(source.facts, orientation, hasAlpha);
  const pictures = await account.stage('reduce', () => reduceStepwise(pixels, upright, sizes, hasAlpha));
  account.hold('pixels', pixels.bytes());
  const maxBytes = Math.min(ENCODER_MAX_BYTES, PHOTO_MAX_BYTES - pixels.bytes());
  const renditions: Rendition[] = [];
  for (const [place, size] of sizes.entries()) {
    if (present.includes(size.name)) continue;
    const picture = pictures[place]!;
    const bytes = await account.stage('encode', () =>
      bench.encoder.encode(
        { width: size.width, height: size.height, data: picturePixels(pixels, picture) },
        webpConfig(RENDITION_QUALITY, RENDITION_METHOD),
        { maxBytes, hold: (held) => account.hold('encoder', held) },
      ),
    );
    renditions.push({ ...size, bytes });
  }
  const { dominantColour, sharpness, perceptualHash, thumbhash } = await account.stage('features', () => {
    const measured = pictures.findLast(({ width }) => width <= MEASURED_WIDTH) ?? pictures[0]!;
    return { ...measureFeatures(pixels, measured), thumbhash: thumbhashOf(pixels, pictures[0]!, hasAlpha) };
  });
  return {
    ...whole,
    thumbhash,
    takenAt: decoded.taken && takenAt(decoded.taken, timeZone, now),
    renditions,
    features: { dominantColour, sharpness, perceptualHash },
    partialShare: decoded.partialShare,
    scale: decoded.scale,
    colours,
  };
}

/** Goes on with nothing but a picture where a decoder has taken much more than that, or a turn has left two of it. */
function letGo(pixels: PixelsInstance, picture: Picture, account: Account): Picture {
  const before = pixels.bytes();
  account.hold('pixels', before);
  if (before < picture.width * picture.height * 4 + SPARE_BYTES) return picture;
  const alone = pixels.renew(picture);
  account.hold('pixels', before + pixels.bytes());
  account.hold('pixels', pixels.bytes());
  return alone;
}

/** @returns pictures in the order of `sizes`, smallest first; the largest is `from` itself, as the decoder reduced it, unless it is seen through */
function reduceStepwise(pixels: PixelsInstance, from: Picture, sizes: RenditionSize[], hasAlpha: boolean): Picture[] {
  let picture = from;
  return sizes
    .toReversed()
    .map(({ width, height }) => {
      const isThere = picture.width === width && picture.height === height;
      picture = isThere ? picture : reducePixels(pixels, picture, width, height, hasAlpha);
      return picture;
    })
    .toReversed();
}

function thumbhashOf(pixels: PixelsInstance, smallest: Picture, hasAlpha: boolean): string {
  const { width, height } = thumbhashSize(smallest.width, smallest.height);
  const tiny = reducePixels(pixels, smallest, width, height, hasAlpha);
  return btoa(String.fromCharCode(...rgbaToThumbHash(width, height, picturePixels(pixels, tiny))));
}
