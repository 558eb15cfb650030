import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { withDatabase } from '../db/connection.ts';
import { bootstrapDatabase } from '../db/bootstrap.ts';
import { migrate } from '../db/migrate.ts';
import { CommandFailure } from '../failure.ts';
import { MIGRATIONS_DIR, PROJECT_ROOT } from '../project.ts';
import { seedPhotos } from '../seed/photos.ts';
import { seedRows } from '../seed/rows.ts';
import { buildPages } from './build-pages.ts';
import { startCron } from './cron.ts';
import {
  emptyDataDir,
  loadSecrets,
  prepareDataDir,
  readMarker,
  removeState,
  writeMarker,
  writeState,
} from './data-dir.ts';
import type { LocalState, Secrets } from './data-dir.ts';
import { readLocalIndex } from './local-index.ts';
import { tailLines } from './log-files.ts';
import { startMailOutbox } from './mail/outbox.ts';
import { startNeonEndpoint } from './neon/endpoint.ts';
import { chooseFreePort, isPortFree } from './ports.ts';
import { SUPERUSER, startPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';
import { knownProcess } from './process-tree.ts';
import type { OutputLine } from './request-lines.ts';
import { findRunning, endLeftovers } from './running.ts';
import { workerVars } from './worker-vars.ts';
import { writeWorkerConfigs } from './worker-configs.ts';
import { startWorkers } from './workers.ts';

export const DATABASE_NAME = 'momentique';

export interface StartOptions {
  dataDir: string;
  port: number;
  fresh: boolean;
  seed: boolean;
  /** opens the endpoint's `POST /control` */
  testControl: boolean;
  /** variables of the Workers that differ from this machine's usual ones */
  vars: Record<string, string>;
  say: (line: string) => void;
  onWorkerLine: (line: OutputLine) => void;
}

export interface RunningPlatform {
  state: LocalState;
  /** settles with a sentence when a part has ended by itself */
  failed: Promise<string>;
  /** ends every part in reverse order, also when one cannot be ended; may be called twice */
  stop(): Promise<void>;
}

/**
 * Starts every part in order, each after the one it needs: Postgres, roles and migrations, seeded
 * rows, endpoint and outbox, pages, Workers, clock, seeded photos.
 * @throws CommandFailure that names the part; what had started is stopped first.
 */
export async function startPlatform(options: StartOptions): Promise<RunningPlatform> {
  const running = await findRunning(options.dataDir);
  if (running) throw new CommandFailure(`Momentique is already running from ${options.dataDir} at ${running.url}.`);
  // First, since what a killed run has left may hold the port.
  await endLeftovers(options.dataDir);
  if (!(await isPortFree(options.port))) {
    throw new CommandFailure(`Port ${options.port} is busy; stop what uses it or choose another with --port.`);
  }
  if (options.fresh) await emptyDataDir(options.dataDir);
  const dir = await prepareDataDir(options.dataDir);
  const secrets = await loadSecrets(dir);
  const marker = (await readMarker(dir)) ?? { version: 1, seeded: false };

  const undo: (() => Promise<void> | void)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      const problems: unknown[] = [];
      for (const step of undo.reverse()) {
        try {
          await step();
        } catch (error) {
          // A part that is not ended properly, or was gone before, must not keep the others running.
          problems.push(error);
        }
      }
      if (problems.length > 0) throw problems[0];
    })());
  let fail: (sentence: string) => void = () => {};
  const failed = new Promise<string>((resolve) => (fail = resolve));
  const guard = (exited: Promise<void>, name: string, logFile: string): void => {
    void exited.then(() => {
      if (!stopping) fail(`${name} ended by itself: ${tailLines(logFile, 2)}`);
    });
  };

  const url = `http://localhost:${options.port}`;
  const state: LocalState = {
    version: 1,
    ready: false,
    startedAt: new Date().toISOString(),
    url,
    port: options.port,
    endpointUrl: '',
    mailUrl: '',
    postgresPort: await chooseFreePort([options.port + 1]),
    supervisor: knownProcess('supervisor', process.pid),
    processes: [],
  };
  const watchdog = startWatchdog();
  const register = async (name: string, pid: number): Promise<void> => {
    const known = knownProcess(name, pid);
    if (name !== 'watchdog') watchdog.child.stdin?.write(`${JSON.stringify({ watch: known })}\n`);
    state.processes.push(known);
    await writeState(dir, state);
  };
  undo.push(() => watchdog.dismiss());
  undo.push(() => removeState(dir));
  try {
    await register('watchdog', watchdog.child.pid ?? 0);
    const logFile = (name: string): string => path.join(dir.logs, `${name}.log`);
    const postgres = await startPostgres({
      dir: dir.postgres,
      instance: secrets.instance,
      port: state.postgresPort,
      superuserPassword: secrets.superuserPassword,
      logFile: logFile('postgres'),
    });
    undo.push(() => postgres.stop());
    await register('postgres', postgres.pid);
    guard(postgres.exited, 'Postgres', logFile('postgres'));
    if (postgres.dir !== dir.postgres)
      options.say(`Postgres keeps its data in ${postgres.dir}, since its user cannot enter ${dir.root}.`);

    const owner = await prepareDatabase(postgres, secrets, options);
    const endpoint = await startNeonEndpoint({
      port: await chooseFreePort([options.port + 2]),
      target: { host: '127.0.0.1', port: postgres.port },
      testControl: options.testControl,
    });
    undo.push(() => endpoint.close());
    const outbox = await startMailOutbox({
      port: await chooseFreePort([options.port + 3]),
      dir: dir.mail,
      apiKey: secrets.mailApiKey,
    });
    undo.push(() => outbox.close());
    state.endpointUrl = endpoint.url;
    state.mailUrl = outbox.url;
    await writeState(dir, state);

    const built = await buildPages();
    if (built === 'built') options.say('Pages are built.');
    const localIndex = await withDatabase(owner, (client) => readLocalIndex(client, options.port, outbox.url));
    const configs = await writeWorkerConfigs(
      dir.workers,
      workerVars({
        secrets,
        port: options.port,
        endpointPort: endpoint.port,
        mailUrl: outbox.url,
        databaseUrl: postgres.url('momentique_app', secrets.appPassword, DATABASE_NAME),
        localIndex,
        extra: options.vars,
      }),
    );
    const workers = await startWorkers({
      configs,
      port: options.port,
      stateDir: dir.state,
      logFile: logFile('workers'),
      onLine: options.onWorkerLine,
      onSpawn: (pid) => void register('workers', pid),
    });
    undo.push(() => workers.stop());
    guard(workers.exited, 'The Workers', logFile('workers'));
    undo.push(startCron(options.port));

    if (options.seed && !marker.seeded) {
      options.say('Sending the first photos through the platform …');
      const { approved, pending } = await seedPhotos(options.port, true);
      await writeMarker(dir, { ...marker, seeded: true });
      options.say(`Seeded ${approved} published photos and ${pending} that wait.`);
    }
    state.ready = true;
    await writeState(dir, state);
    return { state, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareDatabase(postgres: PostgresServer, secrets: Secrets, options: StartOptions): Promise<string> {
  await bootstrapDatabase(postgres.url(SUPERUSER, secrets.superuserPassword, 'postgres'), {
    database: DATABASE_NAME,
    passwords: { owner: secrets.ownerPassword, app: secrets.appPassword },
    migrationsDir: MIGRATIONS_DIR,
  });
  const owner = postgres.url('momentique_owner', secrets.ownerPassword, DATABASE_NAME);
  await withDatabase(owner, async (client) => {
    const applied = await migrate(client, MIGRATIONS_DIR);
    if (applied.length) options.say(`Applied ${applied.length} migrations.`);
    if (options.seed) await seedRows(client);
  });
  return owner;
}

function startWatchdog(): { child: ChildProcess; dismiss(): Promise<void> } {
  const script = path.join(PROJECT_ROOT, 'src/cli/local/watchdog.ts');
  const child = spawn(
    process.execPath,
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', script],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
    },
  );
  child.unref();
  child.stdin?.on('error', () => undefined);
  return {
    child,
    dismiss: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.ref();
        child.once('exit', () => resolve());
        child.stdin?.end(`${JSON.stringify({ bye: true })}\n`);
      }),
  };
}
