// `npm run check`: everything that can be known without running the platform. `-- --fix` writes what
// can be written by a machine.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkConfigDocs } from '../cli/config-docs.ts';
import { killGroups, root, tool, type Finished } from './support/processes.ts';
import { checkWords } from './check-words.ts';
import { untypedFiles } from './untyped-files.ts';
import { checkWorkerTypes, workers } from './worker-types.ts';

const fix = process.argv.includes('--fix');

type Outcome = { ok: boolean; output: string };
interface Step {
  name: string;
  run: () => Promise<Outcome>;
}

const byCode = ({ code, output }: Finished): Outcome => ({ ok: code === 0, output });
const current = (stale: string[]): Outcome => ({
  ok: fix || stale.length === 0,
  output:
    stale.length === 0 ? '' : `${fix ? 'Rewritten' : 'Not current (npm run check -- --fix)'}: ${stale.join(', ')}`,
});

const format: Step = {
  name: 'format',
  run: async () =>
    byCode(await tool('prettier/bin/prettier.cjs', [fix ? '--write' : '--check', '--log-level', 'warn', '.'])),
};
const lint: Step = {
  name: 'lint',
  run: async () => byCode(await tool('oxlint/bin/oxlint', ['--deny-warnings', ...(fix ? ['--fix'] : [])])),
};
const documents: Step = {
  name: 'variables in .env.example and README',
  run: async () => current(checkConfigDocs(root, fix)),
};
const environments: Step = {
  name: 'Env types (wrangler types)',
  run: async () => current(await checkWorkerTypes(fix)),
};
const types: Step = {
  name: 'types',
  run: async () => byCode(await tool('typescript/bin/tsc', ['-b', '--pretty', 'false'])),
};
const untyped: Step = {
  name: 'files without types',
  run: async () => {
    const found = await untypedFiles();
    return { ok: found.length === 0, output: found.length === 0 ? '' : `No tsconfig includes ${found.join(', ')}` };
  },
};
/** A word that is missing in a language is an error of types; one that nobody says is found here. */
const words: Step = {
  name: 'unused words',
  run: async () => {
    const unsaid = await checkWords();
    return { ok: unsaid.length === 0, output: unsaid.length === 0 ? '' : `Nobody says: ${unsaid.join(', ')}` };
  },
};
const unused: Step = {
  name: 'unused code',
  run: async () => byCode(await tool('knip/bin/knip.js', ['--no-progress', '--no-config-hints'])),
};
const build: Step = {
  name: 'build',
  run: async () =>
    existsSync(path.join(root, 'vite.config.ts'))
      ? byCode(await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn']))
      : { ok: true, output: 'no vite.config.ts yet' },
};

const DEPLOY_NOISE = /^.*(?:update available|⛅️|─{3,}|metrics|Logs were written).*$/gim;
/** wrangler only warns about bindings that an environment does not inherit; such a deployment would lack them. */
function deployable(worker: (typeof workers)[number], environment: string): Step {
  const name = [worker.name, environment].filter(Boolean).join(' ');
  return {
    name: `deploy --dry-run ${name}`,
    run: async () => {
      const out = path.join(root, '.dry-run', name.replace(' ', '-'));
      mkdirSync(out, { recursive: true });
      const where = ['--outdir', out, '--config', path.join(root, worker.config), `--env=${environment}`];
      const done = await tool('wrangler/bin/wrangler.js', ['deploy', '--dry-run', ...where], {
        cwd: path.join(root, worker.folder),
        timeoutMs: 120_000,
      });
      const warned = done.output.includes('[WARNING]');
      return { ok: done.code === 0 && !warned, output: done.output.replace(DEPLOY_NOISE, '').trim() };
    },
  };
}

/** The top level, and every environment that the file names. */
function environmentsOf(worker: (typeof workers)[number]): string[] {
  const toml = readFileSync(path.join(root, worker.config), 'utf8');
  return [...new Set(['', ...[...toml.matchAll(/^\[\[?env\.([\w-]+)/gm)].map((match) => match[1] ?? '')])];
}
/** What is deployed once, before there is anything else. */
const once = workers
  .filter((worker) => worker.name === 'room')
  .map((worker) => ({ ...worker, name: 'room-first', config: path.posix.join(worker.folder, 'wrangler.first.toml') }));
const deployments = [...workers, ...once].flatMap((worker) =>
  environmentsOf(worker).map((name) => deployable(worker, name)),
);

/** Each lane runs its steps one after the other; two lanes fill two cores. */
async function lanes(steps: Step[], width: number): Promise<{ name: string; ok: boolean; seconds: number }[]> {
  const waiting = [...steps];
  const results: { name: string; ok: boolean; seconds: number }[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = performance.now();
      const { ok, output } = await step
        .run()
        .catch((error: unknown): Outcome => ({ ok: false, output: String(error) }));
      const seconds = (performance.now() - started) / 1000;
      console.log(`${ok ? 'ok  ' : 'FAIL'}  ${step.name}  ${seconds.toFixed(1)} s`);
      if (output.trim() !== '' && (!ok || /^(?:Rewritten|no )/.test(output)))
        console.log(output.trim().replaceAll(/^/gm, '      '));
      results.push({ name: step.name, ok, seconds });
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    killGroups();
    process.exit(130);
  });
}

const started = performance.now();
// Writers go first and alone: what follows reads what they wrote. The build makes what Workers serve.
const first = fix ? [documents, environments, lint, format] : [build];
const second = fix ? [build] : [format, lint, documents, environments];
const results = [
  ...(await lanes(first, 1)),
  ...(await lanes([...second, types, untyped, words, unused, ...deployments], 2)),
];
killGroups();

const failed = results.filter((result) => !result.ok).map((result) => result.name);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  failed.length === 0
    ? `\ncheck: all ${results.length} passed in ${seconds} s`
    : `\ncheck: failed: ${failed.join(', ')} (${seconds} s)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
