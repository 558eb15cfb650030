import { PROTOCOL_VERSION } from '../../../src/contract/live.ts';
import { createWindow } from '../window.ts';
import type { FanOut } from './fan-out.ts';
import { frameText, isOpen } from './sockets.ts';

const RECOUNT_INTERVAL_MS = 1_000;
const WINDOW_MIN_MS = 100;
const WINDOW_MAX_MS = 5_000;

/** Telling everybody costs as much as there are people, so it is told the less often: a millisecond each. */
export const windowMs = (people: number): number => Math.min(WINDOW_MAX_MS, Math.max(WINDOW_MIN_MS, people));

/**
 * How many sockets are open, without walking all of them at each arrival: a number for everybody in
 * windows, and never a frame for one person. Starts again from a count after an eviction.
 */
export function createPresence(ctx: DurableObjectState, fanOut: FanOut) {
  let known = 0;
  let countedAt = -Infinity;
  let told = -1;
  const window = createWindow(() => windowMs(known), tell);

  function count(now: number): number {
    if (now - countedAt >= RECOUNT_INTERVAL_MS) {
      known = ctx.getWebSockets().filter(isOpen).length;
      countedAt = now;
    }
    return known;
  }

  function tell(): void {
    countedAt = -Infinity;
    const now = Date.now();
    const viewers = count(now);
    if (viewers === told) return;
    told = viewers;
    fanOut.hint(frameText({ v: PROTOCOL_VERSION, type: 'viewers', count: viewers }), now);
  }

  return {
    count,
    /** Call after the socket has been accepted. */
    joined(now: number): number {
      if (now - countedAt < RECOUNT_INTERVAL_MS) known += 1;
      const viewers = count(now);
      if (viewers > 1) window.open();
      return viewers;
    },
    left(): void {
      countedAt = -Infinity;
      window.open();
    },
  };
}
