import sharp, { type OutputInfo } from 'sharp';
import { renditionSizes } from '../../../../workers/thumbnailer/rendition-rules.ts';
import type { Side } from './side.ts';

// One thread, and nothing kept from the photo before: what a Worker has.
sharp.concurrency(1);
sharp.cache(false);

const QUALITY = 78;
const EFFORT = 4;

type Raw = { data: Buffer; info: OutputInfo };

/** The same renditions from libvips: scaled while it decodes, turned, and each smaller one from the one above it. */
export const makeWithSharp: Side = async (bytes) => {
  const upright = await sharp(bytes).metadata();
  const sizes = renditionSizes(upright.autoOrient.width, upright.autoOrient.height);
  const renditions = [];
  let above: Raw | undefined;
  for (const { width, height } of sizes.toReversed()) {
    const source: sharp.Sharp = above
      ? sharp(above.data, { raw: above.info as { width: number; height: number; channels: 3 | 4 } })
      : sharp(bytes).autoOrient().toColourspace('srgb');
    above = await source.resize(width, height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
    const { channels } = above.info;
    const webp = await sharp(above.data, { raw: { width, height, channels: channels as 3 | 4 } })
      .webp({ quality: QUALITY, effort: EFFORT })
      .toBuffer();
    renditions.unshift({ width, height, bytes: webp.length });
  }
  return { renditions, peakBytes: null };
};
