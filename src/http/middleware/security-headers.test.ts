import { describe, expect, it } from 'vitest';
import { withSecurityHeaders } from './security-headers.ts';

const policy = (host: string, secure: boolean) =>
  withSecurityHeaders(new Response('x'), secure, host).headers.get('content-security-policy') ?? '';

describe('the content security policy', () => {
  it('lets pages open sockets to their own host only', () => {
    expect(policy('acme.example', true)).toContain("connect-src 'self' wss://acme.example;");
    expect(policy('acme.localhost:8787', false)).toContain("connect-src 'self' ws://acme.localhost:8787;");
  });
  it('takes nothing from a Host header that is more than a host', () => {
    for (const host of ['evil.example; script-src *', "x 'unsafe-inline'", 'x\tws:', '*', '']) {
      expect(policy(host, true)).toContain("connect-src 'self';");
      expect(policy(host, true)).toContain("script-src 'self';");
    }
  });
});

it('HSTS is said on https only, and nothing may be kept by default', () => {
  const secure = withSecurityHeaders(new Response('x'), true, 'a.example').headers;
  expect(secure.get('strict-transport-security')).toMatch(/max-age=31536000/);
  expect(secure.get('cache-control')).toBe('no-store');
  expect(withSecurityHeaders(new Response('x'), false, 'a.example').headers.has('strict-transport-security')).toBe(
    false,
  );
});

describe('a frame', () => {
  const framed = (given: Record<string, string>) => {
    const { headers } = withSecurityHeaders(new Response('x', { headers: given }), true, 'a.example');
    return [
      headers.get('x-frame-options'),
      /frame-ancestors ([^;]+)/.exec(headers.get('content-security-policy') ?? '')?.[1],
    ];
  };
  it('may hold a page only where that page says so, and then only a page of our own may', () => {
    expect(framed({})).toEqual(['DENY', "'none'"]);
    expect(framed({ 'x-frame-options': 'SAMEORIGIN' })).toEqual(['SAMEORIGIN', "'self'"]);
    expect(framed({ 'x-frame-options': 'ALLOWALL' })).toEqual(['DENY', "'none'"]);
  });
});
