import { describe, expect, it } from 'vitest';
import type { Config } from '../../contract/config.ts';
import type { Access } from '../route.ts';
import { checkOrigin, identify } from './caller.ts';

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

describe('a screen', () => {
  const credential = `scr_${'Aa0_-'.repeat(8)}AAA`;
  const config = { STAFF_JWT_SECRET: 's'.repeat(32), GUEST_JWT_SECRET: 'g'.repeat(32) } as Config;
  const at = (access: Access, token: string, installation?: string) =>
    identify(
      new Request(`https://${HOST}/api/v1/screens/me`, {
        headers: {
          authorization: `Bearer ${token}`,
          ...(installation === undefined ? {} : { 'x-screen-installation': installation }),
        },
      }),
      access,
      '00000000-0000-4000-8000-000000000001',
      config,
      true,
      new Date(),
    ).then(
      ({ caller }) => caller,
      (error: { code?: string }) => error.code,
    );

  it('is known by the hash of its credential, and by its installation', async () =>
    expect(await at('screen', credential, 'a-television')).toMatchObject({
      staff: null,
      screen: { kind: 'screen', credentialHash: expect.stringMatching(/^[0-9a-f]{64}$/), installation: 'a-television' },
    }));

  it.each([undefined, '', 'short', 'x'.repeat(65), 'a b c d e f g h'])(
    'with the installation %j has none',
    async (one) => expect(await at('screen', credential, one)).toMatchObject({ screen: { installation: null } }),
  );

  it.each(['anyone', 'reader', 'guest', 'insider', 'viewer', 'owner', 'pairing'] as const)(
    'is nobody at a door for %s',
    async (access) => expect(await at(access, credential, 'a-television')).toBe('auth.required'),
  );

  it.each(['scr_', 'scr_short', `${credential}A`, `SCR_${credential.slice(4)}`, credential.slice(4)])(
    'is not known by %s',
    async (token) => expect(await at('screen', token, 'a-television')).toBe('auth.required'),
  );

  it('that waits to be paired is known by its secret, at that door only', async () => {
    const secret = credential.slice(4);
    expect(await at('pairing', secret)).toMatchObject({
      screen: null,
      pairing: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await at('anyone', secret)).toBe('auth.required');
  });
});
