import type { Recipe } from './photos.ts';

export interface LargestPhoto {
  name: string;
  recipe: Recipe;
}

const jpeg = { type: 'image/jpeg', quality: 92 } as const;
const png = { type: 'image/png', grain: 0 } as const;

/** The most that each row of the table of limits lets through, made dear where the format allows it. */
export const LARGEST_PHOTOS: LargestPhoto[] = [
  { name: 'JPEG of 48 MP', recipe: { ...jpeg, size: 48, photo: 4 } },
  { name: 'JPEG of 100 MP and nearly 40 MB', recipe: { ...jpeg, size: 99.5, photo: 8, grain: 8, quality: 94 } },
  { name: 'JPEG of 50 MP, progressive', recipe: { ...jpeg, size: 49.5, photo: 4, progressive: true } },
  {
    name: 'JPEG of 50 MP, progressive, 4:4:4, fine',
    recipe: { ...jpeg, size: 49.5, photo: 8, progressive: true, sampling: '4:4:4', quality: 95, grain: 5 },
  },
  { name: 'JPEG of 1080 × 60000', recipe: { ...jpeg, size: { width: 1080, height: 60_000 }, photo: 9 } },
  { name: 'JPEG of 60000 × 800', recipe: { ...jpeg, size: { width: 60_000, height: 800 }, photo: 9 } },
  { name: 'PNG of 100 MP', recipe: { ...png, size: 99.5, photo: 9 } },
  { name: 'PNG of 48 MP with alpha', recipe: { ...png, size: 48, photo: 9, alpha: true } },
  { name: 'PNG of 24 MP, 16 bits', recipe: { ...png, size: 24, photo: 9, space: 'rgb16' } },
  { name: 'PNG of 15 MP, interlaced, alpha', recipe: { ...png, size: 14.9, photo: 9, alpha: true, progressive: true } },
  { name: 'WebP of 100 MP', recipe: { type: 'image/webp', size: 99.5, photo: 4 } },
  { name: 'WebP of 48 MP with alpha', recipe: { type: 'image/webp', size: 48, photo: 4, alpha: true } },
  { name: 'WebP of 24 MP, lossless', recipe: { type: 'image/webp', size: 24, photo: 4, lossless: true } },
  {
    name: 'WebP of 48 MP, lossless, smooth',
    recipe: { type: 'image/webp', size: 48, photo: 4, grain: 0, lossless: true },
  },
  { name: 'GIF of 12 MP', recipe: { type: 'image/gif', size: 12, photo: 4, grain: 0 } },
  { name: 'AVIF of 4 MP', recipe: { type: 'image/avif', size: 3.9, photo: 4 } },
  { name: 'AVIF of 1.8 MP, 10 bits', recipe: { type: 'image/avif', size: 1.75, photo: 4, depth: 10 } },
];
