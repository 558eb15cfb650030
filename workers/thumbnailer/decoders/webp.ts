import { decodeWebpStream } from '../codecs/formats/webp-stream.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { profileClaim } from '../colour/claims.ts';
import { readExif } from '../exif.ts';
import { PARTIAL_MIN_SHARE } from './partial.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';

/**
 * WebP, lossy or lossless: what is compressed is held in the pixels module, and its rows are reduced as they are
 * decoded. Of an animation, the first picture on the whole of its canvas.
 */
export const decodeWebp: Decoder = async (source, { pixels, choose, account }) => {
  // Before anything of it is held.
  requireDecodable(source, { ...source.facts, costly: false });
  let exif = readExif(null);
  const webp = await decodeWebpStream(await source.open(), {
    pixels,
    bytes: source.bytes,
    hold: account.hold,
    choose(head) {
      requireDecodable(source, { ...head, costly: false });
      exif = readExif(head.exif);
      return choose(exif.orientation);
    },
  });
  if (webp.goodShare < PARTIAL_MIN_SHARE) throw new DecodeError('Most of the WebP is missing or damaged');
  return {
    picture: webp.picture,
    hasAlpha: webp.hasAlpha,
    ...exif,
    colours: profileClaim(webp.profile),
    partialShare: webp.goodShare,
    scale: 'rows',
  };
};
