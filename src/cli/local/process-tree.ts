import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process and what tells it from a later one with the same number. */
export interface KnownProcess {
  name: string;
  pid: number;
  identity: string;
}

/** When the process started, in this boot; '' if it is gone or the system does not say. */
export function processIdentity(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may contain anything; field 22 is counted from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return '';
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}.${fields[19]}`;
    }
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

export const knownProcess = (name: string, pid: number): KnownProcess => ({
  name,
  pid,
  identity: processIdentity(pid),
});

/** True while that very process runs, not merely one with its number. */
export function isRunning(known: KnownProcess): boolean {
  if (process.platform === 'win32') {
    try {
      return process.kill(known.pid, 0);
    } catch {
      return false;
    }
  }
  return known.identity !== '' && processIdentity(known.pid) === known.identity;
}

/** The command line of a process, or '' where it is gone or unknown. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

/** Every process below `roots`, children of children too. */
export function descendants(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found: number[] = [];
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      open.push(child);
    }
  }
  return found;
}

function parents(): [pid: number, parent: number][] {
  try {
    if (process.platform === 'linux') {
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name): [number, number][] => {
          try {
            const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
            return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
          } catch {
            return [];
          }
        });
    }
    if (process.platform === 'win32') return [];
    const text = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' });
    return text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}

/** Signals a process and the group it leads. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  signal(-pid, name);
  signal(pid, name);
}

/** Kills processes, their groups and all below them at once, and waits until they are gone. */
export async function killTrees(processes: readonly KnownProcess[], waitMs = 5000): Promise<void> {
  const alive = processes.filter(isRunning);
  // Postgres puts each of its children into a group of its own, so the group alone is not enough.
  const below = descendants(alive.map((known) => known.pid)).map((pid) => knownProcess('', pid));
  for (const known of alive) signalGroup(known.pid, 'SIGKILL');
  for (const known of below) if (isRunning(known)) signal(known.pid, 'SIGKILL');
  await waitUntil(() => ![...alive, ...below].some(isRunning), waitMs);
}

/** Asks `condition` every 25 ms. @returns whether it came true in time. */
export async function waitUntil(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; !condition(); await sleep(25)) if (Date.now() > end) return false;
  return true;
}
