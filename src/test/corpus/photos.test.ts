import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeRenditions } from '../../../workers/thumbnailer/pipeline.ts';
import { makePhoto } from './photos.ts';

describe('a photo of the corpus', () => {
  it('is what its recipe says, and the same every time', async () => {
    const size = { width: 203, height: 151 };
    const bytes = await makePhoto({ type: 'image/jpeg', size, progressive: true, sampling: '4:4:4', profile: 'p3' });
    expect(await sharp(bytes).metadata()).toMatchObject({ ...size, isProgressive: true, chromaSubsampling: '4:4:4' });
    const r = await makeRenditions(bytes, { facts: { type: 'image/jpeg', ...size }, timeZone: 'UTC', now: new Date() });
    expect(r.renditions).toHaveLength(1);
  });
});
