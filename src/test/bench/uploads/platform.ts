import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocal, type LocalPlatform } from '../../../cli/local/start-local.ts';
import { asOperator, makeEvent, makeTenant } from '../../support/database.ts';
import { clientFor, type Client } from '../../support/http.ts';
import { freePort } from '../../support/ports.ts';
import { untilDone } from '../cleanup.ts';
import { withWorker } from '../one-worker.ts';

const TENANT = 'bench';
const PREFERRED_PORT = 9520;
const PLAIN = path.join(import.meta.dirname, 'plain/wrangler.toml');

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
export const besidePlain = <T>(work: (port: number) => Promise<T>): Promise<T> =>
  withWorker(PLAIN, PREFERRED_PORT, ({ port }) => work(port));
