import sharp, { type AvifOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { readAvifHead } from '../codecs/formats/avif-head.ts';
import { createAvifDecoder } from '../decoders/avif.ts';
import { wasmInNode } from '../test-support/codecs-node.ts';
import {
  BT2020_TO_XYZ,
  chart,
  differences,
  differencesFrom,
  P3_TO_XYZ,
  reference,
  rgbAt,
  shown,
  srgbLight,
} from '../test-support/colour-chart.ts';
import { avifBox, inBoxes } from '../test-support/avif-boxes.ts';
import { decodeWith } from '../test-support/decoding.ts';
import { DISPLAY_P3 } from '../test-support/icc-profiles.ts';

const decoder = createAvifDecoder(wasmInNode('@jsquash/avif/codec/dec/avif_dec.wasm'));

/** Patches of four pixels, so that what the codec loses at edges stays small beside what is measured. */
const large = sharp(chart(255).data, { raw: { width: 324, height: 18, channels: 4 } })
  .resize(648, 36, { kernel: 'nearest' })
  .removeAlpha();
const written = (options: AvifOptions = {}): Promise<Buffer> =>
  large
    .clone()
    .avif({ quality: 100, chromaSubsampling: '4:4:4', effort: 0, ...options })
    .toBuffer();

const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
/** What libheif codes its pictures in. */
const MATRIX = 6;
const nclx = (primaries: number, transfer: number, range = 0x80): Uint8Array =>
  avifBox('colr', ascii('nclx'), [0, primaries, 0, transfer, 0, MATRIX, range]);

/** The same picture, and what is said of its colours. */
const saying = (avif: Uint8Array, ...boxes: Uint8Array[]): Uint8Array => inBoxes(avif, [648, 36], boxes);

async function shownAs(avif: Uint8Array): Promise<{ outcome: string; before: Uint8Array; data: Uint8Array }> {
  const decoded = await decodeWith(decoder, avif);
  const { width, height, data: before } = decoded;
  return { before, ...(await shown({ width, height, data: before }, decoded.colours)) };
}

describe('the colours of an AVIF', () => {
  it.each([
    ['Display P3', 12, 13, P3_TO_XYZ],
    ['Display P3 in the curve of video', 12, 1, P3_TO_XYZ],
    ['Display P3, BT.601', 12, 6, P3_TO_XYZ],
    ['BT.2020 of 10 bits', 9, 14, BT2020_TO_XYZ],
    ['BT.2020 of 12 bits', 9, 15, BT2020_TO_XYZ],
  ] as const)('are shown as they are meant: %s', async (_name, primaries, transfer, toXyz) => {
    const { outcome, before, data } = await shownAs(saying(await written(), nclx(primaries, transfer)));
    const decoded = { width: 648, height: 36, data: before };
    const { mean, worst } = differences(data, (at) => reference(rgbAt(decoded, at), toXyz, srgbLight));
    expect(outcome).toBe('converted: cicp');
    expect(mean).toBeLessThan(0.3);
    expect(worst).toBeLessThan(1.5);
  });

  it('are meant all the way from what was encoded, in 8 and in 10 bits', async () => {
    const original = {
      width: 648,
      height: 36,
      data: new Uint8Array(await large.clone().ensureAlpha().raw().toBuffer()),
    };
    for (const bitdepth of [8, 10] as const) {
      const { data } = await shownAs(saying(await written({ bitdepth }), nclx(12, 13)));
      const { mean } = differences(data, (at) => reference(rgbAt(original, at), P3_TO_XYZ, srgbLight));
      expect(mean).toBeLessThan(1);
    }
  });

  it.each([1, 2, 6, 13, 14, 15])('are left alone with primaries of sRGB (transfer %i)', async (transfer) => {
    const { outcome, before, data } = await shownAs(saying(await written(), nclx(1, transfer)));
    expect(outcome).toBe('srgb');
    expect(data).toEqual(before);
  });

  it.each([
    ['PQ', 16],
    ['HLG', 18],
  ])('are brought down to a display without highlights: %s', async (_name, transfer) => {
    const { outcome, before, data } = await shownAs(saying(await written({ bitdepth: 10 }), nclx(9, transfer)));
    expect(outcome).toBe('converted: cicp');
    const same = await shown({ width: 648, height: 36, data: before }, [
      { from: 'cicp', primaries: 9, transfer, isFullRange: true },
    ]);
    expect(data).toEqual(same.data);
    expect(differencesFrom(data, before).mean).toBeGreaterThan(3);
  });

  it('have the range that the file says, which the codec makes a full one', async () => {
    const avif = await written();
    const narrow = saying(avif, nclx(1, 13, 0));
    const decoded = (await shownAs(narrow)).before;
    const byLibheif = new Uint8Array(await sharp(narrow).ensureAlpha().raw().toBuffer());
    expect(differencesFrom(decoded, byLibheif).mean).toBeLessThan(0.5);
    expect(differencesFrom(decoded, (await shownAs(saying(avif, nclx(1, 13)))).before).mean).toBeGreaterThan(2);
  });

  it('are those of sRGB when the box says what nobody has, and none when it is cut', async () => {
    const avif = await written();
    for (const said of [[], [avifBox('colr', ascii('prof'), [1, 2, 3])], [nclx(99, 13)], [nclx(12, 99)]]) {
      const { outcome, before, data } = await shownAs(saying(avif, ...said));
      expect(outcome).toMatch(/^(no profile|ignored: (unknown|damaged))$/);
      expect(data).toEqual(before);
    }
    // The codec refuses these, as browsers do.
    for (const cut of [avifBox('colr'), avifBox('colr', ascii('ncl')), avifBox('colr', ascii('nclx'), [0, 12, 0])]) {
      expect(readAvifHead(saying(avif, cut)).colours).toEqual([]);
    }
  });

  it('are those of a profile before those of code points', async () => {
    const avif = await written();
    const profile = avifBox('colr', ascii('prof'), DISPLAY_P3);
    const byProfile = await shownAs(saying(avif, profile));
    expect(byProfile.outcome).toBe('converted: icc');
    for (const boxes of [
      [profile, nclx(9, 13)],
      [nclx(9, 13), profile],
    ]) {
      expect(await shownAs(saying(avif, ...boxes))).toEqual(byProfile);
    }
    const broken = avifBox('colr', ascii('prof'), DISPLAY_P3.slice(0, 150));
    expect((await shownAs(saying(avif, broken, nclx(9, 13)))).outcome).toBe('converted: cicp');
  });
});
