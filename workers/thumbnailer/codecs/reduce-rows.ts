import type { Size } from '../decoders/port.ts';
import { expectOk, type Picture, type PixelsInstance } from './pixels-module.ts';

interface Rows extends Size {
  hasAlpha: boolean;
  /** Writes row `y`, RGBA8, into `row`, which is as long as one. */
  write(y: number, row: Uint8Array): void;
}

/** Reduces a picture whose rows lie elsewhere, one at a time, so that it is nowhere twice. */
export function reduceRows(pixels: PixelsInstance, { width, height, hasAlpha, write }: Rows, size: Size): Picture {
  const { exports } = pixels;
  expectOk(exports.openReducer(width, height, size.width, size.height, hasAlpha));
  for (let y = 0; y < height; y += 1) {
    write(y, pixels.view(exports.reducerRow() >>> 0, width * 4));
    expectOk(exports.pushRow());
  }
  return { at: exports.reducerOutput() >>> 0, ...size };
}
