import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  busy,
  concatBytes,
  encodePng,
  pngChunk,
  pngExif,
  pngHeader,
  quarters,
  seededRandom,
} from '../../../src/test/support/images.ts';
import { FORMAT_LIMITS } from '../../../src/domain/images/limits.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { decodeWith, profileIn } from '../test-support/decoding.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { createPngDecoder } from './png.ts';

const decoder = createPngDecoder(pixelsInNode(0));
const decode = (bytes: Uint8Array, options?: Parameters<typeof decodeWith>[2]) => decodeWith(decoder, bytes, options);

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const END = pngChunk('IEND');

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const ADAM7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const; // prettier-ignore

const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A PNG of noise of any kind, every filter in turn; filters are written without looking at what they would be undone from. */
async function anyPng(
  [width, height, colourType, depth]: [number, number, number, number],
  options: { interlaced?: boolean; extra?: Uint8Array; filter?: number; idatBytes?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { interlaced = false, extra = new Uint8Array(), filter, idatBytes = 4_000 } = options;
  const random = seededRandom(width * 7 + height * 3 + colourType * 5 + depth);
  const passes = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  const rows: Uint8Array[] = [];
  for (const [x, y, stepX, stepY] of passes) {
    const [wide, high] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
    if (wide < 1 || high < 1) continue;
    for (let row = 0; row < high; row += 1) {
      const bytes = Uint8Array.from({ length: 1 + Math.ceil((wide * SAMPLES[colourType]! * depth) / 8) }, () =>
        // Some runs, so that there are copies near and far.
        random() < 0.5 ? random() * 256 : 17,
      );
      bytes[0] = filter ?? row % 5;
      rows.push(bytes);
    }
  }
  const data = await deflate(concatBytes(...rows));
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += idatBytes) chunks.push(pngChunk('IDAT', data.subarray(at, at + idatBytes)));
  const header = pngHeader(width, height, colourType, depth);
  const kind = interlaced ? pngChunk('IHDR', [...header.subarray(8, 20), 1]) : header;
  const palette =
    colourType === 3
      ? pngChunk(
          'PLTE',
          Array.from({ length: 3 << depth }, (_, at) => (at * 37) % 256),
        )
      : [];
  return concatBytes(SIGNATURE, kind, palette, extra, ...chunks, END);
}

/** What libpng makes of it. */
async function reference(bytes: Uint8Array): Promise<Uint8Array> {
  const image = sharp(bytes).toColourspace('srgb').ensureAlpha();
  return new Uint8Array(await image.raw({ depth: 'uchar' }).toBuffer());
}

function furthest(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  let most = 0;
  for (let at = 0; at < one.length; at += 1) most = Math.max(most, Math.abs(one[at]! - other[at]!));
  return most;
}

const KINDS = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;

describe('PNG of every colour type and depth', () => {
  it.each(KINDS)('type %i, %i bits, is what libpng makes of it', async (colourType, depth) => {
    for (const [width, height] of [
      [61, 37],
      [1, 1],
      [8, 8],
      [200, 3],
      [3, 200],
    ] as const) {
      // prettier-ignore
      for (const interlaced of [false, true]) {
        const png = await anyPng([width, height, colourType, depth], { interlaced });
        const decoded = await decode(png);
        // libvips drops the lower half of 16 bits, instead of rounding.
        expect(furthest(decoded.data, await reference(png))).toBeLessThanOrEqual(depth === 16 ? 1 : 0);
        expect(decoded).toMatchObject({ partialShare: 1, hasAlpha: colourType >= 4, orientation: 1 });
      }
    }
  });

  it.each([0, 1, 2, 3, 4])('undoes filter %i everywhere, whatever a pixel’s width', async (filter) => {
    for (const [colourType, depth] of KINDS) {
      const png = await anyPng([97, 12, colourType, depth], { filter });
      expect(furthest((await decode(png)).data, await reference(png))).toBeLessThanOrEqual(depth === 16 ? 1 : 0);
    }
  });

  it('makes the colour transparent that tRNS names', async () => {
    const cases = [
      [0, 2, [0, 1]],
      [0, 8, [0, 17]],
      [0, 16, [17, 17]],
      [2, 8, [0, 17, 0, 17, 0, 17]],
      [2, 16, [17, 17, 17, 17, 17, 17]],
      [3, 4, [0, 128, 255, 3]],
    ] as const;
    for (const [colourType, depth, key] of cases) {
      const png = await anyPng([61, 37, colourType, depth], { extra: pngChunk('tRNS', key) });
      const decoded = await decode(png);
      expect(decoded.hasAlpha).toBe(true);
      expect(decoded.data.filter((value, at) => at % 4 === 3 && value < 255).length).toBeGreaterThan(0);
      expect(furthest(decoded.data, await reference(png))).toBeLessThanOrEqual(depth === 16 ? 1 : 0);
    }
  });

  it('reads what real encoders write', async () => {
    const { width, height, data } = busy(233, 122);
    const image = sharp(data, { raw: { width, height, channels: 4 } });
    const files = [
      image.clone().png(),
      image.clone().png({ progressive: true }),
      image.clone().png({ palette: true }),
      image.clone().removeAlpha().png({ adaptiveFiltering: true, compressionLevel: 9 }),
      image.clone().png({ compressionLevel: 0 }),
      image.clone().greyscale().png(),
      image.clone().toColourspace('rgb16').png(),
    ];
    for (const file of files) {
      const png = new Uint8Array(await file.toBuffer());
      for (const pieceBytes of [61, 1_000_000]) {
        const decoded = await decode(png, { pieceBytes });
        expect(furthest(decoded.data, await reference(png))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is stored and fixed deflate as well, in chunks of any size', async () => {
    const png = await anyPng([61, 37, 6, 8], { idatBytes: 1 });
    expect(furthest((await decode(png)).data, await reference(png))).toBe(0);
  });
});

describe('what stands around the pixels of a PNG', () => {
  it('turns by EXIF before the pixels, and takes the time from EXIF behind them', async () => {
    const exif = pngExif({ orientation: 6, dateTimeOriginal: '2026:11:21 10:00:00' });
    const png = await encodePng(quarters(40, 24), exif);
    expect(await decode(png)).toMatchObject({ orientation: 6, taken: { written: '2026:11:21 10:00:00' } });
    const plain = await encodePng(quarters(40, 24));
    const late = concatBytes(plain.subarray(0, -12), exif, END);
    expect(await decode(late)).toMatchObject({ orientation: 1, taken: { written: '2026:11:21 10:00:00' } });
  });

  it('hands the colour profile over, and none that is broken or has no end', async () => {
    const { width, height, data } = quarters(40, 24);
    const p3 = await sharp(data, { raw: { width, height, channels: 4 } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const decoded = await decode(new Uint8Array(p3));
    expect(String.fromCharCode(...profileIn(decoded).subarray(36, 40))).toBe('acsp');
    const name = [...new TextEncoder().encode('icc'), 0, 0];
    for (const content of [new Uint8Array(40).fill(7), await deflate(new Uint8Array(9_000_000))]) {
      const png = await encodePng(quarters(40, 24), pngChunk('iCCP', concatBytes(name, content)));
      expect((await decode(png)).colours).toEqual([]);
    }
  });

  it('takes the first picture of an animation', async () => {
    const still = await encodePng(quarters(40, 24), pngChunk('acTL', new Uint8Array(8)));
    const moving = concatBytes(still.subarray(0, -12), pngChunk('fdAT', new Uint8Array(99)), END);
    expect(furthest((await decode(moving)).data, new Uint8Array(quarters(40, 24).data))).toBe(0);
  });

  it('looks at no checksum of pixels: what is damaged shows as far as it can', async () => {
    const png = await encodePng(quarters(40, 24));
    const wrong = png.slice();
    wrong[wrong.length - 13]! ^= 0xff;
    expect(furthest((await decode(wrong)).data, (await decode(png)).data)).toBe(0);
  });
});

describe('damaged PNG', () => {
  const facts = { type: 'image/png', width: 61, height: 40 } as const;

  it('is shown when most of its rows are there, grey below, and refused otherwise', async () => {
    const png = await anyPng([61, 40, 6, 8]);
    const whole = await decode(png);
    const cut = await decode(png.subarray(0, Math.round(png.length * 0.8)), { facts });
    expect(cut.partialShare).toBeGreaterThan(0.7);
    expect(cut.partialShare).toBeLessThan(0.9);
    const goodBytes = Math.round(cut.partialShare * 40) * 61 * 4;
    expect(furthest(cut.data.subarray(0, goodBytes), whole.data.subarray(0, goodBytes))).toBe(0);
    expect(Array.from(cut.data.subarray(-4))).toEqual([128, 128, 128, 255]);
    await expect(decode(png.subarray(0, Math.round(png.length * 0.4)), { facts })).rejects.toThrow(DecodeError);
    const interlaced = await anyPng([61, 40, 6, 8], { interlaced: true });
    await expect(decode(interlaced.subarray(0, -300), { facts })).rejects.toThrow(DecodeError);
  });

  it('is refused for a filter that does not exist, an impossible header and what is no deflate', async () => {
    await expect(decode(await anyPng([61, 40, 2, 8], { filter: 5 }))).rejects.toThrow(DecodeError);
    for (const header of [pngHeader(61, 40, 5), pngHeader(61, 40, 3), pngHeader(61, 40, 2, 4)]) {
      const png = concatBytes(SIGNATURE, header, pngChunk('IDAT', new Uint8Array(900)), END);
      await expect(decode(png, { facts })).rejects.toThrow(DecodeError);
    }
    const noise = concatBytes(SIGNATURE, pngHeader(61, 40), pngChunk('IDAT', new Uint8Array(900).fill(5)), END);
    await expect(decode(noise, { facts })).rejects.toThrow(DecodeError);
    await expect(decode(await anyPng([61, 40, 2, 8]), { facts: { ...facts, width: 62 } })).rejects.toThrow(DecodeError);
  });

  it('is not inflated beyond its rows, however much there is', async () => {
    const bomb = await deflate(new Uint8Array(60_000_000));
    const png = concatBytes(SIGNATURE, pngHeader(61, 40), pngChunk('IDAT', bomb), END);
    const decoded = await decode(png);
    expect(decoded.partialShare).toBe(1);
    expect(decoded.memoryBytes).toBeLessThan(2_000_000);
  });

  it('answers thousands of damaged files with pixels or a refusal, in bounded memory', async () => {
    const random = seededRandom(3);
    const pick = (below: number): number => Math.floor(random() * below);
    const sources = await Promise.all(
      KINDS.map(([colourType, depth], at) => anyPng([61, 40, colourType, depth], { interlaced: at % 3 === 0 })),
    );
    let shown = 0;
    let refused = 0;
    for (let round = 0; round < 1_500; round += 1) {
      let bytes = sources[round % sources.length]!.slice();
      for (let edits = 1 + pick(4); edits > 0; edits -= 1) {
        const at = 8 + pick(bytes.length - 8);
        const kind = pick(3);
        if (kind === 0) bytes[at] = pick(256);
        else if (kind === 1) bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(at + pick(60)));
        else bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(pick(at), at), bytes.subarray(at));
      }
      try {
        const decoded = await decode(bytes, { facts });
        expect(decoded.memoryBytes).toBeLessThan(2_000_000);
        shown += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        refused += 1;
      }
    }
    expect(shown).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  }, 60_000);
});

it('takes some rows of memory for a hundred megapixels', async () => {
  const row = new Uint8Array(1 + 12_500).fill(9);
  row[0] = 1;
  const rows = new Uint8Array(row.length * 8_000);
  for (let at = 0; at < rows.length; at += row.length) rows.set(row, at);
  const png = concatBytes(SIGNATURE, pngHeader(12_500, 8_000, 0), pngChunk('IDAT', await deflate(rows)), END);
  const decoded = await decode(png, { size: { width: 1_920, height: 1_229 }, pieceBytes: 65_536 });
  expect(decoded.partialShare).toBe(1);
  expect(decoded.memoryBytes).toBeLessThan(16e6);
}, 60_000);

it('takes at most 96 MiB for the largest interlaced picture that the table allows, its rendition included', async () => {
  const width = 3_000;
  const height = Math.floor(FORMAT_LIMITS['image/png'].decodes.costlyPixels / width);
  const rows = ADAM7.map(([x, y, stepX, stepY]) => {
    const wide = Math.ceil((width - x) / stepX);
    const high = Math.ceil((height - y) / stepY);
    return { bytes: high * (1 + wide * 4) };
  });
  const raw = new Uint8Array(rows.reduce((sum, { bytes }) => sum + bytes, 0));
  const header = pngChunk('IHDR', [...pngHeader(width, height).subarray(8, 20), 1]);
  const png = concatBytes(SIGNATURE, header, pngChunk('IDAT', await deflate(raw)), END);
  const scale = Math.sqrt(5_200_000 / (width * height));
  const size = { width: Math.floor(width * scale), height: Math.floor(height * scale) };
  const { report, scale: how, partialShare } = await decode(png, { size, pieceBytes: 65_536 });
  expect({ how, partialShare }).toEqual({ how: 'interlaced', partialShare: 1 });
  expect(report.peak).toHaveProperty('interlaced');
  expect(report.peakBytes / (1024 * 1024)).toBeLessThan(96);
}, 60_000);
