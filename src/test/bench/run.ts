// `npm run bench [-- --json FILE] [name…]`: ratios against a reference measured in the same run.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cleanUpWhenInterrupted } from './cleanup.ts';
import { benchKeys } from './keys.ts';
import { machine, meets, textOf, type BenchResult } from './report.ts';
import { benchRender } from './render.ts';
import { benchRls } from './rls.ts';
import { benchRoom } from './room/index.ts';
import { benchShare } from './share.ts';
import { benchMemory } from './thumbnails/memory.ts';
import { benchNeighbours } from './thumbnails/neighbours.ts';
import { benchThumbnails } from './thumbnails/index.ts';
import { benchUploads } from './uploads/index.ts';

const benchmarks: Record<string, () => Promise<BenchResult>> = {
  rls: benchRls,
  render: benchRender,
  share: benchShare,
  keys: benchKeys,
  room: () => benchRoom(),
  uploads: () => benchUploads(),
  thumbnails: () => benchThumbnails(),
  memory: () => benchMemory(),
  neighbours: () => benchNeighbours(),
};

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark '${unknown.join("', '")}'. Benchmarks: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}

const on = machine();
console.log(
  `${on.cores} cores (${on.processor}), ${on.memoryGiB} GiB, ${on.system}, Node ${on.node}, load ${on.loadBefore}\n` +
    'Medians over the rounds, with the least and the greatest round in brackets.\n',
);
const { interrupted } = cleanUpWhenInterrupted();
const results: BenchResult[] = [];
for (const [name, run] of Object.entries(benchmarks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const result = await run().catch((error: unknown): Promise<never> => {
    // What breaks because its server has been stopped is no failure; the listener ends the process.
    return interrupted() ? new Promise(() => undefined) : Promise.reject(error);
  });
  results.push(result);
  console.log(textOf(result));
}
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), machine: on, results }, null, 2)}\n`);
}
const missed = results.flatMap((result) => result.ratios.filter((ratio) => !meets(ratio)));
console.log(
  missed.length === 0
    ? 'Every target is met.'
    : `Missed: ${missed.map((ratio) => `${ratio.name} against ${ratio.reference}`).join('; ')}.`,
);
process.exit(missed.length === 0 ? 0 : 1);
