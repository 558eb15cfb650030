import { decodeJpegStream } from '../codecs/jpeg-stream.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { profileClaim } from '../colour/claims.ts';
import { readExif } from '../exif.ts';
import { PARTIAL_MIN_SHARE } from './partial.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';

/** What is said of a progressive photo that has all its rows, but not the last bits of them. */
const COARSE_SHARE = 0.99;

/** JPEG of every kind that cameras write: reduced while it is decoded, and that while it is read. */
export const decodeJpeg: Decoder = async (source, { pixels, choose, account }) => {
  let exif = readExif(null);
  const jpeg = await decodeJpegStream(pixels, await source.open(), (header) => {
    requireDecodable(source, header);
    exif = readExif(header.exif);
    return choose(exif.orientation);
  });
  account.hold('pixels', pixels.bytes());
  if (jpeg.goodShare < PARTIAL_MIN_SHARE) throw new DecodeError('Most of the JPEG is missing or damaged');
  return {
    picture: jpeg.picture,
    hasAlpha: false,
    ...exif,
    colours: profileClaim(jpeg.icc),
    partialShare: jpeg.isWhole ? 1 : Math.min(jpeg.goodShare, COARSE_SHARE),
    scale: `${jpeg.scale}/8`,
  };
};
