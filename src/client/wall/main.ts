import './wall.css';
import type { WallBoot, WallPhoto } from '../../contract/boot.ts';
import type { Photo } from '../../contract/photos.ts';
import { call, eventPath } from '../shared/api.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { connectEvent } from '../shared/event-live.ts';
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

interface Page {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
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
  document.body.classList.toggle('wall-empty', schedule.entries.size === 0);
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
  if (frame.type === 'event.changed') changed(frame.event.shows);
}

/** Takes every photo off at once where none are to be seen; otherwise asks what there is now. */
function changed(shows: boolean): void {
  clearTimeout(asking);
  if (!shows) {
    keepOnly(schedule, new Set());
    return plan(0);
  }
  const ms = Math.random() * RETRY_MS;
  asking = setTimeout(() => {
    onReset(eventPath(boot.event.id, `/photos?limit=${PAGE}`)).catch(() => changed(shows));
  }, ms);
}

async function onReset(snapshotUrl: string): Promise<Position> {
  const answer = await call<Page>(snapshotUrl);
  if (!answer.ok) throw answer;
  const { items, nextCursor, epoch, seq } = answer.data;
  const photos = usable(items);
  addPhotos(schedule, photos, false);
  const oldest = items[items.length - 1];
  const ids = new Set(items.map((photo) => photo.id));
  for (const { photo } of Array.from(schedule.entries.values())) {
    if (nextCursor && oldest && photo.createdAt <= oldest.createdAt) ids.add(photo.id);
  }
  keepOnly(schedule, ids);
  const shown = stage.shown();
  if (!shown || !ids.has(shown)) plan(0);
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

/** A refusal is final for a connection but not for a wall, which nobody is there to reload: it asks again later. */
function connect(since: Position): void {
  const connection = connectEvent(boot.event.id, {
    since,
    onFrame,
    onReset,
    onState(state) {
      const dot = byId('offline');
      // Every attempt passes through 'connecting': the dot must not blink with each.
      if (dot && state !== 'connecting') dot.hidden = state === 'live';
      if (state === 'live') unreachable.clear();
      if (state === 'refused') setTimeout(() => connect(connection.position() || since), REFUSED_MS);
    },
  });
}
connect(boot.position);
