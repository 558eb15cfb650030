import { SYNC_TAG } from './sync-tag.ts';
// The linter knows no addresses of workers.
// oxlint-disable-next-line import/default
import workerUrl from './sync-worker.ts?worker&url';

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

let registration: SyncRegistration | null = null;
let isComing = false;

/** Asks the browser not to throw away what waits to be sent. */
export function askToKeep(): void {
  const { storage } = navigator;
  if (storage && storage.persist) storage.persist().catch(() => undefined);
}

/**
 * Gets the service worker, where browsers send on when a page is closed.
 * @param path of this page, all that the service worker is for
 */
export function prepareSync(path: string): void {
  const { serviceWorker } = navigator;
  if (registration || isComing || !serviceWorker || !('SyncManager' in window)) return;
  isComing = true;
  serviceWorker.register(workerUrl, { scope: path }).then(
    (made) => (registration = made),
    () => (isComing = false),
  );
}

/** The page is going: from now on the browser may have to do it. */
export function askForSync(): void {
  if (registration && registration.sync) registration.sync.register(SYNC_TAG).catch(() => undefined);
}
