import { SYNC_TAG } from './sync-tag.ts';
// The linter knows no addresses of workers.
// oxlint-disable-next-line import/default
import workerUrl from './sync-worker.ts?worker&url';

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/**
 * Asks the browser to go on sending when this page is closed or the network comes back, where browsers do that, and
 * not to throw away what waits for it.
 * @param path of this page, all that the service worker is for
 */
export function askForSync(path: string): void {
  const { storage, serviceWorker } = navigator;
  if (storage && storage.persist) storage.persist().catch(() => undefined);
  if (!serviceWorker || !('SyncManager' in window)) return;
  serviceWorker
    .register(workerUrl, { scope: path })
    .then((registration: SyncRegistration) => registration.sync && registration.sync.register(SYNC_TAG))
    .catch(() => undefined);
}
