import { DomainError } from '../../../domain/errors.ts';
import { createImageInspector } from '../../../domain/images/inspector.ts';
import type { Walk } from '../mutations.ts';
import { allSeeds } from '../seeds.ts';
import { insist, type Target } from '../target.ts';
import { boxes, gifBlocks, jpegSegments, pngChunks, riffChunks } from '../walks.ts';

const MAX_PIXELS = 100_000_000;

/** The walk that suits the first bytes. */
const anyWalk: Walk = (bytes) => {
  const walks: Record<number, Walk> = {
    0xff: jpegSegments,
    0x89: pngChunks,
    0x52: riffChunks,
    0x47: gifBlocks,
    0: boxes,
  };
  return (walks[bytes[0] ?? 0] ?? boxes)(bytes);
};

/** What is asked of every upload before anything is decoded: chunks of any length, a refusal or facts within the limits. */
export const inspector: Target = {
  seeds: allSeeds,
  walk: anyWalk,
  run(bytes) {
    const inspecting = createImageInspector({ maxPixels: MAX_PIXELS });
    try {
      for (let at = 0, step = 1; at < bytes.length; at += step, step = 1 + ((step * 7) % 97)) {
        inspecting.push(bytes.subarray(at, at + step));
      }
      const { width, height } = inspecting.finish();
      insist(
        Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0,
        'sides are whole and positive',
      );
      insist(width * height <= MAX_PIXELS, 'no more pixels than allowed');
      return 'read';
    } catch (error) {
      if (error instanceof DomainError) return 'refused';
      throw error;
    }
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 50,
};
