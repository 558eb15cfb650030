import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/http.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, mailUrl } = setup();
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';
const refresh = (cookie: string, agent = 'browser') =>
  acme('/api/v1/auth/refresh', { method: 'POST', headers: { cookie, origin: acme.origin, 'user-agent': agent } });
const login = (email: string, password: string, agent = 'browser') =>
  acme('/api/v1/auth/login', { method: 'POST', headers: { 'user-agent': agent }, body: { email, password } });

describe('signing in', () => {
  it('gives a short token, a cookie for refreshing only, and the role', async () => {
    const answer = await login('admin@acme.com', 'password123');
    expect(answer.json).toMatchObject({ expiresIn: 900, role: 'owner', user: { email: 'admin@acme.com' } });
    const cookie = String(answer.headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/api/v1/auth', 'Max-Age=604800'])
      expect(cookie).toContain(part);
    const me = await acme('/api/v1/auth/me', { headers: { authorization: `Bearer ${answer.json.accessToken}` } });
    expect(me.json).toMatchObject({ role: 'owner', tenant: { slug: 'acme' } });
  });
  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await login('manager@acme.com', 'wrong');
    const unknown = await login(`${randomUUID()}@acme.com`, 'wrong');
    const elsewhere = await techstart('/api/v1/auth/login', {
      method: 'POST',
      body: { email: 'admin@acme.com', password: 'password123' },
    });
    for (const answer of [wrong, unknown, elsewhere]) {
      expect([answer.status, answer.json.code]).toEqual([401, 'auth.invalid_credentials']);
      expect(answer.json.detail).toBe(wrong.json.detail);
    }
  });
  it('has another role in each tenant for somebody who works for several', async () => {
    expect((await signIn(acme, 'consultant@external.com')).answer.json.role).toBe('member');
    expect((await signIn(techstart, 'consultant@external.com')).answer.json.role).toBe('viewer');
  });
  it('is locked after exactly ten wrong passwords, also when fifty come at once', async () => {
    const email = `${randomUUID()}@example.com`;
    const answers = await Promise.all(Array.from({ length: 50 }, () => login(email, 'wrong')));
    const codes = answers.map((one) => one.json.code);
    expect(codes.filter((code) => code === 'auth.invalid_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'auth.locked')).toHaveLength(40);
    const locked = await login(email, 'wrong');
    expect(locked.status).toBe(429);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(600);
  });
  it('locks a known address too, even for the right password, and tells its owner by mail', async () => {
    const email = 'admin@beta-solutions.com';
    const beta = setup().at('beta-solutions');
    const attempt = (password: string) => beta('/api/v1/auth/login', { method: 'POST', body: { email, password } });
    for (let n = 0; n < 10; n++) expect((await attempt('wrong')).status).toBe(401);
    expect((await attempt('password123')).json.code).toBe('auth.locked');
    await eventually(async () => (await (await fetch(mailUrl)).text()).includes(email), 'a mail about the lock');
  });
});

describe('refreshing', () => {
  it('rotates, takes the old token again for a moment from the same client only, and ends the family on theft', async () => {
    const signedIn = await login('manager@acme.com', 'password123');
    const first = cookieOf(signedIn);
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(cookieOf(second)).not.toBe(first);
    expect((await refresh(first)).status).toBe(200);
    const stolen = await refresh(first, 'another browser');
    expect([stolen.status, stolen.json.code]).toEqual([401, 'auth.refresh_reused']);
    expect((await refresh(cookieOf(second))).status).toBe(401);
  });
  it('survives twenty tabs at once', async () => {
    const cookie = cookieOf(await login('operator@acme.com', 'password123'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(cookie)));
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 20 }, () => 200));
  });
  it('ends with signing out, and needs our own page', async () => {
    const cookie = cookieOf(await login('operator@acme.com', 'password123'));
    const foreign = await acme('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { cookie, origin: 'http://evil.example' },
    });
    expect(foreign.json.code).toBe('request.origin_mismatch');
    const out = await acme('/api/v1/auth/logout', { method: 'POST', headers: { cookie, origin: acme.origin } });
    expect(out.status).toBe(204);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await refresh(cookie)).status).toBe(401);
  });
  it('is nothing at another tenant', async () => {
    const cookie = cookieOf(await login('consultant@external.com', 'password123'));
    const there = await techstart('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { cookie, origin: techstart.origin, 'user-agent': 'browser' },
    });
    expect(there.status).toBe(401);
  });
});

describe('deciding', () => {
  it('many at once is idempotent, says what it could not do, and never crosses tenants', async () => {
    const { slug } = await event();
    const staff = await signIn(acme, 'operator@acme.com');
    const guest = await join(acme, slug);
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const sent = await send(acme, slug, guest, await freshPhoto());
      await untilStatus(acme, slug, guest, sent.json.photo.id, 'pending');
      ids.push(sent.json.photo.id);
    }
    const unknown = randomUUID();
    const bulk = () =>
      acme('/api/v1/photos/bulk', {
        method: 'POST',
        headers: staff.headers,
        body: { ids: [...ids, unknown], status: 'approved' },
      });
    const expected = [...ids.map((id) => ({ id, ok: true })), { id: unknown, ok: false, code: 'photo.not_found' }];
    expect((await bulk()).json.results).toEqual(expected);
    expect((await bulk()).json.results).toEqual(expected);
    await expect.poll(async () => (await acme(`/api/v1/events/${slug}/photos`)).json.seq).toBe(3);

    const other = await signIn(techstart, 'admin@techstart.com');
    const path = `/api/v1/photos/${ids[0]}`;
    expect((await techstart(path, { headers: other.headers })).status).toBe(404);
    expect((await acme(path, { headers: other.headers })).status).toBe(401);
    const viewer = await signIn(acme, 'viewer@acme.com');
    expect((await acme(path, { headers: viewer.headers })).status).toBe(200);
    const decided = await acme(path, { method: 'PATCH', headers: viewer.headers, body: { status: 'rejected' } });
    expect([decided.status, decided.json.code]).toEqual([403, 'access.denied']);
  });
  it('counts what waits, and pages through it without losing or repeating one', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const sent = [];
    for (let n = 0; n < 5; n++) sent.push((await send(acme, slug, guest, await freshPhoto(200, 200))).json.photo.id);
    for (const id of sent) await untilStatus(acme, slug, guest, id, 'approved');
    for (const sort of ['-arrived', 'arrived', 'taken', '-taken']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await acme(`/api/v1/events/${slug}/photos?limit=2&sort=${sort}${cursor}`);
        seen.push(...page.json.items.map((one: { id: string }) => one.id));
        cursor = page.json.nextCursor ? `&cursor=${page.json.nextCursor}` : '';
      } while (cursor);
      expect(seen.toSorted()).toEqual(sent.toSorted());
      if (sort === 'arrived') expect(seen).toEqual(sent);
    }
    const staff = await signIn(acme, 'admin@acme.com');
    const list = await acme(`/api/v1/photos?event=${slug}&limit=1`, { headers: staff.headers });
    expect(list.json.counts).toMatchObject({ approved: 5, pending: 0 });
  });
});
