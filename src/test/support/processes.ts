import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const root = path.resolve(import.meta.dirname, '../../..');

export interface Finished {
  code: number;
  output: string;
  /** Wall-clock milliseconds. */
  ms: number;
}

const quiet = {
  NO_COLOR: '1',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG_PATH: path.join(root, '.wrangler/logs'),
};

const groups = new Set<number>();

/** Ends every process group that `run` started and that still lives. */
export function killGroups(signal: NodeJS.Signals = 'SIGKILL'): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Runs a command in a process group of its own, because SIGKILL on wrangler alone orphans its runtimes.
 * @param options.live copies the output to ours while it runs
 * @returns exit code (1 when killed, 124 when out of time) and everything that it printed
 */
export function run(
  command: string,
  args: string[],
  options: { timeoutMs?: number; live?: boolean; env?: Record<string, string>; cwd?: string } = {},
): Promise<Finished> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...quiet, ...options.env },
    });
    if (child.pid !== undefined) groups.add(child.pid);
    let output = '';
    let late = false;
    const take = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString();
      if (options.live) stream.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, options.timeoutMs ?? 600_000);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${command}: ${error.message}`, ms: performance.now() - started });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) output += `\nStopped after ${(options.timeoutMs ?? 600_000) / 1000} s.`;
      resolve({
        code: late ? 124 : (code ?? 1),
        output: stripVTControlCharacters(output),
        ms: performance.now() - started,
      });
    });
  });
}

/** Runs a program from node_modules on the Node that runs us. */
export function tool(script: string, args: string[], options?: Parameters<typeof run>[2]): Promise<Finished> {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...args], options);
}

export interface Leftover {
  pid: number;
  command: string;
}

const HEAVY = /\b(?:workerd|postgres|wrangler|chromium|chrome|headless_shell|vite|vitest)\b/;

/**
 * Processes of a test run that still live, whoever their parent is now: those with the run's mark in
 * their environment, and those whose command names the run's folder, since servers are often started
 * with a clean environment. Linux only; elsewhere none are found.
 */
export function leftovers(mark: string, folder: string): Leftover[] {
  if (process.platform !== 'linux') return [];
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8').replaceAll('\0', ' ');
    } catch {
      // It ended meanwhile, or belongs to somebody else.
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = read(`/proc/${name}/cmdline`).trim();
      const ours = command.includes(folder) || (HEAVY.test(command) && read(`/proc/${name}/environ`).includes(mark));
      return ours ? [{ pid: Number(name), command: command.slice(0, 120) }] : [];
    });
}
