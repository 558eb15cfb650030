import { createImageInspector } from '../../../src/domain/images/inspector.ts';
import { openAccount, type AccountReport } from '../account.ts';
import { picturePixels, type PixelsModule } from '../codecs/pixels-module.ts';
import type { DecodedPhoto, Decoder, PhotoSource, Size } from '../decoders/port.ts';
import { pixelsInNode } from './pixels-node.ts';
import { sourceOf } from './source.ts';

export interface Decoded extends Omit<DecodedPhoto, 'picture'> {
  width: number;
  height: number;
  /** RGBA */
  data: Uint8Array;
  report: AccountReport;
  /** of the instance that the photo stays in */
  memoryBytes: number;
}

interface Decoding {
  /** makes the instance that the photo stays in; in Node it is found */
  pixels?: PixelsModule;
  /** of the rendition; the photo's own when there is none */
  size?: Size;
  facts?: PhotoSource['facts'];
  pieceBytes?: number;
}

/** Runs a decoder as the pipeline does. */
export async function decodeWith(
  decoder: Decoder,
  bytes: Uint8Array,
  { pixels: module = pixelsInNode(0), size, facts, pieceBytes }: Decoding = {},
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

/** The first profile that a decoder has found. */
export function profileIn({ colours }: Decoded): Uint8Array {
  for (const claim of colours) if (claim.from === 'icc') return claim.profile;
  throw new Error('The photo has no profile');
}

function inspected(bytes: Uint8Array): PhotoSource['facts'] {
  const inspector = createImageInspector();
  inspector.push(bytes);
  const { type, width, height } = inspector.finish();
  return { type, width, height };
}
