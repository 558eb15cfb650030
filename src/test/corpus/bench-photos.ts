import type { Recipe } from './photos.ts';

export interface BenchPhoto {
  name: string;
  recipe: Recipe;
  /** the most processor time that ours may take, as a multiple of sharp's */
  target?: number;
  /** what jsquash has no decoder for, or none that the project has */
  withoutPlain?: true;
}

/** As phones write them: much light and shade, little compression. */
const phone = { type: 'image/jpeg', quality: 92 } as const;
const GPS = { orientation: 6, dateTimeOriginal: '2026:07:04 22:15:00', gps: true };

/** What the pipeline is measured with; targets are the issue's. */
export const BENCH_PHOTOS: BenchPhoto[] = [
  { name: '12 MP JPEG', recipe: { ...phone, size: 12, photo: 4 }, target: 1.25 },
  { name: '12 MP JPEG, another', recipe: { ...phone, size: 12, photo: 7 }, target: 1.25 },
  { name: '12 MP JPEG, progressive', recipe: { ...phone, size: 12, photo: 4, progressive: true }, target: 1.25 },
  {
    name: '12 MP JPEG, turned, GPS, Display P3',
    recipe: { ...phone, size: 12, photo: 8, exif: GPS, profile: 'p3' },
    target: 1.25,
  },
  { name: '12 MP JPEG, 4:4:4', recipe: { ...phone, size: 12, photo: 1, sampling: '4:4:4' } },
  { name: '12 MP JPEG, grey', recipe: { ...phone, size: 12, photo: 2, space: 'b-w' } },
  { name: '24 MP JPEG', recipe: { ...phone, size: 24, photo: 8 } },
  { name: '24 MP JPEG, progressive', recipe: { ...phone, size: 24, photo: 8, progressive: true } },
  { name: '48 MP JPEG', recipe: { ...phone, size: 48, photo: 4 }, target: 1.1 },
  { name: '48 MP JPEG, progressive', recipe: { ...phone, size: 48, photo: 4, progressive: true }, target: 1 },
  { name: '12 MP PNG', recipe: { type: 'image/png', size: 12, photo: 9 }, withoutPlain: true },
  { name: '12 MP PNG, 16 bits', recipe: { type: 'image/png', size: 12, photo: 9, space: 'rgb16' }, withoutPlain: true },
  { name: '12 MP WebP', recipe: { type: 'image/webp', size: 12, photo: 4 } },
  { name: '12 MP WebP, lossless', recipe: { type: 'image/webp', size: 12, photo: 4, lossless: true } },
  { name: '4 MP AVIF', recipe: { type: 'image/avif', size: 3.9, photo: 4 } },
  { name: '1 MP GIF', recipe: { type: 'image/gif', size: 1, photo: 4 }, withoutPlain: true },
];
