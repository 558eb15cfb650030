import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { busy } from '../../../src/test/support/images.ts';
import type { Pixels } from '../codecs/pixels.ts';
import { decodeWith, type Decoded } from '../test-support/decoding.ts';
import { INVERTED_BLACK } from '../test-support/jpeg-writer/blocks.ts';
import { adobeSegment, writeJpeg, type JpegOptions } from '../test-support/jpeg-writer/index.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { exactReduction, psnr } from '../test-support/reduction.ts';
import { decodeJpeg } from './jpeg.ts';

sharp.cache(false);

const pixels = pixelsInNode(0);
const decode = (bytes: Uint8Array, options?: Omit<Parameters<typeof decodeWith>[2], 'pixels'>): Promise<Decoded> =>
  decodeWith(decodeJpeg, bytes, { pixels, ...options });

const FULL = [1, 1] as const;
const SAMPLINGS: Record<string, readonly (readonly [number, number])[]> = {
  '4:4:4': [FULL, FULL, FULL],
  '4:2:2': [[2, 1], FULL, FULL],
  '4:4:0': [[1, 2], FULL, FULL],
  '4:2:0': [[2, 2], FULL, FULL],
  '4:2:2 by other factors': [
    [2, 2],
    [1, 2],
    [1, 2],
  ],
  'one colour with more columns, one with more rows': [[2, 2], [2, 1], [1, 2]], // prettier-ignore
  'more colour than luma': [FULL, [2, 2], [2, 2]], // prettier-ignore
};
/** libjpeg repeats samples for these, which is no reference for what lies between. */
const COARSE_SAMPLINGS: typeof SAMPLINGS = {
  '4:1:1': [[4, 1], FULL, FULL],
  '4:1:0': [[4, 2], FULL, FULL],
  '4:4:1': [[1, 4], FULL, FULL],
};
const SIZES = [
  [1, 1],
  [7, 9],
  [8, 8],
  [17, 33],
  [100, 75],
] as const;
const KINDS: Record<string, JpegOptions> = {
  baseline: {},
  'baseline with a restart after each MCU': { restartInterval: 1 },
  'baseline with a restart after each three MCUs': { restartInterval: 3 },
  'baseline with codes of 16 bits': { codeBits: 16 },
  'extended sequential': { frame: 0xc1 },
  'a scan for each component': { separate: true },
  'a scan for each component, with restarts': { separate: true, restartInterval: 5 },
  progressive: { progressive: true },
  'progressive with restarts': { progressive: true, restartInterval: 2 },
  'progressive with codes of 16 bits': { progressive: true, codeBits: 16 },
};

/** No grain: what it shows of the upsampling is not drowned. */
function waves(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      data[at] = 128 + 90 * Math.sin(x / 37) * Math.cos(y / 53);
      data[at + 1] = 120 + 80 * Math.sin((x + y) / 41);
      data[at + 2] = 110 + 70 * Math.cos((x - y) / 29);
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** libjpeg-turbo's decoder, which is what everybody looks at JPEGs with. */
async function reference(file: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(file, { limitInputPixels: false })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function distance(decoded: Decoded, to: Pixels): { mean: number; worst: number } {
  expect([decoded.width, decoded.height]).toEqual([to.width, to.height]);
  let sum = 0;
  let worst = 0;
  for (let at = 0; at < to.data.length; at += 1) {
    const error = Math.abs(decoded.data[at]! - to.data[at]!);
    sum += error;
    worst = Math.max(worst, error);
  }
  return { mean: sum / to.data.length, worst };
}

describe('the pixels of a JPEG', () => {
  describe.each(Object.entries(SAMPLINGS))('%s', (_, sampling) => {
    it.each(Object.entries(KINDS))('are those of libjpeg but for rounding: %s', async (_kind, kind) => {
      for (const [width, height] of SIZES) {
        const file = writeJpeg(busy(width, height), { sampling, ...kind });
        const decoded = await decode(file, { pieceBytes: 997 });
        const { mean, worst } = distance(decoded, await reference(file));
        expect(worst).toBeLessThanOrEqual(4);
        expect(mean).toBeLessThan(0.3);
        expect(decoded).toMatchObject({ partialShare: 1, scale: '8/8', orientation: 1, colours: [] });
      }
    });
  });

  it.each(Object.entries(COARSE_SAMPLINGS))('are smooth where libjpeg repeats samples: %s', async (_, sampling) => {
    for (const [width, height] of SIZES) {
      for (const kind of Object.values(KINDS)) {
        const file = writeJpeg(waves(width, height), { sampling, step: 1, ...kind });
        const { mean } = distance(await decode(file), waves(width, height));
        expect(mean).toBeLessThan(1);
      }
    }
  });

  it.each([
    ['grey', { colour: 'grey', sampling: [FULL] }],
    ['grey with factors that mean nothing', { colour: 'grey', sampling: [[2, 2]] }],
    ['RGB by the names of its components', { colour: 'rgb' }],
  ] as const)('have the right colours: %s', async (_, options) => {
    const file = writeJpeg(busy(45, 31), options);
    expect(distance(await decode(file), await reference(file)).worst).toBeLessThanOrEqual(2);
  });

  it('have the right colours: RGB by the word of Adobe', async () => {
    const rgb = writeJpeg(busy(45, 31), { colour: 'rgb' });
    // With names that mean nothing.
    const file = writeJpeg(busy(45, 31), { colour: 'rgb', ids: [1, 2, 3], before: adobeSegment(0) });
    expect((await decode(file)).data).toEqual((await decode(rgb)).data);
  });

  it.each([
    ['cmyk', 0],
    ['ycck', 2],
  ] as const)('are mixed of four inks as if those were ideal: %s', async (colour, transform) => {
    const original = waves(45, 31);
    const sampling = [[2, 2], FULL, FULL, [2, 2]] as const; // prettier-ignore
    const black = INVERTED_BLACK / 255;
    const mixed = original.data.map((value, at) => (at % 4 === 3 ? 255 : Math.round(value * black)));
    const file = writeJpeg(original, { colour, step: 1, sampling, before: adobeSegment(transform) });
    // The inspector takes none of them.
    const facts = { type: 'image/jpeg', width: 45, height: 31 } as const;
    expect(distance(await decode(file, { facts }), { ...original, data: mixed }).mean).toBeLessThan(1);
    // The same picture for libjpeg, too, whatever it makes of inks.
    const plain = writeJpeg(original, { colour: 'cmyk', step: 1, sampling, before: adobeSegment(0) });
    const theirs = await sharp(await sharp(file).toColourspace('srgb').png().toBuffer())
      .ensureAlpha()
      .raw()
      .toBuffer();
    const same = await reference(plain);
    const difference = theirs.reduce((sum, value, at) => sum + Math.abs(value - same.data[at]!), 0) / theirs.length;
    expect(difference).toBeLessThan(2);
  });

  it.each([
    [65_500, 1],
    [1, 65_500],
    [65_500, 17],
  ])('are right in the longest of pictures: %i × %i', async (width, height) => {
    const raw = { width, height, channels: 4 } as const;
    for (const progressive of [false, true]) {
      const file = await sharp(busy(width, height).data, { raw }).jpeg({ progressive }).toBuffer();
      const { worst } = distance(await decode(file), await reference(file));
      expect(worst).toBeLessThanOrEqual(4);
    }
  });

  it.each(['4:4:4', '4:2:0'])('are right where encoders optimise all there is: %s', async (chromaSubsampling) => {
    const picture = sharp(busy(403, 301).data, { raw: { width: 403, height: 301, channels: 4 } });
    for (const quality of [30, 95]) {
      for (const mozjpeg of [false, true]) {
        const file = await picture.clone().jpeg({ quality, mozjpeg, chromaSubsampling, progressive: true }).toBuffer();
        const { worst } = distance(await decode(file), await reference(file));
        expect(worst).toBeLessThanOrEqual(4);
      }
    }
  });
});

describe('a JPEG that is decoded smaller', () => {
  const original = waves(321, 243);
  const sizes = [
    [40, 30, '1/8'],
    [80, 61, '2/8'],
    [120, 91, '3/8'],
    [160, 121, '4/8'],
    [200, 151, '5/8'],
    [240, 182, '6/8'],
    [280, 212, '8/8'],
    [300, 227, '8/8'],
    [321, 243, '8/8'],
  ].map(([width, height, scale]) => {
    const size = { width: Number(width), height: Number(height) };
    return { size, scale, exact: exactReduction(original, size.width, size.height, false) };
  });

  it.each(Object.entries({ ...SAMPLINGS, ...COARSE_SAMPLINGS }))(
    'comes from the smallest scale that covers what is wanted, and lies where it should: %s',
    async (_, sampling) => {
      for (const kind of [{}, { progressive: true }, { separate: true }]) {
        const file = writeJpeg(original, { sampling, step: 2, ...kind });
        for (const { size, scale, exact } of sizes) {
          const decoded = await decode(file, { size });
          expect(decoded.scale).toBe(scale);
          expect(psnr(decoded.data, exact)).toBeGreaterThan(42);
        }
      }
    },
  );
});
