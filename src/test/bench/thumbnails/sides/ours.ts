import { createImageInspector } from '../../../../domain/images/inspector.ts';
import { makeRenditions } from '../../../../../workers/thumbnailer/pipeline.ts';
import type { Side } from './side.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

/** The thumbnailer's own pipeline, from the inspector's facts on. */
export const makeWithOurs: Side = async (bytes) => {
  const inspector = createImageInspector({ maxPixels: 100_000_000 });
  inspector.push(bytes);
  const facts = inspector.finish();
  const { renditions } = await makeRenditions(bytes, { facts, timeZone: 'UTC', now: NOW });
  return {
    renditions: renditions.map((made) => ({ width: made.width, height: made.height, bytes: made.bytes.length })),
    peakBytes: null,
  };
};
