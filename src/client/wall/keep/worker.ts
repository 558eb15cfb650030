/*
 * The service worker of walls: a page that was seen once opens again without a network, with the photos that the
 * page has put aside. It decides nothing: what is kept, and what is thrown away, is the page's business
 * (`shelf.ts`). One file without imports, because the oldest televisions know no modules here.
 */

interface FetchLike extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(
    type: string,
    listener: (event: FetchLike & { waitUntil(done: Promise<unknown>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}
const scope = self as unknown as Scope;

/** A page that has not come by then is shown as it was: a wall is black meanwhile. */
const PAGE_TIMEOUT_MS = 4_000;

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

const timeout = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error('too slow')), ms));

/** The network's answer, unless it fails, is late or is the server's trouble; then what was kept. */
async function page(request: Request): Promise<Response> {
  const fresh = fetch(request);
  fresh.catch(() => undefined);
  try {
    const answer = await Promise.race([fresh, timeout(PAGE_TIMEOUT_MS)]);
    if (answer.status < 500) return answer;
  } catch {
    /* no network */
  }
  const known =
    (await caches.match(request, { ignoreVary: true })) ||
    (await caches.match(request, { ignoreVary: true, ignoreSearch: true }));
  return known || fresh;
}

const file = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) || fetch(request);

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') return event.respondWith(page(request));
  event.respondWith(file(request));
});
