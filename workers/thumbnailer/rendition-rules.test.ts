import { describe, expect, it } from 'vitest';
import { renditionSizes, thumbhashSize } from './rendition-rules.ts';

const table = (width: number, height: number) =>
  renditionSizes(width, height).map((size) => [size.name, size.width, size.height]);

describe('which renditions a photo gets', () => {
  it.each([
    [
      4000,
      3000,
      [
        [320, 320, 240],
        [960, 960, 720],
        [1920, 1920, 1440],
      ],
    ],
    [
      3000,
      4000,
      [
        [320, 320, 427],
        [960, 960, 1280],
        [1920, 1920, 2560],
      ],
    ],
    [
      1500,
      1000,
      [
        [320, 320, 213],
        [960, 960, 640],
        [1920, 1500, 1000],
      ],
    ],
    [
      1920,
      1080,
      [
        [320, 320, 180],
        [960, 960, 540],
        [1920, 1920, 1080],
      ],
    ],
    [
      960,
      640,
      [
        [320, 320, 213],
        [960, 960, 640],
      ],
    ],
    [
      800,
      600,
      [
        [320, 320, 240],
        [960, 800, 600],
      ],
    ],
    [320, 200, [[320, 320, 200]]],
    [200, 300, [[320, 200, 300]]],
    [1, 1, [[320, 1, 1]]],
    [
      65_000,
      10,
      [
        [320, 320, 1],
        [960, 960, 1],
        [1920, 1920, 1],
      ],
    ],
  ])('for %i × %i', (width, height, expected) => expect(table(width, height)).toEqual(expected));

  it('keeps every rendition encodable, however tall the photo', () => {
    for (const [width, height] of [
      [10, 65_500],
      [500, 25_000],
      [1080, 11_600],
      [2324, 5164],
    ] as const) {
      for (const size of renditionSizes(width, height)) {
        expect(size.height).toBeLessThanOrEqual(16_383);
        expect(size.width * size.height).toBeLessThanOrEqual(5_210_000);
        expect(size.width).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('keeps every rendition of what is seen through small enough for its alpha to be encoded', () => {
    for (const [width, height] of [
      [4000, 3000],
      [3000, 4000],
      [1080, 11_600],
    ] as const) {
      const largest = renditionSizes(width, height, true).at(-1)!;
      expect(largest.width * largest.height).toBeLessThanOrEqual(2_005_000);
      expect(largest.width / largest.height).toBeCloseTo(width / height, 2);
    }
    expect(renditionSizes(1500, 1000, true)).toEqual(renditionSizes(1500, 1000));
  });

  it('makes the ThumbHash from at most 100 pixels a side', () => {
    expect(thumbhashSize(320, 240)).toEqual({ width: 100, height: 75 });
    expect(thumbhashSize(3, 16_000)).toEqual({ width: 1, height: 100 });
    expect(thumbhashSize(40, 20)).toEqual({ width: 40, height: 20 });
  });
});
