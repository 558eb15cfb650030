import { decodeJpegStream } from '../codecs/jpeg-stream.ts';
import { readExif } from '../exif.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';

/** JPEG, decoded while it is read, at the smallest of the four scales that covers the largest rendition. */
export const decodeJpeg: Decoder = async (source, { pixels, choose, account }) => {
  let exif = readExif(null);
  const jpeg = await decodeJpegStream(pixels, await source.open(), (header) => {
    requireDecodable(source, { width: header.width, height: header.height, costly: header.isProgressive });
    exif = readExif(header.exif);
    return choose(exif.orientation);
  });
  account.hold('pixels', pixels.bytes());
  return {
    picture: jpeg.picture,
    hasAlpha: false,
    orientation: exif.orientation,
    taken: exif.taken,
    profile: jpeg.icc,
    // A photo whose last refinement is missing has all of its rows, and is not whole all the same.
    partialShare: jpeg.goodShare,
    scale: `${jpeg.scale}/8${jpeg.isProgressive ? ' progressive' : ''}`,
  };
};
