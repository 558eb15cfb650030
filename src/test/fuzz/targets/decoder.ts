import { openAccount } from '../../../../workers/thumbnailer/account.ts';
import { DecodeError } from '../../../../workers/thumbnailer/codecs/pixels.ts';
import { createPixels, type PixelsInstance } from '../../../../workers/thumbnailer/codecs/pixels-module.ts';
import type { PixelsModule } from '../../../../workers/thumbnailer/codecs/pixels-module.ts';
import { convertToSrgb } from '../../../../workers/thumbnailer/colour/convert.ts';
import type { Decoder } from '../../../../workers/thumbnailer/decoders/port.ts';
import type { CorpusType } from '../../corpus/photos.ts';
import { sourceOf } from '../../../../workers/thumbnailer/test-support/source.ts';
import { guardedPixels } from '../guarded-pixels.ts';
import { isTooDear, wantedSize } from '../claims.ts';
import { declaredSize } from '../declared-size.ts';
import type { Walk } from '../mutations.ts';
import { insist, type Outcome, type Target } from '../target.ts';

export interface FuzzedDecoder {
  type: CorpusType;
  /** @param module makes instances whose reservations have guards behind them */
  decoder(module: PixelsModule): Decoder;
  seeds(): Promise<Uint8Array[]>;
  walk: Walk;
  maxMs?: number;
}

/** The limit for one photo, encoder and all; a decoder of small files stays far below. */
const BUDGET_BYTES = 96 * 2 ** 20;

/** Any decoder of the port: a picture of the size that was asked for, or a `DecodeError`, within memory and time. */
export async function decoderTarget({ type, decoder, seeds, walk, maxMs = 2_000 }: FuzzedDecoder): Promise<Target> {
  const module = checked(createPixels(await guardedPixels()));
  const decode = decoder(module);
  let peakBytes = 0;
  return {
    seeds,
    walk,
    async run(bytes): Promise<Outcome> {
      const claim = declaredSize(bytes, type);
      if (!claim || isTooDear(bytes, claim.width, claim.height)) return 'refused';
      const wanted = wantedSize(bytes, claim.width, claim.height);
      const account = openAccount(async () => undefined);
      try {
        return await module.run(async (pixels) => {
          const { picture, orientation, partialShare, colours } = await decode(
            sourceOf(bytes, { type, ...claim }, 997),
            {
              pixels,
              choose: () => wanted,
              account,
            },
          );
          insist(picture.width === wanted.width && picture.height === wanted.height, 'the size that was asked for');
          const end = picture.at + picture.width * picture.height * 4;
          insist(picture.at > 0 && end <= pixels.bytes(), 'the picture lies in the memory');
          insist(orientation >= 1 && orientation <= 8, 'an orientation from 1 to 8');
          insist(partialShare > 0 && partialShare <= 1, 'a share of rows');
          convertToSrgb(pixels, picture, colours);
          return 'read' as const;
        });
      } catch (error) {
        if (error instanceof DecodeError) return 'refused';
        throw error;
      } finally {
        peakBytes = Math.max(peakBytes, account.report().peakBytes, module.memoryBytes());
      }
    },
    peakBytes: () => peakBytes,
    maxBytes: BUDGET_BYTES,
    maxMs,
  };
}

/** The same module, which asks after each piece of work whether anybody wrote where nothing was reserved. */
function checked(module: PixelsModule): PixelsModule {
  const isWhole = ({ exports }: PixelsInstance): boolean =>
    (exports as unknown as { brokenGuard(): number }).brokenGuard() === 0;
  return {
    ...module,
    run: (work) =>
      module.run(async (pixels) => {
        try {
          return await work(pixels);
        } finally {
          insist(isWhole(pixels), 'nothing is written beyond what was reserved');
        }
      }),
  };
}
