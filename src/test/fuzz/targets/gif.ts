import { createGifDecoder } from '../../../../workers/thumbnailer/decoders/gif.ts';
import { gifSeeds } from '../seeds.ts';
import { gifBlocks } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const gif = () =>
  decoderTarget({ type: 'image/gif', decoder: createGifDecoder, seeds: gifSeeds, walk: gifBlocks });
