import { decodeWebp } from '../../../../workers/thumbnailer/decoders/webp.ts';
import { webpSeeds } from '../seeds.ts';
import { riffChunks } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const webp = () =>
  decoderTarget({ type: 'image/webp', decoder: () => decodeWebp, seeds: webpSeeds, walk: riffChunks });
