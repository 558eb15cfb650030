import { describe, expect, it } from 'vitest';
import { fitsShape, PREVIEW_WAIT_MS, previewOnArrival, uprightSize } from './preview-rules.ts';

const NOW = new Date('2026-11-21T20:00:00Z');

describe('on arrival', () => {
  it('nothing is waited for where the original is decoded, announced or not', () => {
    for (const announced of [true, false]) {
      for (const decodedBy of ['own', 'codec'] as const) {
        expect(previewOnArrival({ decodedBy }, announced ? 'coming' : 'none', NOW)).toEqual({
          previewState: null,
          previewUntil: null,
        });
      }
    }
  });
  it('an announced preview is waited for, and one that nobody announced is missing at once', () => {
    const previewUntil = new Date(NOW.getTime() + PREVIEW_WAIT_MS);
    expect(previewOnArrival({ decodedBy: 'preview' }, 'coming', NOW)).toEqual({ previewState: 'coming', previewUntil });
    expect(previewOnArrival({ decodedBy: 'preview' }, 'none', NOW).previewState).toBe('missing');
  });
});

describe('the shape of a preview', () => {
  it.each([
    ['the same, smaller', [4032, 3024], [2048, 1536], true],
    ['turned upright', [4032, 3024], [1536, 2048], true],
    ['rounded on its short side', [4000, 2251], [2048, 1153], true],
    ['of a coded height that is a multiple of 16', [1920, 1088], [1920, 1080], true],
    ['a panorama of one row', [65_500, 10], [2048, 1], true],
    ['square of a wide one', [4032, 3024], [1024, 1024], false],
    ['wider than it was', [1920, 1080], [2048, 1024], false],
    ['wide of a square one', [1000, 1000], [2048, 1152], false],
  ] as const)('%s: %j as %j fits: %s', (_name, [w, h], [pw, ph], fits) => {
    expect(fitsShape({ width: w, height: h }, { width: pw, height: ph })).toBe(fits);
  });

  it('tells how the original stands', () => {
    const stored = { width: 4032, height: 3024 };
    expect(uprightSize(stored, { width: 1536, height: 2048 })).toEqual({ width: 3024, height: 4032 });
    expect(uprightSize(stored, { width: 2048, height: 1536 })).toEqual(stored);
    expect(uprightSize({ width: 500, height: 500 }, { width: 500, height: 500 })).toEqual({ width: 500, height: 500 });
  });
});
