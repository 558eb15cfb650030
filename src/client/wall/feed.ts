import type { WallPhoto } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import type { Answer } from '../shared/api.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import type { Shelf } from './keep/shelf.ts';
import { keep } from './keep/store.ts';
import { newestFirst, toWallPhoto, WALL_PHOTOS_MAX } from './schedule/schedule-rules.ts';
import { KEPT_PHOTOS } from './keep/shelf-rules.ts';
import { rememberRemovals, unlisted } from './removal-rules.ts';
import type { Wall } from './stage/wall.ts';

const RETRY_MS = 1_000;
const REFUSED_MS = 60_000;
/** Where sockets are blocked. */
const POLL_MS = 5_000;
/** All screens hear of a change in the same moment, and must not all ask in it. */
const ASK_WITHIN_MS = 1_500;
const ASK_TRIES = 5;
/** Whoever has the newest page has enough for the first minutes; the rest may take its time. */
const PAGE_PAUSE_MS = 1_000;
const PAGE_RETRY_MS = 10_000;

export interface Page {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
  event: EventState;
}

/** What a device knew when it was last on. */
export interface Kept {
  position: Position;
  state: EventState;
  photos: WallPhoto[];
}

/** Where the photos of a wall come from: what it may ask, and by what right, is the source's business. */
export interface Source {
  event: string;
  /** under which what is known is kept */
  name: string;
  /** the newest page; with the ETag of an earlier answer, 304 where nothing has changed */
  ask(etag?: string | null): Promise<Answer<Page>>;
  more(cursor: string): Promise<Answer<Page>>;
  ticket(): Promise<Answer<{ ticket: string }>>;
  /** Frames that are this screen's own. */
  onFrame?(frame: LiveFrame): void;
  /** A photo is gone from the picture, from memory and from the device. */
  onRemoved?(ids: string[]): void;
  onTransport?(transport: 'socket' | 'polling' | 'none'): void;
  /** Nobody is let in any more; without it the wall tries again later. */
  onRefused?(): void;
}

export interface Feed {
  take(page: Page): void;
  refresh(): void;
  send(frame: object): void;
  position(): Position | null;
  remove(ids: string[]): Promise<void>;
  /** false while there is no network at all */
  isOnline(): boolean;
  stop(): void;
}

/** Keeps a wall's photos as the event has them: by the socket, else by asking, else with what it has. */
export function openFeed(wall: Wall, shelf: Shelf, source: Source, start: Kept, cursor: string | null): Feed {
  const { show, frame } = wall;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let connection: LiveConnection | null = null;
  let state = start.state;
  /** of a list that was fetched; the socket's own position is newer where there is one */
  let position = start.position;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let isLive = false;
  let isCut = false;
  let isOver = false;
  const removals = rememberRemovals();
  /** photos that the walk through the list has come by, or that came meanwhile; null: it is over, or was never begun */
  let walk: Set<string> | null = null;

  function later(act: () => void, ms: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isOver) act();
    }, ms);
    timers.add(timer);
    return timer;
  }

  const at = (): Position => (connection && connection.position()) || position;
  const isOld = (page: Page): boolean => at().epoch === page.epoch && at().seq > page.seq;
  const all = (): WallPhoto[] => Array.from(show.schedule.entries.values(), ({ photo }) => photo);

  function remember(): Promise<unknown> {
    // What has been left behind is not kept again by something that was still under way.
    if (isOver) return Promise.resolve();
    shelf.keep(all);
    const photos = all().sort(newestFirst).slice(0, KEPT_PHOTOS);
    return keep(source.name, { position: at(), state, photos });
  }

  /** The event says that these are gone, whatever an answer that is under way may name. */
  function takeDown(ids: string[]): Promise<void> {
    removals.note(ids, at());
    return remove(ids);
  }

  /** Says that photos are gone when they are: also what an earlier start has left of them on this device. */
  async function remove(ids: string[]): Promise<void> {
    const gone = ids.map((id) => show.schedule.entries.get(id));
    for (const id of ids) show.remove(id);
    const drops = gone.map((entry) => (entry ? shelf.drop(entry.photo) : null));
    if (drops.indexOf(null) >= 0) drops.push(shelf.tidy(all()));
    await Promise.all([...drops, remember()]).catch(() => undefined);
    if (source.onRemoved) source.onRemoved(ids);
  }

  function onFrame(frame: LiveFrame): void {
    if (frame.type === 'photo.removed') void takeDown([frame.id]);
    if (frame.type === 'event.changed') changed(frame.event);
    const photo = frame.type === 'photo.approved' && toWallPhoto(frame.photo);
    if (photo) {
      removals.undo(photo.id);
      if (walk) walk.add(photo.id);
      show.arrive(photo);
      void remember();
    }
    if (frame.type === 'reactions') show.like(frame.items);
    wall.change(frame);
    if (source.onFrame) source.onFrame(frame);
  }

  function tell(next: EventState): void {
    state = next;
    wall.tell(next);
  }

  /** Takes every photo off at once where none are to be seen; otherwise asks what there is now. */
  function changed(next: EventState): void {
    tell(next);
    if (next.shows) return refresh();
    clearTimeout(asking);
    void shelf.clear().then(remember);
  }

  function refresh(): void {
    clearTimeout(asking);
    asking = later(() => void ask(0), Math.random() * ASK_WITHIN_MS);
  }

  /** Asks until the answer is not older than what the socket has said, so that nothing taken down comes back. */
  async function ask(tries: number): Promise<void> {
    const answer = await source.ask();
    if (isOver) return;
    isCut = !answer.ok && answer.status === 0;
    if (answer.ok && (!isOld(answer.data) || tries >= ASK_TRIES)) return take(answer.data);
    // A wall has nobody who would reload it: it asks for as long as there is no answer.
    clearTimeout(asking);
    asking = later(() => void ask(tries + 1), RETRY_MS);
  }

  function take(page: Page): void {
    const { items, nextCursor, event, epoch, seq } = page;
    const photos = removals.usable(page);
    position = { epoch, seq };
    tell(event);
    const known = all();
    const newest = known.sort(newestFirst)[0];
    const oldest = items[items.length - 1];
    const ids = new Set(items.map((photo) => photo.id));
    for (const { id, createdAt } of known) if (nextCursor && oldest && createdAt <= oldest.createdAt) ids.add(id);
    const gone = known.filter(({ id }) => !ids.has(id));
    show.keepOnly(ids);
    // Whatever came while nobody listened is new to the people in front of this wall.
    const fresh = newest
      ? photos.filter((one) => !show.schedule.entries.has(one.id) && newestFirst(one, newest) < 0)
      : [];
    for (const photo of fresh.reverse()) show.arrive(photo);
    show.add(photos);
    if (gone.length > 0) void remove(gone.map(({ id }) => id));
    else void remember();
  }

  async function onReset(): Promise<Position> {
    const answer = await source.ask();
    if (!answer.ok) throw answer;
    take(answer.data);
    // What the newest page does not say of older photos, nobody has said.
    begin(answer.data.items, answer.data.nextCursor);
    return position;
  }

  /** Walks through the rest of the event's photos, from what is known of the newest. */
  function begin(newest: readonly { id: string; createdAt: string }[], next: string | null): void {
    const last = newest[newest.length - 1];
    walk = next && last ? new Set(newest.map(({ id }) => id)) : null;
    if (walk && next && last) void loadRest(walk, next, last.createdAt);
  }

  /** Newest first, until the wall has enough. What it knows and the list does not is gone. */
  async function loadRest(named: Set<string>, next: string, from: string): Promise<void> {
    const answer = await source.more(next);
    if (isOver || walk !== named) return;
    if (!answer.ok) {
      if (answer.status < 400 || answer.status >= 500 || answer.status === 429)
        later(() => void loadRest(named, next, from), PAGE_RETRY_MS);
      else walk = null;
      return;
    }
    const { items, nextCursor } = answer.data;
    for (const { id } of items) named.add(id);
    const last = items[items.length - 1];
    const until = nextCursor && last ? last.createdAt : '';
    show.add(removals.usable(answer.data));
    const gone = unlisted(all(), named, from, until);
    if (gone.length > 0) void remove(gone.map(({ id }) => id));
    if (until && nextCursor && named.size < WALL_PHOTOS_MAX)
      later(() => void loadRest(named, nextCursor, until), PAGE_PAUSE_MS);
    else walk = null;
  }

  async function ticket(): Promise<Answer<{ ticket: string }>> {
    const answer = await source.ticket();
    isCut = !answer.ok && answer.status === 0;
    return answer;
  }

  /** Whoever was shown out sees nothing more; the page that comes instead, or a later try, says what there is. */
  function refused(): void {
    later(connect, REFUSED_MS);
    if (source.onRefused) return source.onRefused();
    show.keepOnly(new Set());
    void shelf.close().then(remember);
  }

  /** A refusal is final for a connection but not for a wall, which nobody is there to reload: it asks again later. */
  function connect(): void {
    const options = { since: at(), onFrame, onReset, onState };
    connection = connectEvent(source.event, options, ticket);
  }

  function onState(next: 'connecting' | 'live' | 'offline' | 'refused'): void {
    isLive = next === 'live';
    if (isLive) {
      isCut = false;
      show.retry();
    }
    // Every attempt passes through 'connecting': the sign must not blink with each.
    if (next !== 'connecting') frame.offline(!isLive && !(next === 'offline' && isPolled));
    if (next !== 'connecting' && source.onTransport)
      source.onTransport(isLive ? 'socket' : isPolled ? 'polling' : 'none');
    if (next === 'refused') refused();
  }

  /** Sockets do not come through, but questions do. */
  let isPolled = false;
  let etag: string | null = null;
  async function poll(): Promise<void> {
    if (!isLive) {
      const answer = await source.ask(etag);
      if (isOver) return;
      isCut = !answer.ok && answer.status === 0;
      isPolled = answer.ok && !isLive;
      if (answer.ok) etag = answer.etag || null;
      if (answer.ok && !isLive && answer.status !== 304) {
        take(answer.data);
        // A screen is told by its room what it is to be rid of; nobody tells any other wall of older photos.
        if (!source.onRemoved && !walk) begin(answer.data.items, answer.data.nextCursor);
      }
      if (!isLive) frame.offline(!isPolled);
      if (!isLive && source.onTransport) source.onTransport(isPolled ? 'polling' : 'none');
    } else isPolled = false;
    later(() => void poll(), POLL_MS);
  }

  wall.tell(state);
  show.add(start.photos);
  void remember();
  begin(start.photos, cursor);
  connect();
  later(() => void poll(), POLL_MS);

  return {
    // Read before something that has been said since: what there is now is asked for.
    take: (page) => (isOld(page) ? refresh() : take(page)),
    refresh,
    remove: takeDown,
    send: (frame) => connection && connection.send(frame),
    position: at,
    isOnline: () => !isCut,
    stop() {
      isOver = true;
      timers.forEach(clearTimeout);
      if (connection) connection.close();
    },
  };
}
