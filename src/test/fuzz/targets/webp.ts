import { DecodeError } from '../../../../workers/thumbnailer/codecs/pixels.ts';
import { decodeWebp, webpDecoderMemoryBytes } from '../../../../workers/thumbnailer/codecs/webp.ts';
import { isTooDear } from '../claims.ts';
import { declaredSize } from '../declared-size.ts';
import { webpSeeds } from '../seeds.ts';
import { insist, type Target } from '../target.ts';
import { riffChunks } from '../walks.ts';

/** libwebp behind its glue. */
export const webp: Target = {
  seeds: webpSeeds,
  walk: riffChunks,
  async run(bytes) {
    const claim = declaredSize(bytes, 'image/webp');
    if (claim && isTooDear(bytes, claim.width, claim.height)) return 'refused';
    try {
      await decodeWebp(bytes, ({ width, height, data }) => {
        insist(data.length === width * height * 4, 'four bytes a pixel');
      });
      return 'read';
    } catch (error) {
      if (error instanceof DecodeError) return 'refused';
      throw error;
    }
  },
  peakBytes: webpDecoderMemoryBytes,
  // A header of 14 bits a side may claim 268 megapixels; the inspector refuses those before.
  maxBytes: 2 ** 31,
  maxMs: 5_000,
};
