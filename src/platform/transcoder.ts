import type { PhotoType } from '../contract/photos.ts';
import type { Transcoder } from '../domain/ports.ts';

/** As much of the Images binding as is used, so that a test can record what it is asked. */
export interface Images {
  input(stream: ReadableStream<Uint8Array>): ImagesPipeline;
}
interface ImagesPipeline {
  transform(options: { width: number; height: number; fit: 'scale-down' }): ImagesPipeline;
  output(options: { format: 'image/jpeg'; quality: number; anim: false }): Promise<{
    image(): ReadableStream<Uint8Array>;
  }>;
}

const READS: readonly PhotoType[] = ['image/heic', 'image/avif'];
const QUALITY = 85;

/**
 * What the service says of a file itself, so that asking again cannot help: too large (9402, 9413), no image (9412),
 * of a kind it does not know (9520). Everything else may pass: its limits, its network, ours.
 */
const HOPELESS = new Set([9402, 9412, 9413, 9520]);

/** Cloudflare Images as a decoder of what browsers elsewhere could not show. */
export function transcoderOf(images: Images): Transcoder {
  return {
    reads: (type) => READS.includes(type),
    async toJpeg(body, maxSide) {
      try {
        const result = await images
          .input(body)
          .transform({ width: maxSide, height: maxSide, fit: 'scale-down' })
          .output({ format: 'image/jpeg', quality: QUALITY, anim: false });
        return result.image();
      } catch (error) {
        if (HOPELESS.has(Number((error as { code?: unknown }).code))) return null;
        throw error;
      }
    },
  };
}
