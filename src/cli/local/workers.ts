import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailure } from '../failure.ts';
import { callPlatform } from '../platform-client.ts';
import { tailLines } from './log-files.ts';
import { knownProcess, killTrees, signalGroup, waitUntil } from './process-tree.ts';
import { readOutputLine } from './request-lines.ts';
import type { OutputLine } from './request-lines.ts';

export interface Workers {
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 4000;

/** Runs every Worker in one wrangler, in a process group of its own; resolves once `/healthz` answers 200. */
export async function startWorkers(options: {
  /** the gateway's first */
  configs: readonly string[];
  port: number;
  /** where R2, rooms and caches persist */
  stateDir: string;
  logFile: string;
  onLine: (line: OutputLine) => void;
  /** called as soon as there is a process, so that whoever watches can end it */
  onSpawn: (pid: number) => void;
}): Promise<Workers> {
  const wrangler = path.join(
    path.dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
    'bin/wrangler.js',
  );
  const cwd = path.dirname(options.configs[0] ?? '.');
  const registry = path.join(options.stateDir, 'registry');
  await mkdir(registry, { recursive: true, mode: 0o700 });
  const args = ['dev', ...options.configs.flatMap((file) => ['-c', file])];
  args.push(
    '--ip',
    '127.0.0.1',
    '--port',
    String(options.port),
    '--inspector-port',
    '0',
    '--persist-to',
    options.stateDir,
  );
  args.push('--show-interactive-dev-session=false', '--log-level', 'log');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', wrangler, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CI: '1',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
      WRANGLER_LOG_PATH: path.join(path.dirname(options.logFile), 'wrangler'),
      WRANGLER_WRITE_LOGS: 'false',
      // Two platforms on one machine must not find each other's Workers.
      WRANGLER_REGISTRY_PATH: registry,
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'false',
      CLOUDFLARE_INCLUDE_PROCESS_ENV: 'false',
      X_LOCAL_OBSERVABILITY: 'false',
      X_LOCAL_EXPLORER: 'false',
    },
  });
  const pid = child.pid;
  if (pid === undefined) throw new CommandFailure('wrangler could not be started.');
  options.onSpawn(pid);
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (raw) => {
      const line = readOutputLine(raw);
      if (!line) return;
      log.write(`${new Date().toISOString()} ${line.text}\n`);
      options.onLine(line);
    });
  }
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      log.end();
      resolve();
    });
  });
  const known = knownProcess('workers', pid);
  const stop = async (): Promise<void> => {
    signalGroup(pid, 'SIGTERM');
    if (!(await waitUntil(() => ended, STOP_TIMEOUT_MS))) await killTrees([known]);
    // workerd outlives a wrangler that was killed; the group is what counts.
    signalGroup(pid, 'SIGKILL');
  };
  for (const end = Date.now() + START_TIMEOUT_MS; ; await sleep(100)) {
    if (ended) throw new CommandFailure(`The Workers did not start: ${lastProblem(options.logFile)}`);
    if (await healthy(options.port)) return { pid, exited, stop };
    if (Date.now() > end) {
      await stop();
      throw new CommandFailure(
        `The Workers did not answer within ${START_TIMEOUT_MS / 1000} s: ${lastProblem(options.logFile)}`,
      );
    }
  }
}

async function healthy(port: number): Promise<boolean> {
  try {
    const { status } = await callPlatform(port, {
      method: 'GET',
      path: '/healthz',
      host: `localhost:${port}`,
      timeoutMs: 5000,
    });
    return status === 200;
  } catch {
    return false;
  }
}

function lastProblem(logFile: string): string {
  const lines = tailLines(logFile, 40).split('\n');
  const at = lines.findLastIndex((line) => /ERROR|Error|✘/.test(line));
  return (at >= 0 ? lines.slice(at, at + 3) : lines.slice(-3)).join(' ').trim();
}
