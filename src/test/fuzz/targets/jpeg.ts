import { decodeJpeg } from '../../../../workers/thumbnailer/decoders/jpeg.ts';
import { jpegSeeds } from '../seeds.ts';
import { jpegSegments } from '../walks.ts';
import { decoderTarget } from './decoder.ts';

export const jpeg = () =>
  decoderTarget({ type: 'image/jpeg', decoder: () => decodeJpeg, seeds: jpegSeeds, walk: jpegSegments });
