import { PROTOCOL_VERSION } from '../../../src/contract/live.ts';
import { createWindow } from '../window.ts';
import type { FanOut } from './fan-out.ts';
import { frameText, isOpen } from './sockets.ts';

/** The platform ends at 32,768; the rest is room for sockets that are closing. */
export const MAX_SOCKETS = 32_000;
const RECOUNT_INTERVAL_MS = 1_000;
const WINDOW_MIN_MS = 100;
const WINDOW_MAX_MS = 5_000;

/** Telling everybody costs as much as there are people, so it is told the less often: a millisecond each. */
export const windowMs = (people: number): number => Math.min(WINDOW_MAX_MS, Math.max(WINDOW_MIN_MS, people));

/** How many sockets are open here, without walking all of them at each arrival. Counts again after an eviction. */
export function createHeadCount(ctx: DurableObjectState) {
  let known = 0;
  let countedAt = -Infinity;

  function count(now: number): number {
    if (now - countedAt >= RECOUNT_INTERVAL_MS) {
      known = ctx.getWebSockets().filter(isOpen).length;
      countedAt = now;
    }
    return known;
  }

  return {
    count,
    /** Call after the socket has been accepted. */
    joined(now: number): number {
      if (now - countedAt < RECOUNT_INTERVAL_MS) known += 1;
      return count(now);
    },
    /** The next count counts. */
    forget(): void {
      countedAt = -Infinity;
    },
  };
}

export const viewersText = (count: number): string => frameText({ v: PROTOCOL_VERSION, type: 'viewers', count });

/** Not a number that anybody was told. */
const NOBODY = -1;

/** How many people there are at the room and its relays: a number for everybody in windows, never a frame for one person. */
export function createPresence(
  ctx: DurableObjectState,
  fanOut: FanOut,
  relays: { people: () => number; hint: (viewers: number) => void },
) {
  const here = createHeadCount(ctx);
  let told = NOBODY;
  const viewers = (now: number): number => here.count(now) + relays.people();
  const window = createWindow(() => windowMs(viewers(Date.now())), tell);

  function tell(): void {
    here.forget();
    const now = Date.now();
    const count = viewers(now);
    if (count === told) return;
    told = count;
    fanOut.hint(viewersText(count), now);
    relays.hint(count);
  }

  return {
    here: here.count,
    /** Somebody is sent to a relay, and told this number there. */
    expects(now: number): number {
      told = NOBODY;
      return viewers(now) + 1;
    },
    /** Call after the socket has been accepted. */
    joined(now: number): number {
      here.joined(now);
      const count = viewers(now);
      // A newcomer is told another number than the others were.
      told = NOBODY;
      if (count > 1) window.open();
      return count;
    },
    left(): void {
      here.forget();
      window.open();
    },
    /** There are more or fewer people at the relays. */
    changed: (): void => window.open(),
  };
}
