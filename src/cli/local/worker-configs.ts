import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parse } from 'smol-toml';
import { PROJECT_ROOT } from '../project.ts';

/** The gateway first: it alone has the public port. */
export const WORKER_SOURCES = [
  'wrangler.toml',
  'workers/thumbnailer/wrangler.toml',
  'workers/courier/wrangler.toml',
  'workers/room/wrangler.toml',
  'workers/uploads/wrangler.toml',
];

/**
 * Names a folder with a folder for each Worker as `wrangler deploy --dry-run --outdir` writes it: whoever runs many
 * platforms bundles once, and no bundler looks for changes beside them.
 */
export const BUILT_WORKERS = 'MOMENTIQUE_BUILT_WORKERS';

type Table = Record<string, unknown>;

/**
 * Writes a configuration per Worker for this run: the committed one with absolute paths and this
 * platform's variables. With `[secrets]`, wrangler drops every variable that the file does not name,
 * and secrets on a command line could be read by others, so both stand in these files (mode 0600).
 * @returns their paths, the gateway's first
 */
export async function writeWorkerConfigs(
  dir: string,
  vars: Record<string, string>,
  sources = WORKER_SOURCES,
  root = PROJECT_ROOT,
): Promise<string[]> {
  const written: string[] = [];
  for (const source of sources) {
    const file = path.join(root, source);
    const built = process.env[BUILT_WORKERS];
    const local = localConfig(parse(await readFile(file, 'utf8')) as Table, path.dirname(file), vars);
    const config = built ? bundledConfig(local, built) : local;
    const target = path.join(dir, String(config['name']), 'wrangler.json');
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, JSON.stringify(config, null, 2), { mode: 0o600 });
    written.push(target);
  }
  return written;
}

/** Pure: one Worker's committed configuration as it runs here. `home` is the folder its paths start from. */
export function localConfig(config: Table, home: string, vars: Record<string, string>): Table {
  const { secrets: _secrets, env: _environments, ...rest } = config;
  const local: Table = { ...rest, vars: { ...(config['vars'] as Table | undefined), ...vars } };
  for (const key of ['main', 'tsconfig', 'base_dir']) {
    if (typeof local[key] === 'string') local[key] = path.resolve(home, local[key]);
  }
  const assets = local['assets'] as Table | undefined;
  if (typeof assets?.['directory'] === 'string')
    local['assets'] = { ...assets, directory: path.resolve(home, assets['directory']) };
  // The local runtime has no jurisdictions; JURISDICTIONS=off makes the Workers use the plain bucket.
  const buckets = local['r2_buckets'] as Table[] | undefined;
  if (buckets) local['r2_buckets'] = buckets.map(({ jurisdiction: _jurisdiction, ...bucket }) => bucket);
  return local;
}

/** Pure: the same Worker as it has been bundled into `folder`. */
export function bundledConfig(config: Table, folder: string): Table {
  const { tsconfig: _tsconfig, base_dir: _baseDir, ...rest } = config;
  return { ...rest, main: path.join(folder, String(config['name']), 'index.js'), no_bundle: true };
}
