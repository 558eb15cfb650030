import { readProfile } from '../../../../workers/thumbnailer/colour/icc-rules.ts';
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
    iccProfile({ kTRC: sampledCurve(512) }, 'GRAY'),
  ],
  walk: tags,
  run(bytes) {
    const profile = readProfile(bytes);
    if (profile.kind === 'ignored') return 'refused';
    if (profile.kind === 'matrix') {
      insist(profile.shares.length === 3 * 256 * 4, 'four shares for each value of each channel');
      insist(
        profile.shares.every((share) => Number.isFinite(share)),
        'shares are numbers',
      );
    }
    return 'read';
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 250,
};
