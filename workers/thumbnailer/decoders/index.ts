import type { PhotoType } from '../../../src/contract/photos.ts';
import { decodeAvif } from './avif.ts';
import { decodeGif } from './gif.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodePng } from './png.ts';
import type { Decoder } from './port.ts';
import { decodeWebp } from './webp.ts';

/** What is decoded here. The rest is shown by the preview that its sender's browser made. */
export const DECODERS: Partial<Record<PhotoType, Decoder>> = {
  'image/jpeg': decodeJpeg,
  'image/png': decodePng,
  'image/webp': decodeWebp,
  'image/gif': decodeGif,
  'image/avif': decodeAvif,
};
