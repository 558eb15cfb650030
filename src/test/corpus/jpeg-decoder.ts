import { decodeJpegStream } from '../../../workers/thumbnailer/codecs/jpeg-stream.ts';
import type { Decoder } from '../../../workers/thumbnailer/decoders/port.ts';
import { readExif } from '../../../workers/thumbnailer/exif.ts';

/** The JPEG decoder behind the port. */
export const decodeJpeg: Decoder = async (source, { pixels, choose, account }) => {
  let exif = readExif(null);
  const jpeg = await decodeJpegStream(pixels, await source.open(), (header) => {
    exif = readExif(header.exif);
    return choose(exif.orientation);
  });
  account.hold('pixels', pixels.bytes());
  return {
    picture: jpeg.picture,
    hasAlpha: false,
    ...exif,
    profile: jpeg.icc,
    partialShare: jpeg.goodShare,
    scale: `${jpeg.scale}/8`,
  };
};
