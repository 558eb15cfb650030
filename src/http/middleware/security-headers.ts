const policyFor = (sockets: string, framedBy: "'none'" | "'self'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    // Videos, and the ones that a page takes a picture of before it sends them.
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    // Safari before 15.5 reads the second of them.
    "worker-src 'self'",
    "child-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    `frame-ancestors ${framedBy}`,
    "base-uri 'none'",
  ].join('; ');

/** Older Safari does not count sockets as 'self'. A Host header that could end the directive is left out. */
function socketsOf(host: string, secure: boolean): string {
  return /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host) ? ` ${secure ? 'wss' : 'ws'}://${host}` : '';
}

/**
 * Headers that every answer carries. The policy has no nonce, so that pages can be shared; scripts
 * and styles come from files of our own only. A WebSocket's answer passes untouched.
 */
export function withSecurityHeaders(response: Response, secure: boolean, host: string): Response {
  if (response.status === 101) return response;
  const headers = new Headers(response.headers);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  // A page may say that pages of our own may frame it; nothing else may be framed by anybody.
  const framedBy = headers.get('x-frame-options') === 'SAMEORIGIN' ? "'self'" : "'none'";
  if (framedBy === "'none'") headers.set('x-frame-options', 'DENY');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(self), geolocation=(), microphone=()');
  // A file that is handed out has a stricter one of its own.
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', policyFor(socketsOf(host, secure), framedBy));
  }
  if (secure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
