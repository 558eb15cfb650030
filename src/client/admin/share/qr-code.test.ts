import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { makeQr, pngPlan, qrPath, qrSvgFile, sideOf } from './qr-code.ts';

// The package is an old module whose one export lies a step deeper where Node loads it.
const decode = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;
const LINK = 'https://photos.acme-events.example/e/a-wedding-in-the-mountains?t=bride-s-parents';

/** What a camera sees: the plan of the picture painted into pixels. */
function paint(text: string, pixels: number): Uint8ClampedArray {
  const qr = makeQr(text);
  const { module, offset } = pngPlan(qr, pixels);
  const picture = new Uint8ClampedArray(pixels * pixels * 4).fill(255);
  for (let y = 0; y < qr.size * module; y++) {
    for (let x = 0; x < qr.size * module; x++) {
      if (!qr.isDark(Math.floor(x / module), Math.floor(y / module))) continue;
      picture.fill(0, ((y + offset) * pixels + x + offset) * 4, ((y + offset) * pixels + x + offset) * 4 + 3);
    }
  }
  return picture;
}

describe('a code', () => {
  it.each([1024, 2048])('of %i pixels is read by a decoder, with its quiet zone', (pixels) => {
    const qr = makeQr(LINK);
    const { module, offset } = pngPlan(qr, pixels);
    expect(offset).toBeGreaterThanOrEqual(4 * module);
    expect(offset + qr.size * module + 4 * module).toBeLessThanOrEqual(pixels);
    expect(decode(paint(LINK, pixels), pixels, pixels)?.data).toBe(LINK);
  });

  it('is the same as a path', () => {
    const qr = makeQr(LINK);
    const drawn = new Set<string>();
    for (const [, x, y, width] of qrPath(qr).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let n = 0; n < Number(width); n++) drawn.add(`${Number(x) + n - 4} ${Number(y) - 4}`);
    }
    for (let y = 0; y < qr.size; y++) {
      for (let x = 0; x < qr.size; x++) expect(drawn.has(`${x} ${y}`)).toBe(qr.isDark(x, y));
    }
  });

  it('is a file that holds nothing but black and white', () => {
    const file = qrSvgFile(LINK);
    expect(file).toContain(`viewBox="0 0 ${sideOf(makeQr(LINK))} `);
    expect(file.match(/fill="[^"]+"/g)).toEqual(['fill="#fff"', 'fill="#000"']);
  });
});
