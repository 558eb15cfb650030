import { describe, expect, it } from 'vitest';
import { CLOSE_EXPIRED, CLOSE_LATER } from '../../contract/live-constants.ts';
import { connectLive } from './live-connection.ts';
import { createClock, createNetwork } from './test-support/live-harness.ts';

const CLIENTS = 4_000;

/** The same numbers in each run (mulberry32). */
function createRandom(): () => number {
  let state = 42;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The most moments within any one second. */
function busiestSecond(moments: number[]): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Four thousand pages in one room, all live. `arrivals`: when each knocked again, from then on. */
async function setup() {
  const clock = createClock();
  const network = createNetwork();
  const random = createRandom();
  const arrivals: number[] = [];
  const wakes: ((isNetwork: boolean) => void)[] = [];
  let isAway = false;
  const connections = Array.from({ length: CLIENTS }, () =>
    connectLive({
      ticket: () => {
        arrivals.push(clock.now());
        return isAway ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('t');
      },
      url: () => 'wss://x/live',
      onFrame: () => {},
      onState: () => {},
      onReset: () => {},
      random,
      now: clock.now,
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      WebSocket: network.WebSocket,
      onWake: (wake) => {
        wakes.push(wake);
        return () => {};
      },
    }),
  );
  await clock.settle();
  for (const socket of network.sockets) socket.hello();
  arrivals.length = 0;
  return {
    clock,
    arrivals,
    wakeAll: () => wakes.forEach((wake) => wake(true)),
    leave: () => {
      isAway = true;
    },
    dropAll: (code?: number) => network.sockets.forEach((socket) => socket.drop(code)),
    end: () => connections.forEach((connection) => connection.close()),
  };
}

describe('four thousand pages that lose one room at the same moment', () => {
  it.each([
    ['it was restarted', 1006],
    ['it asks for new tickets', CLOSE_EXPIRED],
    ['it asks for a pause', CLOSE_LATER],
  ])('come back within seconds, but no more than a quarter in any one, when %s', async (_, code) => {
    const crowd = await setup();
    crowd.dropAll(code);
    await crowd.clock.advance(code === CLOSE_LATER ? 20_000 : 5_000);
    expect(crowd.arrivals).toHaveLength(CLIENTS);
    expect(busiestSecond(crowd.arrivals)).toBeLessThanOrEqual(CLIENTS / 4);
    crowd.end();
  });

  it('knock no faster while it is away for a minute', async () => {
    const crowd = await setup();
    crowd.leave();
    crowd.dropAll();
    await crowd.clock.advance(60_000);
    expect(crowd.arrivals.length).toBeGreaterThan(3 * CLIENTS);
    expect(busiestSecond(crowd.arrivals)).toBeLessThanOrEqual(CLIENTS / 4);
    crowd.end();
  });

  it('do not all come when the network of the venue returns', async () => {
    const crowd = await setup();
    crowd.dropAll();
    crowd.wakeAll();
    await crowd.clock.advance(6_000);
    expect(crowd.arrivals).toHaveLength(CLIENTS);
    expect(busiestSecond(crowd.arrivals)).toBeLessThanOrEqual(CLIENTS / 4);
    crowd.end();
  });
});
