import type { WallBoot, WallPhoto } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import { call, eventPath } from '../shared/api.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import { toWallPhoto, WALL_PHOTOS_MAX } from './schedule/schedule-rules.ts';
import { readSettings } from './settings-rules.ts';
import { openWall } from './stage/wall.ts';

const RETRY_MS = 5_000;
const REFUSED_MS = 60_000;
const PAGE = 200;
/** All screens hear of a change in the same moment, and must not all ask in it. */
const ASK_WITHIN_MS = 1_500;
const ASK_TRIES = 5;
/** Whoever has this many has enough for the first minutes; the rest may take its time. */
const PAGE_PAUSE_MS = 1_000;

interface Page {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
  event: EventState;
}

const usable = (photos: Photo[]): WallPhoto[] => photos.map(toWallPhoto).filter((p): p is WallPhoto => p !== null);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The wall at an event's own address: it sees what any reader of the event sees, and its address says how. */
export function startEventWall(boot: WallBoot): void {
  const wall = openWall({ now: () => Date.now(), isAtHand: () => true, onShown: () => undefined });
  const { show, frame } = wall;
  let connection: LiveConnection | null = null;
  let asking: ReturnType<typeof setTimeout> | undefined;

  function onFrame(frame: LiveFrame): void {
    if (frame.type === 'photo.approved') {
      const photo = toWallPhoto(frame.photo);
      if (photo) show.arrive(photo);
    }
    if (frame.type === 'photo.removed') show.remove(frame.id);
    if (frame.type === 'event.changed') changed(frame.event);
  }

  /** Takes every photo off at once where none are to be seen; otherwise asks what there is now. */
  function changed(state: EventState): void {
    clearTimeout(asking);
    wall.tell(state);
    if (state.shows) asking = setTimeout(() => void askAgain(0), Math.random() * ASK_WITHIN_MS);
  }

  /** Asks until the answer is not older than what the socket has said, so that nothing taken down comes back. */
  async function askAgain(tries: number): Promise<void> {
    const answer = await call<Page>(eventPath(boot.event.id, `/photos?limit=${PAGE}`));
    const at = connection && connection.position();
    const isOld = answer.ok && at && at.epoch === answer.data.epoch && at.seq > answer.data.seq;
    // A wall has nobody who would reload it: it asks for as long as there is no answer.
    if (!answer.ok || (isOld && tries < ASK_TRIES)) {
      asking = setTimeout(() => void askAgain(tries + 1), RETRY_MS / 5);
      return;
    }
    take(answer.data);
  }

  function take({ items, nextCursor, event }: Page): void {
    wall.tell(event);
    const oldest = items[items.length - 1];
    const ids = new Set(items.map((photo) => photo.id));
    for (const { photo } of Array.from(show.schedule.entries.values())) {
      if (nextCursor && oldest && photo.createdAt <= oldest.createdAt) ids.add(photo.id);
    }
    show.keepOnly(ids);
    show.add(usable(items));
  }

  async function onReset(snapshotUrl: string): Promise<Position> {
    const answer = await call<Page>(snapshotUrl);
    if (!answer.ok) throw answer;
    take(answer.data);
    const { epoch, seq } = answer.data;
    return { epoch, seq };
  }

  /** The rest of the event's photos, newest first, until the wall has enough. */
  async function loadRest(cursor: string | null): Promise<void> {
    let next = cursor;
    while (next && show.schedule.entries.size < WALL_PHOTOS_MAX) {
      const answer = await call<Page>(
        eventPath(boot.event.id, `/photos?limit=${PAGE}&cursor=${encodeURIComponent(next)}`),
      );
      if (answer.ok) {
        show.add(usable(answer.data.items));
        next = answer.data.nextCursor;
        await wait(PAGE_PAUSE_MS);
      } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return;
      else await wait(RETRY_MS * 2);
    }
  }

  /** Whoever was shown out sees nothing more; the page that comes instead, or a later try, says what there is. */
  function refused(): void {
    show.keepOnly(new Set());
    const since = connection && connection.position();
    setTimeout(() => connect(since || boot.position), REFUSED_MS);
  }

  /** A refusal is final for a connection but not for a wall, which nobody is there to reload: it asks again later. */
  function connect(from: Position): void {
    connection = connectEvent(boot.event.id, {
      since: from,
      onFrame,
      onReset,
      onState(state) {
        // Every attempt passes through 'connecting': the sign must not blink with each.
        if (state !== 'connecting') frame.offline(state !== 'live');
        if (state === 'live') show.retry();
        if (state === 'refused') refused();
      },
    });
  }

  wall.configure(
    { brand: boot.brand, eventName: boot.event.name, joinUrl: boot.joinUrl },
    readSettings(new URLSearchParams(location.search)),
  );
  wall.tell(boot.state);
  show.add(boot.photos);
  if (boot.photos.length === 0) frame.empty(!boot.state.held);
  void loadRest(boot.nextCursor);
  connect(boot.position);
}
