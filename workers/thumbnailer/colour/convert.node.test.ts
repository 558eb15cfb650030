import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../codecs/pixels.ts';
import { profileClaim } from './claims.ts';
import {
  ADOBE_TO_XYZ,
  chart,
  differences,
  differencesFrom,
  P3_TO_XYZ,
  reference,
  rgbAt,
  shown,
  srgbLight,
} from '../test-support/colour-chart.ts';
import { ADOBE_RGB, DISPLAY_P3, iccProfile, sampledCurve } from '../test-support/icc-profiles.ts';

/** The same PNG, its pixels as they are stored. */
function withoutProfile(png: Buffer): Buffer {
  const at = png.indexOf('iCCP') - 4;
  return Buffer.concat([png.subarray(0, at), png.subarray(at + 12 + png.readUInt32BE(at))]);
}

describe('converting to sRGB', () => {
  it.each([
    ['Display P3', DISPLAY_P3, P3_TO_XYZ, srgbLight],
    ['Adobe RGB', ADOBE_RGB, ADOBE_TO_XYZ, (signal: number) => signal ** (563 / 256)],
  ] as const)('shows every colour of a chart in %s as it is meant', async (_name, profile, toXyz, light) => {
    const source = chart();
    const { outcome, data } = await shown(source, profileClaim(profile));
    const { mean, worst } = differences(data, (at) => reference(rgbAt(source, at), toXyz, light));
    expect(outcome).toBe('converted: icc');
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1.5);
    for (let at = 3; at < data.length; at += 4) expect(data[at]).toBe(source.data[at]);
  });

  it('undoes what another colour engine does (LittleCMS, with a profile of its own)', async () => {
    const source = chart(255);
    const raw = { width: source.width, height: source.height, channels: 4 as const };
    const png = await sharp(source.data, { raw }).withIccProfile('p3').png().toBuffer();
    const { icc } = await sharp(png).metadata();
    const stored = await sharp(withoutProfile(png)).ensureAlpha().raw().toBuffer();
    const { outcome, data } = await shown({ ...source, data: stored }, profileClaim(new Uint8Array(icc!)));
    const { mean } = differencesFrom(data, source.data);
    const untreated = differencesFrom(stored, source.data);
    expect(outcome).toBe('converted: icc');
    expect(mean).toBeLessThan(0.5);
    expect(untreated.mean).toBeGreaterThan(1.5);
  });

  it('keeps greys grey, whichever profile', async () => {
    const greys: Pixels = {
      width: 256,
      height: 1,
      data: Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2)),
    };
    for (const profile of [DISPLAY_P3, ADOBE_RGB, iccProfile({ kTRC: sampledCurve(1.8) }, 'GRAY')]) {
      const { data } = await shown(greys, profileClaim(profile));
      for (let at = 0; at < data.length; at += 4) {
        expect(
          Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!),
        ).toBeLessThanOrEqual(1);
      }
      expect([data[0], data[1020]]).toEqual([0, 255]);
    }
  });

  it('leaves a picture as it is whose profile cannot be used, and says so', async () => {
    const source = chart();
    for (const [profile, said] of [
      [iccProfile({ A2B0: new Uint8Array(50) }, 'CMYK', 'Lab '), 'ignored: not a picture of light'],
      [new Uint8Array(300), 'ignored: damaged'],
    ] as const) {
      const { outcome, data } = await shown(source, profileClaim(profile));
      expect(outcome).toBe(said);
      expect(data).toEqual(source.data);
    }
  });
});
