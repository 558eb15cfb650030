import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LARGEST_PHOTOS, type LargestPhoto } from '../../corpus/largest-photos.ts';
import { makePhoto } from '../../corpus/photos.ts';
import { untilDone } from '../cleanup.ts';
import { figureOf } from '../measure.ts';
import type { BenchResult } from '../report.ts';
import { startSide, type SideProcess } from './processes.ts';

const MIB = 2 ** 20;
const BUDGET_MIB = 96;

/** What the largest photos take that are let through; run twice each, so that what a photo leaves behind counts. */
export async function benchMemory(photos: LargestPhoto[] = LARGEST_PHOTOS): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let side: SideProcess | undefined;
  const stop = () => {
    side?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    side = await startSide('ours');
    const rows = [];
    for (const photo of photos) rows.push(await measure(side, path.join(folder, 'photo'), photo));
    return {
      name: 'memory',
      input: [
        'the largest photos that the table of limits lets through, one after the other in one process, each twice;',
        `WebAssembly memory and live buffers by the pipeline’s own account, as shares of ${BUDGET_MIB} MiB.`,
      ],
      ratios: rows.map(({ name, peaks }) => ({
        name,
        reference: `${BUDGET_MIB} MiB`,
        figure: figureOf(peaks.map((bytes) => bytes / MIB / BUDGET_MIB)),
        target: { is: 'at most' as const, value: 1 },
      })),
      lines: rows.flatMap(({ name, peaks, cpuMs }) => [
        { name, unit: 'MiB at most', figure: figureOf(peaks.map((bytes) => bytes / MIB)) },
        { name, unit: 'ms processor', figure: figureOf(cpuMs) },
      ]),
      versions: {},
    };
  });
}

async function measure(side: SideProcess, file: string, { name, recipe }: LargestPhoto) {
  const bytes = await makePhoto(recipe);
  await writeFile(file, bytes);
  const runs = [await side.measure({ file, type: recipe.type }), await side.measure({ file, type: recipe.type })];
  return {
    name: `${name} (${(bytes.length / 1e6).toFixed(1)} MB)`,
    peaks: runs.map(({ peakBytes }) => peakBytes ?? Number.NaN),
    cpuMs: runs.map((run) => run.cpuMs),
  };
}
