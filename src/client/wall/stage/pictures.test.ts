import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../../contract/boot.ts';
import { RENDITION_WIDTHS } from '../../../contract/photos.ts';
import { layouts } from '../layouts/index.ts';
import { fileFor } from './pictures.ts';

/** What README.md promises, in millions. */
const MEGAPIXELS = 16;
const TV_4K = 3_840;

const photo: WallPhoto = {
  id: 'p',
  width: 1920,
  height: 1440,
  sizes: RENDITION_WIDTHS.map((width) => ({ width, height: (width * 3) / 4, url: `/i/p/${width}` })),
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: '2026-11-21T20:00:00.000Z',
  reactions: {},
};

describe('the file of a photo', () => {
  it('is the smallest that is sharp enough, else the largest', () => {
    expect(fileFor(photo, 300)).toBe('/i/p/320');
    expect(fileFor(photo, 1_100)).toBe('/i/p/960');
    expect(fileFor(photo, 3_840)).toBe('/i/p/1920');
  });

  it('is one that is at hand, where there is no network', () => {
    expect(fileFor(photo, 300, (url) => url.endsWith('1920'))).toBe('/i/p/1920');
    expect(fileFor(photo, 300, () => false)).toBe('/i/p/320');
  });

  it.each(Object.entries(layouts))('keeps %s within its pixels on the largest screen', (_, { edge, holds }) => {
    const url = fileFor(photo, TV_4K * edge);
    const { width, height } = photo.sizes.find((size) => size.url === url)!;
    // One is fading while its successor is there.
    expect(((holds + 1) * width * height) / 1e6).toBeLessThanOrEqual(MEGAPIXELS);
  });
});
