import MODULE from '@jsquash/avif/codec/dec/avif_dec.wasm';
import { createAvifDecoder } from '../../../../workers/thumbnailer/decoders/avif.ts';
import { avifSeeds } from '../seeds.ts';
import { boxes } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const avif = () =>
  decoderTarget({
    type: 'image/avif',
    decoder: () => createAvifDecoder(MODULE),
    seeds: avifSeeds,
    walk: boxes,
    maxMs: 5_000,
  });
