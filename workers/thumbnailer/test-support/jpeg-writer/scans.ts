import type { Component } from './blocks.ts';
import { putSymbol, putValue, sizeOf, writeBits, type BitWriter, type FlatTable } from './bits.ts';

/** What a scan codes of each block. */
export interface Band {
  /** indices of components */
  members: number[];
  start: number;
  end: number;
  /** bits before and now, 0 and 0 for sequential photos */
  high: number;
  low: number;
}

export interface Tables {
  dc: FlatTable;
  ac: FlatTable;
}

/** Entropy-coded segments of a scan, restart markers among them. */
export function codeScan(
  all: Component[],
  [mcusWide, mcusHigh]: readonly [number, number],
  band: Band,
  tables: Tables,
  restartInterval: number,
): number[] {
  const bytes: number[] = [];
  const writer = writeBits(bytes);
  const members = band.members.map((at) => all[at]!);
  const predictions = members.map(() => 0);
  const alone = members.length === 1 ? members[0]! : null;
  const [wide, high] = alone ? [alone.blocksWide, alone.blocksHigh] : [mcusWide, mcusHigh];
  for (let unit = 0; unit < wide * high; unit += 1) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      writer.finish();
      bytes.push(0xff, 0xd0 + ((unit / restartInterval - 1) % 8));
      predictions.fill(0);
    }
    const [x, y] = [unit % wide, Math.floor(unit / wide)];
    for (const [at, member] of members.entries()) {
      const [h, v] = alone ? [1, 1] : [member.h, member.v];
      for (let block = 0; block < h * v; block += 1) {
        const column = x * h + (block % h);
        const coefficients = member.blocks[(y * v + Math.floor(block / h)) * member.paddedWide + column]!;
        predictions[at] = codeBlock(writer, coefficients, band, tables, predictions[at]!);
      }
    }
  }
  writer.finish();
  return bytes;
}

/** @returns what DC is predicted from next */
function codeBlock(writer: BitWriter, block: Int32Array, band: Band, { dc, ac }: Tables, prediction: number): number {
  let next = prediction;
  if (band.start === 0) {
    const value = block[0]! >> band.low;
    if (band.high > 0) {
      writer.put(value & 1, 1);
    } else {
      putSymbol(writer, dc, sizeOf(value - prediction));
      putValue(writer, value - prediction);
      next = value;
    }
  }
  if (band.end > 0) {
    if (band.high > 0) refineAc(writer, block, band, ac);
    else codeAc(writer, block, band, ac);
  }
  return next;
}

/** A coefficient's bits above `low`, rounded towards zero (G.1.2.2). */
const shifted = (value: number, low: number): number => Math.sign(value) * (Math.abs(value) >> low);

function codeAc(writer: BitWriter, block: Int32Array, { start, end, low }: Band, table: FlatTable): void {
  let run = 0;
  for (let k = Math.max(start, 1); k <= end; k += 1) {
    const value = shifted(block[k]!, low);
    if (value === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) putSymbol(writer, table, 0xf0);
    putSymbol(writer, table, run * 16 + sizeOf(value));
    putValue(writer, value);
    run = 0;
  }
  if (run > 0) putSymbol(writer, table, 0);
}

/** G.1.2.3, without runs of ended bands. */
function refineAc(writer: BitWriter, block: Int32Array, { start, end, low }: Band, table: FlatTable): void {
  const values = Array.from(block, (value) => shifted(value, low));
  let last = end;
  while (last >= start && Math.abs(values[last]!) !== 1) last -= 1;
  let run = 0;
  let corrections: number[] = [];
  const flush = (): void => {
    for (const bit of corrections) writer.put(bit, 1);
    corrections = [];
  };
  for (let k = start; k <= end; k += 1) {
    const value = values[k]!;
    if (k <= last && run === 16 - 1 && value === 0) {
      putSymbol(writer, table, 0xf0);
      flush();
      run = 0;
    } else if (value === 0) {
      run += 1;
    } else if (Math.abs(value) > 1) {
      corrections.push(Math.abs(value) & 1);
    } else {
      putSymbol(writer, table, run * 16 + 1);
      writer.put(value > 0 ? 1 : 0, 1);
      flush();
      run = 0;
    }
  }
  if (run > 0 || corrections.length > 0) {
    putSymbol(writer, table, 0);
    flush();
  }
}
