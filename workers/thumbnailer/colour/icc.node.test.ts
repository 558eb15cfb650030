import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { picturePixels, placePixels } from '../codecs/pixels-module.ts';
import type { Pixels } from '../codecs/pixels.ts';
import { deltaE2000, labOfSrgb } from '../test-support/delta-e.ts';
import { ADOBE_RGB, DISPLAY_P3, iccProfile, sampledCurve } from '../test-support/icc-profiles.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { applyProfile } from './icc.ts';

const module = pixelsInNode();

async function shown(source: Pixels, profile: Uint8Array): Promise<{ outcome: string; data: Uint8Array }> {
  return module.run((pixels) => {
    const picture = placePixels(pixels, source);
    const outcome = applyProfile(pixels, picture, profile);
    return { outcome, data: picturePixels(pixels, picture).slice() };
  });
}

/** All colours of 18 steps a channel; alpha is different everywhere. */
function chart(): Pixels {
  const side = 18;
  const data = new Uint8Array(side ** 3 * 4);
  for (let at = 0; at < side ** 3; at += 1) {
    const steps = [at % side, Math.floor(at / side) % side, Math.floor(at / side ** 2)];
    data.set([...steps.map((step) => step * 15), at % 256], at * 4);
  }
  return { width: side * side, height: side, data };
}

type Rows = readonly (readonly [number, number, number])[];

/** Linear light → XYZ (D65) from the chromaticities of the primaries, without any profile. */
const P3_TO_XYZ: Rows = [
  [0.48657095, 0.26566769, 0.19821729],
  [0.22897456, 0.69173852, 0.07928691],
  [0, 0.04511338, 1.04394437],
];
const ADOBE_TO_XYZ: Rows = [
  [0.57666904, 0.18555824, 0.18822865],
  [0.29734498, 0.62736357, 0.07529146],
  [0.02703136, 0.07068885, 0.99133754],
];
const XYZ_TO_LINEAR: Rows = [
  [3.24096994, -1.53738318, -0.49861076],
  [-0.96924364, 1.8759675, 0.04155506],
  [0.05563008, -0.20397696, 1.05697151],
];
const apply = (rows: Rows, vector: number[]): number[] =>
  rows.map((row) => row.reduce((sum, factor, at) => sum + factor * vector[at]!, 0));

/** In 64-bit floating point; what sRGB cannot show is cut off a channel at a time. */
function reference(rgb: number[], toXyz: Rows, light: (signal: number) => number): number[] {
  const linear = apply(
    XYZ_TO_LINEAR,
    apply(
      toXyz,
      rgb.map((value) => light(value / 255)),
    ),
  );
  return linear.map((value) => {
    const cut = Math.min(1, Math.max(0, value));
    return 255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055);
  });
}

const srgbLight = (signal: number): number => (signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4);

function differences(data: Uint8Array, expected: (at: number) => number[]): { mean: number; worst: number } {
  const all: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = expected(at) as [number, number, number];
    all.push(deltaE2000(labOfSrgb(data[at]!, data[at + 1]!, data[at + 2]!), labOfSrgb(red, green, blue)));
  }
  return { mean: all.reduce((sum, one) => sum + one, 0) / all.length, worst: Math.max(...all) };
}

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
    const { outcome, data } = await shown(source, profile);
    const { mean, worst } = differences(data, (at) =>
      reference(Array.from(source.data.subarray(at, at + 3)), toXyz, light),
    );
    expect(outcome).toBe('converted');
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1.5);
    for (let at = 3; at < data.length; at += 4) expect(data[at]).toBe(source.data[at]);
  });

  it('undoes what another colour engine does (LittleCMS, with a profile of its own)', async () => {
    const source = chart();
    for (let at = 3; at < source.data.length; at += 4) source.data[at] = 255;
    const raw = { width: source.width, height: source.height, channels: 4 as const };
    const png = await sharp(source.data, { raw }).withIccProfile('p3').png().toBuffer();
    const { icc } = await sharp(png).metadata();
    const stored = await sharp(withoutProfile(png)).ensureAlpha().raw().toBuffer();
    const { outcome, data } = await shown({ ...source, data: stored }, new Uint8Array(icc!));
    const { mean } = differences(data, (at) => Array.from(source.data.subarray(at, at + 3)));
    const untreated = differences(stored, (at) => Array.from(source.data.subarray(at, at + 3)));
    expect(outcome).toBe('converted');
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
      const { data } = await shown(greys, profile);
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
      const { outcome, data } = await shown(source, profile);
      expect(outcome).toBe(said);
      expect(data).toEqual(source.data);
    }
  });
});
