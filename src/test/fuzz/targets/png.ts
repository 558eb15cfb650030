import { createPngDecoder } from '../../../../workers/thumbnailer/decoders/png.ts';
import { pngSeeds } from '../seeds.ts';
import { pngChunks } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const png = () =>
  decoderTarget({ type: 'image/png', decoder: createPngDecoder, seeds: pngSeeds, walk: pngChunks });
