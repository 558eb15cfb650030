import factory from '@jsquash/avif/codec/dec/avif_dec.js';
import { readAvifHead } from '../codecs/formats/avif-head.ts';
import { createEmscriptenCodec, decodeInPlace } from '../codecs/emscripten.ts';
import type { EmscriptenFactory } from '../codecs/emscripten.ts';
import { reduceRows } from '../codecs/reduce-rows.ts';
import { readExif } from '../exif.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';
import { requireSize, wholeFile } from './whole.ts';

interface AvifCodec {
  decode(bytes: Uint8Array, bitDepth: 8): unknown;
}

/** It takes 17 to 38 bytes a pixel; the rendition has its place beside it. */
const CODEC_MAX_BYTES = 80e6;
/** The encoder needs its place. */
const KEPT_MAX_BYTES = 0;

/** AVIF by libavif, which holds the whole picture several times over; its rows are reduced from where they lie. */
export function createAvifDecoder(module: WebAssembly.Module): Decoder {
  const codec = createEmscriptenCodec(
    factory as unknown as EmscriptenFactory<AvifCodec>,
    module,
    KEPT_MAX_BYTES,
    CODEC_MAX_BYTES,
  );
  return async (source, { pixels, choose, account }) => {
    const file = await wholeFile(source, account);
    const head = readAvifHead(file);
    requireDecodable(source, head);
    const { width, height, hasAlpha, orientation } = head;
    const size = choose(orientation);
    const picture = await codec.run((decoder) =>
      decodeInPlace(
        () => decoder.decode(file, 8),
        (decoded) => {
          requireSize(decoded, head);
          const stride = width * 4;
          const write = (y: number, row: Uint8Array) => row.set(decoded.data.subarray(y * stride, (y + 1) * stride));
          const reduced = reduceRows(pixels, { width, height, hasAlpha, write }, size);
          account.hold('codec', codec.currentBytes());
          account.hold('pixels', pixels.bytes());
          return reduced;
        },
      ),
    );
    account.hold('codec', 0);
    account.hold('file', 0);
    return {
      picture,
      hasAlpha,
      orientation,
      taken: readExif(head.exif).taken,
      colours: head.colours,
      partialShare: 1,
      scale: 'whole',
    };
  };
}
