import { spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAIN_SCRIPT } from '../project.ts';
import { dataDirAt, readState } from './data-dir.ts';
import { isRunning, killTrees, waitUntil } from './process-tree.ts';
import { databaseUrls } from './running.ts';

export interface LocalPlatform {
  /** `http://localhost:port`; connect to 127.0.0.1 and name the tenant in `Host` */
  url: string;
  port: number;
  endpointUrl: string;
  mailUrl: string;
  databaseUrls: { owner: string; app: string };
  pids: Record<string, number>;
  /** everything the platform has printed so far */
  output(): string;
  stop(): Promise<void>;
  /** SIGKILL of every process at once, as in a power cut; the data folder stays */
  kill(): Promise<void>;
}

const START_TIMEOUT_MS = 150_000;

/**
 * Runs a whole platform for a test, in processes of its own. It ends with the caller, even when the
 * caller is killed, because it watches a pipe from it.
 * @throws Error with what the platform printed when it does not become ready
 */
export async function startLocal(options: {
  port: number;
  dataDir: string;
  /** default true */
  seed?: boolean;
  fresh?: boolean;
  testControl?: boolean;
  /** Workers' variables that differ from the usual local ones */
  vars?: Record<string, string>;
  /** default true; false copies the platform's output to this process's */
  quiet?: boolean;
}): Promise<LocalPlatform> {
  const args = [
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    MAIN_SCRIPT,
    'local',
    'start',
    '--stop-with-parent',
  ];
  args.push('--port', String(options.port), '--data-dir', options.dataDir);
  if (options.seed === false) args.push('--no-seed');
  if (options.fresh) args.push('--fresh');
  if (options.testControl) args.push('--test-control');
  for (const [name, value] of Object.entries(options.vars ?? {})) args.push('--var', `${name}=${value}`);
  const child = spawn(process.execPath, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      output = (output + piece.toString('utf8')).slice(-200_000);
      if (options.quiet === false) process.stderr.write(piece);
    });
  }
  let ended = false;
  child.once('exit', () => (ended = true));
  const dir = dataDirAt(options.dataDir);
  for (const end = Date.now() + START_TIMEOUT_MS; ; await sleep(50)) {
    const state = await readState(dir);
    if (state?.ready && state.supervisor.pid === child.pid) {
      const all = [state.supervisor, ...state.processes];
      return {
        url: state.url,
        port: state.port,
        endpointUrl: state.endpointUrl,
        mailUrl: state.mailUrl,
        databaseUrls: await databaseUrls(options.dataDir, state),
        pids: Object.fromEntries(all.map((known) => [known.name, known.pid])),
        output: () => output,
        async stop() {
          child.kill('SIGTERM');
          if (!(await waitUntil(() => !all.some(isRunning), 20_000))) {
            await killTrees(all);
            throw new Error(`The local platform did not stop by itself.\n${output.slice(-2000)}`);
          }
        },
        kill: () => killTrees(all),
      };
    }
    if (ended || Date.now() > end) {
      if (!ended) child.kill('SIGTERM');
      throw new Error(`The local platform did not become ready.\n${output.slice(-4000)}`);
    }
  }
}
