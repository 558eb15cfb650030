import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time that processes have used so far, all their threads together: what other programs on
 * the machine do in the meantime hardly changes it.
 * @returns milliseconds; NaN where the system does not say (only Linux does)
 */
export function cpuMsOf(pids: readonly number[]): number {
  try {
    return pids.reduce((sum, pid) => sum + ofProcess(pid), 0);
  } catch {
    return Number.NaN;
  }
}

function ofProcess(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const threads = readdirSync(tasks).map((thread) => readFileSync(`${tasks}/${thread}/schedstat`, 'utf8'));
  return threads.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e6, 0);
}
