import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { busy, seededRandom } from '../../../src/test/support/images.ts';
import { JpegError, decodeJpegStream } from '../codecs/jpeg-stream.ts';
import { DecodeError } from '../codecs/pixels.ts';
import { picturePixels } from '../codecs/pixels-module.ts';
import { decodeWith, type Decoded } from '../test-support/decoding.ts';
import { writeJpeg } from '../test-support/jpeg-writer/index.ts';
import { pixelsInNode } from '../test-support/pixels-node.ts';
import { decodeJpeg } from './jpeg.ts';

const [WIDTH, HEIGHT] = [96, 160];
const picture = busy(WIDTH, HEIGHT);
const SUBSAMPLED = [[2, 2], [1, 1], [1, 1]] as const; // prettier-ignore
const facts = { type: 'image/jpeg', width: WIDTH, height: HEIGHT } as const;
const decode = (file: Uint8Array): Promise<Decoded> => decodeWith(decodeJpeg, file, { facts });

const baseline = writeJpeg(picture, { sampling: SUBSAMPLED });
const restarting = writeJpeg(picture, { sampling: SUBSAMPLED, restartInterval: 6 });
const progressive = writeJpeg(picture, { sampling: SUBSAMPLED, progressive: true });
const separate = writeJpeg(picture, { sampling: SUBSAMPLED, separate: true });

const row = ({ data }: { data: Uint8Array }, y: number): Uint8Array =>
  data.subarray(y * WIDTH * 4, (y + 1) * WIDTH * 4);
const isGrey = (pixels: Uint8Array): boolean => pixels.every((value, at) => value === (at % 4 === 3 ? 255 : 128));

/** Where a marker stands, not counting those inside of segments that come before the first scan. */
function findMarker(file: Uint8Array, marker: number, count = 1): number {
  let at = -1;
  for (let found = 0; found < count; found += 1) {
    at = file.findIndex((byte, place) => place > at && byte === 0xff && file[place + 1] === marker);
  }
  return at;
}

const changed = (file: Uint8Array, at: number, ...bytes: number[]): Uint8Array => {
  const copy = file.slice();
  copy.set(bytes, at);
  return copy;
};

/** Bytes that no code begins with. */
const NO_CODE = Array.from({ length: 6 }, () => [0xff, 0]).flat();

describe('a JPEG that ends too early', () => {
  it('shows the rows that have arrived, and grey below them', async () => {
    const whole = await decode(baseline);
    const begin = findMarker(baseline, 0xda);
    let least = 1;
    for (let share = 0.98; share > 0.55; share -= 0.06) {
      const part = await decode(baseline.slice(0, begin + Math.round((baseline.length - begin) * share)));
      expect(part.partialShare).toBeLessThanOrEqual(least);
      expect(Math.abs(part.partialShare - share)).toBeLessThan(0.12);
      least = part.partialShare;
      const goodRows = Math.round(part.partialShare * HEIGHT);
      // The last one is stretched from the colours below it.
      for (let y = 0; y < goodRows - 1; y += 1) expect(row(part, y)).toEqual(row(whole, y));
      for (let y = goodRows + 17; y < HEIGHT; y += 1) expect(isGrey(row(part, y))).toBe(true);
    }
    expect(least).toBeLessThan(0.7);
  });

  it('is refused when less than half of its rows have arrived, or nothing has', async () => {
    for (const share of [0.45, 0.2, 0.05]) {
      await expect(decode(baseline.slice(0, baseline.length * share))).rejects.toThrow(DecodeError);
    }
    for (const length of [0, 1, 2, 3, 20, findMarker(baseline, 0xda) + 4]) {
      await expect(decode(baseline.slice(0, length))).rejects.toThrow(DecodeError);
    }
  });

  it('is coarser, not smaller, when it is progressive', async () => {
    const whole = await decode(progressive);
    const part = await decode(progressive.slice(0, progressive.length * 0.8));
    expect(part.partialShare).toBe(0.99);
    const difference = part.data.reduce((sum, value, at) => sum + Math.abs(value - whole.data[at]!), 0);
    expect(difference / part.data.length).toBeGreaterThan(0.1);
    expect(difference / part.data.length).toBeLessThan(6);
  });

  it('is refused when it is progressive and colours are missing', async () => {
    await expect(decode(progressive.slice(0, findMarker(progressive, 0xda) + 60))).rejects.toThrow(DecodeError);
  });

  it('is refused when a component has no scan', async () => {
    await expect(decode(separate.slice(0, findMarker(separate, 0xda, 3)))).rejects.toThrow(DecodeError);
  });

  it('lacks nothing when only the end marker is missing', async () => {
    const part = await decode(baseline.slice(0, -2));
    expect(part.partialShare).toBe(1);
    expect(part.data).toEqual((await decode(baseline)).data);
  });
});

describe('a JPEG that is damaged inside', () => {
  it('loses what lies between two restarts, and nothing else', async () => {
    const whole = await decode(restarting);
    // One restart a row of MCUs.
    const damaged = await decode(changed(restarting, findMarker(restarting, 0xd3) + 10, ...NO_CODE));
    expect(damaged.partialShare).toBe(0.9);
    for (let y = 0; y < HEIGHT; y += 1) {
      // Colours are stretched over the border by a row.
      if (y >= 63 && y <= 80) continue;
      expect(row(damaged, y)).toEqual(row(whole, y));
    }
    expect(isGrey(row(damaged, 71))).toBe(true);
  });

  it('loses nothing more when a restart marker itself is gone', async () => {
    const without = changed(restarting, findMarker(restarting, 0xd3), 0x12, 0x34);
    const damaged = await decode(without);
    expect(damaged.partialShare).toBe(0.9);
    expect(row(damaged, 130)).toEqual(row(await decode(restarting), 130));
  });

  it('is refused when damage passes for nothing', async () => {
    await expect(decode(changed(baseline, findMarker(baseline, 0xda) + 400, ...NO_CODE))).rejects.toThrow(DecodeError);
  });

  it('keeps a progressive photo to the damage', async () => {
    const at = Math.round(findMarker(progressive, 0xda, 2) * 0.3 + findMarker(progressive, 0xda, 3) * 0.7);
    const damaged = await decode(changed(progressive, at, ...NO_CODE));
    expect(damaged.partialShare).toBeGreaterThan(0.5);
    expect(damaged.partialShare).toBeLessThan(0.9);
  });

  it('is read over garbage between its segments and behind its end', async () => {
    const quantisers = findMarker(baseline, 0xdb);
    const file = Buffer.concat([
      baseline.subarray(0, quantisers),
      Buffer.from([0, 1, 2, 0xff, 0xff, 0xff]),
      baseline.subarray(quantisers + 1),
      Buffer.from(progressive),
    ]);
    expect((await decode(new Uint8Array(file))).data).toEqual((await decode(baseline)).data);
  });
});

describe('a JPEG whose header lies', () => {
  const frame = findMarker(baseline, 0xc0);
  const scan = findMarker(baseline, 0xda);
  const huffman = findMarker(baseline, 0xc4);
  const lies: [string, JpegError['fault'], Uint8Array][] = [
    ['is no JPEG', 'damaged', changed(baseline, 0, 0x89)],
    ['is arithmetic', 'unsupported', changed(baseline, frame, 0xff, 0xc9)],
    ['is lossless', 'unsupported', changed(baseline, frame, 0xff, 0xc3)],
    ['is hierarchical', 'unsupported', changed(baseline, frame, 0xff, 0xde)],
    ['has 12 bits', 'unsupported', changed(baseline, frame + 4, 12)],
    ['has its height behind it', 'unsupported', changed(baseline, frame + 5, 0, 0)],
    ['has no width', 'damaged', changed(baseline, frame + 7, 0, 0)],
    ['has two components', 'unsupported', changed(baseline, frame + 9, 2)],
    ['has a component twice', 'damaged', changed(baseline, frame + 13, 1)],
    ['has a factor of 0', 'damaged', changed(baseline, frame + 11, 0x02)],
    ['has a factor of 5', 'damaged', changed(baseline, frame + 11, 0x52)],
    ['has more blocks in an MCU than may be', 'damaged', changed(baseline, frame + 11, 0x44)],
    ['has factors that fit nothing', 'unsupported', changed(baseline, frame + 11, 0x41, 0, 2, 0x31, 0, 3, 0x31)],
    ['has a table of quantisers that is none', 'damaged', changed(baseline, frame + 12, 9)],
    ['has quantisers that were never told', 'damaged', changed(baseline, frame + 12, 2)],
    ['has codes that were never told', 'damaged', changed(baseline, scan + 6, 0x33)],
    ['has more codes than bits', 'damaged', changed(baseline, huffman + 5, 3)],
    ['scans a component that there is not', 'damaged', changed(baseline, scan + 5, 9)],
    ['scans nothing', 'damaged', changed(baseline, scan + 4, 0)],
    ['has a segment shorter than its length', 'damaged', changed(baseline, huffman + 2, 0, 1)],
    ['has a band that cannot be', 'damaged', changed(progressive, findMarker(progressive, 0xda) + 11, 5, 3)],
  ];

  it.each(lies)('is refused: it %s', async (_, fault, file) => {
    const refusal = await decode(file).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(JpegError);
    expect((refusal as JpegError).fault).toBe(fault);
  });

  it('is refused before anything is reserved for its pixels', async () => {
    const module = pixelsInNode();
    const huge = changed(progressive, findMarker(progressive, 0xc2) + 5, 0xff, 0xff, 0xff, 0xff);
    const body = new Blob([huge as Uint8Array<ArrayBuffer>]).stream();
    const refused = module.run((pixels) => decodeJpegStream(pixels, body, () => ({ width: 1, height: 1 })));
    await expect(refused).rejects.toMatchObject({ fault: 'too large' });
    expect(module.memoryBytes()).toBeLessThan(1e6);
  });

  it('is refused when it has more scans than any program writes', async () => {
    const scans = findMarker(progressive, 0xda, 10);
    const again = progressive.slice(scans, -2);
    const file = Buffer.concat([progressive.slice(0, -2), ...Array.from({ length: 120 }, () => again)]);
    await expect(decode(new Uint8Array(file))).rejects.toMatchObject({ fault: 'damaged' });
  });
});

describe('whatever is sent as a JPEG', () => {
  it('is a picture or a refusal, in little time and memory', async () => {
    const random = seededRandom(20_261_121);
    const below = (most: number): number => Math.floor(random() * most);
    const mozjpeg = await sharp(picture.data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
      .jpeg({ mozjpeg: true, quality: 60 })
      .toBuffer();
    const seeds = [baseline, restarting, progressive, separate, new Uint8Array(mozjpeg)];
    const module = pixelsInNode();
    const outcomes = { read: 0, refused: 0 };
    const started = performance.now();
    for (let input = 0; input < 3_000; input += 1) {
      let file = seeds[below(seeds.length)]!.slice();
      const header = findMarker(file, 0xda) + 14;
      for (let change = 1 + below(4); change > 0; change -= 1) {
        const at = below(random() < 0.5 ? header : file.length);
        if (random() < 0.1) file = file.slice(0, at);
        else file[at] = random() < 0.3 ? [0, 0xff, 0xda, 0xc4, 0x7f][below(5)]! : below(256);
      }
      const body = new Blob([file as Uint8Array<ArrayBuffer>]).stream();
      try {
        await module.run(async (pixels) => {
          const jpeg = await decodeJpegStream(pixels, body, ({ width, height }) => {
            if (width * height > 4e6) throw new DecodeError('Beyond the limits of this test');
            return { width: Math.ceil(width / (1 + (input % 3))), height: Math.ceil(height / (1 + (input % 3))) };
          });
          expect(picturePixels(pixels, jpeg.picture)).toHaveLength(jpeg.picture.width * jpeg.picture.height * 4);
          expect(jpeg.goodShare).toBeGreaterThanOrEqual(0);
          expect(jpeg.goodShare).toBeLessThanOrEqual(1);
        });
        outcomes.read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        outcomes.refused += 1;
      }
    }
    expect(outcomes.read).toBeGreaterThan(800);
    expect(outcomes.refused).toBeGreaterThan(800);
    expect(module.memoryBytes()).toBeLessThan(64e6);
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 40_000);
});
