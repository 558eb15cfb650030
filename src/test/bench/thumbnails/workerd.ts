import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseFreePort } from '../../../cli/local/ports.ts';
import { descendants, signalGroup } from '../../../cli/local/process-tree.ts';
import { startWorkers } from '../../../cli/local/workers.ts';
import { cpuMsOf } from '../cpu.ts';
import type { Job, Made, Measured } from './sides/side.ts';

const CONFIG = path.join(import.meta.dirname, 'sides/worker/wrangler.toml');
const PREFERRED_PORT = 9480;

/** The same pipeline in the Workers runtime. Its processor time has the hop in it that brings the photo. */
export async function startWorkerd(): Promise<{ measure(job: Job): Promise<Measured>; stop(): Promise<void> }> {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'momentique-bench-'));
  let pid: number | undefined;
  const port = await chooseFreePort([PREFERRED_PORT]);
  const workers = await startWorkers({
    configs: [CONFIG],
    port,
    stateDir,
    logFile: path.join(stateDir, 'workers.log'),
    onLine: () => undefined,
    onSpawn: (started) => (pid = started),
  });
  return {
    async measure({ file, type }) {
      const bytes = await readFile(file);
      // wrangler starts another runtime when a file of the Worker has changed.
      const processes = [workers.pid, ...descendants([workers.pid])];
      const before = cpuMsOf(processes);
      const started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: bytes,
      });
      if (!answer.ok) throw new Error(`The runtime answered ${answer.status} to ${file}.`);
      const made = (await answer.json()) as Made;
      return { ...made, wallMs: performance.now() - started, cpuMs: cpuMsOf(processes) - before };
    },
    async stop() {
      await workers.stop();
      // workerd outlives a wrangler that was killed; the group is what counts.
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
      rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
