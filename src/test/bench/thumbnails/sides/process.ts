// A process of one side: makes the photos that it is told to, one at a time, and says what each has cost.
import { readFile } from 'node:fs/promises';
import type { Job, Measured, Side, SideName } from './side.ts';

const SIDE: Record<SideName, () => Promise<Side>> = {
  ours: async () => (await import('./ours.ts')).makeWithOurs,
  sharp: async () => (await import('./sharp.ts')).makeWithSharp,
  plain: async () => (await import('./plain.ts')).makeWithPlain,
};

const make = await SIDE[process.argv[2] as SideName]();
const MICRO = 1_000;

/** @returns milliseconds of all threads, user and system */
function cpuMs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / MICRO;
}

process.on('message', async (question: Job | 'spent') => {
  if (question === 'spent') {
    process.send?.(cpuMs());
    return;
  }
  try {
    const { file, type } = question;
    const bytes = new Uint8Array(await readFile(file));
    const before = process.cpuUsage();
    const started = performance.now();
    const made = await make(bytes, type);
    const wallMs = performance.now() - started;
    process.send?.({ ...made, wallMs, cpuMs: cpuMs(before) } satisfies Measured);
  } catch (error) {
    process.send?.({ refused: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
});
process.send?.('ready');
