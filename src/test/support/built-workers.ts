import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { WORKER_SOURCES } from '../../cli/local/worker-configs.ts';
import { root, tool } from './processes.ts';

/**
 * Bundles every Worker as a deployment would, for all platforms of a run.
 * @throws Error with wrangler's words
 */
export async function buildWorkers(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  for (const source of WORKER_SOURCES) {
    const file = path.join(root, source);
    const { name } = parse(readFileSync(file, 'utf8'));
    const args = ['deploy', '--dry-run', '--outdir', path.join(draft, String(name)), '--config', file];
    const done = await tool('wrangler/bin/wrangler.js', args, { env: { CLOUDFLARE_CF_FETCH_ENABLED: 'false' } });
    if (done.code !== 0) throw new Error(done.output.slice(-2000));
  }
  // Under another name until it is complete, so that nobody starts half of one.
  renameSync(draft, folder);
}
