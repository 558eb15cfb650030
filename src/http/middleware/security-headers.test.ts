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
