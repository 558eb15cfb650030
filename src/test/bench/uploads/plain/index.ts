// The reference of `npm run bench uploads`: a body streamed into the store, and nothing else.

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return new Response('ok');
    if (request.method !== 'PUT' || !request.body) return new Response('PUT only\n', { status: 405 });
    const object = await env.ORIGINALS.put(pathname.slice(1), request.body);
    return new Response(null, { status: 201, headers: object ? { etag: object.httpEtag } : {} });
  },
} satisfies ExportedHandler<{ ORIGINALS: R2Bucket }>;
