import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { freshPhoto, join, listen, send, signIn, ticketFor, untilStatus } from '../../support/people.ts';
import { openSocket } from '../../support/http.ts';
import { cookiesOf, helperOf, invite, redeem } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, ownerUrl, port } = setup();
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

const organiser = await signIn(acme, 'operator@acme.com');
const refresh = (cookie: string) =>
  acme('/api/v1/auth/refresh', { method: 'POST', headers: { cookie, origin: acme.origin } });
const listed = async (slug: string, id: string) =>
  (await acme(`/api/v1/events/${slug}/helpers`, { headers: organiser.headers })).json.items.find(
    (one: { id: string }) => one.id === id,
  );
const change = (id: string, text: string) =>
  asOperator(ownerUrl, (client) => client.query(`update events set ${text} where id = $1`, [id]));
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];

describe('inviting a helper', () => {
  it('gives a link that is shown once, and of which only a hash is kept', async () => {
    const { slug } = await event();
    const { id, url, token } = await invite(acme, slug, organiser.headers, '  Zoë ‮at the bar ');
    expect(url).toBe(`${acme.origin}/admin/help#${token}`);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const list = await acme(`/api/v1/events/${slug}/helpers`, { headers: organiser.headers });
    expect(list.json.items).toMatchObject([{ id, label: 'Zoë at the bar', state: 'waiting', device: null }]);
    expect(list.text).not.toContain(token);
    const kept = await asOperator(ownerUrl, (client) =>
      client.query('select row_to_json(g)::text as row from event_grants g where id = $1', [id]),
    );
    expect(kept.rows[0].row).not.toContain(token);
  });

  it.each([
    ['no name', { label: '   ' }, 400, 'request.invalid'],
    ['a name nobody can see', { label: '\u200b\u202e' }, 400, 'request.invalid'],
    ['a name too long', { label: 'x'.repeat(81) }, 400, 'request.invalid'],
    ['a link for a year', { label: 'Ada', hours: 8760 }, 400, 'request.invalid'],
    ['a link for no time', { label: 'Ada', hours: 0 }, 400, 'request.invalid'],
    ['fields nobody knows', { label: 'Ada', role: 'owner' }, 400, 'request.invalid'],
  ])('refuses %s', async (_name, body, status, code) => {
    const answer = await acme('/api/v1/events/launch-party/helpers', {
      method: 'POST',
      headers: organiser.headers,
      body,
    });
    expect(codeOf(answer)).toEqual([status, code]);
  });

  it('is for members, at events of their own that are not over', async () => {
    const viewer = await signIn(acme, 'viewer@acme.com');
    const foreign = await signIn(techstart, 'admin@techstart.com');
    const { slug } = await event();
    const ask = (client: typeof acme, headers: Record<string, string>, ref = slug) =>
      client(`/api/v1/events/${ref}/helpers`, { method: 'POST', headers, body: { label: 'Ada' } });
    expect(codeOf(await ask(acme, viewer.headers))).toEqual([403, 'access.denied']);
    expect((await acme(`/api/v1/events/${slug}/helpers`, { headers: viewer.headers })).json.items).toEqual([]);
    expect(codeOf(await ask(techstart, foreign.headers))).toEqual([404, 'event.not_found']);
    expect((await ask(acme, foreign.headers)).status).toBe(401);
    const over = await event({ status: 'closed' });
    expect(codeOf(await ask(acme, organiser.headers, over.slug))).toEqual([409, 'helper.event_over']);
  });
});

describe('using a helper’s link', () => {
  it('makes the device a moderator of that event, by a cookie of its own', async () => {
    const { slug, id: eventId } = await event({ name: 'Ball' });
    const { id, token } = await invite(acme, slug, organiser.headers);
    const answer = await redeem(acme, token, { 'user-agent': IPHONE });
    expect(answer.json).toMatchObject({
      expiresIn: 900,
      role: 'moderator',
      user: { id, email: '', name: 'Ada at the bar' },
      event: { id: eventId, slug, name: 'Ball' },
    });
    const [cookie] = [answer.headers['set-cookie'] ?? []].flat();
    for (const part of ['mq_helper=', 'HttpOnly', 'SameSite=Lax', 'Path=/api/v1/auth']) expect(cookie).toContain(part);
    const helper = await listed(slug, id);
    expect(helper).toMatchObject({ state: 'active', device: { browser: 'Safari', system: 'iPhone' } });
    const again = await refresh(cookiesOf(answer));
    expect(again.json).toMatchObject({ role: 'moderator', event: { slug } });
    const seen = await acme(`/api/v1/events/${slug}`, {
      headers: { authorization: `Bearer ${again.json.accessToken}` },
    });
    expect(seen.json.event).toMatchObject({ slug, pin: null });
  });

  it('works once: of twenty at the same time exactly one wins', async () => {
    const { slug } = await event();
    const { token } = await invite(acme, slug, organiser.headers);
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(acme, token)));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    const refused = answers.filter((one) => one.status !== 200);
    for (const one of refused) {
      expect(codeOf(one)).toEqual([403, 'helper.link_used']);
      expect(one.headers['set-cookie']).toBeUndefined();
    }
  });

  it('answers what has expired, was revoked or never was alike', async () => {
    const { slug } = await event();
    const [expired, revoked] = [
      await invite(acme, slug, organiser.headers),
      await invite(acme, slug, organiser.headers),
    ];
    await asOperator(ownerUrl, (client) =>
      client.query(`update event_grants set expires_at = now() - interval '1 second' where id = $1`, [expired.id]),
    );
    await acme(`/api/v1/events/${slug}/helpers/${revoked.id}`, { method: 'DELETE', headers: organiser.headers });
    const answers = [];
    for (const token of [expired.token, revoked.token, 'A'.repeat(43), '../../etc', '\u0000', '🎉'.repeat(40)]) {
      answers.push(await redeem(acme, token));
    }
    for (const answer of answers) {
      expect(codeOf(answer)).toEqual([403, 'helper.link_expired']);
      expect(answer.json.detail).toBe(answers[0]?.json.detail);
    }
    expect((await listed(slug, expired.id)).state).toBe('expired');
    expect((await redeem(techstart, (await invite(acme, slug, organiser.headers)).token)).json.code).toBe(
      'helper.link_expired',
    );
  });

  it('needs our own page', async () => {
    const { slug } = await event();
    const { token } = await invite(acme, slug, organiser.headers);
    for (const origin of ['http://evil.example', 'null']) {
      expect((await redeem(acme, token, { origin })).json.code).toBe('request.origin_mismatch');
    }
    const bare = await acme('/api/v1/auth/helper', { method: 'POST', body: { token } });
    expect(bare.json.code).toBe('request.origin_mismatch');
    expect((await redeem(acme, token)).status).toBe(200);
  });

  it('ends what was signed in on that device before, and signing in ends the helper', async () => {
    const { slug } = await event();
    const login = () =>
      acme('/api/v1/auth/login', { method: 'POST', body: { email: 'operator@acme.com', password: 'password123' } });
    const staffCookie = cookiesOf(await login());
    const first = await invite(acme, slug, organiser.headers);
    const helper = await redeem(acme, first.token, { cookie: staffCookie });
    expect(String(helper.headers['set-cookie'])).toContain('mq_refresh=;');
    expect((await refresh(staffCookie)).status).toBe(401);

    const back = await acme('/api/v1/auth/login', {
      method: 'POST',
      headers: { cookie: cookiesOf(helper) },
      body: { email: 'operator@acme.com', password: 'password123' },
    });
    expect(String(back.headers['set-cookie'])).toContain('mq_helper=;');
    expect(codeOf(await refresh(cookiesOf(helper)))).toEqual([401, 'helper.ended']);
    expect((await listed(slug, first.id)).state).toBe('left');
  });

  it('of two cookies means the one that may do less, for as long as it counts', async () => {
    const { slug } = await event();
    const helper = await helperOf(acme, slug, organiser.headers);
    const both = `${cookiesOf(organiser.answer)}; ${helper.cookie}`;
    expect((await refresh(both)).json.role).toBe('moderator');
    await acme(`/api/v1/events/${slug}/helpers/${helper.id}`, { method: 'DELETE', headers: organiser.headers });
    expect((await refresh(both)).json.role).toBe('member');
  });
});

describe('a helper', async () => {
  const { slug } = await event();
  const elsewhere = await event();
  const guest = await join(acme, slug);
  const stranger = await join(acme, elsewhere.slug);
  const mine: string = (await send(acme, slug, guest, await freshPhoto())).json.photo.id;
  const theirs: string = (await send(acme, elsewhere.slug, stranger, await freshPhoto())).json.photo.id;
  await untilStatus(acme, slug, guest, mine, 'pending');
  await untilStatus(acme, elsewhere.slug, stranger, theirs, 'pending');

  it('decides on photos of the event, under the name on the invitation', async () => {
    const { headers, id } = await helperOf(acme, slug, organiser.headers);
    const list = await acme(`/api/v1/photos?event=${slug}&status=pending`, { headers });
    expect(list.json.items.map((one: { id: string }) => one.id)).toContain(mine);
    const decided = await acme(`/api/v1/photos/${mine}`, { method: 'PATCH', headers, body: { status: 'approved' } });
    expect(decided.json.photo.status).toBe('approved');
    const kept = await asOperator(ownerUrl, (client) =>
      client.query('select decided_by from photos where id = $1', [mine]),
    );
    expect(kept.rows[0].decided_by).toBe(id);
  });

  it('knows of no other event, and of nothing else in the account', async () => {
    const { headers } = await helperOf(acme, slug, organiser.headers);
    for (const path of [
      `/api/v1/photos/${theirs}`,
      `/api/v1/events/${elsewhere.slug}`,
      `/api/v1/photos?event=${elsewhere.slug}`,
    ]) {
      expect((await acme(path, { headers })).status, path).toBe(404);
    }
    const patched = await acme(`/api/v1/photos/${theirs}`, { method: 'PATCH', headers, body: { status: 'approved' } });
    expect(patched.status).toBe(404);
    const bulk = await acme('/api/v1/photos/bulk', {
      method: 'POST',
      headers,
      body: { ids: [mine, theirs], status: 'rejected' },
    });
    expect(bulk.json.results).toMatchObject([
      { id: mine, ok: true },
      { id: theirs, ok: false, code: 'photo.not_found' },
    ]);
    for (const path of [
      '/api/v1/events',
      '/api/v1/members',
      '/api/v1/tenant',
      '/api/v1/auth/me',
      '/api/v1/auth/sessions',
    ]) {
      expect(codeOf(await acme(path, { headers })), path).toEqual([403, 'access.denied']);
    }
  });

  it('hears at the event what staff hear, and elsewhere what everybody hears', async () => {
    const { headers } = await helperOf(acme, slug, organiser.headers);
    const here = await listen(acme, port, slug, headers);
    expect((await here.next((frame) => frame.type === 'hello')).role).toBe('staff');
    const there = await listen(acme, port, elsewhere.slug, headers);
    expect((await there.next((frame) => frame.type === 'hello')).role).toBe('viewer');
    here.close();
    there.close();
  });

  it('is nobody at another tenant', async () => {
    const helper = await helperOf(acme, slug, organiser.headers);
    expect((await techstart(`/api/v1/photos/${mine}`, { headers: helper.headers })).status).toBe(401);
    const there = await techstart('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { cookie: helper.cookie, origin: techstart.origin },
    });
    expect(codeOf(there)).toEqual([401, 'helper.ended']);
  });

  it('gives the access back by signing out', async () => {
    const helper = await helperOf(acme, slug, organiser.headers);
    const out = await acme('/api/v1/auth/logout', {
      method: 'POST',
      headers: { cookie: helper.cookie, origin: acme.origin },
    });
    expect(String(out.headers['set-cookie'])).toContain('mq_helper=;');
    expect(codeOf(await acme(`/api/v1/photos/${mine}`, { headers: helper.headers }))).toEqual([401, 'helper.ended']);
    expect((await listed(slug, helper.id)).state).toBe('left');
  });
});

describe('ending a helper’s access', () => {
  it('ends tokens, cookies, sockets and tickets at once, and can be repeated', async () => {
    const { slug } = await event();
    const helper = await helperOf(acme, slug, organiser.headers);
    const other = await helperOf(acme, slug, organiser.headers);
    const socket = await listen(acme, port, slug, helper.headers);
    const kept = await listen(acme, port, slug, other.headers);
    const ticket = await ticketFor(acme, slug, helper.headers);
    const revoke = () =>
      acme(`/api/v1/events/${slug}/helpers/${helper.id}`, { method: 'DELETE', headers: organiser.headers });
    expect((await revoke()).status).toBe(204);
    expect(codeOf(await acme(`/api/v1/events/${slug}`, { headers: helper.headers }))).toEqual([401, 'helper.ended']);
    expect(codeOf(await refresh(helper.cookie))).toEqual([401, 'helper.ended']);
    expect(await socket.closed).toBe(4401);
    await expect(openSocket(port, acme.host, `/api/v1/events/${slug}/live?ticket=${ticket}`)).rejects.toMatchObject({
      status: 401,
    });
    expect((await revoke()).status).toBe(204);
    expect((await listed(slug, helper.id)).state).toBe('revoked');
    expect((await acme(`/api/v1/events/${slug}`, { headers: other.headers })).status).toBe(200);
    expect(kept.frames.map((frame) => frame.type)).not.toContain('event.changed');
    kept.close();
  });

  it('is for members of that tenant, and of that event', async () => {
    const { slug } = await event();
    const elsewhere = await event();
    const { id } = await invite(acme, slug, organiser.headers);
    const foreign = await signIn(techstart, 'admin@techstart.com');
    const revoke = (client: typeof acme, headers: Record<string, string>, ref: string, helper = id) =>
      client(`/api/v1/events/${ref}/helpers/${helper}`, { method: 'DELETE', headers });
    expect((await revoke(techstart, foreign.headers, slug)).status).toBe(404);
    expect(codeOf(await revoke(acme, organiser.headers, elsewhere.slug))).toEqual([404, 'helper.not_found']);
    expect(codeOf(await revoke(acme, organiser.headers, slug, randomUUID()))).toEqual([404, 'helper.not_found']);
    expect((await listed(slug, id)).state).toBe('waiting');
  });

  it.each([
    ['is closed', `status = 'closed'`, `status = 'live'`],
    ['is archived', `status = 'archived'`, `status = 'live'`],
    ['ended twelve hours ago', `ends_at = now() - interval '12 hours'`, `ends_at = now() - interval '11 hours'`],
  ])('happens by itself when the event %s, and is taken back with it', async (_name, over, again) => {
    const { slug, id } = await event();
    const helper = await helperOf(acme, slug, organiser.headers);
    const waiting = await invite(acme, slug, organiser.headers);
    await asOperator(ownerUrl, (client) =>
      client.query(`update event_grants set created_at = now() - interval '2 days' where event_id = $1`, [id]),
    );
    const see = () => acme(`/api/v1/events/${slug}`, { headers: helper.headers });
    await change(id, over);
    expect(codeOf(await see())).toEqual([401, 'helper.ended']);
    expect((await refresh(helper.cookie)).status).toBe(401);
    expect((await listed(slug, helper.id)).state).toBe('ended');
    expect((await redeem(acme, waiting.token)).json.code).toBe('helper.link_expired');
    await change(id, again);
    expect((await see()).status).toBe(200);
    expect((await refresh(helper.cookie)).status).toBe(200);
  });

  it('comes twelve hours later for somebody invited after the end', async () => {
    const { slug } = await event({ ends_at: new Date(Date.now() - 100 * 3600_000) });
    const helper = await helperOf(acme, slug, organiser.headers);
    const see = () => acme(`/api/v1/events/${slug}`, { headers: helper.headers });
    expect((await see()).status).toBe(200);
    const age = (hours: number) =>
      asOperator(ownerUrl, (client) =>
        client.query(`update event_grants set created_at = now() - make_interval(hours => $2) where id = $1`, [
          helper.id,
          hours,
        ]),
      );
    await age(11);
    expect((await see()).status).toBe(200);
    await age(12);
    expect(codeOf(await see())).toEqual([401, 'helper.ended']);
  });

  it('happens by itself when the event is deleted', async () => {
    const { slug, id } = await event();
    const helper = await helperOf(acme, slug, organiser.headers);
    await change(id, 'deleted_at = now()');
    expect(codeOf(await acme(`/api/v1/events/${slug}`, { headers: helper.headers }))).toEqual([401, 'helper.ended']);
  });
});
