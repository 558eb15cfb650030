// The two sides of `npm run bench render`, in one isolate and behind the same hops.
import { themeSchema } from '../../../contract/tenants.ts';
import type { Photo } from '../../../contract/photos.ts';
import { revalidated } from '../../../http/answers.ts';
import { withSecurityHeaders } from '../../../http/middleware/security-headers.ts';
import { renderGallery } from '../../../pages/index.ts';
import { event, makePhoto } from './photos.ts';

const PHOTOS = 100;
const HTML = 'text/html; charset=utf-8';
/** Twice as many as the page's memory of tiles holds, so that whoever comes round again has been forgotten. */
const ALBUM = 8_000;
const album = Array.from({ length: PHOTOS }, (_none, n) => makePhoto(n + 1));
const first = album.slice();
const tenant = { name: 'Acme Corporation', slug: 'acme', theme: themeSchema.parse({ accent: '#b4235a' }) };
let place = 0;

const page = (shown: Photo[]): string =>
  renderGallery({
    tenant,
    event,
    photos: shown,
    nextPage: `/e/${event.slug}?cursor=eyJhdCI6IjIwMjYtMDYtMjAifQ`,
    position: { epoch: 'bench', seq: PHOTOS },
    locale: 'en',
    viewer: 'anyone',
    canUpload: true,
  });

/** The page when `count` of its photos have not been on it for long. */
function moved(count: number): string {
  while (album.length < ALBUM) album.push(makePhoto(album.length + 1));
  place = (place + count) % (ALBUM - PHOTOS);
  return page(album.slice(place, place + PHOTOS));
}

const answer = async (request: Request, html: string): Promise<Response> =>
  withSecurityHeaders(
    await revalidated(request, html, HTML),
    new URL(request.url).protocol === 'https:',
    new URL(request.url).host,
  );

let constant: { body: Uint8Array<ArrayBuffer>; headers: Headers } | undefined;

/** The same bytes with the same headers, made once: what the runtime and the hops cost by themselves. */
async function constantAnswer(request: Request): Promise<Response> {
  if (!constant) {
    const rendered = await answer(request, page(first));
    constant = { headers: rendered.headers, body: new Uint8Array(await rendered.arrayBuffer()) };
  }
  return new Response(constant.body, { headers: constant.headers });
}

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export default {
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case '/healthz':
        return new Response('ok');
      case '/constant':
        return constantAnswer(request);
      case '/render':
        return answer(request, page(first));
      case '/one-new':
        return answer(request, moved(1));
      case '/all-new':
        return answer(request, moved(PHOTOS));
      default:
        return new Response(null, { status: 404 });
    }
  },
} satisfies ExportedHandler;
