import './wall.css';
import type { WallBoot, WallPhoto } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import { call, eventPath } from '../shared/api.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import { openStage, preload } from './stage.ts';
import {
  addPhotos,
  keepOnly,
  markShown,
  newSchedule,
  pickNext,
  removePhoto,
  toWallPhoto,
  WALL_PHOTOS_MAX,
} from './wall-rules.ts';

const PHOTO_MS = 8_000;
/** A newcomer does not wait for the whole of the running slide, but that one is not torn away either. */
const PHOTO_LEAST_MS = 3_000;
const RETRY_MS = 5_000;
const REFUSED_MS = 60_000;
const PAGE = 200;
/** All screens hear of a change in the same moment, and must not all ask in it. */
const ASK_WITHIN_MS = 1_500;
const ASK_TRIES = 5;

interface Page {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
  event: EventState;
}

const boot = readBoot<WallBoot>();
const schedule = newSchedule();
const stage = openStage(byId('stage') as HTMLElement, boot.photos[0]);
/** could not be loaded lately; forgotten whenever the connection is back */
const unreachable = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: ReturnType<typeof setTimeout> | undefined;
let since = Date.now();
let isLoading = false;

const usable = (photos: Photo[]): WallPhoto[] => photos.map(toWallPhoto).filter((p): p is WallPhoto => p !== null);

function say(photo: WallPhoto | null): void {
  const by = byId('by');
  if (by) by.textContent = (photo && photo.by) || '';
}

function plan(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void advance(), Math.max(0, ms));
}

/** Shows the next photo once it is ready. What is on screen stays until then, whatever the network does. */
async function advance(): Promise<void> {
  if (isLoading) return;
  const shown = stage.shown();
  document.body.classList.toggle('wall-empty', schedule.entries.size === 0 && !isHeld());
  if (schedule.entries.size === 0) {
    if (shown) stage.clear();
    return say(null);
  }
  const avoid = new Set(unreachable);
  if (shown) avoid.add(shown);
  const next = pickNext(schedule, avoid);
  if (!next) {
    unreachable.clear();
    return plan(shown ? PHOTO_MS : RETRY_MS);
  }
  isLoading = true;
  try {
    const image = await preload(next);
    // It may have been taken down while it was loading.
    if (schedule.entries.has(next.id)) {
      stage.show(next, image);
      say(next);
      markShown(schedule, next.id);
      since = Date.now();
    }
    plan(schedule.entries.has(next.id) ? PHOTO_MS : 0);
    const after = pickNext(schedule, new Set([next.id]));
    if (after) preload(after).catch(() => {});
  } catch {
    unreachable.add(next.id);
    plan(shown ? 1_000 : RETRY_MS);
  } finally {
    isLoading = false;
  }
}

function arrive(photo: Photo): void {
  const slide = toWallPhoto(photo);
  if (!slide) return;
  const isFirst = schedule.entries.size === 0;
  addPhotos(schedule, [slide], true);
  preload(slide).catch(() => {});
  plan(isFirst ? 0 : PHOTO_LEAST_MS - (Date.now() - since));
}

function takeOff(id: string): void {
  removePhoto(schedule, id);
  if (stage.shown() !== id) return;
  stage.clear();
  say(null);
  plan(0);
}

function onFrame(frame: LiveFrame): void {
  if (frame.type === 'photo.approved') arrive(frame.photo);
  if (frame.type === 'photo.removed') takeOff(frame.id);
  if (frame.type === 'event.changed') changed(frame.event);
}

const isHeld = (): boolean => document.body.classList.contains('wall-held');

/** While the host has stopped publication a message fills the screen. */
function show(state: EventState): void {
  const title = byId('held-text');
  if (title) title.textContent = state.heldMessage || title.getAttribute('data-default');
  document.body.classList.toggle('wall-held', state.held);
}

/** Takes every photo off at once where none are to be seen; otherwise asks what there is now. */
function changed(state: EventState): void {
  clearTimeout(asking);
  show(state);
  if (!state.shows) {
    keepOnly(schedule, new Set());
    const shown = stage.shown();
    if (shown) return takeOff(shown);
    return plan(0);
  }
  asking = setTimeout(() => void askAgain(0), Math.random() * ASK_WITHIN_MS);
}

/** Asks until the answer is not older than what the socket has said, so that nothing taken down comes back. */
async function askAgain(tries: number): Promise<void> {
  const answer = await call<Page>(eventPath(boot.event.id, `/photos?limit=${PAGE}`));
  const at = connection && connection.position();
  const isStale = answer.ok && at && at.epoch === answer.data.epoch && at.seq > answer.data.seq;
  // A wall has nobody who would reload it: it asks for as long as there is no answer.
  if (!answer.ok || (isStale && tries < ASK_TRIES)) {
    asking = setTimeout(() => void askAgain(tries + 1), RETRY_MS / 5);
    return;
  }
  take(answer.data);
}

function take({ items, nextCursor, event }: Page): void {
  show(event);
  addPhotos(schedule, usable(items), false);
  const oldest = items[items.length - 1];
  const ids = new Set(items.map((photo) => photo.id));
  for (const { photo } of Array.from(schedule.entries.values())) {
    if (nextCursor && oldest && photo.createdAt <= oldest.createdAt) ids.add(photo.id);
  }
  keepOnly(schedule, ids);
  const shown = stage.shown();
  if (!shown || !ids.has(shown)) plan(0);
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
  while (next && schedule.entries.size < WALL_PHOTOS_MAX) {
    const answer = await call<Page>(
      eventPath(boot.event.id, `/photos?limit=${PAGE}&cursor=${encodeURIComponent(next)}`),
    );
    if (answer.ok) {
      addPhotos(schedule, usable(answer.data.items), false);
      next = answer.data.nextCursor;
    } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return;
    else await new Promise((resolve) => setTimeout(resolve, RETRY_MS * 2));
  }
}

/** Televisions and laptops dim what nobody touches. */
function keepAwake(): void {
  const { wakeLock } = navigator as { wakeLock?: { request(type: 'screen'): Promise<unknown> } };
  const ask = () => {
    if (wakeLock && document.visibilityState === 'visible') wakeLock.request('screen').catch(() => {});
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}

addPhotos(schedule, boot.photos, false);
const first = stage.shown();
if (first) markShown(schedule, first);
plan(first ? PHOTO_MS : 0);
void loadRest(boot.nextCursor);
keepAwake();

let connection: LiveConnection | null = null;

/** Whoever was shown out sees nothing more; the page that comes instead, or a later try, says what there is. */
function refused(): void {
  keepOnly(schedule, new Set());
  const shown = stage.shown();
  if (shown) takeOff(shown);
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
      const dot = byId('offline');
      // Every attempt passes through 'connecting': the dot must not blink with each.
      if (dot && state !== 'connecting') dot.hidden = state === 'live';
      if (state === 'live') unreachable.clear();
      if (state === 'refused') refused();
    },
  });
}
connect(boot.position);
