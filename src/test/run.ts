// `npm test`: every test with one command. `npm test -- rls acceptance` runs these parts only.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUILT_WORKERS } from '../cli/local/worker-configs.ts';
import { buildWorkers } from './support/built-workers.ts';
import { killGroups, leftovers, root, tool } from './support/processes.ts';
import { SEEDED_FOLDER, seedFolder } from './support/seeded-platform.ts';
import { emptyTotals, sumUp, type Totals, type VitestReport } from './totals-rules.ts';

/** In this order: what is quick and names the culprit best comes first. */
const parts: Record<string, string[]> = {
  unit: ['node', 'photos'],
  runtime: ['edge', 'room', 'room-evicted', 'thumbnailer', 'courier', 'pipeline', 'uploads'],
  rls: ['rls'],
  local: ['local'],
  acceptance: ['acceptance'],
  faults: ['faults'],
  guest: ['guest'],
  console: ['console'],
  languages: ['languages'],
  wall: ['wall'],
  bench: ['bench'],
};
/** Lanes run beside one another, their parts in turn: most of the time a part waits for a platform of its own. */
const LANES = [
  ['unit', 'runtime', 'rls', 'local'],
  ['acceptance', 'faults'],
  ['console', 'languages'],
  ['wall', 'guest', 'bench'],
];
/** Begin with a seeded platform, which is made once and copied. */
const SEEDED = ['acceptance', 'guest', 'console', 'languages', 'wall'];
/** Start platforms whose Workers are bundled once for all. `local` starts them from their sources, as `npm start` does. */
const BUNDLED = [...SEEDED, 'faults', 'bench'];
const PART_TIMEOUT_MS = 1_800_000;
const GRACE_MS = 3000;
const MARK = 'MOMENTIQUE_TEST_RUN';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part '${unknown.join("', '")}'. Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const mark = `${MARK}=${randomUUID()}`;
/** Temporary files of the whole run, TMPDIR of its processes; a database server, which may run as another user, must get through. */
const scratch = mkdtempSync(path.join(tmpdir(), 'momentique-test-'));
chmodSync(scratch, 0o711);
process.on('exit', () => {
  killGroups();
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const workers = path.join(scratch, 'workers');
const seeded = path.join(scratch, 'seeded');
let bundling: Promise<void> | undefined;
let seeding: Promise<void> | undefined;
/** Each once, when the first part needs it; what failed, the part will say when it does the same itself. */
const untilBundled = (): Promise<void> =>
  (bundling ??= buildWorkers(workers).then(
    () => void (process.env[BUILT_WORKERS] = workers),
    (error: unknown) => console.error(`The Workers were not bundled: ${String(error)}`),
  ));
const untilSeeded = (): Promise<void> =>
  (seeding ??= seedFolder(seeded).catch((error: unknown) => console.error(`Nothing was seeded: ${String(error)}`)));

/** Seconds that each part took, in the order in which they ended. */
const seconds: string[] = [];

/** @param live shows the output as it comes; else it is shown when the part has ended, so that two do not mix */
async function runPart(name: string, projects: string[], live: boolean): Promise<Totals> {
  if (live) console.log(`\n== ${name} ==`);
  if (BUNDLED.includes(name)) await untilBundled();
  if (SEEDED.includes(name)) await untilSeeded();
  const report = path.join(scratch, `${name}.json`);
  const done = await tool(
    'vitest/vitest.mjs',
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
      ...projects.map((project) => `--project=${project}`),
    ],
    {
      live,
      timeoutMs: PART_TIMEOUT_MS,
      env: {
        [MARK]: mark.slice(MARK.length + 1),
        TMPDIR: scratch,
        [SEEDED_FOLDER]: seeded,
        ...(BUNDLED.includes(name) ? {} : { [BUILT_WORKERS]: '' }),
      },
    },
  );
  seconds.push(`${name} ${Math.round(done.ms / 1000)}`);
  if (!live) console.log(`\n== ${name} ==\n${done.output}`);
  // A part whose projects do not exist is empty; that nothing at all ran is noticed at the end.
  if (done.output.includes('The filter matched no projects')) return emptyTotals;
  let parsed: VitestReport | undefined;
  try {
    parsed = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  } catch {
    // No report: Vitest did not come that far, and its exit code says why.
  }
  return sumUp(parsed, done.code);
}

const totals = { ...emptyTotals };
// Pages name the built files, and one test reads them for the oldest browsers.
console.log('== build ==');
const built = await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { live: true });
if (built.code !== 0) totals.failed += 1;
const wanted = Object.keys(parts).filter((name) => asked.length === 0 || asked.includes(name));
async function runLane(names: readonly string[], live: boolean): Promise<void> {
  for (const name of names) {
    if (!wanted.includes(name)) continue;
    const one = await runPart(name, parts[name] ?? [], live);
    totals.passed += one.passed;
    totals.failed += one.failed;
    totals.skipped += one.skipped;
  }
}
const lanes = LANES.filter((lane) => lane.some((name) => wanted.includes(name)));
await Promise.all(lanes.map((lane, place) => runLane(lane, place === 0)));

const deadline = Date.now() + GRACE_MS;
let left = leftovers(mark, scratch);
while (left.length > 0 && Date.now() < deadline) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  left = leftovers(mark, scratch);
}
for (const { pid, command } of left) {
  console.error(`A test left a process behind: ${pid} ${command}`);
  process.kill(pid, 'SIGKILL');
}
if (totals.passed + totals.failed === 0) console.error(`No test ran in ${root}.`);

process.exitCode = totals.failed > 0 || totals.passed === 0 || left.length > 0 ? 1 : 0;
console.log(`\nSeconds: ${seconds.join(', ')}; all of it ${Math.round(performance.now() / 1000)}`);
console.log(
  `\n${totals.passed} passed, ${totals.failed + (left.length > 0 ? 1 : 0)} failed, ${totals.skipped} skipped`,
);
