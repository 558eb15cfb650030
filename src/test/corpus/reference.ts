import sharp, { type OutputInfo } from 'sharp';
import { openAccount, type AccountReport } from '../../../workers/thumbnailer/account.ts';
import { picturePixels, reducePixels, turnPixels } from '../../../workers/thumbnailer/codecs/pixels-module.ts';
import type { Pixels } from '../../../workers/thumbnailer/codecs/pixels.ts';
import type { DecodedPhoto, Decoder } from '../../../workers/thumbnailer/decoders/port.ts';
import { swapsSides } from '../../../workers/thumbnailer/orientation.ts';
import { renditionSizes, type RenditionSize } from '../../../workers/thumbnailer/rendition-rules.ts';
import { pixelsInNode } from '../../../workers/thumbnailer/test-support/pixels-node.ts';
import type { ImageFacts } from '../../domain/images/inspector.ts';
import { exactly, signalToNoise } from './exact.ts';
import { sourceOf } from '../../../workers/thumbnailer/test-support/source.ts';

const module = pixelsInNode();

export interface Shown extends RenditionSize {
  /** RGBA as it goes to the encoder */
  data: Uint8Array;
}

export interface Decoding {
  photo: Omit<DecodedPhoto, 'picture'>;
  /** smallest first */
  shown: Shown[];
  account: AccountReport;
}

/** What the pipeline does between a file and the encoder: decode and reduce, turn, reduce again. Colours stay the file's. */
export function showWith(decode: Decoder, bytes: Uint8Array, facts: ImageFacts): Promise<Decoding> {
  const account = openAccount(async () => undefined);
  return module.run(async (pixels) => {
    let sizes: RenditionSize[] = [];
    const { picture, ...photo } = await decode(sourceOf(bytes, facts), {
      pixels,
      account,
      choose(orientation) {
        const { width, height } = facts;
        const swapped = swapsSides(orientation);
        sizes = renditionSizes(swapped ? height : width, swapped ? width : height);
        const largest = sizes.at(-1)!;
        return swapped ? { width: largest.height, height: largest.width } : largest;
      },
    });
    let above = photo.orientation === 1 ? picture : turnPixels(pixels, picture, photo.orientation);
    const shown: Shown[] = [];
    for (const size of sizes.toReversed()) {
      if (above.width !== size.width || above.height !== size.height) {
        above = reducePixels(pixels, above, size.width, size.height, photo.hasAlpha);
      }
      shown.unshift({ ...size, data: picturePixels(pixels, above).slice() });
    }
    return { photo, shown, account: account.report() };
  });
}

/** All pixels of a file, upright, by libvips and the libraries behind it (libjpeg-turbo, libpng …); profiles not applied. */
export async function fullDecode(bytes: Uint8Array): Promise<Pixels> {
  const picture = sharp(bytes, { limitInputPixels: false, ignoreIcc: true }).autoOrient();
  if ((await picture.metadata()).space === 'cmyk')
    return withoutInk(
      await picture.pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer({ resolveWithObject: true }),
    );
  const { data, info } = await picture.ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/**
 * How near each rendition comes to the same reduction of the whole decode in 64-bit floating point, each straight from
 * the original. (libvips' own reduction is no reference: at odd sizes it is 20 dB off.) @returns dB by name
 */
export function nearness(shown: readonly Shown[], whole: Pixels): Record<number, number> {
  const of = ({ width, height, data }: Shown): number => signalToNoise(data, exactly(whole, width, height));
  return Object.fromEntries(shown.map((one) => [one.name, of(one)]));
}

/** As browsers show ink that no profile explains: each colour is what its ink and the black leave of the light. */
function withoutInk({ data, info }: { data: Buffer; info: OutputInfo }): Pixels {
  const rgba = new Uint8Array(info.width * info.height * 4);
  for (let at = 0; at < rgba.length; at += 4) {
    const light = 255 - data[at + 3]!;
    for (let c = at; c < at + 3; c += 1) rgba[c] = Math.round(((255 - data[c]!) * light) / 255);
    rgba[at + 3] = 255;
  }
  return { width: info.width, height: info.height, data: rgba };
}
