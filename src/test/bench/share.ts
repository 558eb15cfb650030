import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseFreePort } from '../../cli/local/ports.ts';
import { startLocal, type LocalPlatform } from '../../cli/local/start-local.ts';
import { callPlatform } from '../../cli/platform-client.ts';
import { asOperator } from '../support/database.ts';
import { untilDone } from './cleanup.ts';
import { alternate, figureOf, medianOf, ratioOf, timed } from './measure.ts';
import { workerdVersion, type BenchResult } from './report.ts';
import { idOf, insertRows } from './rls-rows.ts';
import { galleryStatements } from './statements.ts';

export interface ShareSize {
  rounds: number;
  /** requests a side and round, one after the other */
  requests: number;
}

const FULL: ShareSize = { rounds: 15, requests: 20 };
const PHOTOS = { tenants: 1, eventsPerTenant: 1, guestsPerEvent: 8, photosPerEvent: 130 };
const GALLERY_PAGE = 100;
const PREFERRED_PORT = 9420;
const WARM_UP_ROUNDS = 2;

/** How much of a gallery's answer is the wait for its one database call. */
export async function benchShare(size: ShareSize = FULL): Promise<BenchResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  const starting = startLocal({ port: await chooseFreePort([PREFERRED_PORT]), dataDir, seed: false });
  const stop = async () => {
    await starting.then(
      (local) => local.stop(),
      () => undefined,
    );
    rmSync(dataDir, { recursive: true, force: true });
  };
  return untilDone(stop, async () => {
    const local = await starting;
    await asOperator(local.databaseUrls.owner, (client) => insertRows(client, PHOTOS));
    return measure(local, size);
  });
}

async function measure(local: LocalPlatform, { rounds, requests }: ShareSize): Promise<BenchResult> {
  const host = `tenant-1.localhost:${local.port}`;
  const page = async () => {
    const answer = await callPlatform(local.port, { method: 'GET', path: '/e/event-1', host });
    if (answer.status !== 200) throw new Error(`The gallery answered ${answer.status}.`);
    return answer.body;
  };
  const empty = () => callPlatform(local.port, { method: 'GET', path: '/healthz', host });
  const read = await databaseCall(local);

  const tiles = (await page()).toString().split('<li class="tile" data-id=').length - 1;
  const found = await read();
  if (tiles !== GALLERY_PAGE || found !== GALLERY_PAGE + 1) {
    throw new Error(`The page shows ${tiles} photos, and its read finds ${found}.`);
  }
  const lane = (ask: () => Promise<unknown>) => async () => {
    const times: number[] = [];
    for (let n = 0; n < requests; n++) times.push(await timed(ask));
    return medianOf(times);
  };
  const lanes = [lane(read), lane(page), lane(empty)];
  await alternate(WARM_UP_ROUNDS, lanes);
  const [call = [], whole = [], hops = []] = await alternate(rounds, lanes);
  return {
    name: 'share',
    input: [
      `GET /e/event-1 with ${GALLERY_PAGE} photos through the whole local platform, uncached, one request at a time;`,
      'its batch read (begin, set_config, event, photos, commit) sent to the same endpoint, headers and statements the same;',
      `${rounds} rounds of ${requests} requests each in turn, a round counts by its median; the endpoint is local, so no distance is in it.`,
    ],
    ratios: [{ name: 'share of the database call', reference: 'the whole page', figure: ratioOf(call, whole) }],
    lines: [
      { name: 'share of the database call', unit: '%', figure: figureOf(ratios(call, whole).map((one) => one * 100)) },
      { name: 'database call', unit: 'ms', figure: figureOf(call) },
      { name: 'whole page', unit: 'ms', figure: figureOf(whole) },
      { name: 'hops alone (/healthz)', unit: 'ms', figure: figureOf(hops) },
    ],
    versions: { workerd: workerdVersion() },
  };
}

const ratios = (above: number[], below: number[]) => above.map((value, n) => value / (below[n] ?? Number.NaN));

/** The call that the Worker makes, as `platform/neon.ts` configures the driver. @returns sends it and counts its photos */
async function databaseCall(local: LocalPlatform): Promise<() => Promise<number>> {
  const { port } = new URL(local.endpointUrl);
  const body = JSON.stringify({ queries: await galleryStatements(idOf('tenant', 1), 'event-1', GALLERY_PAGE) });
  const headers = {
    'neon-connection-string': local.databaseUrls.app,
    'neon-raw-text-output': 'true',
    'neon-array-mode': 'true',
    'neon-batch-isolation-level': 'RepeatableRead',
    'neon-batch-read-only': 'true',
  };
  const call = { method: 'POST', path: '/sql', host: `127.0.0.1:${port}`, headers, body };
  return async () => {
    const answer = await callPlatform(Number(port), call);
    if (answer.status !== 200) throw new Error(`The endpoint answered ${answer.status}.`);
    return answer.json<{ results: { rows: unknown[] }[] }>().results.at(-1)?.rows.length ?? 0;
  };
}
