import path from 'node:path';
import autocannon from 'autocannon';
import { buildPages } from '../../cli/local/build-pages.ts';
import { cpuMsOf } from './cpu.ts';
import { alternate, figureOf, ratioOf, settle } from './measure.ts';
import { withWorker } from './one-worker.ts';
import { versionOf, workerdVersion, type BenchResult } from './report.ts';

export interface RenderSize {
  rounds: number;
  /** rounds before those that count */
  warmUp: number;
  /** seconds a side and round */
  seconds: number;
  connections: number;
}

const FULL: RenderSize = { rounds: 7, warmUp: 1, seconds: 3, connections: 50 };
const PREFERRED_PORT = 9400;
const CONFIG = path.join(import.meta.dirname, 'worker/wrangler.toml');
const SIDES = ['/constant', '/render', '/one-new', '/all-new'] as const;
const NAMES = ['constant', 'the same page again', 'one photo is new each time', 'all 100 are new each time'] as const;

interface Load {
  /** answers a second */
  rate: number;
  /** processor milliseconds an answer, by process */
  cpu: number[];
}

/** @throws Error when a single answer was not a 200 */
async function load(url: string, connections: number, duration: number, processes: number[]): Promise<Load> {
  const used = () => processes.map((pid) => cpuMsOf([pid]));
  const before = used();
  const result = await autocannon({ url, connections, duration, timeout: 20 });
  const { total } = result.requests;
  const failed = result.errors + result.timeouts + result.mismatches + result.non2xx;
  if (failed > 0 || total === 0) throw new Error(`${url}: ${failed} of ${total} requests failed.`);
  const cpu = used().map((after, n) => (after - (before[n] ?? Number.NaN)) / total);
  await settle();
  return { rate: total / result.duration, cpu };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

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
  const { rounds, warmUp, seconds, connections } = size;
  await buildPages();
  return withWorker(CONFIG, PREFERRED_PORT, async ({ port, processes: now }) => {
    const processes = now();
    const bytes = await compare(port);
    const runs = SIDES.map((): Load[] => []);
    const lanes = SIDES.map((side, n) => async (round: number) => {
      const one = await load(`http://127.0.0.1:${port}${side}`, connections, seconds, processes);
      if (round >= warmUp) runs[n]?.push(one);
      return one.rate;
    });
    await alternate(warmUp + rounds, lanes);

    // The Worker's own process is the one that the most expensive side keeps busiest; the others are hops.
    const extra = processes.map((_pid, n) => {
      const used = (side: Load[] | undefined) => sum((side ?? []).map((run) => run.cpu[n] ?? 0));
      return used(runs.at(-1)) - used(runs[0]);
    });
    const own = extra.indexOf(Math.max(...extra));
    const [rates, hops, alone] = [
      (run: Load) => run.rate,
      (run: Load) => 1 / sum(run.cpu),
      (run: Load) => 1 / (run.cpu[own] ?? Number.NaN),
    ].map((value) => runs.map((side) => side.map(value)));
    const against = (values: number[][] | undefined, side: number) => ratioOf(values?.[side] ?? [], values?.[0] ?? []);
    const reference = `a constant body of ${bytes} bytes with the same headers, same Worker, same hops`;
    return {
      name: 'render',
      input: [
        `the page of 100 photos, ${bytes} bytes: renderGallery, ETag, security headers; nothing cached in front;`,
        `wrangler dev, ${connections} connections (autocannon, same machine), no failed request;`,
        `${rounds} rounds of ${seconds} s a side in turn, after ${warmUp} to warm up.`,
      ],
      ratios: [
        { name: NAMES[1], reference, figure: against(rates, 1), target: { is: 'at least', value: 0.6 } },
        { name: NAMES[2], reference, figure: against(rates, 2) },
        { name: NAMES[3], reference, figure: against(rates, 3) },
        { name: 'by processor time, hops included', reference, figure: against(hops, 1) },
        { name: 'by processor time, the runtime without its hops', reference, figure: against(alone, 1) },
      ],
      lines: SIDES.flatMap((_side, n) => [
        { name: NAMES[n] ?? '', unit: 'answers/s', figure: figureOf(rates?.[n] ?? []) },
        {
          name: `${NAMES[n]}, processor`,
          unit: 'ms an answer, hops included',
          figure: figureOf((hops?.[n] ?? []).map((value) => 1 / value)),
        },
      ]),
      versions: { workerd: workerdVersion(), wrangler: versionOf('wrangler') },
    };
  });
}
