import { concatBytes, hugePngHeader, pngChunk, pngHeader, truncated, withDeclaredSize } from '../support/images.ts';
import { makePhoto, type CorpusType } from './photos.ts';

export interface Poison {
  name: string;
  /** what a phone would say it is */
  type: CorpusType;
  bytes: Uint8Array;
  /** false where enough rows are left for a partial photo */
  refused: boolean;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Position of the first marker of this kind, found by walking the segments. */
function markerAt(jpeg: Uint8Array, marker: number): number {
  let at = 2;
  while (at + 4 < jpeg.length && jpeg[at + 1] !== marker) at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
  return at;
}

const SOS = 0xda;
const DHT = 0xc4;
const DQT = 0xdb;

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

/** A PNG whose pixels unfold to `rows` × 40 kB from next to nothing. */
async function deflateBomb(): Promise<Uint8Array> {
  const raw = new Uint8Array(64 << 20);
  const packed = new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  return concatBytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngHeader(640, 480),
    pngChunk('IDAT', data),
    pngChunk('IEND'),
  );
}

/** Damaged in a way that leaves something to see: a decoder may show it and mark it as partial. */
const MAY_BE_SHOWN = new Set([
  'a deflate bomb',
  'progressive, cut within a late scan',
  'quantisation tables of zeroes',
  'a progressive bomb: the same scan thousands of times',
  'a header that says twice the height',
]);

/** Files made to hurt whoever decodes them. None may end in anything but a clear refusal or a partial photo. */
export async function poisons(): Promise<Poison[]> {
  const base = { size: 2, photo: 3 } as const;
  const jpeg = await makePhoto({ type: 'image/jpeg', ...base });
  const progressive = await makePhoto({ type: 'image/jpeg', progressive: true, ...base });
  const png = await makePhoto({ type: 'image/png', ...base });
  const webp = await makePhoto({ type: 'image/webp', ...base });
  const scan = markerAt(jpeg, SOS);
  const behindScan = scan + 2 + jpeg[scan + 2]! * 256 + jpeg[scan + 3]!;
  const of = (type: CorpusType, entries: [string, Uint8Array][]): Poison[] =>
    entries.map(([name, bytes]) => ({ name, type, bytes, refused: !MAY_BE_SHOWN.has(name) }));
  return [
    ...of('image/jpeg', [
      ['cut in the middle of its pixels', truncated(jpeg, 0.4)],
      ['cut in the middle of its header', jpeg.slice(0, scan - 7)],
      ['progressive, cut within the first scan', truncated(progressive, 0.05)],
      ['progressive, cut within a late scan', truncated(progressive, 0.8)],
      ['a header that says 65500 × 65500', withDeclaredSize(jpeg, 65_500, 65_500)],
      ['a header that says twice the height', withDeclaredSize(jpeg, 1632, 2448)],
      ['a header that says 0 × 0', withDeclaredSize(jpeg, 0, 0)],
      ['a header that says no height', withDeclaredSize(jpeg, 1632, 0)],
      ['garbage behind the start of scan', changed(jpeg, (copy) => fillWithGarbage(copy, behindScan))],
      ['nothing but stuffing behind the start of scan', changed(jpeg, (copy) => fillWithStuffing(copy, behindScan))],
      [
        'Huffman tables of ones',
        changed(jpeg, (copy) => copy.fill(0xff, markerAt(jpeg, DHT) + 5, markerAt(jpeg, DHT) + 21)),
      ],
      [
        'quantisation tables of zeroes',
        changed(jpeg, (copy) => copy.fill(0, markerAt(jpeg, DQT) + 5, markerAt(jpeg, DQT) + 69)),
      ],
      ['a scan of components that there are not', changed(jpeg, (copy) => copy.fill(9, scan + 5, scan + 6))],
      ['a progressive bomb: the same scan thousands of times', scanBomb(progressive)],
      ['a letter behind a JPEG signature', concatBytes([0xff, 0xd8, 0xff, 0xe0], ascii('<html>'.repeat(400)))],
      [
        'a ZIP behind the end of image',
        concatBytes(truncated(jpeg, 0.3), [0xff, 0xd9], ascii('PK\u0003\u0004'.repeat(300))),
      ],
    ]),
    ...of('image/png', [
      ['cut in the middle of its pixels', truncated(png, 0.5)],
      ['a header of 30000 × 30000', hugePngHeader()],
      ['a deflate bomb', await deflateBomb()],
      ['a filter that there is not', await badFilter()],
      ['garbage instead of deflate', changed(png, (copy) => fillWithGarbage(copy, 60))],
    ]),
    ...of('image/webp', [
      ['cut in the middle of its pixels', truncated(webp, 0.5)],
      ['garbage instead of pixels', changed(webp, (copy) => fillWithGarbage(copy, 40))],
    ]),
  ];
}

/** @returns a rising sequence without markers, the same every time */
function fillWithGarbage(bytes: Uint8Array, from: number): void {
  for (let at = from, state = 1; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = (state >>> 16) % 255;
  }
}

function fillWithStuffing(bytes: Uint8Array, from: number): void {
  for (let at = from; at + 1 < bytes.length; at += 2) bytes.set([0xff, 0], at);
}

/** Refinement scans cost a whole pass over the coefficients each, however few bytes they have. */
function scanBomb(progressive: Uint8Array): Uint8Array {
  const first = markerAt(progressive, SOS);
  let last = progressive.length - 2;
  while (last > first && !(progressive[last] === 0xff && progressive[last + 1] === SOS)) last -= 1;
  const scan = progressive.subarray(last, last + 14);
  const scans = Array.from({ length: 5_000 }, () => concatBytes(scan, [0, 0]));
  return concatBytes(progressive.subarray(0, progressive.length - 2), ...scans, [0xff, 0xd9]);
}

async function badFilter(): Promise<Uint8Array> {
  const raw = new Uint8Array(480 * (640 * 4 + 1)).fill(9);
  const packed = new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  return concatBytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngHeader(640, 480),
    pngChunk('IDAT', data),
    pngChunk('IEND'),
  );
}
