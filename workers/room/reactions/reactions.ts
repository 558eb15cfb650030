import { PROTOCOL_VERSION, type Reaction, type RoomServiceRpc } from '../../../src/contract/live.ts';
import type { AlarmClock } from '../alarm-clock.ts';
import type { RoomLog } from '../log/log.ts';
import type { FanOut } from '../seats/fan-out.ts';
import { createWindow } from '../window.ts';
import { createKeeping } from './keeping.ts';
import { openReactionLog } from './reaction-log.ts';

const WINDOW_MS = 100;
const ITEMS_PER_FRAME = 100;

/** What guests feel about photos: counted once each, told in windows, kept in Postgres in batches. */
export function createReactions(
  ctx: DurableObjectState,
  log: RoomLog,
  fanOut: FanOut,
  service: RoomServiceRpc,
  clock: AlarmClock,
) {
  const reactions = openReactionLog(ctx.storage);
  const keeping = createKeeping(ctx, clock, {
    name: 'reactions',
    batch: reactions.batch,
    async keep(room, items) {
      reactions.kept(items, await service.keepReactions({ ...room, items }));
    },
  });
  const window = createWindow(() => WINDOW_MS, tell);
  if (reactions.hasUntold()) window.open();

  /** One frame, and the next window for what does not fit. */
  function tell(): void {
    const now = Date.now();
    const logged = ctx.storage.transactionSync(() => {
      const items = reactions.takeUntold(ITEMS_PER_FRAME);
      return items.length === 0 ? null : log.append({ v: PROTOCOL_VERSION, type: 'reactions', items }, now);
    });
    if (logged !== null) fanOut.tellEverybody(logged.json, logged.seq, now);
    if (reactions.hasUntold()) window.open();
  }

  return {
    /** Nothing happens when the guest has reacted so before, or cannot see the photo. */
    react(reaction: Reaction, now: number): void {
      if (!log.mayShow(reaction.photoId)) return;
      const next = reactions.add(reaction);
      if (next === 'known') return;
      if (next === 'tell') window.open();
      keeping.wait(next === 'keep first', now);
    },
    async keep(): Promise<void> {
      await keeping.keep();
      if (reactions.hasUntold()) window.open();
    },
  };
}
