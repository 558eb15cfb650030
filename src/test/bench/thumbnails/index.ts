import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { BENCH_PHOTOS, type BenchPhoto } from '../../corpus/bench-photos.ts';
import { makePhoto } from '../../corpus/photos.ts';
import { untilDone } from '../cleanup.ts';
import { alternate, figureOf, ratioOf } from '../measure.ts';
import { versionOf, workerdVersion, type BenchResult, type Line, type Ratio } from '../report.ts';
import { startSide } from './processes.ts';
import { SIDES, type Job, type Measured, type SideName } from './sides/side.ts';
import { startWorkerd } from './workerd.ts';

export interface ThumbnailsSize {
  rounds: number;
  /** rounds before those that count */
  warmUp: number;
  photos: BenchPhoto[];
  /** also in the Workers runtime, which takes some seconds to start */
  inRuntime: boolean;
}

const FULL: ThumbnailsSize = { rounds: 7, warmUp: 1, photos: BENCH_PHOTOS, inRuntime: true };
const MINUTE_MS = 60_000;
const MIB = 2 ** 20;

/** What a photo costs in the thumbnailer's pipeline, in sharp, and on the usual path through jsquash. */
export async function benchThumbnails(size: ThumbnailsSize = FULL): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  const lanes: Lane[] = [];
  const stop = async () => {
    await Promise.all(lanes.map((lane) => lane.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    for (const name of SIDES) lanes.push({ name, ...(await startSide(name)) });
    if (size.inRuntime) lanes.push({ name: 'workerd', ...(await startWorkerd()) });
    const rows = [];
    for (const photo of size.photos) rows.push(await measurePhoto(photo, folder, lanes, size));
    return resultOf(rows, size);
  });
}

type LaneName = SideName | 'workerd';

interface Lane {
  name: LaneName;
  measure(job: Job): Promise<Measured>;
  stop(): void | Promise<void>;
}

interface Row {
  photo: BenchPhoto;
  fileBytes: number;
  runs: Partial<Record<LaneName, Measured[]>>;
}

async function measurePhoto(
  photo: BenchPhoto,
  folder: string,
  sides: readonly Lane[],
  { rounds, warmUp }: ThumbnailsSize,
): Promise<Row> {
  const bytes = await makePhoto(photo.recipe);
  const file = path.join(folder, 'photo');
  await writeFile(file, bytes);
  const runs: Row['runs'] = {};
  const job = { file, type: photo.recipe.type };
  const able = sides.filter(({ name }) => name !== 'plain' || !photo.withoutPlain);
  const lanes = able.map(({ name, measure }) => {
    const kept: Measured[] = (runs[name] = []);
    return async (round: number) => {
      const measured = await measure(job);
      if (round >= warmUp) kept.push(measured);
      return measured.cpuMs;
    };
  });
  await alternate(warmUp + rounds, lanes);
  compareSizes(photo.name, runs);
  return { photo, fileBytes: bytes.length, runs };
}

/** @throws unless all sides made the same sizes, or their ratio would mean nothing */
function compareSizes(name: string, runs: Row['runs']): void {
  const made = Object.values(runs).map((all) =>
    all[0]?.renditions.map(({ width, height }) => `${width}×${height}`).join(),
  );
  if (new Set(made).size !== 1)
    throw new Error(`${name}: the sides do not make the same renditions: ${made.join(' | ')}`);
}

const cpuOf = (runs: Measured[] | undefined): number[] => (runs ?? []).map((run) => run.cpuMs);

function resultOf(rows: Row[], { rounds, warmUp }: ThumbnailsSize): BenchResult {
  const against = 'sharp (libvips), one thread, the same sizes made one from the other, by processor time';
  const ratio = ({ photo, runs }: Row): Ratio => ({
    name: photo.name,
    reference: against,
    figure: ratioOf(cpuOf(runs.ours), cpuOf(runs.sharp)),
    ...(photo.target === undefined ? {} : { target: { is: 'at most', value: photo.target } }),
  });
  const beside = (name: LaneName, reference: string) =>
    rows.flatMap(({ photo, runs }): Ratio[] =>
      runs[name] ? [{ name: photo.name, reference, figure: ratioOf(cpuOf(runs[name]), cpuOf(runs.sharp)) }] : [],
    );
  return {
    name: 'thumbnails',
    input: [
      'real photographs, scaled to the size that is named, with grain; three WebP of quality 78, effort 4 each;',
      'each side in a Node process of its own, all of its threads counted, and ours in workerd as well;',
      `${rounds} rounds in turn after ${warmUp} to warm up, no measurement left out.`,
    ],
    ratios: [
      ...rows.map(ratio),
      ...beside('workerd', 'the same; ours in the Workers runtime, with the hop that brings the photo'),
      ...beside('plain', 'the same; the usual path through jsquash instead of ours'),
    ],
    lines: rows.flatMap(linesOf),
    versions: {
      workerd: workerdVersion(),
      sharp: sharp.versions.sharp ?? '',
      libvips: sharp.versions.vips,
      '@jsquash/jpeg': versionOf('@jsquash/jpeg'),
      '@jsquash/webp': versionOf('@jsquash/webp'),
    },
  };
}

function linesOf({ photo, fileBytes, runs }: Row): Line[] {
  const sides = [...SIDES, 'workerd' as const].filter((name) => runs[name]);
  const label = `${photo.name} (${(fileBytes / 1e6).toFixed(1)} MB)`;
  return sides.flatMap((name) => {
    const all = runs[name] ?? [];
    const peaks = all.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes / MIB]));
    return [
      { name: `${label}, ${name}`, unit: 'ms processor', figure: figureOf(cpuOf(all)) },
      { name: `${label}, ${name}`, unit: 'ms wall', figure: figureOf(all.map((run) => run.wallMs)) },
      {
        name: `${label}, ${name}`,
        unit: 'a minute and core',
        figure: figureOf(cpuOf(all).map((ms) => MINUTE_MS / ms)),
      },
      ...(peaks.length > 0 ? [{ name: `${label}, ${name}`, unit: 'MiB at most', figure: figureOf(peaks) }] : []),
    ];
  });
}
