import { SYNC_TAG } from './sync-tag.ts';
// The linter knows no addresses of workers.
// oxlint-disable-next-line import/default
import workerUrl from './sync-worker.ts?worker&url';

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

let registration: SyncRegistration | null = null;

/**
 * Gets the service worker, where browsers send on when a page is closed, and asks the browser not to throw away what
 * waits for it.
 * @param path of this page, all that the service worker is for
 */
export function prepareSync(path: string): void {
  const { storage, serviceWorker } = navigator;
  if (storage && storage.persist) storage.persist().catch(() => undefined);
  if (registration || !serviceWorker || !('SyncManager' in window)) return;
  serviceWorker.register(workerUrl, { scope: path }).then(
    (made) => (registration = made),
    () => undefined,
  );
}

/** The page is going: from now on the browser may have to do it. */
export function askForSync(): void {
  if (registration && registration.sync) registration.sync.register(SYNC_TAG).catch(() => undefined);
}
