import { connectionToXyz, xyzToLight } from '../../../../workers/thumbnailer/colour/icc/connection-rules.ts';
import { readProfile } from '../../../../workers/thumbnailer/colour/icc/profile-rules.ts';
import { readTable } from '../../../../workers/thumbnailer/colour/icc/table-rules.ts';
import { readTags } from '../../../../workers/thumbnailer/colour/icc/tags-rules.ts';
import {
  ADOBE_RGB,
  DISPLAY_P3,
  iccProfile,
  matrixProfile,
  parametricCurve,
  PROPHOTO_RGB,
  sampledCurve,
  SRGB_COLORANTS,
} from '../../../../workers/thumbnailer/test-support/icc-profiles.ts';
import { lut16, lut8, lutAToB } from '../../../../workers/thumbnailer/test-support/icc-tables.ts';
import type { Walk } from '../mutations.ts';
import { insist, type Target } from '../target.ts';

/** Header, table and each tag's data (ICC.1:2022, 7). */
const tags: Walk = (bytes) => {
  const parts = [{ at: 0, length: Math.min(128, bytes.length) }];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 132) return parts;
  for (
    let at = 132, left = Math.min(20, view.getUint32(128));
    left > 0 && at + 12 <= bytes.length;
    at += 12, left -= 1
  ) {
    parts.push({ at, length: 12 });
    const [offset, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (offset + length <= bytes.length) parts.push({ at: offset, length });
  }
  return parts;
};

/** Profiles: shares that are numbers, or a reason why not. */
export const icc: Target = {
  seeds: async () => [
    DISPLAY_P3,
    ADOBE_RGB,
    PROPHOTO_RGB,
    matrixProfile(
      SRGB_COLORANTS,
      sampledCurve(...Array.from({ length: 64 }, (_none, n) => Math.round((n / 63) ** 2.2 * 65_535))),
    ),
    matrixProfile(SRGB_COLORANTS, parametricCurve(4, 2.4, 0.9, 0.1, 0.08, 0.04, 0.01, 0.02)),
    iccProfile({ kTRC: sampledCurve(1.8) }, 'GRAY'),
    iccProfile({ kTRC: sampledCurve(1.2) }, 'GRAY', 'Lab '),
    iccProfile({ A2B0: lut8({ steps: 5 }) }, 'RGB ', 'Lab '),
    iccProfile({ A2B0: lut16('XYZ ', { steps: 5 }) }),
    iccProfile({ A2B0: lutAToB('Lab ', { steps: 5 }) }, 'RGB ', 'Lab '),
    iccProfile({ A2B1: lutAToB('XYZ ', { steps: 5, bytes: 1 }) }),
  ],
  walk: tags,
  run(bytes) {
    // A whole grid takes as long as a hundred profiles, and asks the same function each time.
    if (bytes.reduce((sum, byte) => sum + byte, 0) % 50 !== 0 && isTable(bytes)) return 'read';
    const profile = readProfile(bytes);
    if (profile.kind === 'ignored') return 'refused';
    if (profile.kind === 'matrix') {
      insist(profile.shares.length === 3 * 256 * 4, 'four shares for each value of each channel');
      insist(
        profile.shares.every((share) => Number.isFinite(share)),
        'shares are numbers',
      );
    }
    if (profile.kind === 'table') insist(profile.grid.every(isByte), 'colours of the grid are within their range');
    return 'read';
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 1_000,
};

const isByte = (value: number): boolean => value >= 0 && value <= 255;
const STEPS = [-1, 0, 0.01, 0.37, 0.5, 0.99, 1, 2];

/** Whether there is a table that can be asked; what it answers are numbers, whatever it is asked. */
function isTable(bytes: Uint8Array): boolean {
  const profile = readTags(bytes);
  const tag = profile?.tags.get('A2B0') ?? profile?.tags.get('A2B1');
  const table = profile && tag && readTable(tag, profile.connection);
  if (!table) return false;
  for (const red of STEPS) {
    for (const green of STEPS) {
      for (const blue of STEPS) {
        const light = xyzToLight(connectionToXyz(table.convert([red, green, blue]), table.encoding));
        insist(light.every(Number.isFinite), 'light is a number');
      }
    }
  }
  return true;
}
