import { PROTOCOL_VERSION } from '../../../src/contract/live.ts';
import type { FanOut } from '../seats/fan-out.ts';
import { frameText, send } from '../seats/sockets.ts';
import { createWindow } from '../window.ts';
import { openRecallLog } from './recall-log.ts';
import type { ScreenRoll } from './roll.ts';

const PROGRESS_WINDOW_MS = 100;

export interface PublicChange {
  photoId: string;
  type: 'photo.approved' | 'photo.removed';
}

/** Photos that were taken down, until every screen has said that it is rid of them. */
export function createRecalls(ctx: DurableObjectState, roll: ScreenRoll, fanOut: FanOut) {
  const log = openRecallLog(ctx.storage);
  const progress = createWindow(
    () => PROGRESS_WINDOW_MS,
    () => {
      const frames = log
        .takeUntold()
        .map((recall) => ({ v: PROTOCOL_VERSION, type: 'recall.progress', ...recall }) as const);
      for (const frame of frames) fanOut.tell(ctx.getWebSockets('staff'), frameText(frame), Date.now());
    },
  );
  if (log.hasUntold()) progress.open();

  return {
    find: log.find,
    outstanding: log.outstanding,
    /** What everybody has just been told of photos, in that order. */
    told(changes: PublicChange[], now: number): void {
      const isRemoval = changes.some((change) => change.type === 'photo.removed');
      const screens = isRemoval ? roll.presences(now) : [];
      for (const { photoId, type } of changes) {
        if (type === 'photo.approved') log.forget(photoId);
        else if (log.begin(photoId, screens, now)) progress.open();
      }
    },
    confirmed(photoIds: string[], screenId: string, now: number): void {
      const isNews = photoIds.map((photoId) => log.confirm(photoId, screenId, now)).includes(true);
      if (isNews) progress.open();
    },
    excused(screenIds: string[]): void {
      if (screenIds.map((screenId) => log.excuse(screenId)).includes(true)) progress.open();
    },
    /** To a screen that comes: it may have started from its own caches, which no replay reaches. */
    remind(socket: WebSocket, screenId: string): void {
      const photoIds = log.outstanding(screenId);
      if (photoIds.length > 0) send(socket, frameText({ v: PROTOCOL_VERSION, type: 'recall', photoIds }));
    },
  };
}
