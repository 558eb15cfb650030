import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makePhoto, type Recipe } from '../../corpus/photos.ts';
import { poisons } from '../../corpus/poison.ts';
import { untilDone } from '../cleanup.ts';
import { alternate, figureOf, ratioOf } from '../measure.ts';
import type { BenchResult } from '../report.ts';
import { startSide, type SideProcess } from './processes.ts';
import type { Job, Measured } from './sides/side.ts';

export interface NeighboursSize {
  rounds: number;
  warmUp: number;
  /** photos in good order */
  good: number;
  /** photos that hurt, spread among them */
  bad: number;
}

const FULL: NeighboursSize = { rounds: 3, warmUp: 1, good: 90, bad: 10 };

/** What a wedding sends: mostly phones, some cameras, some screens and messengers. */
const KINDS: Recipe[] = [
  { type: 'image/jpeg', size: 12, quality: 92 },
  { type: 'image/jpeg', size: 2 },
  { type: 'image/jpeg', size: 12, quality: 90, exif: { orientation: 6, gps: true } },
  { type: 'image/jpeg', size: 2, progressive: true },
  { type: 'image/png', size: 2 },
  { type: 'image/jpeg', size: 8, progressive: true },
  { type: 'image/webp', size: 2 },
  { type: 'image/jpeg', size: 3, profile: 'p3' },
  { type: 'image/jpeg', size: 24, quality: 90 },
];

/** How long the good photos of a queue wait when poisonous ones are among them. */
export async function benchNeighbours(size: NeighboursSize = FULL): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let side: SideProcess | undefined;
  const stop = () => {
    side?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    side = await startSide('ours');
    return measure(side, folder, size);
  });
}

interface QueuedJob extends Job {
  poison: boolean;
}

async function measure(side: SideProcess, folder: string, size: NeighboursSize): Promise<BenchResult> {
  const mixed = await queueOf(folder, size);
  const alone = mixed.filter((job) => !job.poison);
  const worst: number[] = [];
  const lane = (jobs: QueuedJob[]) => async () => {
    const costs = [];
    for (const job of jobs) costs.push({ poison: job.poison, cpuMs: await costOf(side, job) });
    worst.push(Math.max(0, ...costs.filter((cost) => cost.poison).map((cost) => cost.cpuMs)));
    return costs.reduce((sum, cost) => sum + cost.cpuMs, 0);
  };
  const [among = [], without = []] = await alternate(size.warmUp + size.rounds, [lane(mixed), lane(alone)]);
  const [counted, reference] = [among.slice(size.warmUp), without.slice(size.warmUp)];
  return {
    name: 'neighbours',
    input: [
      `${size.good} mixed photos one after the other, and the same with ${size.bad} poisonous ones among them;`,
      'every good photo is made and every poisonous one refused, or there is no figure; processor time of the process;',
      `${size.rounds} rounds in turn after ${size.warmUp} to warm up, no measurement left out.`,
    ],
    ratios: [
      {
        name: `${size.bad} poisonous ones among ${size.good}`,
        reference: `the ${size.good} alone`,
        figure: ratioOf(counted, reference),
        target: { is: 'at most', value: 1.2 },
      },
    ],
    lines: [
      { name: 'all together', unit: 'ms processor', figure: figureOf(counted) },
      { name: 'the good ones alone', unit: 'ms processor', figure: figureOf(reference) },
      { name: 'a good one', unit: 'ms processor on average', figure: figureOf(reference.map((ms) => ms / size.good)) },
      { name: 'the dearest poisonous one', unit: 'ms processor', figure: figureOf(worst.filter((ms) => ms > 0)) },
    ],
    versions: {},
  };
}

/** @throws unless the good are made and the poisonous refused */
async function costOf(side: SideProcess, job: QueuedJob): Promise<number> {
  const before = await side.spent();
  const answer: Measured | { refused: string } = await side.attempt(job);
  const refused = 'refused' in answer;
  if (refused !== job.poison) throw new Error(`${job.file} was ${refused ? `refused: ${answer.refused}` : 'made'}.`);
  return (await side.spent()) - before;
}

async function queueOf(folder: string, { good, bad }: NeighboursSize): Promise<QueuedJob[]> {
  const refused = (await poisons()).filter((poison) => poison.refused);
  const poisonous = refused.filter(
    (_poison, n) => Math.floor((n * bad) / refused.length) !== Math.floor(((n - 1) * bad) / refused.length),
  );
  const jobs: QueuedJob[] = [];
  for (let n = 0; n < good; n += 1) {
    // Few distinct photographs: what differs between rounds would else be the disk.
    const kind = n % KINDS.length;
    const file = path.join(folder, `photo-${kind}`);
    if (n < KINDS.length) await writeFile(file, await makePhoto({ photo: kind, ...KINDS[kind]! }));
    jobs.push({ file, type: KINDS[kind]!.type, poison: false });
  }
  for (const [n, { bytes, type }] of poisonous.entries()) {
    const file = path.join(folder, `poison-${n}`);
    await writeFile(file, bytes);
    jobs.splice(Math.floor(((n + 0.5) * jobs.length) / bad), 0, { file, type, poison: true });
  }
  return jobs;
}
