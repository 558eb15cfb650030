import type { GalleryBoot } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import { call, eventPath } from '../shared/api.ts';
import { byId } from '../shared/boot.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection, LiveState } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import { refreshAlbums } from './albums.ts';
import { drawEvent } from './event-view.ts';
import type { Grid } from './grid.ts';
import { t } from './words.ts';

/** All of a party hear of a change in the same moment, and must not all ask in it. */
const ASK_WITHIN_MS = 3_000;
const ASK_TRIES = 5;
const RELOADED = 'momentique-reloaded';
const RELOAD_EVERY_MS = 30_000;

interface Snapshot {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
  event: EventState;
}

export interface Live {
  /** Opened again after joining: a socket keeps the role its ticket gave it. */
  connect(): void;
}

export interface LiveOptions {
  grid: Grid;
  /** Before the page is drawn as the event is now. */
  onEvent: (state: EventState) => void;
  /** What concerns this guest alone, and `hello`. */
  onFrame: (frame: LiveFrame) => void;
}

/** Not again and again, should page and room disagree. */
function mayReload(): boolean {
  try {
    const before = Number(sessionStorage.getItem(RELOADED));
    if (Date.now() - before < RELOAD_EVERY_MS) return false;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

/** Keeps the page as the event is: what is published, taken down, held or opened while it is looked at. */
export function followEvent(boot: GalleryBoot, { grid, onEvent, onFrame }: LiveOptions): Live {
  const { event } = boot;
  /** What this page shows, as the server has it: the newest photos, or those of its album. */
  const listPath = eventPath(event.id, `/photos?limit=200${boot.album ? `&album=${boot.album}` : ''}`);
  let shows = boot.shows;
  let position: Position = boot.position;
  let connection: LiveConnection | null = null;
  let asking: ReturnType<typeof setTimeout> | undefined;

  function frame(one: LiveFrame): void {
    if (one.type === 'photo.approved' && boot.live && shows) grid.add(one.photo);
    if (one.type === 'photo.removed') grid.remove(one.id);
    if (one.type === 'event.changed') changed(one.event);
    onFrame(one);
  }

  /** Follows the event at once where photos have to go, and asks at a moment of its own what there is now. */
  function changed(state: EventState): void {
    applyState(state);
    clearTimeout(asking);
    if (state.shows) asking = setTimeout(() => void askAgain(0), 300 + Math.random() * ASK_WITHIN_MS);
  }

  function applyState(state: EventState): void {
    onEvent(state);
    shows = state.shows;
    if (!shows) {
      grid.reconcile([], true);
      const albums = byId('albums');
      if (albums) albums.hidden = true;
    }
    drawEvent(state);
  }

  /** Asks until the answer is not older than what the socket has said, so that nothing taken down comes back. */
  async function askAgain(tries: number): Promise<void> {
    // What stood on an older page is not in the list; the server knows.
    if (boot.older) return location.reload();
    const answer = await call<Snapshot>(listPath);
    const at = connection && connection.position();
    const isStale = answer.ok && at && at.epoch === answer.data.epoch && at.seq > answer.data.seq;
    if (tries < ASK_TRIES && (isStale || (!answer.ok && answer.status !== 404))) {
      asking = setTimeout(() => void askAgain(tries + 1), 500 * (tries + 1));
      return;
    }
    if (answer.ok) take(answer.data);
    else if (boot.album && answer.code === 'album.not_found') return location.reload();
    void refreshAlbums(event.id, boot.album);
  }

  /** @returns whether the page shows older photos, of which the snapshot says nothing */
  function take(snapshot: Snapshot): boolean {
    applyState(snapshot.event);
    if (!snapshot.event.shows) return false;
    return boot.older || grid.reconcile(snapshot.items, snapshot.nextCursor === null);
  }

  function onState(state: LiveState): void {
    // The page may not be read as it is any more, or is too old for the room: the server says what there is instead.
    if (state === 'refused' && mayReload()) return location.reload();
    const line = byId('state');
    if (!line) return;
    line.textContent = t('offline');
    // Every attempt passes through 'connecting': the line must not blink with each.
    if (state !== 'connecting') line.hidden = state !== 'offline';
  }

  async function onReset(snapshotUrl: string): Promise<Position> {
    const answer = await call<Snapshot>(boot.album ? listPath : snapshotUrl);
    if (!answer.ok) throw answer;
    // Of those, the server alone knows which were taken down while nobody listened.
    if (take(answer.data) && mayReload()) location.reload();
    return { epoch: answer.data.epoch, seq: answer.data.seq };
  }

  return {
    connect() {
      if (connection) {
        position = connection.position() || position;
        connection.close();
      }
      connection = connectEvent(event.id, { since: position, onFrame: frame, onState, onReset });
    },
  };
}
