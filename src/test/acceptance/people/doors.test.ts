import { describe, expect, it } from 'vitest';
import { clientFor, openSocket } from '../../support/http.ts';
import { join, listen, signIn, ticketFor } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, at, event, port } = setup();

describe('hosts', () => {
  it('show the seeded event with at least 24 published photos, upright and with placeholders', async () => {
    const list = await acme('/api/v1/events/launch-party/photos?limit=200');
    expect(list.json.items.length).toBeGreaterThanOrEqual(24);
    for (const photo of list.json.items) {
      expect(photo.thumbhash).toMatch(/^[A-Za-z0-9+/]+=*$/);
      expect(photo.renditions.length).toBeGreaterThan(0);
    }
    const page = await acme('/e/launch-party');
    expect(page.status).toBe(200);
    expect(page.text.match(/data-thumbhash=/g)?.length).toBeGreaterThanOrEqual(24);
  });
  it('keep tenants apart', async () => {
    expect((await techstart('/e/launch-party')).status).toBe(404);
    expect((await techstart('/api/v1/events/launch-party/photos')).json.code).toBe('event.not_found');
    expect((await techstart('/')).text).not.toContain('Launch');
    const photo = (await acme('/api/v1/events/launch-party/photos?limit=1')).json.items[0];
    expect((await acme(photo.renditions[0].url)).status).toBe(200);
    expect((await techstart(photo.renditions[0].url)).status).toBe(404);
  });
  it('that nobody has are a plain 404, never a default tenant', async () => {
    for (const slug of ['nobody', 'platform', 'a.acme']) {
      const answer = await at(slug)('/e/launch-party');
      expect([answer.status, answer.text]).toEqual([404, 'Not found\n']);
    }
    for (const host of ['evil.example', 'acme.localhost.evil.example', '../acme']) {
      expect((await clientFor(port, host)('/')).status).toBe(404);
    }
    expect((await at('nobody')('/api/v1/events')).json.code).toBe('tenant.not_found');
  });
  it('of a tenant that is not active say so and show nothing', async () => {
    const page = await at('demo-company')('/e/anything');
    expect(page.status).toBe(403);
    expect(page.text).toMatch(/not active/i);
    expect((await at('demo-company')('/api/v1/events')).json.code).toBe('tenant.inactive');
  });
  it('answer healthz anywhere, and the index at the bare host', async () => {
    const health = await at('nobody')('/healthz');
    expect(health.json).toMatchObject({ ok: true });
    const index = await clientFor(port, `localhost:${port}`)('/');
    expect(index.text).toContain(`acme.localhost:${port}/e/launch-party`);
    expect(index.text).toContain('admin@acme.com');
    expect(index.text).toMatch(/hosts/);
  });
});

describe('a PIN event', () => {
  it('shows a form and no photo', async () => {
    const page = await acme('/e/board-dinner');
    expect(page.status).toBe(200);
    expect(page.text).toContain('name="pin"');
    expect(page.text).not.toContain('/i/');
    expect((await acme('/api/v1/events/board-dinner/photos')).status).toBe(401);
    expect((await acme('/api/v1/events/board-dinner/live-ticket', { method: 'POST' })).status).toBe(401);
  });
  it('opens to the PIN, by JSON and by the plain form', async () => {
    const guest = await join(acme, 'board-dinner', { pin: '2468' });
    expect((await acme('/api/v1/events/board-dinner/photos', { headers: guest.headers })).status).toBe(200);
    const form = await acme('/e/board-dinner/join', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: acme.origin },
      body: 'pin=2468&name=Grace',
    });
    expect(form.status).toBe(303);
    const cookie = String(form.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    const page = await acme('/e/board-dinner', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(page.text).not.toContain('name="pin"');
  });
  it('refuses a wrong PIN, slows one device down and lets the next one in', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '1357' });
    const guess = (agent: string, pin: string) =>
      acme(`/api/v1/events/${slug}/session`, { method: 'POST', headers: { 'user-agent': agent }, body: { pin } });
    const tries = [];
    for (let n = 0; n < 8; n++) tries.push(await guess('guesser', `000${n}`));
    expect(tries.slice(0, 5).map((one) => one.json.code)).toEqual(Array.from({ length: 5 }, () => 'event.wrong_pin'));
    expect(tries.slice(5).map((one) => [one.status, one.json.code])).toEqual(
      Array.from({ length: 3 }, () => [429, 'rate.limited']),
    );
    expect(Number(tries[7]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await guess('guesser', '1357')).status).toBe(429);
    expect((await guess('somebody else', '1357')).status).toBe(201);
  });
  it('with another PIN leads nobody in who has a ticket from before', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '1357' });
    const staff = await signIn(acme, 'operator@acme.com');
    const guest = await join(acme, slug, { pin: '1357' });
    const inside = await listen(acme, port, slug, guest.headers);
    const ticket = await ticketFor(acme, slug, guest.headers);
    const changed = await acme(`/api/v1/events/${slug}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { pin: '2468' },
    });
    expect(changed.status).toBe(200);
    expect(await inside.closed).toBe(4401);
    const path = `/api/v1/events/${slug}/live?ticket=${ticket}`;
    await expect(openSocket(port, acme.host, path)).rejects.toMatchObject({ status: 401 });
    const again = await join(acme, slug, { pin: '2468' });
    (await listen(acme, port, slug, again.headers)).close();
  });
});

describe('bad requests', () => {
  it.each([
    ['malformed JSON', 'POST', '/api/v1/auth/login', '{"email":', 400, 'request.invalid'],
    ['JSON of another shape', 'POST', '/api/v1/auth/login', '[]', 400, 'request.invalid'],
    [
      'an unknown field',
      'POST',
      '/api/v1/events/launch-party/session',
      '{"name":"A","admin":true}',
      400,
      'request.invalid',
    ],
    [
      'a name of 300 characters',
      'POST',
      '/api/v1/events/launch-party/session',
      JSON.stringify({ name: 'x'.repeat(300) }),
      400,
      'request.invalid',
    ],
    [
      'an unknown query',
      'GET',
      '/api/v1/events/launch-party/photos?tenant=techstart',
      undefined,
      400,
      'request.invalid',
    ],
    ['a limit of 1,000', 'GET', '/api/v1/events/launch-party/photos?limit=1000', undefined, 400, 'request.invalid'],
    ['a sort of its own', 'GET', '/api/v1/events/launch-party/photos?sort=id;drop', undefined, 400, 'request.invalid'],
    ['a cursor of its own', 'GET', '/api/v1/events/launch-party/photos?cursor=abc', undefined, 400, 'request.invalid'],
    [
      'a parameter twice',
      'GET',
      '/api/v1/events/launch-party/photos?limit=1&limit=2',
      undefined,
      400,
      'request.invalid',
    ],
    ['an unknown event', 'GET', '/api/v1/events/no-such-event/photos', undefined, 404, 'event.not_found'],
    ['an event that is no name', 'GET', '/api/v1/events/%00/photos', undefined, 404, 'event.not_found'],
    ['an unknown address', 'GET', '/api/v1/nothing', undefined, 404, 'route.not_found'],
    ['another method', 'PUT', '/api/v1/events/launch-party/photos', undefined, 405, 'route.method_not_allowed'],
    ['a key that is none', 'GET', '/i/not-a-key/320.webp', undefined, 404, 'photo.not_found'],
  ])('%s', async (_name, method, path, body, status, code) => {
    const answer = await acme(path, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    expect({ status: answer.status, code: answer.json?.code }).toEqual({ status, code });
    expect(answer.json.detail).toMatch(/\w+ \w+/);
  });
  it('a photo id that is none, an unknown one, and a decision that is none', async () => {
    const { headers } = await signIn(acme, 'admin@acme.com');
    expect((await acme('/api/v1/photos/not-an-id', { headers })).json.code).toBe('request.invalid');
    const unknown = '/api/v1/photos/00000000-0000-4000-8000-000000000000';
    expect((await acme(unknown, { headers })).json.code).toBe('photo.not_found');
    const patch = await acme(unknown, { method: 'PATCH', headers, body: { status: 'failed' } });
    expect(patch.json.code).toBe('request.invalid');
  });
  it('a body that is no JSON by its type', async () => {
    const answer = await acme('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect([answer.status, answer.json.code]).toEqual([415, 'request.unsupported_media_type']);
  });
});

describe('sockets', () => {
  it('need a ticket or Bearer, also at a public event', async () => {
    const refused = (path: string, headers = {}) =>
      openSocket(port, acme.host, path, headers).then(
        (socket) => (socket.close(), 101),
        (error: { status?: number }) => error.status,
      );
    const path = '/api/v1/events/launch-party/live';
    expect(await refused(path)).toBe(401);
    expect(await refused(`${path}?ticket=forged`)).toBe(401);
    const ticket = await ticketFor(acme, 'launch-party');
    expect(await refused(`${path}?ticket=${ticket}`)).toBe(101);
    expect(await refused(`${path}?ticket=${ticket}`)).toBe(401);
    const { headers } = await signIn(acme, 'viewer@acme.com');
    expect((await acme(path)).json.code).toBe('auth.required');
    expect((await acme(path, { headers })).json.code).toBe('request.invalid');
  });
  it('are who their ticket says, whatever else the client claims', async () => {
    const claims = {
      'x-room-role': 'staff',
      'x-room-moderator': '00000000-0000-4000-8000-000000000001',
      'x-room-expires': '2099-01-01T00:00:00.000Z',
      'x-room-relay': '1',
      'x-room-slip': encodeURIComponent('{"root":"another/room","relay":1}'),
    };
    const ticket = await ticketFor(acme, 'launch-party');
    const path = '/api/v1/events/launch-party/live';
    const socket = await openSocket(port, acme.host, `${path}?ticket=${ticket}`, claims);
    expect(await socket.next((frame) => frame.type === 'hello')).toMatchObject({ role: 'viewer' });
    socket.close();
    await expect(openSocket(port, acme.host, path, claims)).rejects.toMatchObject({ status: 401 });
  });
  it('of one tenant do not open with a ticket of another', async () => {
    const { slug } = await event({}, 'techstart');
    const ticket = await ticketFor(techstart, slug);
    const attempt = openSocket(port, acme.host, `/api/v1/events/launch-party/live?ticket=${ticket}`);
    await expect(attempt).rejects.toMatchObject({ status: 401 });
  });
  it('start over for whoever read an event before its room had ever been opened', async () => {
    const { slug } = await event();
    expect((await acme(`/api/v1/events/${slug}/photos`)).json).toMatchObject({ epoch: '', seq: 0 });
    const socket = await listen(acme, port, slug, {}, '.0');
    await socket.next((frame) => frame.type === 'reset');
    socket.close();
  });
  it('close on another version of the protocol', async () => {
    const socket = await listen(acme, port, 'launch-party');
    socket.send({ v: 2, type: 'ack', seq: 1 });
    expect(await socket.closed).toBe(4400);
  });
});

describe('headers', () => {
  it('allow no inline script, no sniffing and no framing, and keep nothing by default', async () => {
    for (const path of ['/', '/e/launch-party', '/e/launch-party/wall', '/admin']) {
      const { headers, text } = await acme(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('nonce');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(text).not.toMatch(/<script(?![^>]*(?:src=|type="application\/json"))/);
      expect(text).not.toMatch(/ on[a-z]+="/);
      expect(text).not.toMatch(/ style="/);
    }
    const login = await acme('/api/v1/auth/me');
    expect(login.headers['cache-control']).toBe('no-store');
  });
  it('refuse a write by cookie from another origin, or from none', async () => {
    const { slug } = await event();
    const joined = await acme(`/api/v1/events/${slug}/session`, { method: 'POST', body: {} });
    const cookie = String(joined.headers['set-cookie']).split(';')[0] ?? '';
    const path = `/api/v1/events/${slug}/mine/00000000-0000-4000-8000-000000000000`;
    const remove = (headers: Record<string, string>) =>
      acme(path, { method: 'DELETE', headers: { cookie, ...headers } });
    expect((await remove({ origin: 'http://evil.example' })).json.code).toBe('request.origin_mismatch');
    expect((await remove({})).json.code).toBe('request.origin_mismatch');
    expect((await remove({ origin: acme.origin })).json.code).toBe('photo.not_found');
  });
  it('carry an ETag on pages and lists, and a 304 for it', async () => {
    for (const path of ['/e/launch-party', '/api/v1/events/launch-party/photos']) {
      const first = await acme(path);
      const again = await acme(path, { headers: { 'if-none-match': String(first.headers['etag']) } });
      expect(again.status).toBe(304);
    }
  });
});
