// One thread of a fuzz run: makes every n-th mutant, feeds it to the decoder and says what it has seen.
import { parentPort, workerData } from 'node:worker_threads';
import { PROGRESS, type Finding, type LaneJob, type LaneMessage } from './lane-messages.ts';
import { mutator } from './mutations.ts';
import { TARGETS } from './targets.ts';
import type { Outcome, Target } from './target.ts';

const REPORT_EVERY = 2_000;
const TRIES_OF_A_SLOW_ONE = 3;

async function timed(target: Target, bytes: Uint8Array): Promise<{ outcome: Outcome; ms: number }> {
  const started = performance.now();
  const answer = target.run(bytes);
  // Not every decoder waits for something; those that do not are not made to.
  const outcome = typeof answer === 'string' ? answer : await answer;
  return { outcome, ms: performance.now() - started };
}

async function work(job: LaneJob): Promise<void> {
  const target = await TARGETS[job.decoder]!();
  const make = mutator(await target.seeds(), target.walk, job.seed);
  const progress = new Int32Array(job.progress);
  const send = (message: LaneMessage) => parentPort?.postMessage(message);
  const report = (kind: Finding['kind'], input: number, what: string) => send({ finding: { kind, input, what } });
  let slowest = { input: job.first, ms: 0 };
  let peakBytes = 0;
  let turns = 0;
  for (let input = job.first; input < job.end; input += job.step) {
    Atomics.store(progress, PROGRESS.input, input);
    const { bytes } = make(input);
    try {
      const first = await timed(target, bytes);
      let ms = first.ms;
      // Another program may have had the processor: what is slow is slow every time.
      for (let again = 1; ms > target.maxMs && again < TRIES_OF_A_SLOW_ONE; again += 1) {
        ms = Math.min(ms, (await timed(target, bytes)).ms);
      }
      if (ms > target.maxMs) report('time', input, `${Math.round(ms)} ms`);
      if (ms > slowest.ms) slowest = { input, ms };
      if (first.outcome === 'read') Atomics.add(progress, PROGRESS.read, 1);
    } catch (error) {
      report('crash', input, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const peak = target.peakBytes();
    if (peak > peakBytes) {
      if (peak > target.maxBytes) report('memory', input, `${(peak / 2 ** 20).toFixed(1)} MiB`);
      peakBytes = peak;
    }
    Atomics.add(progress, PROGRESS.done, 1);
    turns += 1;
    if (turns % REPORT_EVERY === 0) send({ slowest, peakBytes });
  }
  send({ slowest, peakBytes });
}

await work(workerData as LaneJob);
