import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { renditionSizes } from '../../../../../workers/thumbnailer/rendition-rules.ts';
import type { Side } from './side.ts';

// One thread, and nothing kept from the photo before: what a Worker has.
sharp.concurrency(1);
sharp.cache(false);

const QUALITY = 78;
const EFFORT = 4;

interface Raw {
  data: Buffer;
  info: OutputInfo;
}
const picture = ({ data, info: { width, height, channels } }: Raw): Sharp =>
  sharp(data, { raw: { width, height, channels } });

/** The same renditions from libvips: scaled while it decodes, turned, and each smaller one from the one above it. */
export const makeWithSharp: Side = async (bytes) => {
  const { autoOrient } = await sharp(bytes).metadata();
  const renditions = [];
  let source = sharp(bytes).autoOrient().toColourspace('srgb');
  for (const { width, height } of renditionSizes(autoOrient.width, autoOrient.height).toReversed()) {
    const made = await source.resize(width, height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
    const webp = await picture(made).webp({ quality: QUALITY, effort: EFFORT }).toBuffer();
    renditions.unshift({ width, height, bytes: webp.length });
    source = picture(made);
  }
  return { renditions, peakBytes: null };
};
