// The thumbnailer's pipeline in its own runtime, for whoever sends a photo: what it makes is told, not kept.
import { makeWithOurs } from '../ours.ts';
import type { CorpusType } from '../../../../corpus/photos.ts';

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export default {
  async fetch(request) {
    if (new URL(request.url).pathname === '/healthz') return new Response('ok');
    const bytes = new Uint8Array(await request.arrayBuffer());
    return Response.json(await makeWithOurs(bytes, request.headers.get('content-type') as CorpusType));
  },
} satisfies ExportedHandler;
