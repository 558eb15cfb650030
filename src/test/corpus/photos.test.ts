import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeWithOurs } from '../bench/thumbnails/sides/ours.ts';
import { makePhoto, type Recipe } from './photos.ts';
import { poisons } from './poison.ts';
import { shortForm } from '../support/soak.ts';

const MIB = 2 ** 20;
const BUDGET_MIB = 96;

describe('a photo of the corpus', () => {
  it('is what its recipe says, and the same every time', async () => {
    const size = { width: 203, height: 151 };
    const bytes = await makePhoto({ type: 'image/jpeg', size, progressive: true, sampling: '4:4:4', profile: 'p3' });
    expect(await sharp(bytes).metadata()).toMatchObject({ ...size, isProgressive: true, chromaSubsampling: '4:4:4' });
  });
});

describe('memory, by the pipeline’s own account,', () => {
  const large: [string, Recipe][] = [
    ['12 MP JPEG', { type: 'image/jpeg', size: 12 }],
    ['16 MP JPEG, progressive, 4:4:4', { type: 'image/jpeg', size: 16, progressive: true, sampling: '4:4:4' }],
    ['12 MP PNG', { type: 'image/png', size: 12, grain: 0 }],
    ['12 MP WebP', { type: 'image/webp', size: 12.4 }],
    ['JPEG of 1080 × 30000', { type: 'image/jpeg', size: { width: 1080, height: 30_000 } }],
    ['4 MP AVIF', { type: 'image/avif', size: 3.9 }],
    ['4 MP GIF', { type: 'image/gif', size: 4, grain: 0 }],
  ];
  it.each(shortForm(large, 4))(
    'stays within 96 MiB for %s (the largest ones: npm run bench memory)',
    async (_name, recipe) => {
      const bytes = await makePhoto({ photo: 4, ...recipe });
      const { peakBytes, peak, renditions } = await makeWithOurs(bytes, recipe.type);
      expect(renditions.length).toBeGreaterThan(1);
      expect((peakBytes ?? Number.NaN) / MIB, JSON.stringify(peak)).toBeLessThanOrEqual(BUDGET_MIB);
    },
  );
});

describe('files that are made to hurt', () => {
  it('are refused or shown in part, and the photo after them is made', async () => {
    const good = await makePhoto({ type: 'image/jpeg', size: 0.3 });
    for (const { name, type, bytes, refused } of await poisons()) {
      const made = await makeWithOurs(bytes, type).catch((error: unknown) => error);
      if (refused) expect(made, `${type}: ${name}`).toMatchObject({ code: expect.stringMatching(/^photo\./) });
      else expect(made, `${type}: ${name}`).not.toBeInstanceOf(RangeError);
      expect((await makeWithOurs(good, 'image/jpeg')).renditions).toHaveLength(2);
    }
  });
});
