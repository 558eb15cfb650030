import { readFileSync, writeFileSync } from 'node:fs';
import { commandLine, descendants } from '../../cli/local/process-tree.ts';

/** What the processes of Cloudflare's runtime have in memory, together, in bytes. */
export interface RuntimeMemory {
  now: number;
  /** since `forgetPeak` */
  peak: number;
}

const runtimes = (roots: readonly number[]): number[] =>
  descendants(roots).filter((pid) => /(^|\/)workerd(\.exe)? /.test(commandLine(pid)));

/** From here on the peak is another one. */
export function forgetPeak(roots: readonly number[]): void {
  // Resets VmHWM: proc_pid_clear_refs(5).
  for (const pid of runtimes(roots)) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Of the runtimes below these processes; null where the system does not say, which is everywhere but on Linux. */
export function runtimeMemory(roots: readonly number[]): RuntimeMemory | null {
  if (process.platform !== 'linux') return null;
  const found = runtimes(roots).map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (found.length === 0) return null;
  const sum = (field: string) =>
    found.reduce(
      (all, text) => all + 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0),
      0,
    );
  return { now: sum('VmRSS'), peak: sum('VmHWM') };
}
