import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseFreePort } from '../../../cli/local/ports.ts';
import { signalGroup } from '../../../cli/local/process-tree.ts';
import { startLocal, type LocalPlatform } from '../../../cli/local/start-local.ts';
import { startWorkers } from '../../../cli/local/workers.ts';
import { asOperator, makeEvent, makeTenant } from '../../support/database.ts';
import { clientFor, type Client } from '../../support/http.ts';
import { freePort } from '../../support/ports.ts';
import { untilDone } from '../cleanup.ts';

const TENANT = 'bench';
const PREFERRED_PORT = 9520;

export interface Venue {
  port: number;
  client: Client;
  local: LocalPlatform;
  /** an event that takes photos and publishes them at once. @returns its slug */
  event(): Promise<string>;
}

/** A whole platform with a tenant that has no limits, for `work`; it ends whatever happens. */
export async function atVenue<T>(work: (venue: Venue) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let local: LocalPlatform | undefined;
  const stop = async () => {
    await local?.stop().catch(() => local?.kill());
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return untilDone(stop, async () => {
    const started = await startLocal({ port: await freePort(), dataDir, seed: false, quiet: true });
    local = started;
    const { owner } = started.databaseUrls;
    await makeTenant(owner, TENANT);
    await asOperator(owner, (db) => db.query(`update tenants set plan = 'enterprise' where slug = $1`, [TENANT]));
    return work({
      port: started.port,
      client: clientFor(started.port, `${TENANT}.localhost:${started.port}`),
      local: started,
      event: async () => (await makeEvent(owner, TENANT, { moderation: 'after' })).slug,
    });
  });
}

/** The reference beside it: the same runtime, the same store on the same disk. */
export async function besidePlain<T>(work: (port: number) => Promise<T>): Promise<T> {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let pid: number | undefined;
  const stop = () => {
    // workerd outlives a wrangler that was killed; the group is what counts.
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return untilDone(stop, async () => {
    const port = await chooseFreePort([PREFERRED_PORT]);
    const workers = await startWorkers({
      configs: [path.join(import.meta.dirname, 'plain/wrangler.toml')],
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
  });
}
