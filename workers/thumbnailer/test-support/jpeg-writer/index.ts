import type { Pixels } from '../../codecs/pixels.ts';
import { describeTable } from './bits.ts';
import { planesOf, transform, type Colour } from './blocks.ts';
import { codeScan, type Band } from './scans.ts';

export interface JpegOptions {
  colour?: Colour;
  /** sampling factors of each component, horizontal and vertical */
  sampling?: readonly (readonly [number, number])[];
  progressive?: boolean;
  /** sequential: a scan for each component */
  separate?: boolean;
  /** in MCUs (blocks, where a scan has one component) */
  restartInterval?: number;
  /** what all coefficients are divided by */
  step?: number;
  /** length of codes, 9 to 16 */
  codeBits?: number;
  /** SOF's marker when it is to be another one */
  frame?: number;
  /** identifiers of the components */
  ids?: readonly number[];
  /** segments between SOI and the tables */
  before?: readonly number[];
}

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/**
 * Writes JPEGs that no encoder at hand writes: any sampling, order of scans and restart interval. Their size is of no
 * interest, so that codes all have the same length.
 */
export function writeJpeg(pixels: Pixels, options: JpegOptions = {}): Uint8Array<ArrayBuffer> {
  const { colour = 'ycc', restartInterval = 0, step = 4, codeBits = 9, progressive = false } = options;
  const planes = planesOf(pixels, colour);
  const sampling = planes.map((_, at) => options.sampling?.[at] ?? ([1, 1] as const));
  const most = [Math.max(...sampling.map(([h]) => h)), Math.max(...sampling.map(([, v]) => v))] as const;
  const components = planes.map((plane, at) => transform(plane, pixels, sampling[at]!, most, step));
  // One component has MCUs of one block, whatever its factors are.
  const [hMax, vMax] = planes.length === 1 ? [1, 1] : most;
  const mcus = [Math.ceil(pixels.width / (8 * hMax)), Math.ceil(pixels.height / (8 * vMax))] as const;
  const tables = { dc: { bits: codeBits, symbols: 16 }, ac: { bits: codeBits, symbols: 255 } };
  const bytes = [0xff, 0xd8, ...(options.before ?? [])];
  const segment = (marker: number, content: number[]): void => {
    bytes.push(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content);
  };
  const ids = options.ids ?? (colour === 'rgb' ? [0x52, 0x47, 0x42] : [1, 2, 3, 4]);
  segment(0xdb, [0, ...range(64).map(() => step)]);
  segment(options.frame ?? (progressive ? 0xc2 : 0xc0), [
    8,
    ...[pixels.height, pixels.width].flatMap((side) => [side >> 8, side & 255]),
    planes.length,
    ...sampling.flatMap(([h, v], at) => [ids[at]!, h * 16 + v, 0]),
  ]);
  segment(0xc4, [...describeTable(0x00, tables.dc), ...describeTable(0x10, tables.ac)]);
  if (restartInterval > 0) segment(0xdd, [restartInterval >> 8, restartInterval & 255]);
  for (const band of bandsOf(planes.length, progressive, options.separate ?? false)) {
    segment(0xda, [
      band.members.length,
      ...band.members.flatMap((at) => [ids[at]!, 0]),
      band.start,
      band.end,
      band.high * 16 + band.low,
    ]);
    for (const byte of codeScan(components, mcus, band, tables, restartInterval)) bytes.push(byte);
  }
  bytes.push(0xff, 0xd9);
  return Uint8Array.from(bytes);
}

/** Progressive ones have bands, two of them refined, so that each kind of scan is there. */
function bandsOf(components: number, isProgressive: boolean, isSeparate: boolean): Band[] {
  const each = range(components);
  const band = (members: number[], start: number, end: number, high: number, low: number): Band => {
    return { members, start, end, high, low };
  };
  if (!isProgressive) return isSeparate ? each.map((at) => band([at], 0, 63, 0, 0)) : [band(each, 0, 63, 0, 0)];
  return [
    band(each, 0, 0, 0, 1),
    ...each.map((at) => band([at], 1, 5, 0, 2)),
    ...each.map((at) => band([at], 6, 63, 0, 1)),
    ...each.map((at) => band([at], 1, 5, 2, 1)),
    band(each, 0, 0, 1, 0),
    ...each.map((at) => band([at], 1, 63, 1, 0)),
  ];
}

/** An APP14 segment (Adobe's technical note 5116). @param transform 0 none, 1 YCbCr, 2 YCCK */
export const adobeSegment = (transform: number): number[] => {
  const name = Array.from('Adobe', (letter) => letter.charCodeAt(0));
  return [0xff, 0xee, 0, 14, ...name, 0, 100, 0, 0, 0, 0, transform];
};
