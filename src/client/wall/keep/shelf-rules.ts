import type { WallPhoto } from '../../../contract/boot.ts';

/** Eight minutes at eight seconds, some 25 MB: every device that runs a browser has room for it. */
export const KEPT_PHOTOS = 60;

/** Which files a device keeps: of the newest photos the largest, which every layout can use. */
export function worthKeeping(photos: readonly WallPhoto[]): string[] {
  return Array.from(photos)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, KEPT_PHOTOS)
    .map(({ sizes }) => (sizes[sizes.length - 1] || { url: '' }).url)
    .filter((url) => url !== '');
}

/** What to fetch and what to throw away, so that exactly `wanted` is kept. */
export function difference(kept: readonly string[], wanted: readonly string[]): { add: string[]; remove: string[] } {
  return {
    add: wanted.filter((url) => kept.indexOf(url) < 0),
    remove: kept.filter((url) => wanted.indexOf(url) < 0),
  };
}
