import { onPageWake } from '../../shared/page-wake.ts';
import type { Outbox, OutboxOptions } from './outbox.ts';

type Parts = (typeof import('./parts.ts'))['parts'];

/** The photos of the page come first. */
const AFTER_LOAD_MS = 200;
const AGAIN_MS = 3_000;

export interface LaterOutbox extends Outbox {
  /** what shows it; null: not here yet */
  parts(): Parts | null;
  /** whether it could not be loaded the last time; it is tried again by itself */
  isMissing(): boolean;
  /** It is needed now. */
  load(): void;
}

/** The outbox of a page that opens without it: it comes when the page is there, and what is asked of it waits. */
export function openOutboxLater(options: OutboxOptions): LaterOutbox {
  let parts: Parts | null = null;
  let box: Outbox | null = null;
  let isComing = false;
  let isMissing = false;
  let asked: ((box: Outbox) => void)[] = [];

  function load(): void {
    if (box || isComing) return;
    isComing = true;
    import('./parts.ts').then(
      (loaded) => {
        parts = loaded.parts;
        const opened = (box = parts.openOutbox(options));
        isMissing = false;
        for (const ask of asked) ask(opened);
        asked = [];
        options.onChange();
      },
      () => {
        isComing = false;
        isMissing = true;
        setTimeout(load, AGAIN_MS);
        options.onChange();
      },
    );
  }

  function ask(what: (box: Outbox) => void): void {
    if (box) return what(box);
    asked.push(what);
    load();
  }

  if (document.readyState === 'complete') setTimeout(load, AFTER_LOAD_MS);
  else window.addEventListener('load', () => setTimeout(load, AFTER_LOAD_MS), { once: true });
  onPageWake(() => isMissing && load());

  return {
    parts: () => parts,
    isMissing: () => isMissing,
    load,
    uploads: () => (box ? box.uploads() : []),
    preview: (key) => box && box.preview(key),
    seen: (key) => ask((there) => there.seen(key)),
    add: (files) => ask((there) => there.add(files)),
    wish: (wish) => ask((there) => there.wish(wish)),
    wishAll: (kind) => ask((there) => there.wishAll(kind)),
    keepLocation: (keeps) => ask((there) => there.keepLocation(keeps)),
    isFast: () => box !== null && box.isFast(),
    setFast: (isFast) => ask((there) => there.setFast(isFast)),
    keeps: () => box && box.keeps(),
    resume: () => ask((there) => there.resume()),
    clear: () => ask((there) => there.clear()),
  };
}
