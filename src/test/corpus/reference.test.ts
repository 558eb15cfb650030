import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../../workers/thumbnailer/decoders/jpeg.ts';
import { writeJpeg, type JpegOptions } from '../../../workers/thumbnailer/test-support/jpeg-writer/index.ts';
import { busy, withOrientation } from '../support/images.ts';

import { makePhoto, type Recipe } from './photos.ts';
import { isSoak, shortForm } from '../support/soak.ts';
import type { RawSize } from './photographs.ts';
import { fullDecode, nearness, showWith } from './reference.ts';

/** What is asked for, in dB, before anything is encoded. */
const LEAST = { 320: 45, 960: 45, 1920: 40 };
/** Inks are mixed after they are reduced, which is not the same as before: it is fair, and no more. */
const LEAST_OF_INK = { 320: 30, 960: 30, 1920: 30 };

async function expectNear(bytes: Uint8Array, size: RawSize, least: Record<number, number> = LEAST) {
  const { shown } = await showWith(decodeJpeg, bytes, { type: 'image/jpeg', ...size });
  const near = nearness(shown, await fullDecode(bytes));
  expect(shown.length).toBeGreaterThan(0);
  for (const [name, dB] of Object.entries(near)) {
    expect(dB, `rendition ${name}`).toBeGreaterThanOrEqual(least[Number(name)] ?? Number.NaN);
  }
}

const camera = { type: 'image/jpeg', quality: 92, grain: 2 } as const;
const size = { width: 2688, height: 2016 };

describe('renditions of a JPEG come near to the exact reduction of all its pixels', () => {
  const kinds: [string, Partial<Recipe>][] = [
    ['a photograph', { photo: 4 }],
    ['progressive', { photo: 2, progressive: true }],
    ['another', { photo: 8 }],
    ['4:4:4', { photo: 7, sampling: '4:4:4' }],
    ['grey', { photo: 9, space: 'b-w' }],
  ];
  it.each(shortForm(kinds, 2))('%s', async (_name, recipe) =>
    expectNear(await makePhoto({ ...camera, size, ...recipe }), size),
  );

  it('of inks as well as can be', async () => {
    const inked = isSoak ? size : { width: 1344, height: 1008 };
    await expectNear(await makePhoto({ ...camera, size: inked, photo: 9, space: 'cmyk' }), inked, LEAST_OF_INK);
  });

  // Turned by a quarter, mirrored, and both; that all eight come out upright, the pipeline's own test says.
  it.each(shortForm([6, 4, 7, 1, 2, 3, 5, 8], 3))('turned by orientation %i', async (orientation) => {
    const odd = { width: 1301, height: 967 };
    const bytes = await makePhoto({ ...camera, size: odd, photo: orientation });
    await expectNear(withOrientation(bytes, orientation), odd);
  });

  const odds: [number, number][] = [
    [1999, 1333],
    [65_500, 3],
    [3, 9_999],
    [1921, 1441],
    [2563, 1923],
    [3843, 2161],
    [4031, 3025],
    [5313, 997],
  ];
  it.each(shortForm(odds, 4))('of %i × %i', async (width, height) => {
    const odd = { width, height };
    await expectNear(await makePhoto({ ...camera, size: odd, photo: width % 11 }), odd);
  });

  // libjpeg does not smooth chroma of so few columns, so that there is none here.
  it.each([
    [1, 1],
    [9, 1],
    [1, 17],
    [2, 3],
  ])('of %i × %i', async (width, height) => {
    const tiny = { width, height };
    await expectNear(await makePhoto({ ...camera, size: tiny, sampling: '4:4:4' }), tiny);
  });

  it.each<[string, JpegOptions]>([
    [
      '4:2:2 with restart markers',
      {
        sampling: [
          [2, 1],
          [1, 1],
          [1, 1],
        ],
        restartInterval: 7,
      },
    ],
    [
      '4:4:0 with one after each MCU',
      {
        sampling: [
          [1, 2],
          [1, 1],
          [1, 1],
        ],
        restartInterval: 1,
      },
    ],
    [
      '4:1:1, progressive',
      {
        sampling: [
          [4, 1],
          [1, 1],
          [1, 1],
        ],
        progressive: true,
      },
    ],
    [
      '4:1:0, a scan for each component',
      {
        sampling: [
          [4, 2],
          [1, 1],
          [1, 1],
        ],
        separate: true,
        restartInterval: 100,
      },
    ],
    [
      '4:2:0 with half of each chroma',
      {
        sampling: [
          [2, 2],
          [1, 2],
          [2, 1],
        ],
        progressive: true,
        restartInterval: 40,
      },
    ],
  ])('of chroma in %s', async (_name, options) => {
    const odd = { width: 1003, height: 749 };
    await expectNear(writeJpeg(busy(odd.width, odd.height), { step: 2, ...options }), odd);
  });
});
