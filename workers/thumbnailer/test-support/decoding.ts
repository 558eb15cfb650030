import { createImageInspector } from '../../../src/domain/images/inspector.ts';
import { openAccount, type AccountReport } from '../account.ts';
import { picturePixels, type PixelsModule } from '../codecs/pixels-module.ts';
import type { DecodedPhoto, Decoder, PhotoSource, Size } from '../decoders/port.ts';

export interface Decoded extends Omit<DecodedPhoto, 'picture'> {
  width: number;
  height: number;
  /** RGBA */
  data: Uint8Array;
  report: AccountReport;
  /** of the instance that the photo stays in */
  memoryBytes: number;
}

/** A file as the store hands it over, in pieces. */
export function sourceOf(bytes: Uint8Array, facts: PhotoSource['facts'], pieceBytes = 16_384): PhotoSource {
  return {
    facts,
    bytes: bytes.length,
    open(range = { offset: 0, length: bytes.length }) {
      let at = range.offset;
      const end = Math.min(bytes.length, range.offset + range.length);
      return Promise.resolve(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            if (at >= end) return controller.close();
            controller.enqueue(bytes.slice(at, Math.min(end, at + pieceBytes)));
            at += pieceBytes;
          },
        }),
      );
    },
  };
}

interface Decoding {
  /** makes the instance that the photo stays in */
  pixels: PixelsModule;
  /** of the rendition; the photo's own when there is none */
  size?: Size;
  facts?: PhotoSource['facts'];
  pieceBytes?: number;
}

/** Runs a decoder as the pipeline does. */
export async function decodeWith(
  decoder: Decoder,
  bytes: Uint8Array,
  { pixels: module, size, facts, pieceBytes }: Decoding,
): Promise<Decoded> {
  const known = facts ?? inspected(bytes);
  const account = openAccount(() => Promise.resolve());
  return module.run(async (pixels) => {
    const { picture, ...rest } = await decoder(sourceOf(bytes, known, pieceBytes), {
      pixels,
      account,
      choose: () => size ?? { width: known.width, height: known.height },
    });
    return {
      ...rest,
      width: picture.width,
      height: picture.height,
      data: picturePixels(pixels, picture).slice(),
      report: account.report(),
      memoryBytes: pixels.bytes(),
    };
  });
}

function inspected(bytes: Uint8Array): PhotoSource['facts'] {
  const inspector = createImageInspector();
  inspector.push(bytes);
  const { type, width, height } = inspector.finish();
  return { type, width, height };
}
