import { PROTOCOL_VERSION, type RoomServiceRpc } from '../../../src/contract/live.ts';
import type { AlarmClock } from '../alarm-clock.ts';
import type { RoomLog } from '../log/log.ts';
import { createKeeping } from '../reactions/keeping.ts';
import { frameText } from '../seats/sockets.ts';
import { openShownLog } from './shown-log.ts';

/**
 * Photos that a paired screen shows for the first time. Who sent one is known to Postgres only, so its guest hears of it
 * once it has been kept.
 * @param tellGuest every socket of a guest, wherever it sits
 */
export function createShown(
  ctx: DurableObjectState,
  log: RoomLog,
  service: RoomServiceRpc,
  clock: AlarmClock,
  tellGuest: (guestId: string, frame: string) => void,
) {
  const shown = openShownLog(ctx.storage);
  const keeping = createKeeping(ctx, clock, {
    name: 'shown',
    batch: shown.batch,
    async keep(room, items) {
      const kept = await service.keepShown({ ...room, items });
      shown.kept(items, new Set(kept.map(({ photoId }) => photoId)));
      for (const { photoId: id, guestId, at } of kept) {
        // Taken down while Postgres was told: nobody is to look for it on the wall.
        if (log.mayShow(id)) tellGuest(guestId, frameText({ v: PROTOCOL_VERSION, type: 'photo.shown', id, at }));
      }
    },
  });

  return {
    /** Passed over for what guests do not see, and for what has been shown before. */
    began(photoIds: readonly string[], now: number): void {
      const isNew = photoIds.map((photoId) => log.mayShow(photoId) && shown.add(photoId, now));
      if (isNew.includes(true)) keeping.wait(true, now);
    },
    keep: keeping.keep,
  };
}
