// `npm run fuzz [-- --decoder NAME] [--inputs N] [--seed N] [--lanes N] [--only INPUT --save FILE]`: damaged files for
// everything that reads what strangers send. The same seed gives the same files.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runCampaign, type CampaignReport } from './campaign.ts';
import { mutator } from './mutations.ts';
import { TARGETS } from './targets.ts';

const { values } = parseArgs({
  options: {
    decoder: { type: 'string', multiple: true, default: Object.keys(TARGETS) },
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string' },
    save: { type: 'string' },
    json: { type: 'string' },
  },
});
const unknown = values.decoder.filter((name) => !(name in TARGETS));
if (unknown.length > 0) {
  console.error(`There is no decoder '${unknown.join("', '")}'. Decoders: ${Object.keys(TARGETS).join(', ')}.`);
  process.exit(2);
}
const number = (text: string, name: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number.`);
  process.exit(2);
};
const seed = number(values.seed, 'seed');

if (values.only === undefined) {
  const reports: CampaignReport[] = [];
  for (const decoder of values.decoder) {
    const lanes = Math.max(1, number(values.lanes, 'lanes'));
    const report = await runCampaign({ decoder, inputs: number(values.inputs, 'inputs'), seed, lanes });
    reports.push(report);
    console.log(lineOf(report));
    for (const { kind, input, what } of report.findings.slice(0, 10)) {
      console.log(`  ${kind} at input ${input}: ${what.replaceAll('\n', '\n    ')}`);
    }
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  process.exitCode = reports.some((report) => report.findings.length > 0 || report.done === 0) ? 1 : 0;
} else {
  await replay(values.decoder[0]!, number(values.only, 'only'));
}

function lineOf(report: CampaignReport): string {
  const of = (kind: string) => report.findings.filter((finding) => finding.kind === kind).length;
  const share = (report.read / Math.max(1, report.done)) * 100;
  const memory = report.peakBytes === 0 ? '' : `, peak ${(report.peakBytes / 2 ** 20).toFixed(1)} MiB`;
  return (
    `${report.decoder}: ${report.done} inputs in ${report.seconds.toFixed(1)} s ` +
    `(${Math.round(report.done / report.seconds)}/s on ${report.lanes} threads), ${share.toFixed(1)} % read, ` +
    `${of('crash')} crashes, ${of('hang')} hangs, ${of('time')} too slow, ${of('memory')} too large; ` +
    `slowest ${report.slowest.ms.toFixed(1)} ms (input ${report.slowest.input})${memory}`
  );
}

/** Runs one input alone and says everything about it. */
async function replay(decoder: string, input: number): Promise<void> {
  await import('../support/wasm-imports.ts');
  const target = await TARGETS[decoder]!();
  const seeds = await target.seeds();
  const mutant = mutator(seeds, target.walk, seed)(input);
  console.log(
    `${decoder}, input ${input}: ${mutant.bytes.length} bytes, seed file ${mutant.seed}, ${mutant.steps.join(', ')}`,
  );
  if (values.save) writeFileSync(values.save, mutant.bytes);
  else console.log(Buffer.from(mutant.bytes).toString('base64'));
  const started = performance.now();
  const outcome = await Promise.resolve(target.run(mutant.bytes)).catch((error: unknown) => error);
  console.log(outcome, `${(performance.now() - started).toFixed(1)} ms`);
}
