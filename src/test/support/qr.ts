import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './processes.ts';

const DECODER = path.join(root, 'node_modules/jsqr/dist/jsQR.js');

/**
 * Reads the QR code on a picture with a decoder that knows nothing of ours. It runs in the page, which can
 * open pictures; it is put there by the test, so the page's policy stays on.
 * @param picture a PNG
 * @returns null where no camera would find a code
 */
export async function decodeQr(page: Page, picture: Buffer): Promise<string | null> {
  await page.evaluate(readFileSync(DECODER, 'utf8'));
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const { jsQR } = globalThis as unknown as {
      jsQR: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
    };
    return jsQR(data, bitmap.width, bitmap.height)?.data ?? null;
  }, picture.toString('base64'));
}
