import { readExif } from '../../../../workers/thumbnailer/exif.ts';
import { withExif } from '../../support/images.ts';
import { jpegSeeds, pngSeeds, webpSeeds } from '../seeds.ts';
import { insist, type Target } from '../target.ts';
import { jpegSegments } from '../walks.ts';

/** Metadata is nothing but a hint: garbage in it is as good as none. */
export const exif: Target = {
  async seeds() {
    const [jpeg] = await jpegSeeds();
    const photos = [await pngSeeds(), await webpSeeds()].flat().slice(0, 3);
    const fields = { dateTimeOriginal: '2026:07:04 22:15:00', offset: '+01:00', fraction: '25', gps: true };
    return [...[1, 3, 6, 8].map((orientation) => withExif(jpeg!, { orientation, ...fields })), ...photos];
  },
  walk: jpegSegments,
  run(bytes) {
    const { orientation, taken } = readExif(bytes);
    insist(Number.isInteger(orientation) && orientation >= 1 && orientation <= 8, 'an orientation from 1 to 8');
    return taken ? 'read' : 'refused';
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 250,
};
