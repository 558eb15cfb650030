import { watchFile, statSync, createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { CommandFailure } from '../failure.ts';
import { chooseDataDir, dataDirAt } from '../local/data-dir.ts';
import { tailLines } from '../local/log-files.ts';
import { isRunning } from '../local/process-tree.ts';
import { findRunning, requireRunning, stopRunning } from '../local/running.ts';
import { readLocalIndex } from '../local/local-index.ts';
import type { OutputLine } from '../local/request-lines.ts';
import { databaseUrls } from '../local/running.ts';
import { withDatabase } from '../db/connection.ts';
import { dataDirOption } from './options.ts';

interface StartFlags {
  port: number;
  dataDir?: string;
  fresh?: boolean;
  seed: boolean;
  verbose?: boolean;
  testControl?: boolean;
  stopWithParent?: boolean;
  var: Record<string, string>;
}

export function localCommand(): Command {
  const local = new Command('local').description('the whole platform on this machine');
  local
    .command('start')
    .description('start everything and stay in the foreground until Ctrl-C')
    .option('--port <port>', 'port of the platform', parsePort, 8787)
    .addOption(dataDirOption())
    .option('--fresh', 'delete the data first')
    .option('--no-seed', 'no example data')
    .option('--verbose', 'print everything the Workers say')
    .option('--test-control', 'let tests cut the line to the database')
    .option('--stop-with-parent', 'stop when standard input ends')
    .option('--var <NAME=value>', 'another value for a variable of the Workers', collectVar, {})
    .action(start);
  local
    .command('stop')
    .description('stop the platform that runs from this data folder')
    .addOption(dataDirOption())
    .action(async (flags: { dataDir?: string }) => {
      const state = await requireRunning(chooseDataDir(flags.dataDir));
      await stopRunning(state);
      console.log('Momentique has stopped.');
    });
  local
    .command('status')
    .description('say what runs and where; fails when nothing does')
    .addOption(dataDirOption())
    .option('--json', 'for a machine')
    .action(status);
  local
    .command('logs')
    .description('print the last lines of a log')
    .argument('[name]', 'workers or postgres', 'workers')
    .addOption(dataDirOption())
    .option('--follow', 'go on as more is written')
    .option('--lines <n>', 'how many', parseCount, 50)
    .action(logs);
  return local;
}

async function start(flags: StartFlags): Promise<void> {
  const controller = new AbortController();
  let asked = 0;
  let ready = false;
  const onSignal = (): void => {
    asked += 1;
    // The second time a person means it: the watchdog ends what is left.
    if (asked > 1) process.exit(130);
    console.log('Stopping …');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  if (flags.stopWithParent) {
    process.stdin.on('error', () => undefined);
    process.stdin.on('end', () => asked === 0 && onSignal());
    process.stdin.resume();
  }
  const aborted = new Promise<null>((resolve) => controller.signal.addEventListener('abort', () => resolve(null)));
  // Loaded only here: it brings the whole platform, and the other verbs should answer at once.
  const { startPlatform } = await import('../local/supervisor.ts');
  const starting = startPlatform({
    dataDir: chooseDataDir(flags.dataDir),
    port: flags.port,
    fresh: flags.fresh ?? false,
    seed: flags.seed,
    testControl: flags.testControl ?? false,
    vars: flags.var,
    say: (line) => console.log(line),
    // Until it is ready the platform talks to itself only.
    onWorkerLine: (line) => {
      const verbose = flags.verbose ?? false;
      if (ready || verbose || line.kind === 'problem') printWorkerLine(line, verbose);
    },
  });
  starting.catch(() => undefined);
  const platform = await Promise.race([starting, aborted]);
  if (!platform) {
    // Stopped while starting: the watchdog ends whatever has begun.
    process.exit(130);
  }
  await printReady(chooseDataDir(flags.dataDir));
  ready = true;
  const failure = await Promise.race([platform.failed, aborted]);
  await platform.stop().catch((error: unknown) => {
    // What began it is what a person has to know; the rest follows from it.
    if (failure === null) throw error;
  });
  if (failure !== null) throw new CommandFailure(failure);
  process.exit(0);
}

function printWorkerLine(line: OutputLine, verbose: boolean): void {
  if (line.kind === 'request') console.log(line.text);
  else if (line.kind === 'problem') console.error(line.text);
  else if (verbose) console.log(line.text);
}

async function printReady(dataDir: string): Promise<void> {
  const state = await requireRunning(dataDir);
  const { owner } = await databaseUrls(dataDir, state);
  const index = await withDatabase(owner, (client) => readLocalIndex(client, state.port, state.mailUrl));
  const lines = ['', 'Momentique is ready', '', `  everything   ${state.url}/`];
  for (const tenant of index.tenants.filter((one) => one.status === 'active')) {
    lines.push(`  ${tenant.name.padEnd(12)} ${tenant.url}`);
    for (const event of tenant.events)
      lines.push(`${' '.repeat(15)}${event.url}${event.pin ? `  (PIN ${event.pin})` : ''}`);
  }
  lines.push(`  outbox       ${state.mailUrl}/`);
  const [owner1] = index.signIns;
  if (owner1) lines.push('', `  sign in      ${owner1.where}`, `               ${owner1.email} / ${owner1.password}`);
  lines.push('', '  Ctrl-C stops everything.', '');
  console.log(lines.join('\n'));
}

async function status(flags: { dataDir?: string; json?: boolean }): Promise<void> {
  const dataDir = chooseDataDir(flags.dataDir);
  const state = await findRunning(dataDir);
  const parts = Object.fromEntries((state?.processes ?? []).map((known) => [known.name, isRunning(known)]));
  const report = {
    running: state !== null,
    ready: state?.ready ?? false,
    dataDir,
    url: state?.url ?? null,
    mail: state?.mailUrl ?? null,
    endpoint: state?.endpointUrl ?? null,
    startedAt: state?.startedAt ?? null,
    parts,
  };
  if (flags.json) console.log(JSON.stringify(report));
  else if (state) {
    console.log(`Momentique ${state.ready ? 'is ready' : 'is starting'} at ${state.url} (since ${state.startedAt}).`);
    for (const [name, alive] of Object.entries(parts))
      console.log(`  ${name.padEnd(10)} ${alive ? 'runs' : 'has ended'}`);
  }
  if (!state) {
    if (flags.json) process.exitCode = 1;
    else throw new CommandFailure(`No local platform is running from ${dataDir}.`);
  }
}

async function logs(name: string, flags: { dataDir?: string; follow?: boolean; lines: number }): Promise<void> {
  const dir = dataDirAt(chooseDataDir(flags.dataDir));
  const known = (await readdir(dir.logs).catch(() => []))
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -4));
  if (!known.includes(name))
    throw new CommandFailure(
      known.length ? `There is no log ${name}; there are ${known.join(', ')}.` : `There are no logs in ${dir.logs}.`,
    );
  const file = path.join(dir.logs, `${name}.log`);
  const tail = tailLines(file, flags.lines);
  if (tail) console.log(tail);
  if (!flags.follow) return;
  let offset = statSync(file).size;
  watchFile(file, { interval: 300 }, ({ size }) => {
    if (size < offset) offset = 0;
    if (size > offset) createReadStream(file, { start: offset, end: size - 1 }).pipe(process.stdout, { end: false });
    offset = size;
  });
  await new Promise(() => {});
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It must be a port from 1 to 65535.');
  return port;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It must be a positive number.');
  return count;
}

function collectVar(text: string, vars: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be NAME=value.');
  return { ...vars, [text.slice(0, at)]: text.slice(at + 1) };
}
