import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cpuMsOf } from '../cpu.ts';
import { prepareWorker } from '../one-worker.ts';
import type { Job, Made, Measured } from './sides/side.ts';

const CONFIG = path.join(import.meta.dirname, 'sides/worker/wrangler.toml');
const PREFERRED_PORT = 9480;

/** The same pipeline in the Workers runtime. Its processor time has the hop in it that brings the photo. */
export async function startWorkerd(): Promise<{ measure(job: Job): Promise<Measured>; stop(): Promise<void> }> {
  const prepared = prepareWorker(CONFIG, PREFERRED_PORT);
  const worker = await prepared.start();
  return {
    async measure({ file, type }) {
      const bytes = await readFile(file);
      const processes = worker.processes();
      const before = cpuMsOf(processes);
      const started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${worker.port}/`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: bytes,
      });
      if (!answer.ok) throw new Error(`The runtime answered ${answer.status} to ${file}.`);
      const made = (await answer.json()) as Made;
      return { ...made, wallMs: performance.now() - started, cpuMs: cpuMsOf(processes) - before };
    },
    async stop() {
      await worker.stop();
      prepared.clear();
    },
  };
}
