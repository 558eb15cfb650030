import type { WallBrand, WallPhoto } from '../../../contract/boot.ts';
import { codeCard } from '../code.ts';
import { dropPictures, el, leave, reveal } from '../dom.ts';
import { layouts } from '../layouts/index.ts';
import type { Layout, LayoutKind, Scene, Size } from '../layouts/layout.ts';
import {
  addPhotos,
  keepOnly,
  markShown,
  newSchedule,
  removePhoto,
  type Pick,
  type Schedule,
} from '../schedule/schedule-rules.ts';
import { layoutAt, type LayoutName, type WallSettings } from '../settings-rules.ts';
import { choice, isOurs, untilNextMs } from './choice-rules.ts';
import { openPictures } from './pictures.ts';

const RETRY_MS = 5_000;
/** One photo cannot be had: the next is tried soon, what is on screen stays. */
const NEXT_TRY_MS = 300;
/** In a mirrored group an arrival does not begin so shortly before the clock changes the photo anyway. */
const SLOT_LEAST_MS = 3_000;
/** With `qr: 'between'`: after so many photos the code has the screen for the time of one. */
const INVITE_AFTER = 6;

export interface Facts {
  settings: WallSettings;
  brand: WallBrand;
  eventName: string;
  joinUrl: string;
  callToAction: string;
}

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
  const schedule = newSchedule();
  /** could not be loaded lately; forgotten whenever the connection is back */
  const unreachable = new Set<string>();
  let facts: Facts | null = null;
  let running: Running | null = null;
  let isStale = false;
  let isPaused = false;
  let isSkipping = false;
  let spot: string | null = null;
  let since = 0;
  let sinceInvited = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isDue = false;

  const pictures = openPictures(options.isAtHand);

  const choose = (kind: LayoutKind, at: number, avoid: ReadonlySet<string>, back = 0): Pick | null => {
    const isHeld = ({ id, sizes }: WallPhoto) =>
      !avoid.has(id) && !unreachable.has(id) && sizes.some(({ url }) => options.isAtHand(url));
    return facts && choice(schedule, facts.settings, { kind, at, back, may: isHeld });
  };
  const sizeOf = (): Size => ({ width: stage.clientWidth, height: stage.clientHeight });
  const secondsMs = (): number => (facts ? facts.settings.seconds : 8) * 1_000;
  const shownIds = (): string[] => (running ? running.layout.shown() : []);

  function plan(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void step(), Math.max(0, ms));
  }

  async function step(): Promise<void> {
    if (isBusy) {
      isDue = true;
      return;
    }
    isBusy = true;
    try {
      await turn();
    } finally {
      isBusy = false;
      if (isDue) {
        isDue = false;
        plan(0);
      }
    }
  }

  function sceneOf({ settings, brand, eventName, joinUrl, callToAction }: Facts): Scene {
    return {
      size: sizeOf(),
      seconds: settings.seconds,
      names: settings.names,
      captions: settings.captions,
      isCalm: matchMedia('(prefers-reduced-motion: reduce)').matches,
      isMirrored: document.documentElement.dir === 'rtl',
      eventName,
      brand,
      joinUrl,
      callToAction,
      code: () => (settings.qr === 'always' ? codeCard(joinUrl, callToAction) : null),
    };
  }

  const edgeOf = (kind: LayoutKind): number => {
    const { width, height } = sizeOf();
    return Math.max(width, height) * kind.edge * Math.min(2, window.devicePixelRatio || 1);
  };

  /** The next photo is decoded while the one before is seen. */
  function prepare(): void {
    if (!running || spot) return;
    const { kind } = running;
    const next = choose(kind, options.now() + secondsMs(), new Set(shownIds()));
    if (next) pictures.prepare(next.photo, edgeOf(kind));
  }

  function put(layout: Layout, { photo, isExtra }: Pick, picture: HTMLImageElement): void {
    layout.show(photo, picture);
    if (!spot) markShown(schedule, photo.id, isExtra);
    since = Date.now();
    options.onShown();
  }

  /** Loads what a layout begins with, then lets it fade in over the one before. */
  async function swap(name: LayoutName): Promise<void> {
    if (!facts) return;
    const kind = layouts[name];
    const picks: { pick: Pick; picture: HTMLImageElement }[] = [];
    const taken = new Set<string>();
    const count = spot ? 1 : kind.begins;
    for (let tries = 0; picks.length < count && tries < count + 3; tries++) {
      const lit = spot ? schedule.entries.get(spot) : null;
      const pick = lit
        ? { photo: lit.photo, isExtra: true }
        : choose(kind, options.now(), taken, count - 1 - picks.length);
      if (!pick) continue;
      taken.add(pick.photo.id);
      try {
        picks.push({ pick, picture: await pictures.load(pick.photo, edgeOf(kind)) });
      } catch {
        unreachable.add(pick.photo.id);
      }
    }
    const ready = picks.filter(({ pick }) => schedule.entries.has(pick.photo.id));
    if (ready.length === 0) {
      options.onEmpty(shownIds().length === 0);
      unreachable.clear();
      return plan(RETRY_MS);
    }
    const host = el('section', `layout layout-${name}`);
    stage.appendChild(host);
    const layout = kind.make();
    layout.mount(host, sceneOf(facts));
    for (const { pick, picture } of ready) put(layout, pick, picture);
    reveal(host, 'layout-shown');
    if (running) leave(running.host);
    running = { name, kind, layout, host };
    isStale = false;
    options.onEmpty(false);
    prepare();
    plan(untilNext());
  }

  const untilNext = (): number => (facts ? untilNextMs(facts.settings, options.now()) : RETRY_MS);

  /** What belongs to another screen of the group by now. */
  function handOver(): void {
    if (!facts || !running) return;
    for (const id of shownIds()) if (!isOurs(id, facts.settings, options.now(), 0)) running.layout.clear(id);
  }

  async function turn(): Promise<void> {
    if (!facts) return;
    if (schedule.entries.size === 0) {
      if (running) dropAll();
      options.onShown();
      return options.onEmpty(true);
    }
    handOver();
    const wanted = spot && schedule.entries.has(spot) ? 'spotlight' : layoutAt(facts.settings, options.now());
    const isLit = !spot || !schedule.entries.has(spot) || shownIds()[0] === spot;
    if (!running || isStale || running.name !== wanted || !isLit) return swap(wanted);
    if ((isPaused && !isSkipping) || (spot && isLit && schedule.entries.has(spot))) return plan(secondsMs());
    isSkipping = false;
    if (invites()) return;
    const { kind, layout } = running;
    const pick = choose(kind, options.now(), new Set(shownIds()));
    if (!pick) {
      if (shownIds().length === 0) options.onEmpty(true);
      unreachable.clear();
      return plan(shownIds().length > 0 ? untilNext() : RETRY_MS);
    }
    try {
      const picture = await pictures.load(pick.photo, edgeOf(kind));
      // It may have been taken down while it was loading, or all of this is over.
      if (!running || running.layout !== layout || !schedule.entries.has(pick.photo.id)) return plan(0);
      put(layout, pick, picture);
      options.onEmpty(false);
      plan(untilNext());
      prepare();
    } catch {
      unreachable.add(pick.photo.id);
      plan(shownIds().length > 0 ? NEXT_TRY_MS : RETRY_MS);
    }
  }

  /** @returns whether the code has its turn now */
  function invites(): boolean {
    if (!facts || facts.settings.qr !== 'between') return false;
    sinceInvited += 1;
    if (sinceInvited <= INVITE_AFTER) {
      options.onInvite(false);
      return false;
    }
    sinceInvited = 0;
    options.onInvite(true);
    plan(secondsMs());
    return true;
  }

  function dropAll(): void {
    pictures.forget();
    dropPictures(stage);
    stage.textContent = '';
    running = null;
  }

  /** Off every layer at once, whether it is on, fading or only ready; its words as well. */
  function takeOff(id: string): void {
    pictures.forget(id);
    if (running) running.layout.clear(id);
    for (const one of Array.from(stage.querySelectorAll('[data-photo],[data-id]'))) {
      if (one.getAttribute('data-photo') !== id && one.getAttribute('data-id') !== id) continue;
      dropPictures(one);
      one.remove();
    }
  }

  window.addEventListener('resize', () => {
    isStale = true;
    plan(200);
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
      prepare();
    },
    remove(id) {
      const wasShown = shownIds().indexOf(id) >= 0;
      removePhoto(schedule, id);
      takeOff(id);
      if (wasShown) options.onShown();
      if (wasShown || schedule.entries.size === 0) plan(0);
    },
    keepOnly(ids) {
      keepOnly(schedule, ids);
      const gone = new Set<string>();
      for (const one of Array.from(stage.querySelectorAll('[data-photo]'))) {
        const id = one.getAttribute('data-photo') || '';
        if (!ids.has(id)) gone.add(id);
      }
      gone.forEach(takeOff);
      if (gone.size > 0 || ids.size === 0) plan(0);
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
    retry: () => unreachable.clear(),
    shown: shownIds,
    layout: () => (running ? running.name : null),
  };
}
