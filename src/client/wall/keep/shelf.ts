import type { WallPhoto } from '../../../contract/boot.ts';
import { difference, worthKeeping } from './shelf-rules.ts';

const SHELL = 'wall-shell';
const PHOTOS = 'wall-photos';
const WORKER = '/assets/wall-worker.js';
/** Many photos may come and go in one moment. */
const SETTLE_MS = 2_000;
/** The page's own files, as far as it has asked for them by then. */
const SHELL_AFTER_MS = 4_000;

const pathOf = (url: string): string => new URL(url, location.href).pathname;

/** Scripts, styles and pictures that a page names, and the faces that this one has asked for. */
function filesOf(html: string): string[] {
  const named = html.match(/(?:src|href)="\/(?!\/)[^"]+"/g) || [];
  const asked = performance.getEntriesByType('resource').map(({ name }) => name);
  const all = named
    .map((text) => text.slice(text.indexOf('"') + 1, -1).replace(/&amp;/g, '&'))
    .concat(asked)
    .map((url) => new URL(url, location.href));
  const own = all.filter(
    ({ origin, pathname }) => origin === location.origin && !/^\/(api|i)\//.test(pathname) && pathname !== WORKER,
  );
  return Array.from(new Set(own.map(({ href }) => href)));
}

export interface Shelf {
  /** Whether a file can be had without a network. */
  has(url: string): boolean;
  /** Keeps the newest of these and nothing else; soon, and one file after another. */
  keep(photos: () => readonly WallPhoto[]): void;
  /** Throws a photo's files away at once. */
  drop(photo: WallPhoto): Promise<void>;
  /** Throws away at once whatever is kept of other photos than these. */
  tidy(photos: readonly WallPhoto[]): Promise<void>;
  /** Throws all photos away. */
  clear(): Promise<void>;
  /** And the page as well: it must not open again by itself. */
  close(): Promise<void>;
}

/**
 * What this device keeps for the time without a network: the page itself, so that it opens, and the newest photos.
 * Without Cache Storage (old or private browsers) nothing is kept and the wall needs its network.
 */
export function openShelf(addresses: readonly string[]): Shelf {
  const held = new Set<string>();
  let wanted: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let filling: Promise<void> = Promise.resolve();
  const hasCaches = 'caches' in window;

  async function remember(): Promise<void> {
    const cache = await caches.open(PHOTOS);
    for (const { url } of await cache.keys()) held.add(pathOf(url));
  }

  /** The page as it is now at its addresses, which may be newer than this one, and all that it takes to open it. */
  async function keepShell(): Promise<void> {
    const cache = await caches.open(SHELL);
    const pages = addresses.map((address) => new URL(address, location.href).href);
    let files: string[] = [];
    for (const page of pages) {
      const answer = await fetch(page, { credentials: 'same-origin' });
      if (!answer.ok) return;
      files = files.concat(filesOf(await answer.clone().text()));
      for (const file of files) if (!(await cache.match(file))) await cache.add(file).catch(() => undefined);
      await cache.put(page, answer);
    }
    const wanted = files.concat(pages);
    for (const { url } of await cache.keys()) if (wanted.indexOf(url) < 0) await cache.delete(url);
  }

  async function fill(urls: string[]): Promise<void> {
    const cache = await caches.open(PHOTOS);
    wanted = urls;
    const { add, remove } = difference(Array.from(held), wanted);
    for (const url of remove) {
      held.delete(url);
      await cache.delete(url);
    }
    for (const url of add) {
      // Gone meanwhile: it is not fetched; or not kept, where it was on its way.
      if (wanted.indexOf(url) < 0) continue;
      await cache.add(url).then(
        () => held.add(url),
        () => undefined,
      );
      if (wanted.indexOf(url) < 0) {
        held.delete(url);
        await cache.delete(url);
      }
    }
  }

  if (hasCaches) {
    remember().catch(() => undefined);
    setTimeout(() => void keepShell().catch(() => undefined), SHELL_AFTER_MS);
    const { serviceWorker } = navigator;
    // Its scope is this page alone: nothing else of the host is touched.
    for (const address of serviceWorker ? addresses : []) {
      const scope = new URL(address, location.href).pathname;
      serviceWorker.register(WORKER, { scope }).catch(() => undefined);
    }
  }

  return {
    has: (url) => held.has(url),
    keep(photos) {
      if (!hasCaches) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        filling = filling.then(() => fill(worthKeeping(photos()))).catch(() => undefined);
      }, SETTLE_MS);
    },
    async drop({ sizes }) {
      for (const { url } of sizes) held.delete(url);
      wanted = wanted.filter((url) => !sizes.some((size) => size.url === url));
      if (!hasCaches) return;
      const cache = await caches.open(PHOTOS);
      await Promise.all(sizes.map(({ url }) => cache.delete(url)));
    },
    async tidy(photos) {
      const worth = worthKeeping(photos);
      wanted = wanted.filter((url) => worth.indexOf(url) >= 0);
      if (!hasCaches) return;
      const cache = await caches.open(PHOTOS);
      const others = (await cache.keys()).filter(({ url }) => worth.indexOf(pathOf(url)) < 0);
      for (const { url } of others) held.delete(pathOf(url));
      await Promise.all(others.map((file) => cache.delete(file)));
    },
    async clear() {
      clearTimeout(timer);
      held.clear();
      wanted = [];
      if (!hasCaches) return;
      await caches.delete(PHOTOS);
    },
    async close() {
      if (hasCaches) await Promise.all([this.clear(), caches.delete(SHELL)]);
    },
  };
}
