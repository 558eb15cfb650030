import type { WallPhoto } from '../../../contract/boot.ts';
import { el, leave, reveal } from '../dom.ts';
import { layouts } from '../layouts/index.ts';
import type { Layout, LayoutKind } from '../layouts/layout.ts';
import { addPhotos, keepOnly, markShown, removePhoto, type Schedule } from '../schedule/schedule-rules.ts';
import { layoutAt, type LayoutName } from '../settings-rules.ts';
import { isOurs, untilNextMs } from './choice-rules.ts';
import { openInvitation } from './invitation.ts';
import { photosIn, takeAllOff, takeOff } from './removal.ts';
import { openRhythm } from './rhythm.ts';
import { sceneOf, type Facts } from './scene.ts';
import { openSupply, type Ready } from './supply.ts';

const RETRY_MS = 5_000;
/** One photo cannot be had: the next is tried soon, what is on screen stays. */
const NEXT_TRY_MS = 300;
/** In a mirrored group an arrival does not begin so shortly before the clock changes the photo anyway. */
const SLOT_LEAST_MS = 3_000;
const RESIZED_MS = 200;

export interface ShowOptions {
  /** milliseconds, by the server's clock */
  now(): number;
  /** false while there is no network and the file is not kept on this device */
  isAtHand(url: string): boolean;
  /** Another photo is the newest on screen, or none. */
  onShown(): void;
  /** nothing to show */
  onEmpty(isEmpty: boolean): void;
  /** the code alone has the screen */
  onInvite(isOn: boolean): void;
}

interface Running {
  name: LayoutName;
  kind: LayoutKind;
  layout: Layout;
  host: HTMLElement;
}

export interface Show {
  readonly schedule: Schedule;
  configure(facts: Facts): void;
  add(photos: readonly WallPhoto[]): void;
  /** A photo that people are waiting for. */
  arrive(photo: WallPhoto): void;
  remove(id: string): void;
  keepOnly(ids: ReadonlySet<string>): void;
  /** How often photos are liked now. */
  like(items: readonly { photoId: string; emoji: string; count: number }[]): void;
  /** One photo until further notice; null: back to all of them. */
  spotlight(id: string | null): void;
  pause(isPaused: boolean): void;
  skip(): void;
  /** What could not be loaded is tried again. */
  retry(): void;
  shown(): string[];
  layout(): LayoutName | null;
}

/** Runs the show: which photo is next, when, and in which layout. What is on screen stays until the next is ready. */
export function openShow(stage: HTMLElement, options: ShowOptions): Show {
  const supply = openSupply(stage, options.isAtHand);
  const { schedule } = supply;
  const plan = openRhythm(turn);
  const invites = openInvitation(options.onInvite);
  let facts: Facts | null = null;
  let running: Running | null = null;
  let isStale = false;
  let isPaused = false;
  let isSkipping = false;
  let spot: string | null = null;
  /** when the newest came on */
  let since = 0;

  const shownIds = (): string[] => (running ? running.layout.shown() : []);
  const untilNext = (): number => (facts ? untilNextMs(facts.settings, options.now()) : RETRY_MS);
  /** The photo that has the spotlight, as long as there is one. */
  const lit = (): WallPhoto | null => (spot && (schedule.entries.get(spot) || { photo: null }).photo) || null;

  async function turn(): Promise<void> {
    if (!facts) return;
    if (schedule.entries.size === 0) return nothing();
    handOver();
    const only = lit();
    const wanted = only ? 'spotlight' : layoutAt(facts.settings, options.now());
    const isThere = !only || shownIds()[0] === only.id;
    if (!running || isStale || running.name !== wanted || !isThere) return swap(wanted, facts);
    if ((isPaused && !isSkipping) || only) return plan(facts.settings.seconds * 1_000);
    isSkipping = false;
    if (invites(facts.settings.qr)) return plan(facts.settings.seconds * 1_000);
    return follow(running, facts);
  }

  function nothing(): void {
    if (running) {
      supply.forget();
      takeAllOff(stage);
      running = null;
    }
    options.onShown();
    options.onEmpty(true);
  }

  /** Loads what a layout begins with, then lets it fade in over the one before. */
  async function swap(name: LayoutName, { settings }: Facts): Promise<void> {
    const kind = layouts[name];
    const ready = await supply.opening({ settings, kind, at: options.now() }, lit());
    if (ready.length === 0) {
      options.onEmpty(shownIds().length === 0);
      supply.retry();
      return plan(RETRY_MS);
    }
    const host = el('section', `layout layout-${name}`);
    stage.appendChild(host);
    const layout = kind.make();
    if (facts) layout.mount(host, sceneOf(stage, facts));
    for (const one of ready) put(layout, one);
    reveal(host, 'layout-shown');
    if (running) leave(running.host);
    running = { name, kind, layout, host };
    isStale = false;
    shown(running);
  }

  /** The next photo, in the layout that is on. */
  async function follow({ kind, layout }: Running, { settings }: Facts): Promise<void> {
    const pick = supply.next({ settings, kind, at: options.now() }, shownIds());
    if (!pick) {
      if (shownIds().length === 0) options.onEmpty(true);
      supply.retry();
      return plan(shownIds().length > 0 ? untilNext() : RETRY_MS);
    }
    const picture = await supply.load(pick.photo, kind).catch(() => null);
    if (!picture) return plan(shownIds().length > 0 ? NEXT_TRY_MS : RETRY_MS);
    // It may have been taken down while it was loading, or all of this is over.
    if (!running || running.layout !== layout || !schedule.entries.has(pick.photo.id)) return plan(0);
    put(layout, { pick, picture });
    shown(running);
  }

  function put(layout: Layout, { pick, picture }: Ready): void {
    layout.show(pick.photo, picture);
    if (!spot) markShown(schedule, pick.photo.id, pick.isExtra);
    since = Date.now();
  }

  function shown({ kind }: Running): void {
    options.onShown();
    options.onEmpty(false);
    plan(untilNext());
    prepare(kind);
  }

  function prepare(kind: LayoutKind): void {
    if (spot || !facts) return;
    const { settings } = facts;
    supply.prepare({ settings, kind, at: options.now() + settings.seconds * 1_000 }, shownIds());
  }

  /** What belongs to another screen of the group by now. */
  function handOver(): void {
    if (!facts || !running) return;
    for (const id of shownIds()) if (!isOurs(id, facts.settings, options.now(), 0)) running.layout.clear(id);
  }

  function clear(id: string): void {
    supply.forget(id);
    if (running) running.layout.clear(id);
    takeOff(stage, id);
  }

  window.addEventListener('resize', () => {
    isStale = true;
    plan(RESIZED_MS);
  });

  return {
    schedule,
    configure(next) {
      isStale = isStale || facts === null || JSON.stringify(facts) !== JSON.stringify(next);
      if (next.settings.qr !== 'between') options.onInvite(false);
      facts = next;
      if (isStale) plan(0);
    },
    add(photos) {
      const isFirst = schedule.entries.size === 0;
      addPhotos(schedule, photos, false);
      if (isFirst && photos.length > 0) plan(0);
    },
    arrive(photo) {
      const isFirst = schedule.entries.size === 0;
      addPhotos(schedule, [photo], true);
      if (isPaused || spot) return;
      const least = running ? running.kind.leastMs : 0;
      const group = facts && facts.settings.group;
      const isLate = group && group.mode === 'mirror' && untilNext() < SLOT_LEAST_MS;
      plan(isFirst ? 0 : isLate ? untilNext() : least - (Date.now() - since));
      if (running) prepare(running.kind);
    },
    remove(id) {
      const wasShown = shownIds().indexOf(id) >= 0;
      removePhoto(schedule, id);
      clear(id);
      if (wasShown) options.onShown();
      if (wasShown || schedule.entries.size === 0) plan(0);
    },
    keepOnly(ids) {
      keepOnly(schedule, ids);
      const gone = Array.from(photosIn(stage)).filter((id) => !ids.has(id));
      gone.forEach(clear);
      if (gone.length > 0 || ids.size === 0) plan(0);
    },
    like(items) {
      for (const { photoId, emoji, count } of items) {
        const entry = schedule.entries.get(photoId);
        if (entry) entry.photo = { ...entry.photo, reactions: { ...entry.photo.reactions, [emoji]: count } };
      }
    },
    spotlight(id) {
      if (id === spot) return;
      spot = id;
      isStale = isStale || id === null;
      plan(0);
    },
    pause(next) {
      if (isPaused && !next) plan(0);
      isPaused = next;
    },
    skip() {
      isSkipping = true;
      plan(0);
    },
    retry: supply.retry,
    shown: shownIds,
    layout: () => (running ? running.name : null),
  };
}
