// A process of clients: opens sockets, notes when each frame came to each, and comes back when it is cut off.
import { setTimeout as sleep } from 'node:timers/promises';
import { returnMs } from '../../../../client/shared/backoff-rules.ts';
import { sharedNow } from '../clock.ts';
import { DIALECTS, type Dialect } from '../dialects.ts';
import type { News, Order, Receipts } from '../orders.ts';
import { openClient, type Client } from './client.ts';

/** Handshakes under way at once: more than a server takes in at a time only wait in its queue. */
const AT_ONCE = 50;

let house: { url: string; dialect: Dialect } | undefined;
let readers: Client[] = [];
let stalled: Client[] = [];
let receipts = new Map<number, number[]>();

const say = (news: News) => process.send?.(news);
const onLost = (why: string) => say({ kind: 'lost', why });

function onFrame(seq: number, at: number): void {
  let times = receipts.get(seq);
  if (times === undefined) receipts.set(seq, (times = []));
  if (times.push(at) === readers.length) say({ kind: 'arrived', seq });
}

async function open({ url, dialect: name, count, stalled: isStalled }: Extract<Order, { kind: 'open' }>) {
  const dialect = DIALECTS[name];
  const opened: Client[] = [];
  const line = Array.from({ length: Math.min(AT_ONCE, count) }, async (_none, first) => {
    for (let n = first; n < count; n += AT_ONCE) {
      await new Promise<void>((resolve) => {
        const client = openClient({ url, dialect, since: null, onIn: () => resolve(), onFrame, onLost });
        opened.push(client);
      });
    }
  });
  await Promise.all(line);
  if (!isStalled) {
    house = { url, dialect };
    readers = opened;
    return;
  }
  for (const client of opened) client.stall();
  stalled = opened;
}

/** @returns milliseconds from an open socket to one that has everything, of each client */
async function comeBack(spread: number): Promise<Float64Array> {
  const places = readers.map((client) => client.place());
  for (const client of readers) client.cut();
  const taken = places.map(async (since, n) => {
    await sleep(spread * returnMs(0, Math.random()));
    return new Promise<number>((resolve) => {
      let openedAt = 0;
      let wanted = Number.POSITIVE_INFINITY;
      const url = since === null ? house!.url : `${house!.url}?since=${since.epoch}.${since.seq}`;
      readers[n] = openClient({
        url,
        dialect: house!.dialect,
        since,
        onOpen: () => (openedAt = sharedNow()),
        onIn(seq) {
          wanted = seq;
          if (seq <= (since?.seq ?? 0)) resolve(sharedNow() - openedAt);
        },
        onFrame(seq, at) {
          onFrame(seq, at);
          if (seq === wanted) resolve(at - openedAt);
        },
        onLost,
      });
    });
  });
  return Float64Array.from(await Promise.all(taken));
}

function takeReceipts(): Receipts[] {
  const taken = [...receipts].map(([seq, at]) => ({ seq, at: Float64Array.from(at) }));
  receipts = new Map();
  return taken;
}

function close(): null {
  for (const client of [...readers, ...stalled]) client.cut();
  readers = [];
  stalled = [];
  receipts = new Map();
  return null;
}

async function follow(order: Order): Promise<Receipts[] | Float64Array | null> {
  if (order.kind === 'open') return open(order).then(() => null);
  if (order.kind === 'return') return comeBack(order.spread);
  return order.kind === 'receipts' ? takeReceipts() : close();
}

process.on('message', async (order: Order) => say({ kind: 'done', answer: await follow(order) }));
process.on('disconnect', () => process.exit());
say({ kind: 'done', answer: null });
