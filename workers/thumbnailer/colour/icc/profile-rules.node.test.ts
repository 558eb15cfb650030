import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/test/support/images.ts';
import { readCurve } from './curve-rules.ts';
import { readProfile } from './profile-rules.ts';
import {
  ADOBE_RGB,
  DISPLAY_P3,
  iccProfile,
  matrixProfile,
  parametricCurve,
  PROPHOTO_RGB,
  sampledCurve,
  SRGB_COLORANTS,
  SRGB_CURVE,
  xyz,
} from '../../test-support/icc-profiles.ts';

const srgbLight = (signal: number): number => (signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4);

const samples = (count: number, curve: (signal: number) => number): number[] =>
  Array.from({ length: count }, (_, at) => curve(at / (count - 1)));

const curveFrom = (bytes: Uint8Array): ReturnType<typeof readCurve> =>
  readCurve(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));

describe('the curves of a profile', () => {
  it.each([
    ['no entry', sampledCurve(), (x: number) => x],
    ['an exponent', sampledCurve(2.5), (x: number) => x ** 2.5],
    ['two samples', sampledCurve(0, 1), (x: number) => x],
    ['many samples', sampledCurve(...samples(1024, srgbLight)), srgbLight],
    ['parametric type 0', parametricCurve(0, 1.8), (x: number) => x ** 1.8],
    ['parametric type 1', parametricCurve(1, 2, 1.25, -0.25), (x: number) => (x < 0.2 ? 0 : (1.25 * x - 0.25) ** 2)],
    [
      'parametric type 2',
      parametricCurve(2, 2, 1.25, -0.25, 0.125),
      (x: number) => Math.min(1, (x < 0.2 ? 0 : (1.25 * x - 0.25) ** 2) + 0.125),
    ],
    ['parametric type 3', SRGB_CURVE, srgbLight],
    [
      'parametric type 4',
      parametricCurve(4, 2, 0.75, 0.125, 0.5, 0.25, 0.0625, 0.03125),
      (x: number) => (x < 0.25 ? 0.5 * x + 0.03125 : (0.75 * x + 0.125) ** 2 + 0.0625),
    ],
  ])('are read: %s', (_name, bytes, expected) => {
    const curve = curveFrom(bytes)!;
    for (let value = 0; value <= 255; value += 1) {
      expect(Math.abs(curve(value / 255) - expected(value / 255))).toBeLessThan(1e-4);
    }
  });

  it('are nothing where they are cut, too long, of an unknown type or no curves', () => {
    const tooLong = sampledCurve(0, 1);
    tooLong.set([0xff, 0xff, 0xff, 0xff], 8);
    for (const bytes of [
      new Uint8Array(),
      sampledCurve(0, 0.5, 1).slice(0, -1),
      sampledCurve(2.2).slice(0, 12),
      tooLong,
      sampledCurve(0).fill(0, 12),
      parametricCurve(5, 1, 1, 1, 1, 1, 1, 1),
      parametricCurve(3, 2.4, 1, 0),
      xyz(1, 1, 1),
    ]) {
      expect(curveFrom(bytes)).toBeNull();
    }
  });
});

describe('a colour profile', () => {
  it.each([
    ['with a formula', SRGB_CURVE],
    ['with 1,024 samples', sampledCurve(...samples(1024, srgbLight))],
  ])('that says sRGB %s is recognised by what it does', (_name, curve) => {
    expect(readProfile(matrixProfile(SRGB_COLORANTS, curve))).toEqual({ kind: 'srgb' });
  });

  it.each([
    ['Display P3', DISPLAY_P3],
    ['Adobe RGB', ADOBE_RGB],
    ['ProPhoto RGB', PROPHOTO_RGB],
    ['sRGB with another curve', matrixProfile(SRGB_COLORANTS, sampledCurve(2.2))],
    ['grey', iccProfile({ kTRC: sampledCurve(1.8) }, 'GRAY')],
    ['grey over Lab', iccProfile({ kTRC: sampledCurve(1.8) }, 'GRAY', 'Lab ')],
  ])('that is not sRGB is converted: %s', (_name, bytes) => {
    expect(readProfile(bytes).kind).toBe('matrix');
  });

  it.each([
    ['nothing', new Uint8Array(), 'damaged'],
    ['cut in its header', DISPLAY_P3.slice(0, 100), 'damaged'],
    ['cut in its tags', DISPLAY_P3.slice(0, 180), 'damaged'],
    ['cut in its curves', DISPLAY_P3.slice(0, -20), 'damaged'],
    ['without the mark of a profile', DISPLAY_P3.slice().fill(0, 36, 40), 'damaged'],
    ['for printing', iccProfile({ A2B0: new Uint8Array(100) }, 'CMYK', 'Lab '), 'not a picture of light'],
    ['with a table that is none', iccProfile({ A2B0: new Uint8Array(100) }), 'damaged'],
    [
      'that makes everything dark',
      matrixProfile(
        [...SRGB_COLORANTS].map((one) => one.map((v) => v / 4)),
        SRGB_CURVE,
      ),
      'implausible',
    ],
    ['that makes everything white', matrixProfile(SRGB_COLORANTS, sampledCurve(1, 1)), 'implausible'],
    ['of too many bytes', new Uint8Array(5_000_000), 'damaged'],
  ])('is ignored, and says why: %s', (_name, bytes, reason) => {
    expect(readProfile(bytes)).toEqual({ kind: 'ignored', reason });
  });

  it('never fails, whatever it is', () => {
    const random = seededRandom(4);
    const originals = [DISPLAY_P3, ADOBE_RGB, matrixProfile(SRGB_COLORANTS, sampledCurve(...samples(64, srgbLight)))];
    const kinds = new Set<string>();
    for (let round = 0; round < 3_000; round += 1) {
      const bytes = originals[round % originals.length]!.slice(0, random() < 0.2 ? random() * 500 : undefined);
      for (let change = random() * 4; change > 0 && bytes.length > 0; change -= 1) {
        bytes[Math.floor(random() * bytes.length)] = random() < 0.3 ? 255 : random() * 256;
      }
      const profile = readProfile(bytes);
      kinds.add(profile.kind);
      if (profile.kind === 'matrix') expect(profile.shares.every(Number.isFinite)).toBe(true);
    }
    expect([...kinds].toSorted()).toEqual(['ignored', 'matrix', 'srgb']);
  });
});
