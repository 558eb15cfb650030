import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../../../domain/errors.ts';
import { createImageInspector } from '../../../domain/images/inspector.ts';
import { FORMAT_LIMITS } from '../../../domain/images/limits.ts';
import { root } from '../../support/processes.ts';
import { anyWalk } from '../any-file.ts';
import { allSeeds } from '../seeds.ts';
import { insist, type Target } from '../target.ts';

const SAMPLES = ['fast.mp4', 'frag.mp4', 'slow.mp4', 'turned.mov', 'short.webm', 'live.webm', 'photo.heic'];
const sample = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path.join(root, 'src/test/support/samples', name)));

/** What is asked of every upload before anything is decoded: chunks of any length, a refusal or facts within the limits. */
export const inspector: Target = {
  seeds: async () => [...(await allSeeds()), ...(await Promise.all(SAMPLES.map(sample)))],
  walk: anyWalk,
  run(bytes) {
    const inspecting = createImageInspector();
    try {
      for (let at = 0, step = 1; at < bytes.length; at += step, step = 1 + ((step * 7) % 997)) {
        inspecting.push(bytes.subarray(at, at + step));
      }
      const { type, width, height, durationMs, ...file } = inspecting.finish();
      const limits = FORMAT_LIMITS[type];
      const isSide = (side: number) => Number.isInteger(side) && side > 0 && side <= limits.side;
      insist(isSide(width) && isSide(height) && width * height <= limits.pixels, 'sides within the table');
      insist(file.bytes === bytes.length, 'every byte is counted');
      insist(durationMs === null || (Number.isFinite(durationMs) && durationMs >= 0), 'a length of time');
      return 'read';
    } catch (error) {
      if (error instanceof DomainError) return 'refused';
      throw error;
    }
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 250,
};
