import { DecodeError } from '../codecs/pixels.ts';
import type { PixelsModule } from '../codecs/pixels-module.ts';
import { decodePngStream } from '../codecs/formats/png-stream.ts';
import type { ColourClaims } from '../colour/claims.ts';
import { pngClaims } from '../colour/png-claims-rules.ts';
import { readExif } from '../exif.ts';
import { PARTIAL_MIN_SHARE } from './partial.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';

/**
 * PNG of any kind: its rows are reduced as they are inflated. Of an animation, the first picture.
 * @param spare makes instances that hold an interlaced picture, and are let go with it
 */
export const createPngDecoder =
  (spare: PixelsModule): Decoder =>
  async (source, { pixels, choose, account }) => {
    let colours: ColourClaims = [];
    let exif = readExif(null);
    let isInterlaced = false;
    const png = await decodePngStream(await source.open(), {
      pixels,
      spare,
      hold: account.hold,
      choose(head, profile) {
        requireDecodable(source, { ...head, costly: head.interlaced });
        colours = pngClaims(head, profile);
        isInterlaced = head.interlaced;
        exif = readExif(head.exif);
        return choose(exif.orientation);
      },
    });
    // An interlaced picture lacks pixels everywhere when it lacks some.
    if (png.goodShare < (isInterlaced ? 1 : PARTIAL_MIN_SHARE)) throw new DecodeError('The PNG ends too early');
    return {
      picture: png.picture,
      hasAlpha: png.hasAlpha,
      orientation: exif.orientation,
      // As browsers do: EXIF behind the pixels turns nothing, but it may know the time.
      taken: exif.taken ?? readExif(png.lateExif).taken,
      colours,
      partialShare: png.goodShare,
      scale: isInterlaced ? 'interlaced' : 'rows',
    };
  };
