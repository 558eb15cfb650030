import { decodeGifStream } from '../codecs/formats/gif-stream.ts';
import { DecodeError } from '../codecs/pixels.ts';
import type { PixelsModule } from '../codecs/pixels-module.ts';
import { PARTIAL_MIN_SHARE } from './partial.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';

/**
 * The first picture of a GIF. It has no EXIF and no colours but those of a screen.
 * @param spare makes instances that hold an interlaced picture, and are let go with it
 */
export const createGifDecoder =
  (spare: PixelsModule): Decoder =>
  async (source, { pixels, choose, account }) => {
    const gif = await decodeGifStream(await source.open(), {
      pixels,
      spare,
      hold: account.hold,
      choose(head) {
        requireDecodable(source, { ...head, costly: head.interlaced });
        return choose(1);
      },
    });
    // An interlaced picture lacks rows everywhere when it lacks some.
    if (gif.goodShare < (gif.interlaced ? 1 : PARTIAL_MIN_SHARE)) throw new DecodeError('The GIF ends too early');
    return {
      picture: gif.picture,
      hasAlpha: gif.hasAlpha,
      orientation: 1,
      taken: null,
      colours: [],
      partialShare: gif.goodShare,
      scale: gif.interlaced ? 'interlaced' : 'rows',
    };
  };
