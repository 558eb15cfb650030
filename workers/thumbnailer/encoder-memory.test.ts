import { expect, it } from 'vitest';
import { busy } from '../../src/test/support/images.ts';
import { encodeWebp, webpEncoderMemoryBytes } from './codecs/webp.ts';
import { renditionSizes } from './rendition-rules.ts';

it('encodes the largest rendition that there can be beside its own pixels in 128 MB', async () => {
  const largest = renditionSizes(2324, 5164).at(-1)!;
  const pixels = busy(largest.width, largest.height);
  await encodeWebp(pixels);
  expect(webpEncoderMemoryBytes() + pixels.data.length).toBeLessThan(100e6);
});
