import { expect, it } from 'vitest';
import { CORNERS, encodePng, quarters } from '../../../src/test/support/images.ts';
import { createPixels } from '../codecs/pixels-module.ts';
import { MODULES } from '../codecs/modules.ts';
import { decodeWith } from '../test-support/decoding.ts';
import { encodeWebp } from '../test-support/webp.ts';
import { createAvifDecoder } from './avif.ts';
import { createGifDecoder } from './gif.ts';
import { createPngDecoder } from './png.ts';
import { createWebpDecoder } from './webp.ts';

/** `quarters(40, 24)` by libheif (quality 60) and by cgif, both through sharp. */
const AVIF_FILE =
  'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAADoAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAACgAAAAYAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAABCbWRhdBIACgk4FSe7SAhoNIAyK0XgmMEwAAygAAAA4PVj543a1DMpr9Bq32CIhp8FXYs8JJx2j06FT5E304Q=';
const GIF_FILE =
  'R0lGODlhKAAYAIIAAExpcTJQ3PDcPCi0PNwoKAAAAAAAAAAAACH5BAUAAAAALAAAAAAoABgAAANeSLrcPTDKOZ21NOfLl/5R14GgyJGfeaGairGU68CxzNCV7eGhrvA9HxASKBqPSKRgyWw6nclo9EmlSq/GqpaJxW633etXG5aOq+Xp+ZlOrtnt4xsaz8659eIdn98vEwA7';

const spare = createPixels(MODULES.pixels, 0);

it.each([
  ['PNG', createPngDecoder(spare), () => encodePng(quarters(40, 24))],
  ['WebP', createWebpDecoder(MODULES.webpDecoder), () => encodeWebp(quarters(40, 24))],
  ['AVIF', createAvifDecoder(MODULES.avifDecoder), () => Uint8Array.from(atob(AVIF_FILE), (byte) => byte.charCodeAt(0))],
  ['GIF', createGifDecoder(spare), () => Uint8Array.from(atob(GIF_FILE), (byte) => byte.charCodeAt(0))],
] as const)('decodes %s in the runtime that it is deployed to', async (_, decoder, make) => {
  const { width, height, data } = await decodeWith(decoder, await make(), { pixels: createPixels(MODULES.pixels) });
  expect([width, height]).toEqual([40, 24]);
  const at = (x: number, y: number): number[] => Array.from(data.subarray((y * 40 + x) * 4, (y * 40 + x) * 4 + 3));
  for (const [[x, y], colour] of [
    [[5, 5], CORNERS.topLeft],
    [[35, 5], CORNERS.topRight],
    [[5, 20], CORNERS.bottomLeft],
    [[35, 20], CORNERS.bottomRight],
  ] as const) {
    at(x, y).forEach((value, channel) => expect(Math.abs(value - colour[channel]!)).toBeLessThan(12));
  }
});

it('books what a codec takes, and makes a fresh one after it refused a file', async () => {
  const decoder = createAvifDecoder(MODULES.avifDecoder);
  const file = Uint8Array.from(atob(AVIF_FILE), (byte) => byte.charCodeAt(0));
  const options = { pixels: createPixels(MODULES.pixels) };
  const { report } = await decodeWith(decoder, file, options);
  expect(report.peak['codec']).toBeGreaterThan(1e6);
  await expect(
    decodeWith(decoder, file.subarray(0, 280), { ...options, facts: { type: 'image/avif', width: 40, height: 24 } }),
  ).rejects.toThrow();
  await expect(decodeWith(decoder, file, options)).resolves.toMatchObject({ width: 40 });
});
