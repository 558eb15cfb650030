import { expect, it } from 'vitest';
import { busy } from '../../src/test/support/images.ts';
import { encodeWebp, webpEncoderMemoryBytes } from './test-support/webp.ts';
import { renditionSizes } from './rendition-rules.ts';

it('encodes the largest rendition that there can be in 48 MiB, so that its pixels may lie beside it twice', async () => {
  const largest = renditionSizes(2324, 5164).at(-1)!;
  const pixels = busy(largest.width, largest.height);
  await encodeWebp(pixels);
  expect(webpEncoderMemoryBytes()).toBeLessThan(48 * 2 ** 20);
  expect(webpEncoderMemoryBytes() + 2 * pixels.data.length).toBeLessThan(96 * 2 ** 20);
});
