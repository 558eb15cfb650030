import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { CommandFailure, sentenceOf } from '../failure.ts';
import { tailLines } from './log-files.ts';
import { postgresBinaries, postgresDataDir, postgresUser } from './postgres-home.ts';
import type { ServerUser } from './postgres-home.ts';
import { commandLine, knownProcess, killTrees, signalGroup, waitUntil } from './process-tree.ts';

export interface PostgresServer {
  port: number;
  pid: number;
  dir: string;
  /** `postgresql://user:password@127.0.0.1:port/database` */
  url(user: string, password: string, database: string): string;
  /** settles when the server has ended, for whatever reason */
  exited: Promise<void>;
  /** fast shutdown: open transactions are rolled back, the data is clean */
  stop(): Promise<void>;
}

export const SUPERUSER = 'postgres';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts a real PostgreSQL on 127.0.0.1, making its data folder first if there is none.
 * Settings are the durable ones: what was committed survives a kill of every process.
 * @throws CommandFailure with the last lines of its log
 */
export async function startPostgres(options: {
  dir: string;
  /** names the folder where `dir` is closed to the server's user */
  instance: string;
  port: number;
  superuserPassword: string;
  logFile: string;
}): Promise<PostgresServer> {
  const user = await postgresUser();
  const binaries = await postgresBinaries(user);
  const dir = postgresDataDir(options.dir, options.instance, user);
  await endLeftover(dir);
  if (!existsSync(path.join(dir, 'PG_VERSION'))) await initialise(dir, binaries.initdb, user, options);

  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    // Statements may hold what guests wrote; the caller gets the error, the log its code.
    log_min_error_statement: 'panic',
    log_statement: 'none',
  };
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(
    binaries.postgres,
    ['-D', dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: '/',
      env: serverEnvironment(),
      ...user,
    },
  );
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const url = (name: string, password: string, database: string): string =>
    `postgresql://${encodeURIComponent(name)}:${encodeURIComponent(password)}@127.0.0.1:${options.port}/${database}`;
  await untilReady(child, exited, url(SUPERUSER, options.superuserPassword, 'postgres'), options.logFile);
  const pid = child.pid ?? 0;
  return { port: options.port, pid, dir, url, exited, stop: () => stopServer(pid) };
}

const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {}),
});

async function initialise(
  dir: string,
  initdb: string,
  user: ServerUser | null,
  options: { superuserPassword: string; logFile: string },
): Promise<void> {
  // Under another name until it is complete: a start that was interrupted must not leave half of one.
  const half = `${dir}.new`;
  await rm(half, { recursive: true, force: true });
  await rm(dir, { recursive: true, force: true });
  await mkdir(path.dirname(dir), { recursive: true });
  await mkdir(half, { mode: 0o700 });
  const passwordFile = `${dir}.password`;
  await writeFile(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
  if (user) for (const file of [half, passwordFile]) await chown(file, user.uid, user.gid);
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    // Sorting must not depend on the machine's locales.
    const args = ['-D', half, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    const child = spawn(initdb, args, { stdio: ['ignore', log, log], cwd: '/', env: serverEnvironment(), ...user });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', reject);
    });
    if (code !== 0)
      throw new CommandFailure(`Postgres could not make its data folder ${dir}: ${tailLines(options.logFile, 3)}`);
    await chmod(half, 0o700);
    await rename(half, dir);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`Postgres could not make its data folder ${dir}: ${sentenceOf(error)}.`, { cause: error });
  } finally {
    closeSync(log);
    await rm(passwordFile, { force: true });
  }
}

/** Ends a server that a killed run left on this folder, and drops a pid file that means nothing any more. */
async function endLeftover(dir: string): Promise<void> {
  const file = path.join(dir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (commandLine(pid).includes(dir)) await stopServer(pid);
  // After a restart of the machine the number may belong to somebody else, and Postgres would refuse.
  await rm(file, { force: true });
}

async function untilReady(child: ChildProcess, exited: Promise<void>, url: string, logFile: string): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await sleep(40)) {
    if (ended) break;
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
    }
  }
  if (child.pid && !ended) await killTrees([knownProcess('postgres', child.pid)]);
  throw new CommandFailure(`Postgres did not start: ${tailLines(logFile, 3)}`);
}

async function stopServer(pid: number): Promise<void> {
  const known = knownProcess('postgres', pid);
  signalGroup(pid, 'SIGINT');
  if (
    !(await waitUntil(
      () => known.identity === '' || knownProcess('', pid).identity !== known.identity,
      STOP_TIMEOUT_MS,
    ))
  ) {
    await killTrees([known]);
  }
}
