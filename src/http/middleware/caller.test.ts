import { describe, expect, it } from 'vitest';
import { checkOrigin } from './caller.ts';

const HOST = 'acme.example';
const write = (headers: Record<string, string>, scheme = 'https') =>
  new Request(`${scheme}://${HOST}/api/v1/events/party/photos`, {
    method: 'POST',
    headers: { host: HOST, ...headers },
  });
const judge = (request: Request, by: 'nothing' | 'bearer' | 'cookie' = 'cookie', cookieWrite = false) => {
  try {
    checkOrigin(request, by, cookieWrite);
    return 'taken';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const REFUSED = 'request.origin_mismatch';

describe('a write that a cookie authenticates', () => {
  it('is taken from the own origin', () => expect(judge(write({ origin: `https://${HOST}` }))).toBe('taken'));

  it.each([
    ['no origin', {}],
    ['the origin of a sandbox', { origin: 'null' }],
    ['another host', { origin: 'https://evil.example' }],
    ['a host that begins alike', { origin: `https://${HOST}.evil.example` }],
    ['another port', { origin: `https://${HOST}:8443` }],
    ['the own host in clear', { origin: `http://${HOST}` }],
    ['what is no address', { origin: 'acme.example' }],
  ])('is refused with %s', (_name, headers) => expect(judge(write(headers))).toBe(REFUSED));

  it('is taken in clear where the platform itself speaks in clear', () =>
    expect(judge(write({ origin: `http://${HOST}` }, 'http'))).toBe('taken'));

  it('needs its origin although a Bearer is sent along, when the cookie decides', () =>
    expect(judge(write({}), 'bearer', true)).toBe(REFUSED));
});

describe('a write without credentials', () => {
  it('may lack an origin, as from a command line', () => expect(judge(write({}), 'nothing')).toBe('taken'));
  it.each(['cross-site', 'same-site'])('is refused when the browser calls it %s', (site) =>
    expect(judge(write({ 'sec-fetch-site': site }), 'nothing')).toBe(REFUSED),
  );
  it.each(['same-origin', 'none'])('is taken when the browser calls it %s', (site) =>
    expect(judge(write({ 'sec-fetch-site': site }), 'nothing')).toBe('taken'),
  );
  it('is refused from a foreign origin', () =>
    expect(judge(write({ origin: 'https://evil.example' }), 'nothing')).toBe(REFUSED));
});

describe('a socket', () => {
  const socket = (headers: Record<string, string>) =>
    new Request(`https://${HOST}/api/v1/events/party/live`, {
      headers: { host: HOST, upgrade: 'websocket', ...headers },
    });
  it('of another site is refused, also with a ticket and without a cookie', () =>
    expect(judge(socket({ origin: 'https://evil.example' }), 'nothing')).toBe(REFUSED));
  it('by cookie needs the own origin', () => {
    expect(judge(socket({}))).toBe(REFUSED);
    expect(judge(socket({ origin: `https://${HOST}` }))).toBe('taken');
  });
});
