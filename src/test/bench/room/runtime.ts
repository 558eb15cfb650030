import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { parse } from 'smol-toml';
import { chooseFreePort } from '../../../cli/local/ports.ts';
import { PROJECT_ROOT } from '../../../cli/project.ts';

const PREFERRED_PORT = 9440;
const START_TIMEOUT_MS = 20_000;
/** The runtime that wrangler would start, which is no direct dependency. */
const fromWrangler = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));

interface Settings {
  compatibility_date: string;
  compatibility_flags: string[];
  vars: { RELAY_THRESHOLD: string };
}

/** workerd by itself, without the two proxies that wrangler puts before it: one process, SQLite on the disk. */
export async function startRuntime(undo: (stop: () => void) => void): Promise<{ port: number; pid: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  undo(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await chooseFreePort([PREFERRED_PORT]);
  await mkdir(path.join(folder, 'rooms'));
  await writeFile(path.join(folder, 'config.capnp'), await configOf(folder, port));
  const binary = (fromWrangler('workerd') as { default: string }).default;
  const child = spawn(binary, ['serve', path.join(folder, 'config.capnp')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
  undo(() => child.kill('SIGKILL'));
  await listening(port, () => (child.exitCode === null ? null : said));
  return { port, pid: child.pid ?? 0 };
}

/** The Worker bundled by what bundles it for wrangler too, with the room's own settings. */
async function configOf(folder: string, port: number): Promise<string> {
  const settings = parse(
    await readFile(path.join(PROJECT_ROOT, 'workers/room/wrangler.toml'), 'utf8'),
  ) as unknown as Settings;
  await build({
    entryPoints: [path.join(import.meta.dirname, 'worker/index.ts')],
    outfile: path.join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  });
  const flags = settings.compatibility_flags.map((flag) => JSON.stringify(flag)).join(', ');
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "bench", worker = .bench), (name = "rooms", disk = (path = ${JSON.stringify(path.join(folder, 'rooms'))}, writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "bench")]
);
const bench :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = ${JSON.stringify(settings.compatibility_date)},
  compatibilityFlags = [${flags}],
  durableObjectNamespaces = [
    (className = "EventRoom", uniqueKey = "logged", enableSql = true),
    (className = "RelayRoom", uniqueKey = "relays", enableSql = true),
    (className = "UnloggedRoom", uniqueKey = "unlogged", enableSql = true),
    (className = "BareRoom", uniqueKey = "bare", enableSql = true)
  ],
  durableObjectStorage = (localDisk = "rooms"),
  bindings = [
    (name = "ROOMS", durableObjectNamespace = "EventRoom"),
    (name = "RELAYS", durableObjectNamespace = "RelayRoom"),
    (name = "RELAY_THRESHOLD", text = ${JSON.stringify(settings.vars.RELAY_THRESHOLD)}),
    (name = "UNLOGGED_ROOMS", durableObjectNamespace = "UnloggedRoom"),
    (name = "BARE_ROOMS", durableObjectNamespace = "BareRoom")
  ]
);
`;
}

async function listening(port: number, ended: () => string | null): Promise<void> {
  for (const end = Date.now() + START_TIMEOUT_MS; ; await sleep(50)) {
    if (ended() !== null) throw new Error(`workerd ended: ${ended()}`);
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    await answer?.text();
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`workerd did not answer within ${START_TIMEOUT_MS / 1000} s.`);
  }
}
