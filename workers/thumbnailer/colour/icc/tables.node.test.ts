import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concatBytes, encodePng, pngChunk } from '../../../../src/test/support/images.ts';
import { chart, differencesFrom, shown } from '../../test-support/colour-chart.ts';
import { DISPLAY_P3, iccProfile, P3_TAGS, sampledCurve, xyz } from '../../test-support/icc-profiles.ts';
import { lut16, lut8, lutAToB } from '../../test-support/icc-tables.ts';
import { profileClaim } from '../claims.ts';
import type { Pixels } from '../../codecs/pixels.ts';

/** What LittleCMS makes of it, in libvips. */
async function byLittleCms(
  source: Pixels & { data: Uint8Array<ArrayBuffer> },
  profile: Uint8Array,
): Promise<Uint8Array> {
  const name = [...new TextEncoder().encode('icc'), 0, 0];
  const png = await encodePng(source, pngChunk('iCCP', concatBytes(name, deflateSync(profile))));
  return new Uint8Array(await sharp(png).toColourspace('srgb').ensureAlpha().raw().toBuffer());
}

const old = (profile: Uint8Array): Uint8Array => {
  profile[8] = 2;
  return profile;
};
const white = { wtpt: xyz(0.9642, 1, 0.8249) };

/** Of the perceptual intent since version 4 */
const BLACK = 0.0034731;

describe('a profile of tables', () => {
  it.each([
    ['8 bits over Lab', old(iccProfile({ A2B0: lut8(), ...white }, 'RGB ', 'Lab '))],
    ['16 bits over Lab', old(iccProfile({ A2B0: lut16('Lab '), ...white }, 'RGB ', 'Lab '))],
    ['16 bits over XYZ', old(iccProfile({ A2B0: lut16('XYZ '), ...white }))],
    ['elements over Lab', iccProfile({ A2B0: lutAToB('Lab ', { black: BLACK }), ...white }, 'RGB ', 'Lab ')],
    ['elements over XYZ', iccProfile({ A2B0: lutAToB('XYZ ', { black: BLACK }), ...white })],
    ['elements of 8 bits', iccProfile({ A2B0: lutAToB('Lab ', { black: BLACK, bytes: 1 }), ...white }, 'RGB ', 'Lab ')],
    ['16 bits of version 4', iccProfile({ A2B0: lut16('Lab ', { black: BLACK }), ...white }, 'RGB ', 'Lab ')],
  ])('is shown as LittleCMS shows it: %s', async (_name, profile) => {
    const source = chart(255);
    const { outcome, data } = await shown(source, profileClaim(profile));
    const expected = await byLittleCms(source, profile);
    const { mean, worst } = differencesFrom(data, expected);
    expect(outcome).toBe('converted: icc');
    expect(mean).toBeLessThan(0.2);
    expect(worst).toBeLessThan(2);
    expect(differencesFrom(source.data, expected).mean).toBeGreaterThan(3);
  });

  it('without a perceptual table is shown by its exact one, whose black is black', async () => {
    const source = chart(255);
    const exact = iccProfile({ A2B1: lutAToB('Lab '), ...white }, 'RGB ', 'Lab ');
    const { outcome, data } = await shown(source, profileClaim(exact));
    const same = old(iccProfile({ A2B0: lut16('Lab '), ...white }, 'RGB ', 'Lab '));
    expect(outcome).toBe('converted: icc');
    expect(differencesFrom(data, await byLittleCms(source, same)).mean).toBeLessThan(0.3);
  });

  it('is shown by its curves and its matrix where its table is damaged', async () => {
    const source = chart(255);
    const table = lut16('Lab ');
    const damaged = iccProfile({ ...P3_TAGS, A2B0: table.subarray(0, 500) });
    expect((await shown(source, profileClaim(damaged))).data).toEqual(
      (await shown(source, profileClaim(DISPLAY_P3))).data,
    );
  });

  it('that says PQ or HLG is shown like a picture that says so itself', async () => {
    const source = chart(255);
    for (const transfer of [16, 18]) {
      const says = iccProfile({ ...P3_TAGS, cicp: Uint8Array.of(99, 105, 99, 112, 0, 0, 0, 0, 9, transfer, 0, 1) });
      const { data } = await shown(source, profileClaim(says));
      expect(data).toEqual((await shown(source, [{ from: 'cicp', primaries: 9, transfer, isFullRange: true }])).data);
    }
  });
});

describe('a profile for grey', () => {
  it.each([
    ['an exponent', iccProfile({ kTRC: sampledCurve(1.8), ...white }, 'GRAY')],
    ['lightness', iccProfile({ kTRC: sampledCurve(1.2), ...white }, 'GRAY', 'Lab ')],
  ])('is shown as LittleCMS shows it: %s', async (_name, profile) => {
    const data = Uint8Array.from({ length: 1_024 }, (_none, at) => (at % 4 === 3 ? 255 : at >> 2));
    const greys = { width: 256, height: 1, data };
    const raw = { width: 256, height: 1, channels: 4 } as const;
    const grey = await sharp(data, { raw }).extractChannel(0).toColourspace('b-w').png().toBuffer();
    const at = grey.indexOf('IDAT') - 4;
    const name = [...new TextEncoder().encode('icc'), 0, 0];
    const chunk = pngChunk('iCCP', concatBytes(name, deflateSync(profile)));
    const png = concatBytes(grey.subarray(0, at), chunk, grey.subarray(at));
    const expected = new Uint8Array(await sharp(png).toColourspace('srgb').ensureAlpha().raw().toBuffer());
    const { mean } = differencesFrom((await shown(greys, profileClaim(profile))).data, expected);
    expect(mean).toBeLessThan(0.5);
  });
});
