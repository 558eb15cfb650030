import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf } from '../cpu.ts';
import { medianOf, settle } from '../measure.ts';
import type { Audience } from './audience.ts';
import { sharedNow } from './clock.ts';
import { approvalOf, longApprovalOf } from './frames.ts';
import type { Receipts } from './orders.ts';
import type { House } from './servers.ts';

/** How one side is driven in one round. */
export interface Load {
  sockets: number;
  posts: number;
  /** milliseconds from one post to the next, or longer where a frame has not come to everybody by then */
  intervalMs: number;
}

export interface Measured {
  /** milliseconds from the post to a receipt: half of all receipts of the round were sooner, 99 of 100 */
  median: number;
  p99: number;
  /** the same of 99 of 100 sockets at one post, of all posts the median: what a busy machine changes least */
  typical: number;
  /** processor microseconds of the server, for each receipt */
  cpu: number;
}

/** The room tells how many have come a millisecond a socket later; nothing of that is measured. */
const calm = (sockets: number) => settle().then(() => sleep(sockets));
const PUBLISH_AT_ONCE = 50;
export const STALLED = 10;

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

/**
 * One side in one round: an audience comes, hears every post, and leaves.
 * @param flood when given, some are there before who never read, and were sent so many long frames
 */
export async function measure(
  house: House,
  audience: Audience,
  { sockets, posts, intervalMs }: Load,
  flood: number | null = null,
): Promise<Measured> {
  if (flood !== null) {
    await audience.open(house, STALLED, true);
    await fill(house, flood, longApprovalOf);
  }
  await audience.open(house, sockets);
  await calm(sockets);
  await audience.receipts();
  const before = cpuMsOf([house.pid]);
  const postedAt = await postSteadily(house, audience, posts, intervalMs);
  const used = cpuMsOf([house.pid]) - before;
  const receipts = await audience.receipts();
  await audience.close();
  await settle();
  return figuresOf(receipts, postedAt, used, sockets * posts);
}

/** @throws Error when a receipt is missing */
function figuresOf(receipts: Receipts[], postedAt: Map<number, number>, used: number, expected: number): Measured {
  const posts = Map.groupBy(receipts, ({ seq }) => seq);
  const latencies = [...posts].map(([seq, parts]) =>
    Float64Array.from(parts.flatMap(({ at }) => [...at].map((time) => time - (postedAt.get(seq) ?? Number.NaN)))),
  );
  const all = Float64Array.from(latencies.flatMap((one) => [...one]));
  if (all.length !== expected) throw new Error(`There are ${all.length} receipts instead of ${expected}.`);
  return {
    median: percentile(all, 0.5),
    p99: percentile(all, 0.99),
    typical: medianOf(latencies.map((one) => percentile(one, 0.99))),
    cpu: (used * 1000) / expected,
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
 * @param spread how much of the time that pages come back in they take
 * @returns of the times from an open socket to one that misses nothing, the one that 99 of 100 are below, in ms
 */
export async function catchUp(
  house: House,
  audience: Audience,
  { sockets, posts, intervalMs }: Load,
  spread: number,
): Promise<number> {
  await audience.open(house, sockets);
  await calm(sockets);
  await postSteadily(house, audience, posts, intervalMs);
  let isBack = false;
  const taken = audience.comeBack(spread).finally(() => (isBack = true));
  taken.catch(() => undefined);
  let last = 0;
  while (!isBack) {
    last = await house.post([approvalOf((photos += 1))]);
    await sleep(intervalMs);
  }
  const times = Float64Array.from(await taken);
  // Whoever missed a frame has been lost by now, or never gets the last one.
  await audience.arrived(last);
  await audience.close();
  await settle();
  return percentile(times, 0.99);
}
