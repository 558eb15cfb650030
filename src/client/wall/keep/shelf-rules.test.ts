import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../../contract/boot.ts';
import { difference, KEPT_PHOTOS, worthKeeping } from './shelf-rules.ts';

const photo = (n: number): WallPhoto => ({
  id: `p${n}`,
  sizes: [320, 960].map((width) => ({ width, height: width, url: `/i/${n}/${width}` })),
  width: 960,
  height: 960,
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: new Date(n * 1000).toISOString(),
  reactions: {},
});

describe('what a device keeps', () => {
  it('is the newest photos, each in its largest file, and never more than there is room for', () => {
    const urls = worthKeeping(Array.from({ length: 200 }, (_, n) => photo(n)));
    expect(urls).toHaveLength(KEPT_PHOTOS);
    expect(urls[0]).toBe('/i/199/960');
    expect(urls.at(-1)).toBe(`/i/${200 - KEPT_PHOTOS}/960`);
  });

  it('changes by what is new and what is gone', () => {
    expect(difference(['/a', '/b'], ['/b', '/c'])).toEqual({ add: ['/c'], remove: ['/a'] });
  });
});
