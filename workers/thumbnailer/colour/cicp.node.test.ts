import { describe, expect, it } from 'vitest';
import {
  BT2020_TO_XYZ,
  chart,
  differences,
  P3_TO_XYZ,
  reference,
  rgbAt,
  shown,
  SRGB_TO_XYZ,
  srgbLight,
  srgbOfLight,
  type Rows,
} from '../test-support/colour-chart.ts';
import type { ColourClaim } from './claims.ts';

const cicp = (primaries: number, transfer: number, isFullRange = true): ColourClaim => ({
  from: 'cicp',
  primaries,
  transfer,
  isFullRange,
});

/** SMPTE ST 2084, equations 4.1 and 5.1, with the numbers as printed there. */
const pq = (signal: number): number => {
  const root = signal ** (1 / 78.84375);
  return 10_000 * (Math.max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125);
};
const pqSignal = (light: number): number => {
  const y = (light / 10_000) ** 0.1593017578125;
  return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375;
};
/** ITU-R BT.2100-2, table 5, for a display of 1,000 cd/m². */
const hlg = (signals: number[], [r, g, b]: readonly [number, number, number]): number[] => {
  const scene = signals.map((x) =>
    x <= 0.5 ? (x * x) / 3 : (Math.exp((x - 0.55991073) / 0.17883277) + 0.28466892) / 12,
  );
  const luminance = r * scene[0]! + g * scene[1]! + b * scene[2]!;
  return scene.map((one) => 1_000 * luminance ** 0.2 * one);
};
/** ITU-R BT.2390, 5.4.1, from 1,000 to 203 cd/m². */
const eetf = (light: number): number => {
  const most = pqSignal(1_000);
  const maxLum = pqSignal(203) / most;
  const ks = 1.5 * maxLum - 0.5;
  const e1 = Math.min(1, pqSignal(light) / most);
  if (e1 < ks) return light;
  const t = (e1 - ks) / (1 - ks);
  return pq(
    most *
      ((2 * t ** 3 - 3 * t ** 2 + 1) * ks + (t ** 3 - 2 * t ** 2 + t) * (1 - ks) + (-2 * t ** 3 + 3 * t ** 2) * maxLum),
  );
};
const hdrReference = (light: number[], toXyz: Rows): number[] => {
  const most = Math.max(...light, 1e-9);
  return srgbOfLight(
    light.map((one) => (one * eetf(most)) / most / 203),
    toXyz,
  );
};

/** What each grey is shown as. */
async function greysShown(claim: ColourClaim): Promise<number[][]> {
  const greys = Uint8Array.from({ length: 1_024 }, (_none, at) => (at % 4 === 3 ? 255 : at >> 2));
  const { data } = await shown({ width: 256, height: 1, data: greys }, [claim]);
  return Array.from({ length: 256 }, (_none, value) => Array.from(data.subarray(value * 4, value * 4 + 3)));
}

describe('code points of H.273', () => {
  it.each([
    ['Display P3', 12, 13, P3_TO_XYZ, srgbLight],
    ['Display P3 in the curve of video', 12, 1, P3_TO_XYZ, srgbLight],
    ['BT.2020 in sRGB', 9, 13, BT2020_TO_XYZ, srgbLight],
    ['BT.2020 of 10 bits', 9, 14, BT2020_TO_XYZ, srgbLight],
    ['BT.2020 of 12 bits', 9, 15, BT2020_TO_XYZ, srgbLight],
    ['BT.709, exponent 2.2', 1, 4, SRGB_TO_XYZ, (x: number) => x ** 2.2],
    ['BT.709, exponent 2.8', 1, 5, SRGB_TO_XYZ, (x: number) => x ** 2.8],
    ['BT.709, linear', 1, 8, SRGB_TO_XYZ, (x: number) => x],
    ['P3, and a curve that is not said', 12, 2, P3_TO_XYZ, srgbLight],
  ])('show every colour of a chart as it is meant: %s', async (_name, primaries, transfer, toXyz, light) => {
    const source = chart();
    const { outcome, data } = await shown(source, [cicp(primaries, transfer)]);
    const { mean, worst } = differences(data, (at) => reference(rgbAt(source, at), toXyz, light));
    expect(outcome).toBe('converted: cicp');
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1.5);
    for (let at = 3; at < data.length; at += 4) expect(data[at]).toBe(source.data[at]);
  });

  it.each([1, 2, 6, 11, 13, 14, 15])(
    'leave sRGB primaries alone under the curve of a camera or of sRGB (%i)',
    async (transfer) => {
      const source = chart();
      const { outcome, data } = await shown(source, [cicp(1, transfer)]);
      expect(outcome).toBe('srgb');
      expect(data).toEqual(source.data);
    },
  );

  it('spread a narrow range', async () => {
    const source = chart();
    const { data } = await shown(source, [cicp(1, 13, false)]);
    const { mean, worst } = differences(data, (at) =>
      rgbAt(source, at).map((value) => Math.min(255, Math.max(0, ((value - 16) * 255) / 219))),
    );
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1);
  });

  it.each([
    ['primaries that nobody has', cicp(3, 13)],
    ['a curve that nobody has', cicp(9, 99)],
    ['nothing', cicp(2, 2)],
  ])('are passed over when they say %s', async (_name, claim) => {
    const source = chart();
    expect((await shown(source, [claim])).outcome).toBe('ignored: unknown');
    expect((await shown(source, [claim, cicp(12, 13)])).outcome).toBe('converted: cicp');
  });
});

describe('a picture brighter than white', () => {
  const LUMINANCE_2020 = [0.2627, 0.678, 0.0593] as const;
  const LUMINANCE_P3 = [0.22897, 0.69174, 0.07929] as const;

  it.each([
    ['PQ, BT.2020', 9, 16, BT2020_TO_XYZ, (signals: number[]) => signals.map(pq)],
    ['PQ, P3', 12, 16, P3_TO_XYZ, (signals: number[]) => signals.map(pq)],
    ['PQ, primaries that are not said', 2, 16, BT2020_TO_XYZ, (signals: number[]) => signals.map(pq)],
    ['HLG, BT.2020', 9, 18, BT2020_TO_XYZ, (signals: number[]) => hlg(signals, LUMINANCE_2020)],
    ['HLG, P3', 12, 18, P3_TO_XYZ, (signals: number[]) => hlg(signals, LUMINANCE_P3)],
  ])('is shown by BT.2390, every colour of a chart: %s', async (_name, primaries, transfer, toXyz, light) => {
    const source = chart();
    const { outcome, data } = await shown(source, [cicp(primaries, transfer)]);
    const { mean } = differences(data, (at) =>
      hdrReference(light(rgbAt(source, at).map((value) => value / 255)), toXyz),
    );
    expect(outcome).toBe('converted: cicp');
    expect(mean).toBeLessThan(0.3);
    for (let at = 3; at < data.length; at += 4) expect(data[at]).toBe(source.data[at]);
  });

  it('has paper nearly white, skin and grey as bright as in other photos, and lamps that are told from paper', async () => {
    const greys = await greysShown(cicp(9, 16));
    const shownAs = (light: number): number => greys[Math.round(pqSignal(light) * 255)]![0]!;
    expect(shownAs(203)).toBeGreaterThan(220);
    expect(shownAs(203)).toBeLessThan(240);
    // As bright as it was: 26 cd/m² is what BT.2408 says of a grey card.
    expect(Math.abs(shownAs(26) - srgbOfLight(Array<number>(3).fill(26 / 203), SRGB_TO_XYZ)[0]!)).toBeLessThan(4);
    expect(shownAs(600)).toBeGreaterThan(shownAs(203) + 8);
    expect(shownAs(1_000)).toBeGreaterThan(252);
    expect([greys[0], greys[255]]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('is the same in PQ and in HLG', async () => {
    const [asPq, asHlg] = [await greysShown(cicp(9, 16)), await greysShown(cicp(9, 18))];
    for (const light of [5, 26, 100, 203, 500]) {
      const values = [asPq[Math.round(pqSignal(light) * 255)]![0]!, asHlg[Math.round(hlgSignal(light) * 255)]![0]!];
      expect(Math.abs(values[0]! - values[1]!)).toBeLessThanOrEqual(4);
    }
  });

  it('keeps greys grey', async () => {
    for (const transfer of [16, 18]) {
      for (const grey of await greysShown(cicp(9, transfer))) {
        expect(Math.max(...grey) - Math.min(...grey)).toBeLessThanOrEqual(1);
      }
    }
  });
});

/** Of a grey that a display of 1,000 cd/m² shows with this light. */
function hlgSignal(light: number): number {
  const scene = (light / 1_000) ** (1 / 1.2);
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
}
