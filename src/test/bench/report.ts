import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import type { Figure } from './measure.ts';

export interface Line {
  name: string;
  unit: string;
  figure: Figure;
}

export interface Ratio {
  name: string;
  /** what the first of the two is divided by */
  reference: string;
  figure: Figure;
  /** what the median should be; none for a ratio that only stands beside another */
  target?: { is: 'at most' | 'at least'; value: number };
}

export interface BenchResult {
  name: string;
  /** what is measured, on which data, how often */
  input: string[];
  ratios: Ratio[];
  lines: Line[];
  /** versions of what took part */
  versions: Record<string, string>;
}

const require = createRequire(import.meta.url);
export function versionOf(name: string, from: NodeJS.Require = require): string {
  return (JSON.parse(readFileSync(from.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
}
/** The runtime that wrangler would start, which need not be a direct dependency. */
export const workerdVersion = () => versionOf('workerd', createRequire(require.resolve('wrangler/package.json')));

export const machine = () => ({
  cores: os.availableParallelism(),
  processor: os.cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.platform()} ${os.release()} ${os.arch()}`,
  node: process.version,
  loadBefore: Number((os.loadavg()[0] ?? 0).toFixed(2)),
});

export function meets(ratio: Ratio): boolean {
  if (!ratio.target) return true;
  const { is, value } = ratio.target;
  return is === 'at most' ? ratio.figure.median <= value : ratio.figure.median >= value;
}

const digits = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : value >= 1 ? 2 : 3);
const range = ({ median, min, max }: Figure, places = digits(median)) =>
  `${median.toFixed(places)}  (${min.toFixed(places)} … ${max.toFixed(places)})`;

/** One benchmark for a terminal: medians, with the least and greatest round in brackets. */
export function textOf(result: BenchResult): string {
  // Processor time is known on Linux only.
  const known = (row: { figure: Figure }) => !Number.isNaN(row.figure.median);
  const width = Math.max(...[...result.ratios, ...result.lines].map((row) => row.name.length));
  const ratios = result.ratios.filter(known).flatMap((ratio, n, all) => {
    const target = ratio.target
      ? `  target ${ratio.target.is} ${ratio.target.value}: ${meets(ratio) ? 'met' : 'MISSED'}`
      : '';
    return [
      ...(ratio.reference === all[n - 1]?.reference ? [] : [`  against ${ratio.reference}:`]),
      `    ${ratio.name.padEnd(width)}  ${range(ratio.figure, 3)}${target}`,
    ];
  });
  const lines = result.lines
    .filter(known)
    .map(({ name, figure, unit }) => `    ${name.padEnd(width)}  ${range(figure)} ${unit}`);
  const versions = Object.entries(result.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `== ${result.name} ==`,
    ...result.input.map((line) => `  ${line}`),
    ...(versions.length > 0 ? [`  ${versions.join(', ')}`] : []),
    '',
    ...ratios,
    '  in figures:',
    ...lines,
    '',
  ].join('\n');
}
