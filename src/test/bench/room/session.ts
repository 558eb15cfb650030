import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf } from '../cpu.ts';
import type { Audience } from './audience.ts';
import { sharedNow } from './clock.ts';
import { approvalOf, longApprovalOf } from './frames.ts';
import type { House } from './servers.ts';

/** How one side is driven in one round. */
export interface Load {
  sockets: number;
  posts: number;
  /** milliseconds from one post to the next, or longer where a frame has not come to everybody by then */
  intervalMs: number;
}

export interface Measured {
  /** milliseconds from the post to a receipt: half of all receipts were sooner, 99 of 100 */
  median: number;
  p99: number;
  /** processor microseconds of the server, for each receipt */
  cpu: number;
}

/** What the runtime and the room do after people came and went: the number of viewers is told a millisecond a socket later. */
const calmMs = (sockets: number) => 300 + sockets;
const PUBLISH_AT_ONCE = 50;
export const STALLED = 10;
/** Fewer than the room sends on trust, and more bytes than lie between it and who does not read. */
const FLOOD = 930;

/** Every photo is published once, to whomever: the rooms of a run never see one again. */
let photos = 0;

function percentile(values: Float64Array, share: number): number {
  return values.toSorted()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** Posts frames into a house without an audience, so that its log is as full as it gets. */
export async function fill(house: House, count: number, make = approvalOf): Promise<void> {
  for (let done = 0; done < count; done += PUBLISH_AT_ONCE) {
    const batch = Math.min(PUBLISH_AT_ONCE, count - done);
    await house.post(Array.from({ length: batch }, () => make((photos += 1))));
  }
}

/** One side in one round: an audience comes, hears every post, and leaves. */
export async function measure(
  house: House,
  audience: Audience,
  { sockets, posts, intervalMs }: Load,
  withStalled = false,
): Promise<Measured> {
  if (withStalled) {
    await audience.open(house, STALLED, true);
    await fill(house, FLOOD, longApprovalOf);
  }
  await audience.open(house, sockets);
  await sleep(calmMs(sockets));
  await audience.receipts();
  const before = cpuMsOf([house.pid]);
  const postedAt = await postSteadily(house, audience, posts, intervalMs);
  const used = cpuMsOf([house.pid]) - before;
  const receipts = await audience.receipts();
  await audience.close();
  await sleep(calmMs(0));
  const latencies = Float64Array.from(
    receipts.flatMap(({ seq, at }) => [...at].map((time) => time - (postedAt.get(seq) ?? Number.NaN))),
  );
  if (latencies.length !== sockets * posts) {
    throw new Error(`${latencies.length} receipts of ${sockets * posts} at ${house.url}.`);
  }
  return {
    median: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpu: (used * 1000) / latencies.length,
  };
}

/** @returns when each frame was posted, by its number */
async function postSteadily(house: House, audience: Audience, posts: number, intervalMs: number) {
  const postedAt = new Map<number, number>();
  for (let n = 0; n < posts; n += 1) {
    const messages = [approvalOf((photos += 1))];
    const at = sharedNow();
    const seq = await house.post(messages);
    postedAt.set(seq, at);
    await audience.arrived(seq);
    await sleep(Math.max(0, at + intervalMs - sharedNow()));
  }
  return postedAt;
}

/**
 * All sockets are cut at once while frames go on coming, and come back as pages do.
 * @returns of the times from an open socket to one that misses nothing, the one that 99 of 100 are below, in ms
 */
export async function catchUp(house: House, audience: Audience, { sockets, posts, intervalMs }: Load): Promise<number> {
  await audience.open(house, sockets);
  await sleep(calmMs(sockets));
  await postSteadily(house, audience, posts, intervalMs);
  let isBack = false;
  const taken = audience.comeBack().finally(() => (isBack = true));
  let last = 0;
  while (!isBack) {
    last = await house.post([approvalOf((photos += 1))]);
    await sleep(intervalMs);
  }
  const times = Float64Array.from(await taken);
  // Whoever missed a frame has been lost by now, or never gets the last one.
  await audience.arrived(last);
  await audience.close();
  await sleep(calmMs(0));
  return percentile(times, 0.99);
}
