import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { buildPages } from '../../cli/local/build-pages.ts';
import { chooseFreePort } from '../../cli/local/ports.ts';
import { signalGroup } from '../../cli/local/process-tree.ts';
import { startWorkers } from '../../cli/local/workers.ts';
import { alternate, figureOf, ratioOf, settle } from './measure.ts';
import { versionOf, workerdVersion, type BenchResult } from './report.ts';

export interface RenderSize {
  rounds: number;
  /** seconds a side and round */
  seconds: number;
  connections: number;
}

const FULL: RenderSize = { rounds: 9, seconds: 3, connections: 50 };
const WARM_UP_SECONDS = 3;
const PREFERRED_PORT = 9400;
const SIDES = ['/constant', '/render', '/one-new', '/all-new'] as const;

/** Runs the bench Worker for `work`, in a folder of its own, and ends it whatever happens. */
async function withWorker<T>(work: (port: number) => Promise<T>): Promise<T> {
  await buildPages();
  const stateDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  const port = await chooseFreePort([PREFERRED_PORT]);
  let pid: number | undefined;
  const kill = () => pid !== undefined && signalGroup(pid, 'SIGKILL');
  const interrupted = () => process.exit(130);
  process.on('exit', kill).on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const workers = await startWorkers({
      configs: [path.join(import.meta.dirname, 'worker/wrangler.toml')],
      port,
      stateDir,
      logFile: path.join(stateDir, 'workers.log'),
      onLine: () => undefined,
      onSpawn: (started) => (pid = started),
    });
    try {
      return await work(port);
    } finally {
      await workers.stop();
    }
  } finally {
    kill();
    process.off('exit', kill).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** @returns answers a second; @throws when a single one was not a 200 */
async function load(url: string, connections: number, duration: number): Promise<number> {
  const result = await autocannon({ url, connections, duration, timeout: 20 });
  const failed = result.errors + result.timeouts + result.mismatches + result.non2xx;
  if (failed > 0 || result.requests.total === 0) throw new Error(`${url}: ${failed} of ${result.requests.total} requests failed.`);
  await settle();
  return result.requests.total / result.duration;
}

/** @returns bytes of the page; @throws unless both sides answer with the same bytes and headers */
async function compare(port: number): Promise<number> {
  const [constant, render] = await Promise.all(
    ['/constant', '/render'].map(async (side) => {
      const answer = await fetch(`http://127.0.0.1:${port}${side}`);
      const headers = [...answer.headers].filter(([name]) => name !== 'date');
      return { status: answer.status, body: await answer.text(), headers: JSON.stringify(headers) };
    }),
  );
  if (!constant || constant.status !== 200 || constant.body !== render?.body || constant.headers !== render.headers) {
    throw new Error('The two sides do not answer the same, so their ratio would mean nothing.');
  }
  return Buffer.byteLength(constant.body);
}

/** What making the gallery costs beyond sending it: uncached, its data in memory, against a constant. */
export async function benchRender(size: RenderSize = FULL): Promise<BenchResult> {
  const { rounds, seconds, connections } = size;
  return withWorker(async (port) => {
    const bytes = await compare(port);
    const at = (side: string) => `http://127.0.0.1:${port}${side}`;
    for (const side of SIDES) await load(at(side), connections, Math.min(WARM_UP_SECONDS, seconds));
    const lanes = SIDES.map((side) => () => load(at(side), connections, seconds));
    const [constant = [], render = [], oneNew = [], allNew = []] = await alternate(rounds, lanes);
    const reference = `a constant body of ${bytes} bytes with the same headers, same Worker, same hops`;
    return {
      name: 'render',
      input: [
        `the page of 100 photos, ${bytes} bytes: renderGallery, ETag, security headers; nothing cached in front;`,
        `wrangler dev, ${connections} connections (autocannon, same machine), no failed request;`,
        `${rounds} rounds of ${seconds} s a side in turn, after a warm-up.`,
      ],
      ratios: [
        { name: 'the same page again', reference, figure: ratioOf(render, constant), target: { is: 'at least', value: 0.6 } },
        { name: 'one photo is new each time', reference, figure: ratioOf(oneNew, constant) },
        { name: 'all 100 are new each time', reference, figure: ratioOf(allNew, constant) },
      ],
      lines: [
        { name: 'constant', unit: 'answers/s', figure: figureOf(constant) },
        { name: 'the same page again', unit: 'answers/s', figure: figureOf(render) },
        { name: 'one photo is new each time', unit: 'answers/s', figure: figureOf(oneNew) },
        { name: 'all 100 are new each time', unit: 'answers/s', figure: figureOf(allNew) },
      ],
      versions: { workerd: workerdVersion(), wrangler: versionOf('wrangler') },
    };
  });
}
