import MODULE from '@jsquash/webp/codec/dec/webp_dec.wasm';
import { createWebpDecoder } from '../../../../workers/thumbnailer/decoders/webp.ts';
import { webpSeeds } from '../seeds.ts';
import { riffChunks } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const webp = () =>
  decoderTarget({
    type: 'image/webp',
    decoder: () => createWebpDecoder(MODULE),
    seeds: webpSeeds,
    walk: riffChunks,
    maxMs: 5_000,
  });
