import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concatBytes, encodePng, pngChunk, seededRandom } from '../../../src/test/support/images.ts';
import { createPngDecoder } from '../decoders/png.ts';
import {
  ADOBE_TO_XYZ,
  BT2020_TO_XYZ,
  chart,
  differences,
  differencesFrom,
  P3_TO_XYZ,
  reference,
  rgbAt,
  shown,
  SRGB_TO_XYZ,
  srgbLight,
  type Rows,
} from '../test-support/colour-chart.ts';
import { decodeWith } from '../test-support/decoding.ts';
import { ADOBE_RGB } from '../test-support/icc-profiles.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';

const decoder = createPngDecoder(pixelsInNode(0));
const source = chart(255);

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const cicp = (primaries: number, transfer: number, ...rest: number[]): Uint8Array =>
  pngChunk('cICP', [primaries, transfer, ...(rest.length > 0 ? rest : [0, 1])]);
const gamma = (value: number): Uint8Array => pngChunk('gAMA', uint32(value));
const primaries = (...points: number[]): Uint8Array =>
  pngChunk(
    'cHRM',
    points.flatMap((one) => uint32(Math.round(one * 100_000))),
  );
const icc = (profile: Uint8Array): Uint8Array => pngChunk('iCCP', concatBytes([112, 0, 0], deflateSync(profile)));

const SRGB = pngChunk('sRGB', [0]);
const OF_SRGB = primaries(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
const OF_P3 = primaries(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06);
const OF_ADOBE = primaries(0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06);

async function shownWith(...chunks: Uint8Array[]): Promise<{ outcome: string; data: Uint8Array }> {
  const decoded = await decodeWith(decoder, await encodePng(source, concatBytes(...chunks)));
  return shown({ ...source, data: decoded.data }, decoded.colours);
}

describe('the colours of a PNG', () => {
  it.each<[string, Uint8Array[], string, Rows, (signal: number) => number]>([
    ['cICP, Display P3', [cicp(12, 13)], 'cicp', P3_TO_XYZ, srgbLight],
    ['cICP, BT.2020', [cicp(9, 14)], 'cicp', BT2020_TO_XYZ, srgbLight],
    ['gAMA and cHRM', [gamma(45_455), OF_ADOBE], 'gamma', ADOBE_TO_XYZ, (x) => x ** 2.2],
    ['gAMA alone, of an old Macintosh', [gamma(55_556)], 'gamma', SRGB_TO_XYZ, (x) => x ** 1.8],
    ['gAMA alone, linear', [gamma(100_000)], 'gamma', SRGB_TO_XYZ, (x) => x],
    ['cHRM alone', [OF_P3], 'gamma', P3_TO_XYZ, srgbLight],
  ])('are shown as they are meant: %s', async (_name, chunks, from, toXyz, light) => {
    const { outcome, data } = await shownWith(...chunks);
    const { mean, worst } = differences(data, (at) => reference(rgbAt(source, at), toXyz, light));
    expect(outcome).toBe(`converted: ${from}`);
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1.5);
  });

  it.each([
    ['no chunk', [], 'no profile'],
    ['sRGB', [SRGB], 'srgb'],
    ['sRGB, and numbers that say the same', [SRGB, gamma(45_455), OF_SRGB], 'srgb'],
    ['gAMA of sRGB', [gamma(45_455)], 'srgb'],
    ['gAMA and cHRM of sRGB', [gamma(45_455), OF_SRGB], 'srgb'],
    ['cICP of sRGB', [cicp(1, 13)], 'srgb'],
  ])('are left alone when they are sRGB: %s', async (_name, chunks, said) => {
    const { outcome, data } = await shownWith(...chunks);
    expect(outcome).toBe(said);
    expect(data).toEqual(source.data);
  });

  it('are what cICP says before iCCP, iCCP before sRGB, and sRGB before gAMA, in whatever order they stand', async () => {
    const [p3, adobe, old] = [cicp(12, 13), icc(ADOBE_RGB), gamma(55_556)];
    const alone = { p3: await shownWith(p3), adobe: await shownWith(adobe), old: await shownWith(old) };
    expect(await shownWith(old, SRGB, adobe, p3)).toEqual(alone.p3);
    expect(await shownWith(old, SRGB, adobe)).toEqual(alone.adobe);
    expect((await shownWith(old, SRGB)).outcome).toBe('srgb');
    expect(await shownWith(old)).toEqual(alone.old);
    expect(differencesFrom(alone.p3.data, alone.adobe.data).mean).toBeGreaterThan(1);
  });

  it.each([
    ['too short', [pngChunk('cICP', [12, 13, 0])]],
    ['too long', [pngChunk('cICP', [12, 13, 0, 1, 0])]],
    ['a matrix for what is RGB', [cicp(12, 13, 1, 1)]],
    ['a range that is none', [cicp(12, 13, 0, 7)]],
    ['code points that are none', [cicp(200, 201)]],
    ['gAMA of nothing', [gamma(0)]],
    ['gAMA too large', [gamma(0xffff_ffff)]],
    ['gAMA too short', [pngChunk('gAMA', [0, 0, 177])]],
    ['primaries in one place', [gamma(50_000), primaries(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)]],
    ['primaries on a line', [primaries(0.3, 0.3, 0.1, 0.1, 0.2, 0.2, 0.4, 0.4)]],
    ['primaries of 0', [pngChunk('cHRM', new Uint8Array(32))]],
    ['primaries that would glow', [primaries(0.3127, 0.329, 1.2, 0.1, 0.1, 1.2, 0.05, 0.01)]],
    ['primaries cut off', [pngChunk('cHRM', new Uint8Array(31).fill(9))]],
  ])('are those of sRGB when what is said makes no sense: %s', async (_name, chunks) => {
    const { outcome, data } = await shownWith(...chunks);
    expect(outcome).toMatch(/^(no profile|ignored: )/);
    expect(data).toEqual(source.data);
  });

  it('never fail a photo, whatever is in their chunks', async () => {
    const random = seededRandom(11);
    const bytes = (count: number): number[] => Array.from({ length: count }, () => Math.floor(random() * 256));
    for (let round = 0; round < 60; round += 1) {
      const { outcome } = await shownWith(
        ...(random() < 0.5 ? [pngChunk('cICP', bytes(4))] : []),
        pngChunk('gAMA', [0, ...bytes(3)]),
        pngChunk('cHRM', Array.from({ length: 8 }, () => [0, 0, ...bytes(2)]).flat()),
      );
      expect(outcome).toMatch(/^(srgb|converted|ignored)/);
    }
  });
});
