import factory from '@jsquash/webp/codec/dec/webp_dec.js';
import { createEmscriptenCodec, decodeInPlace } from '../codecs/emscripten.ts';
import type { EmscriptenFactory } from '../codecs/emscripten.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { reduceRows } from '../codecs/reduce-rows.ts';
import { readWebpHead, type WebpHead } from '../codecs/formats/webp-head.ts';
import { profileClaim } from '../colour/claims.ts';
import { readExif } from '../exif.ts';
import type { Decoder } from './port.ts';
import { requireDecodable } from './table.ts';
import { requireSize, wholeFile } from './whole.ts';

interface WebpCodec {
  decode(bytes: Uint8Array): unknown;
}

/** 12 megapixels take 64 MB, and as much again would not fit beside the rendition. */
const CODEC_MAX_BYTES = 72e6;
/** The encoder needs its place. */
const KEPT_MAX_BYTES = 0;

/**
 * WebP by libwebp, which holds the whole picture; its rows are reduced from where they lie. Of an animation, the first
 * picture on the whole of its canvas.
 */
export function createWebpDecoder(module: WebAssembly.Module): Decoder {
  const codec = createEmscriptenCodec(
    factory as unknown as EmscriptenFactory<WebpCodec>,
    module,
    KEPT_MAX_BYTES,
    CODEC_MAX_BYTES,
  );
  return async (source, { pixels, choose, account }) => {
    const file = await wholeFile(source, account);
    const head = readWebpHead(file);
    requireDecodable(source, { ...head, costly: head.lossless || head.hasAlpha });
    const exif = readExif(head.exif);
    const size = choose(exif.orientation);
    const { width, height, left, top, frameWidth, frameHeight } = head;
    if (left + frameWidth > width || top + frameHeight > height) {
      throw new DecodeError('The picture lies outside of its canvas');
    }
    const hasAlpha = head.hasAlpha || frameWidth !== width || frameHeight !== height;
    const picture = await codec.run((decoder) =>
      decodeInPlace(
        () => decoder.decode(head.still),
        (decoded) => {
          requireSize(decoded, { width: frameWidth, height: frameHeight });
          const rows = { width, height, hasAlpha, write: onCanvas(head, decoded.data) };
          const reduced = reduceRows(pixels, rows, size);
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
      orientation: exif.orientation,
      taken: exif.taken,
      colours: profileClaim(head.profile),
      partialShare: 1,
      scale: 'whole',
    };
  };
}

/** Rows of the canvas, on which the picture lies somewhere. */
function onCanvas(head: WebpHead, data: Uint8Array | Uint8ClampedArray): (y: number, row: Uint8Array) => void {
  const { left, top, frameWidth, frameHeight } = head;
  const isCovered = frameWidth === head.width && frameHeight === head.height;
  return (y, row) => {
    if (!isCovered) row.fill(0);
    if (y < top || y >= top + frameHeight) return;
    const from = (y - top) * frameWidth * 4;
    row.set(data.subarray(from, from + frameWidth * 4), left * 4);
  };
}
