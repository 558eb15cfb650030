import { describe, expect, it, vi } from 'vitest';
import { PING_FRAME, PONG_FRAME } from '../../contract/live-constants.ts';
import { backoffMs } from './backoff-rules.ts';
import { connectLive, type LiveOptions, type LiveState } from './live-connection.ts';
import type { LiveFrame, Position } from './live-frames.ts';
import { createClock, createNetwork } from './test-support/live-harness.ts';

const removed = (seq: number) => ({ v: 1, type: 'photo.removed', seq, id: `p${seq}` });
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function setup(overrides: Partial<LiveOptions> = {}) {
  const clock = createClock();
  const network = createNetwork();
  const frames: LiveFrame[] = [];
  const states: LiveState[] = [];
  const resets: { url: string; position: Position }[] = [];
  let tickets = 0;
  let wake = () => {};
  const stopWaking = vi.fn();
  const connection = connectLive({
    ticket: async () => `t${(tickets += 1)}`,
    url: (ticket, since) => `wss://x/live?ticket=${ticket}${since ? `&since=${since.epoch}.${since.seq}` : ''}`,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    onReset: (url, position) => {
      resets.push({ url, position });
    },
    random: () => 0.5,
    now: clock.now,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    WebSocket: network.WebSocket,
    onWake: (callback) => {
      wake = callback;
      return stopWaking;
    },
    ...overrides,
  });
  await clock.settle();
  const seqs = () => frames.flatMap((frame) => (frame.type !== 'hello' && 'seq' in frame ? [frame.seq] : []));
  return {
    clock,
    network,
    connection,
    frames,
    states,
    resets,
    seqs,
    acks: () => network.last().sent.filter((text) => text !== PING_FRAME),
    stopWaking,
    tickets: () => tickets,
    wake: () => wake(),
  };
}

/** Connected, and at frame `seq`. */
async function setupLive(seq = 0, overrides: Partial<LiveOptions> = {}) {
  const page = await setup({ since: { epoch: 'e1', seq }, ...overrides });
  page.network.last().hello(seq);
  return page;
}

describe('connecting', () => {
  it('asks for a ticket, says what it has seen, and is live at hello', async () => {
    const page = await setup({ since: { epoch: 'e1', seq: 7 } });
    expect(page.network.last().url).toBe('wss://x/live?ticket=t1&since=e1.7');
    expect(page.states).toEqual(['connecting']);
    page.network.last().hello(7);
    expect(page.states).toEqual(['connecting', 'live']);
    expect(page.frames.map((frame) => frame.type)).toEqual(['hello']);
  });

  it('begins where hello says when the page knows no position', async () => {
    const page = await setup();
    expect(page.network.last().url).toBe('wss://x/live?ticket=t1');
    expect(page.connection.position()).toBeNull();
    page.network.last().hello(41);
    page.network.last().receive(removed(42));
    expect(page.connection.position()).toEqual({ epoch: 'e1', seq: 42 });
  });

  it('gives up an attempt that nobody answers', async () => {
    const page = await setup();
    const silent = page.network.last();
    await page.clock.advance(15_250);
    expect(silent.isClosed).toBe(true);
    expect(page.network.sockets).toHaveLength(2);
  });

  it('tries again when a ticket cannot be had because the network is down', async () => {
    const page = await setup({ ticket: () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(page.states).toEqual(['connecting', 'offline']);
    await page.clock.advance(300);
    expect(page.states).toEqual(['connecting', 'offline', 'connecting', 'offline']);
  });

  it.each([401, 403, 404])('stops for good when the ticket is refused with %i', async (status) => {
    const ticket = vi.fn(() => Promise.reject(Object.assign(new Error('refused'), { status })));
    const page = await setup({ ticket });
    expect(page.states).toEqual(['connecting', 'refused']);
    page.wake();
    await page.clock.advance(3_600_000);
    expect(ticket).toHaveBeenCalledTimes(1);
    expect(page.clock.pending()).toBe(0);
  });

  it('keeps trying, at ever longer waits, when the ticket answers 503', async () => {
    const ticket = vi.fn(() => Promise.reject(Object.assign(new Error('busy'), { status: 503 })));
    const page = await setup({ ticket });
    await page.clock.advance(60_000);
    expect(ticket.mock.calls.length).toBeGreaterThan(5);
    expect(ticket.mock.calls.length).toBeLessThan(12);
  });
});

describe('order', () => {
  it('hands over each frame once', async () => {
    const page = await setupLive();
    for (const seq of [1, 2, 2, 1, 3]) page.network.last().receive(removed(seq));
    expect(page.seqs()).toEqual([1, 2, 3]);
  });

  it('reconnects with its position when a frame is missing, and takes the replay', async () => {
    const page = await setupLive();
    page.network.last().receive(removed(1));
    page.network.last().receive(removed(3));
    expect(page.seqs()).toEqual([1]);
    await page.clock.advance(250);
    expect(page.network.last().url).toContain('since=e1.1');
    page.network.last().hello(3);
    for (const seq of [2, 3]) page.network.last().receive(removed(seq));
    expect(page.seqs()).toEqual([1, 2, 3]);
  });

  it('passes over unknown types, but not over their place in the order', async () => {
    const page = await setupLive();
    page.network.last().receive({ v: 1, type: 'confetti', seq: 1, items: [] });
    page.network.last().receive({ v: 1, type: 'applause', done: 3 });
    page.network.last().receive({ v: 1, type: 'photo.approved', seq: 2 });
    page.network.last().receive('{ not json');
    page.network.last().receive(removed(3));
    expect(page.seqs()).toEqual([3]);
    expect(page.network.sockets).toHaveLength(1);
  });

  it('hands over frames without a place as they come', async () => {
    const page = await setupLive();
    page.network.last().receive({ v: 1, type: 'photo.status', id: 'p', status: 'approved' });
    page.network.last().receive({ v: 1, type: 'viewers', count: 12 });
    expect(page.frames.map((frame) => frame.type)).toEqual(['hello', 'photo.status', 'viewers']);
  });
});

describe('acknowledging', () => {
  it('acknowledges every 64 frames', async () => {
    const page = await setupLive();
    for (const seq of numbers(1, 130)) page.network.last().receive(removed(seq));
    expect(page.acks()).toEqual(['{"v":1,"type":"ack","seq":64}', '{"v":1,"type":"ack","seq":128}']);
  });

  it('acknowledges a few after at most five seconds, and nothing twice', async () => {
    const page = await setupLive(0, { random: () => 0 });
    page.network.last().receive(removed(1));
    await page.clock.advance(2_000);
    page.network.last().receive(removed(2));
    await page.clock.advance(2_999);
    expect(page.acks()).toEqual([]);
    await page.clock.advance(10_000);
    expect(page.acks()).toEqual(['{"v":1,"type":"ack","seq":2}']);
  });
});

describe('losing the connection', () => {
  it('comes back with a new ticket and its position', async () => {
    const page = await setupLive(5);
    page.network.last().receive(removed(6));
    page.network.last().drop();
    expect(page.states.at(-1)).toBe('offline');
    await page.clock.advance(250);
    expect(page.network.last().url).toBe('wss://x/live?ticket=t2&since=e1.6');
  });

  it('waits up to twice as long each time, at most 30 s, and short again after a good connection', async () => {
    expect(numbers(0, 8).map((attempt) => backoffMs(attempt, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
    expect(backoffMs(1_000_000, 0.999)).toBeLessThan(30_000);
    const page = await setup();
    for (const wait of [250, 500, 1000, 2000]) {
      const opened = page.network.sockets.length;
      page.network.last().drop();
      await page.clock.advance(wait - 1);
      expect(page.network.sockets).toHaveLength(opened);
      await page.clock.advance(1);
      expect(page.network.sockets).toHaveLength(opened + 1);
    }
    page.network.last().hello();
    page.network.last().receive(PONG_FRAME);
    await page.clock.advance(9_000);
    page.network.last().drop();
    await page.clock.advance(3_999);
    expect(page.network.sockets).toHaveLength(5);
    await page.clock.advance(1);
    expect(page.network.sockets).toHaveLength(6);
    page.network.last().hello();
    page.network.last().receive(PONG_FRAME);
    await page.clock.advance(10_000);
    page.network.last().drop();
    await page.clock.advance(250);
    expect(page.network.sockets).toHaveLength(7);
  });

  it('pings at hello and every 25 s, and takes a missing pong for a dead connection', async () => {
    const page = await setupLive();
    const socket = page.network.last();
    for (const count of [1, 2, 3]) {
      expect(socket.sent).toEqual(Array(count).fill(PING_FRAME));
      socket.receive(PONG_FRAME);
      await page.clock.advance(24_999);
      expect(socket.sent).toHaveLength(count);
      await page.clock.advance(1);
    }
    socket.receive(PONG_FRAME);
    await page.clock.advance(25_000 + 9_999);
    expect(socket.isClosed).toBe(false);
    await page.clock.advance(1);
    expect(socket.isClosed).toBe(true);
    expect(page.states.at(-1)).toBe('offline');
  });

  it('asks for a new ticket after 4401, and stops when there is none', async () => {
    let isSignedIn = true;
    const page = await setupLive(0, {
      ticket: () => (isSignedIn ? Promise.resolve('t') : Promise.reject(Object.assign(new Error(), { status: 401 }))),
    });
    isSignedIn = false;
    page.network.last().drop(4401);
    await page.clock.advance(250);
    expect(page.states).toEqual(['connecting', 'live', 'offline', 'connecting', 'refused']);
  });

  it('stops when the room speaks another version', async () => {
    for (const tell of [4400, { v: 2, type: 'hello' }]) {
      const page = await setupLive();
      if (typeof tell === 'number') page.network.last().drop(tell);
      else page.network.last().receive(tell);
      expect(page.states.at(-1)).toBe('refused');
      expect(page.clock.pending()).toBe(0);
    }
  });
});

describe('waking', () => {
  it('tries at once when the network returns, but not more than once a second', async () => {
    const page = await setup();
    page.network.last().drop();
    page.wake();
    page.wake();
    await page.clock.advance(999);
    expect(page.network.sockets).toHaveLength(1);
    await page.clock.advance(1);
    expect(page.network.sockets).toHaveLength(2);
    for (const _ of numbers(1, 6)) {
      page.network.last().drop();
      await page.clock.advance(20_000);
    }
    page.network.last().drop();
    await page.clock.advance(5_000);
    const opened = page.network.sockets.length;
    page.wake();
    await page.clock.advance(0);
    expect(page.network.sockets).toHaveLength(opened + 1);
  });

  it('asks a connection that slept whether it still lives', async () => {
    const page = await setupLive();
    page.network.last().receive(PONG_FRAME);
    page.wake();
    page.wake();
    expect(page.network.last().sent).toEqual([PING_FRAME, PING_FRAME]);
    await page.clock.advance(10_000);
    expect(page.states.at(-1)).toBe('offline');
  });
});

describe('reset', () => {
  const at = { epoch: 'e2', seq: 100 };
  const reset = { v: 1, type: 'reset', ...at, snapshotUrl: '/snapshot' };

  it('lets frames wait until the snapshot is shown, then goes on after it', async () => {
    let finish: (position: Position | void) => void = () => {};
    const page = await setupLive(0, { onReset: () => new Promise((resolve) => (finish = resolve)) });
    const socket = page.network.last();
    socket.receive(reset);
    socket.receive(removed(101));
    socket.receive({ v: 1, type: 'photo.status', id: 'p', status: 'approved' });
    socket.receive(removed(102));
    await page.clock.settle();
    expect(page.frames).toHaveLength(1);
    expect(page.connection.position()).toEqual({ epoch: 'e1', seq: 0 });
    finish({ epoch: 'e2', seq: 101 });
    await page.clock.settle();
    expect(page.frames.map((frame) => frame.type)).toEqual(['hello', 'photo.status', 'photo.removed']);
    expect(page.connection.position()).toEqual({ epoch: 'e2', seq: 102 });
    expect(page.acks()).toEqual(['{"v":1,"type":"ack","seq":101}']);
  });

  it.each([
    ['the snapshot names no position', undefined],
    ['the snapshot still names the old epoch', { epoch: 'e1', seq: 3 }],
  ])('goes on from the reset when %s', async (_, answer) => {
    const page = await setupLive(0, { onReset: () => answer });
    page.network.last().receive(reset);
    await page.clock.settle();
    expect(page.connection.position()).toEqual(at);
    page.network.last().receive(removed(101));
    expect(page.seqs()).toEqual([101]);
  });

  it('has the room replay what a snapshot that is behind does not show', async () => {
    const page = await setupLive(0, { onReset: () => ({ epoch: 'e2', seq: 98 }) });
    page.network.last().receive(reset);
    await page.clock.advance(250);
    expect(page.network.last().url).toContain('since=e2.98');
  });

  it('comes back from where it was when the snapshot fails', async () => {
    const page = await setupLive(4, { onReset: () => Promise.reject(new Error('offline')) });
    page.network.last().receive(reset);
    await page.clock.advance(250);
    expect(page.network.last().url).toContain('since=e1.4');
  });

  it('lets a snapshot that comes too late change nothing', async () => {
    const answers: ((position: Position) => void)[] = [];
    const page = await setupLive(4, { onReset: () => new Promise<Position>((resolve) => answers.push(resolve)) });
    page.network.last().receive(reset);
    await page.clock.settle();
    page.network.last().drop();
    answers[0]?.(at);
    await page.clock.advance(250);
    expect(page.connection.position()).toEqual({ epoch: 'e1', seq: 4 });
  });
});

describe('closing', () => {
  it('leaves no timer, no listener and no callback', async () => {
    const page = await setupLive();
    const socket = page.network.last();
    socket.receive(removed(1));
    page.connection.close();
    page.connection.close();
    socket.receive(removed(2));
    socket.drop();
    expect(page.seqs()).toEqual([1]);
    expect(page.states).toEqual(['connecting', 'live']);
    expect(page.clock.pending()).toBe(0);
    expect(socket.isClosed).toBe(true);
    expect(page.stopWaking).toHaveBeenCalledTimes(1);
  });

  it('may happen in any callback', async () => {
    for (const during of ['onFrame', 'onState'] as const) {
      let close = () => {};
      const page = await setupLive(0, { [during]: () => close() });
      close = () => page.connection.close();
      page.network.last().receive(removed(1));
      page.network.last().drop();
      await page.clock.advance(60_000);
      expect(page.clock.pending()).toBe(0);
    }
  });
});

describe('a thousand clients that lose one room at the same moment', () => {
  const FIRST_STEPS = 4;

  it('come back at most a quarter of them in any one second, after the first steps', async () => {
    const clock = createClock();
    let seed = 42;
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const arrivals: number[] = [];
    const connections = numbers(1, 1_000).map(() => {
      let attempts = 0;
      return connectLive({
        ticket: () => {
          attempts += 1;
          if (attempts > 1 + FIRST_STEPS) arrivals.push(clock.now());
          return Promise.reject(new TypeError('Failed to fetch'));
        },
        url: () => '',
        onFrame: () => {},
        onState: () => {},
        onReset: () => {},
        random,
        now: clock.now,
        setTimeout: clock.setTimeout,
        clearTimeout: clock.clearTimeout,
        onWake: () => () => {},
      });
    });
    await clock.advance(60_000);
    for (const connection of connections) connection.close();
    const busiest = Math.max(
      ...arrivals.map((from) => arrivals.filter((time) => time >= from && time < from + 1000).length),
    );
    expect(arrivals.length).toBeGreaterThan(3_000);
    expect(busiest).toBeLessThanOrEqual(250);
  });
});
