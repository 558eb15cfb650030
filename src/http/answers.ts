/** JSON that is not kept anywhere. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });

async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `W/"${btoa(String.fromCharCode(...digest.subarray(0, 12)))}"`;
}

const opaque = (etag: string): string => etag.trim().replace(/^W\//, '');

/** Compared weakly (RFC 9110, section 13.1.2): whoever compresses on the way makes a strong tag weak. */
export const matches = (request: Request, etag: string): boolean =>
  (request.headers.get('if-none-match') ?? '')
    .split(',')
    .some((tag) => opaque(tag) === opaque(etag) || tag.trim() === '*');

/** A page or list that the reader's own browser may keep, asking each time whether it has changed. */
export async function revalidated(request: Request, text: string, contentType: string): Promise<Response> {
  // Encoded once, for the digest and for the body: a gallery's 80 kB are most of what an answer costs.
  const bytes = new TextEncoder().encode(text);
  const etag = await etagOf(bytes);
  const headers = {
    'content-type': contentType,
    'cache-control': 'private, no-cache',
    vary: 'Cookie, Authorization, Accept-Language',
    etag,
  };
  if (matches(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers });
}

export const listAnswer = (request: Request, body: unknown): Promise<Response> =>
  revalidated(request, JSON.stringify(body), 'application/json; charset=utf-8');

export const htmlAnswer = (html: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(html, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
