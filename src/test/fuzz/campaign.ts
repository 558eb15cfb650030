import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PROGRESS, type Finding, type LaneJob, type LaneMessage } from './lane-messages.ts';

export interface Campaign {
  decoder: string;
  inputs: number;
  seed: number;
  lanes: number;
}

export interface CampaignReport extends Campaign {
  done: number;
  read: number;
  seconds: number;
  peakBytes: number;
  slowest: { input: number; ms: number };
  findings: Finding[];
}

const LANE = new URL('lane.ts', import.meta.url);
const WASM_IMPORTS = new URL('../support/wasm-imports.ts', import.meta.url).href;
/** An input that has not come back after this is hung; its thread is ended, since nothing else ends a loop. */
const HANG_MS = 20_000;
const LOOK_MS = 250;
const FINDINGS_MAX = 50;
/** A thread makes its seed files and modules first, which may take longer than any input. */
const NOT_BEGUN = -1;

/** Feeds mutants to one decoder, a thread a lane, and survives whatever they do. */
export async function runCampaign(campaign: Campaign): Promise<CampaignReport> {
  const started = performance.now();
  const report: CampaignReport = {
    ...campaign,
    done: 0,
    read: 0,
    seconds: 0,
    peakBytes: 0,
    slowest: { input: 0, ms: 0 },
    findings: [],
  };
  await Promise.all(Array.from({ length: campaign.lanes }, (_none, lane) => runLane(campaign, lane, report)));
  report.seconds = (performance.now() - started) / 1000;
  return report;
}

async function runLane(campaign: Campaign, lane: number, report: CampaignReport): Promise<void> {
  let first = lane;
  while (first < campaign.inputs && report.findings.length < FINDINGS_MAX) {
    const progress = new SharedArrayBuffer(PROGRESS.length * 4);
    new Int32Array(progress)[PROGRESS.input] = NOT_BEGUN;
    const { decoder, seed, lanes: step, inputs: end } = campaign;
    const hung = await watch({ decoder, seed, first, step, end, progress }, report);
    const [, done = 0, read = 0] = new Int32Array(progress);
    report.done += done;
    report.read += read;
    if (hung === undefined) return;
    first = hung + step;
  }
}

/** @returns the input at which the lane hung or died, after which another one goes on; undefined at the end */
async function watch(job: LaneJob, report: CampaignReport): Promise<number | undefined> {
  // What libraries print about a damaged file is taken, and not shown.
  const options = { stdout: true, stderr: true, execArgv: ['--import', WASM_IMPORTS] };
  const thread = new Worker(LANE, { workerData: job, ...options });
  thread.stdout.resume();
  thread.stderr.resume();
  const progress = new Int32Array(job.progress);
  const inputs = Math.ceil((job.end - job.first) / job.step);
  let end: 'done' | 'died' | undefined;
  let cause = '';
  thread.on('message', (message: LaneMessage) => take(message, report));
  thread.on(
    'error',
    (error: unknown) => (cause = error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  thread.on('exit', (code) => (end = code === 0 ? 'done' : 'died'));
  let seen = -1;
  let since = performance.now();
  while (end === undefined) {
    await sleep(LOOK_MS);
    const done = Atomics.load(progress, PROGRESS.done);
    const isBusy = Atomics.load(progress, PROGRESS.input) !== NOT_BEGUN && done < inputs;
    if (done !== seen || !isBusy) since = performance.now();
    seen = done;
    if (performance.now() - since < HANG_MS && report.findings.length < FINDINGS_MAX) continue;
    await thread.terminate();
    const input = Atomics.load(progress, PROGRESS.input);
    if (report.findings.length < FINDINGS_MAX) report.findings.push({ kind: 'hang', input, what: `${HANG_MS} ms` });
    return input;
  }
  if (end === 'done') return undefined;
  const input = Atomics.load(progress, PROGRESS.input);
  report.findings.push({ kind: 'crash', input, what: cause });
  return input;
}

function take(message: LaneMessage, report: CampaignReport): void {
  if ('finding' in message) {
    report.findings.push(message.finding);
    return;
  }
  report.peakBytes = Math.max(report.peakBytes, message.peakBytes);
  if (message.slowest.ms > report.slowest.ms) report.slowest = message.slowest;
}
