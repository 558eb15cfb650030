import { readAvifHead } from '../../../../workers/thumbnailer/codecs/formats/avif-head.ts';
import { readPngHead } from '../../../../workers/thumbnailer/codecs/formats/png-chunks.ts';
import { createByteSource } from '../../../../workers/thumbnailer/codecs/byte-source.ts';
import { createPixels, picturePixels, placePixels } from '../../../../workers/thumbnailer/codecs/pixels-module.ts';
import { DecodeError } from '../../../../workers/thumbnailer/codecs/pixels.ts';
import type { ColourClaims } from '../../../../workers/thumbnailer/colour/claims.ts';
import { convertToSrgb } from '../../../../workers/thumbnailer/colour/convert.ts';
import { pngClaims } from '../../../../workers/thumbnailer/colour/png-claims-rules.ts';
import { avifBox, inBoxes } from '../../../../workers/thumbnailer/test-support/avif-boxes.ts';
import { DISPLAY_P3 } from '../../../../workers/thumbnailer/test-support/icc-profiles.ts';
import { busy, concatBytes, encodePng, pngChunk } from '../../support/images.ts';
import { anyWalk } from '../any-file.ts';
import { guardedPixels } from '../guarded-pixels.ts';
import { avifSeeds } from '../seeds.ts';
import { insist, type Target } from '../target.ts';

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const numbers = (...all: number[]): number[] => all.flatMap((one) => uint32(Math.round(one * 100_000)));
const cicp = (primaries: number, transfer: number, range = 1) => pngChunk('cICP', [primaries, transfer, 0, range]);
const nclx = (primaries: number, transfer: number) =>
  avifBox('colr', [...new TextEncoder().encode('nclx'), 0, primaries, 0, transfer, 0, 6, 128]);
const profile = avifBox('colr', new TextEncoder().encode('prof'), DISPLAY_P3);

/** cHRM of Display P3 */
const PRIMARIES = pngChunk('cHRM', numbers(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06));

const PNG_CHUNKS = [
  [cicp(12, 13)],
  [cicp(9, 14, 0)],
  [cicp(9, 16)],
  [pngChunk('gAMA', numbers(0.55556)), PRIMARIES],
  [pngChunk('gAMA', numbers(0.45455)), PRIMARIES, pngChunk('sRGB', [0]), cicp(1, 8)],
  [PRIMARIES],
  [pngChunk('gAMA', numbers(1))],
];

/** What PNG and AVIF say of their colours in numbers of their own: a picture in place, or left as it was. */
export async function colours(): Promise<Target> {
  const module = createPixels(await guardedPixels());
  const source = busy(7, 5);
  return {
    async seeds() {
      const avif = (await avifSeeds())[0]!;
      const pngs = PNG_CHUNKS.map((chunks) => encodePng(busy(3, 2), concatBytes(...chunks)));
      const said = [[nclx(12, 13)], [nclx(9, 1)], [nclx(1, 4)], [profile, nclx(9, 13)]];
      return [...(await Promise.all(pngs)), ...said.map((boxes) => inBoxes(avif, [64, 48], boxes))];
    },
    walk: anyWalk,
    async run(bytes) {
      let claims: ColourClaims;
      try {
        claims = await claimsOf(bytes);
      } catch (error) {
        if (error instanceof DecodeError) return 'refused';
        throw error;
      }
      return module.run((pixels) => {
        const picture = placePixels(pixels, source);
        const outcome = convertToSrgb(pixels, picture, claims);
        const after = picturePixels(pixels, picture);
        insist(
          outcome.startsWith('converted') || after.every((value, at) => value === source.data[at]),
          'what is not converted stays as it was',
        );
        insist(
          after.every((value, at) => at % 4 < 3 || value === source.data[at]),
          'alpha stays',
        );
        const { brokenGuard } = pixels.exports as unknown as { brokenGuard(): number };
        insist(brokenGuard() === 0, 'nothing is written beyond what was reserved');
        return outcome.startsWith('converted') || outcome === 'srgb' ? 'read' : 'refused';
      });
    },
    peakBytes: () => module.memoryBytes(),
    maxBytes: 8 * 2 ** 20,
    maxMs: 1_000,
  };
}

async function claimsOf(bytes: Uint8Array): Promise<ColourClaims> {
  if (bytes[0] !== 0x89) return readAvifHead(bytes).colours;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return pngClaims(await readPngHead(createByteSource(body)), null);
}
