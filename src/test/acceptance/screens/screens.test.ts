import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { eventually, openSocket } from '../../support/http.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus } from '../../support/people.ts';
import { askCode, headersOf, pair, plugIn, showCode } from '../../support/screens.ts';
import { setup } from '../setup.ts';

const { acme, techstart, at, event, ownerUrl, port } = setup();

const staff = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');
const foreign = await signIn(techstart, 'admin@techstart.com');
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const me = (headers: Record<string, string>, client = acme) => client('/api/v1/screens/me', { headers });
const patch = (id: string, body: unknown, headers = staff.headers) =>
  acme(`/api/v1/screens/${id}`, { method: 'PATCH', headers, body });
const tell = (id: string, command: string, headers = staff.headers) =>
  acme(`/api/v1/screens/${id}/commands`, { method: 'POST', headers, body: { command } });
const claim = (body: Record<string, unknown>, headers = staff.headers, client = acme) =>
  client('/api/v1/screens', { method: 'POST', headers, body: { name: 'Foyer', event: 'launch-party', ...body } });
const seen = async (id: string) => (await acme(`/api/v1/screens/${id}`, { headers: staff.headers })).json.screen;

describe('pairing a screen', () => {
  it('shows a code, is told its credential as often as it asks, and never again once it has used it', async () => {
    const { slug, id: eventId } = await event({ name: 'Ball' });
    const installation = randomUUID();
    const shown = await showCode(acme, installation);
    expect(shown.status).toBe(201);
    expect(shown.json.code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
    expect(shown.json.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { code, secret } = shown.json;
    expect((await askCode(acme, code, secret)).json).toEqual({ status: 'waiting' });

    const typed = ` ${code.slice(0, 3)}-${code.slice(3)} `.toLowerCase();
    const claimed = await claim({
      code: typed,
      event: slug,
      name: '  Foyer ',
      layout: { layout: 'split', overscan: 3 },
    });
    expect(claimed.status).toBe(201);
    expect(claimed.json.screen).toMatchObject({
      name: 'Foyer',
      kind: 'screen',
      event: { id: eventId, slug, name: 'Ball' },
      layout: { layout: 'split', overscan: 3, seconds: 8, qr: 'always', group: null },
      status: 'offline',
      copiedAt: null,
      live: null,
    });
    const told = await askCode(acme, code, secret);
    expect(told.json).toEqual({
      status: 'paired',
      credential: expect.stringMatching(/^scr_[A-Za-z0-9_-]{43}$/),
      screenId: claimed.json.screen.id,
    });
    expect((await askCode(acme, code, secret)).json).toEqual(told.json);
    const kept = await asOperator(ownerUrl, (client) =>
      client.query(
        `select (select row_to_json(d)::text from devices d where id = $1)
           || (select row_to_json(p)::text from screen_pairings p where device_id = $1) as rows`,
        [claimed.json.screen.id],
      ),
    );
    expect(kept.rows[0].rows).not.toContain(told.json.credential.slice(4));
    expect(kept.rows[0].rows).not.toContain(secret);

    const answer = await me(headersOf(told.json.credential, installation));
    expect(answer.status, answer.text).toBe(200);
    await eventually(async () => (await askCode(acme, code, secret)).status === 404, 'the code being forgotten');
    const again = await claim({ code, event: slug });
    expect(codeOf(again)).toEqual([404, 'screen.code_unknown']);
  });

  it('tells the screen all it needs at once, in the event’s own state', async () => {
    const { slug } = await event({ moderation: 'after', visibility: 'pin', pin: '4711' });
    const guest = await join(acme, slug, { name: 'Ada', pin: '4711' });
    const sent = await send(acme, slug, guest, await freshPhoto(640, 480));
    await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
    const screen = await pair(acme, staff.headers, slug);
    const answer = await me(screen.headers);
    expect(answer.json).toMatchObject({
      screen: { id: screen.id, name: 'Foyer', event: { slug } },
      event: { slug, visibility: 'pin' },
      theme: { accent: expect.any(String) },
      state: { panic: null, spotlight: null, announcements: [], photoCall: null },
      eventState: { shows: true, held: false },
      photos: [{ id: sent.json.photo.id, by: 'Ada' }],
      nextCursor: null,
      joinUrl: `${acme.origin}/e/${slug}`,
    });
    expect(Math.abs(Date.parse(answer.json.serverTime) - Date.now())).toBeLessThan(60_000);
    expect(answer.text).not.toContain('4711');
    expect(answer.text).not.toContain(screen.installation);
    const page = await acme('/api/v1/screens/me/photos?limit=1', { headers: screen.headers });
    expect(page.json).toMatchObject({ items: [{ id: sent.json.photo.id }], event: { shows: true } });
    expect(page.json.seq).toBeGreaterThan(0);
  });

  it('makes one that is paired again the screen it was, with a credential of its own', async () => {
    const { slug } = await event();
    const first = await pair(acme, staff.headers, slug, { name: 'Bar' });
    const second = await pair(acme, staff.headers, slug, { name: 'Stage' }, first.installation);
    expect(second.id).toBe(first.id);
    expect(second.credential).not.toBe(first.credential);
    expect(codeOf(await me(first.headers))).toEqual([401, 'auth.required']);
    expect((await me(second.headers)).json.screen.name).toBe('Stage');
  });

  it('gives each the lowest number that is free, for as long as it is a screen', async () => {
    const { slug } = await event();
    const numberOf = async (television: { id: string }): Promise<number> => (await seen(television.id)).number;
    const first = await pair(acme, staff.headers, slug);
    const [one, two] = await Promise.all([pair(acme, staff.headers, slug), pair(acme, staff.headers, slug)]);
    const numbers = await Promise.all([first, one, two].map(numberOf));
    expect(new Set(numbers).size).toBe(3);
    await pair(acme, staff.headers, slug, {}, first.installation);
    expect(await numberOf(first)).toBe(numbers[0]);
    await acme(`/api/v1/screens/${first.id}`, { method: 'DELETE', headers: staff.headers });
    const next = await pair(acme, staff.headers, slug);
    expect(await numberOf(next)).toBe(numbers[0]);
    expect((await me(next.headers)).json.screen.number).toBe(numbers[0]);
  });

  it('gives one code to an installation: the one before counts no more', async () => {
    const installation = randomUUID();
    const first = await showCode(acme, installation);
    const second = await showCode(acme, installation);
    expect(codeOf(await askCode(acme, first.json.code, first.json.secret))).toEqual([404, 'screen.code_unknown']);
    expect((await askCode(acme, second.json.code, second.json.secret)).json).toEqual({ status: 'waiting' });
  });

  it('of two who claim a code at once one wins', async () => {
    const { slug } = await event();
    const shown = await showCode(acme, randomUUID());
    const answers = await Promise.all([1, 2, 3, 4].map(() => claim({ code: shown.json.code, event: slug })));
    expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([201, 404, 404, 404]);
  });

  it('refuses codes that are old, of another tenant, or none', async () => {
    const old = await showCode(acme, randomUUID());
    await asOperator(ownerUrl, (client) =>
      client.query(`update screen_pairings set expires_at = now() - interval '1 second' where code = $1`, [
        old.json.code,
      ]),
    );
    expect((await askCode(acme, old.json.code, old.json.secret)).json).toEqual({ status: 'expired' });
    expect(codeOf(await claim({ code: old.json.code }))).toEqual([404, 'screen.code_unknown']);
    const shown = await showCode(acme, randomUUID());
    const theirs = await claim({ code: shown.json.code, event: 'demo-day' }, foreign.headers, techstart);
    expect([theirs.status, theirs.json.code]).not.toEqual([201, undefined]);
    expect(codeOf(await askCode(techstart, shown.json.code, shown.json.secret))).toEqual([404, 'screen.code_unknown']);
    expect(codeOf(await askCode(acme, shown.json.code, old.json.secret))).toEqual([404, 'screen.code_unknown']);
    for (const code of ['', 'ABC', '000000', 'OOOOOO', 'ÄÖÜÄÖÜ', 'A'.repeat(40), "' or 1=1--"]) {
      expect(codeOf(await claim({ code })), code).toEqual([404, 'screen.code_unknown']);
    }
  });

  it.each([
    ['a code too long', { code: 'A'.repeat(41) }],
    ['no name', { name: '   ' }],
    ['a name too long', { name: 'x'.repeat(121) }],
    ['a layout nobody knows', { layout: { layout: 'cube' } }],
    ['a field nobody knows', { layout: { colour: 'red' } }],
    ['an overscan of half the screen', { layout: { overscan: 50 } }],
    ['a photo that never leaves', { layout: { seconds: 9999 } }],
    ['a rotation of nothing', { layout: { rotation: [] } }],
    ['a group without a name', { layout: { group: { mode: 'mirror', name: '' } } }],
    ['a kind that is none', { kind: 'printer' }],
    ['a site that is no id', { siteId: 'headquarters' }],
    ['a field of ours', { credentialHash: 'a'.repeat(64) }],
  ])('refuses %s', async (_name, over) => {
    const shown = await showCode(acme, randomUUID());
    expect(codeOf(await claim({ code: shown.json.code, ...over }))).toEqual([400, 'request.invalid']);
  });

  it('refuses an event or a site that is not there, and the code stays good', async () => {
    const shown = await showCode(acme, randomUUID());
    const { code } = shown.json;
    expect(codeOf(await claim({ code, event: 'demo-day' }))).toEqual([404, 'event.not_found']);
    expect(codeOf(await claim({ code, siteId: randomUUID() }))).toEqual([404, 'site.not_found']);
    expect((await askCode(acme, code, shown.json.secret)).json).toEqual({ status: 'waiting' });
  });

  it('is for members', async () => {
    const shown = await showCode(acme, randomUUID());
    expect(codeOf(await claim({ code: shown.json.code }, viewer.headers))).toEqual([403, 'access.denied']);
  });

  it('stops whoever guesses codes, and lets the others go on', async () => {
    const guesser = await signIn(acme, 'consultant@external.com');
    const statuses: number[] = [];
    for (let n = 0; n < 22; n++) statuses.push((await claim({ code: 'ZZZZZZ' }, guesser.headers)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 429, 429]);
    const shown = await showCode(acme, randomUUID());
    const refused = await claim({ code: shown.json.code }, guesser.headers);
    expect(codeOf(refused)).toEqual([429, 'rate.limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // However often: what is refused them uses up nothing of the team's.
    const more = await Promise.all(Array.from({ length: 90 }, () => claim({ code: 'ZZZZZZ' }, guesser.headers)));
    expect(new Set(more.map(({ status }) => status))).toEqual(new Set([429]));
    expect((await claim({ code: shown.json.code })).status).toBe(201);
  });

  it('keeps no name of installations that somebody makes up without end', async () => {
    const headers = { 'cf-connecting-ip': '203.0.113.77' };
    const tag = randomUUID().slice(0, 8);
    const ask = (n: number) =>
      at('beta-solutions')('/api/v1/screens/pairings', {
        method: 'POST',
        headers,
        body: { installation: `${tag}-${n}` },
      });
    const answers = await Promise.all(Array.from({ length: 80 }, (_, n) => ask(n)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
    const kept = await asOperator(ownerUrl, (client) =>
      client.query('select 1 from pairing_tries where subject like $1', [`installation:${tag}-%`]),
    );
    expect(kept.rowCount).toBe(60);
  });

  it('stops an installation that asks for codes without end, and refuses what is none', async () => {
    const installation = randomUUID();
    const statuses: number[] = [];
    for (let n = 0; n < 22; n++) statuses.push((await showCode(at('beta-solutions'), installation)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 429, 429]);
    for (const none of ['', 'short', 'x'.repeat(65), 'with spaces in it']) {
      expect(codeOf(await showCode(acme, none))).toEqual([400, 'request.invalid']);
    }
  });
});

describe('a screen’s credential', () => {
  it('opens what is the screen’s own and nothing else', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const screen = await pair(acme, staff.headers, slug);
    for (const path of [
      `/api/v1/events/${slug}`,
      `/api/v1/events/${slug}/photos`,
      '/api/v1/screens',
      `/api/v1/screens/${screen.id}`,
      `/api/v1/events/${slug}/mine`,
      '/api/v1/auth/me',
    ]) {
      expect(codeOf(await acme(path, { headers: screen.headers })), path).toEqual([401, 'auth.required']);
    }
    expect(codeOf(await me(screen.headers, techstart))).toEqual([401, 'auth.required']);
    expect(codeOf(await me(staff.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await me({}))).toEqual([401, 'auth.required']);
  });

  it('is refused when it is forged', async () => {
    const screen = await pair(acme, staff.headers, 'launch-party');
    const forged = `scr_${'A'.repeat(43)}`;
    for (const token of [
      forged,
      `${screen.credential}A`,
      screen.credential.slice(0, -1),
      'scr_',
      `${forged}.${forged}`,
    ]) {
      expect(codeOf(await me(headersOf(token, screen.installation))), token).toEqual([401, 'auth.required']);
    }
  });

  it('is noticed on a second device, shown to staff, and dismissed by them', async () => {
    const screen = await pair(acme, staff.headers, 'launch-party');
    expect((await me(screen.headers)).status).toBe(200);
    for (const other of [randomUUID(), 'x', '']) {
      const copied = await me(headersOf(screen.credential, other));
      expect(codeOf(copied)).toEqual([401, 'screen.credential_copied']);
    }
    const { copiedAt } = await seen(screen.id);
    expect(Date.now() - Date.parse(copiedAt)).toBeLessThan(60_000);
    expect((await me(screen.headers)).status).toBe(200);
    expect((await patch(screen.id, { copiedAt: null })).json.screen.copiedAt).toBeNull();
  });

  it('ends at once when the screen is revoked: requests, tickets and sockets', async () => {
    const { slug } = await event();
    const screen = await pair(acme, staff.headers, slug);
    const ticket = await acme('/api/v1/screens/me/live-ticket', { method: 'POST', headers: screen.headers });
    const socket = await plugIn(acme, port, screen, slug);
    await socket.next((frame) => frame.type === 'hello' && frame.role === 'screen');
    const revoked = await acme(`/api/v1/screens/${screen.id}`, { method: 'DELETE', headers: staff.headers });
    expect(revoked.status).toBe(204);
    expect(await socket.closed).toBeGreaterThanOrEqual(4000);
    expect(codeOf(await me(screen.headers))).toEqual([401, 'auth.required']);
    const path = `/api/v1/events/${slug}/live?ticket=${ticket.json.ticket}`;
    await expect(openSocket(port, acme.host, path)).rejects.toMatchObject({ status: 401 });
    const again = await acme(`/api/v1/screens/${screen.id}`, { method: 'DELETE', headers: staff.headers });
    expect(codeOf(again)).toEqual([404, 'screen.not_found']);
  });
});

describe('steering a screen', () => {
  it('tells it what to do, where it is and once', async () => {
    const { slug } = await event();
    const screen = await pair(acme, staff.headers, slug);
    const socket = await plugIn(acme, port, screen, slug);
    const told = await tell(screen.id, 'identify');
    expect(told.status).toBe(202);
    const frame = await socket.next((one) => one.type === 'screen.command');
    expect(frame).toEqual({ v: 1, type: 'screen.command', id: told.json.command.id, command: 'identify' });
    socket.close();
  });

  it('lets it follow a change at once, and keeps what was not changed', async () => {
    const { slug } = await event();
    const screen = await pair(acme, staff.headers, slug, { layout: { layout: 'mosaic', seconds: 20 } });
    const socket = await plugIn(acme, port, screen, slug);
    const before = (await me(screen.headers)).json.screen.version;
    const changed = await patch(screen.id, { layout: { layout: 'rotate', rotation: ['split', 'full'] }, name: 'Bar' });
    const layout = { layout: 'rotate', rotation: ['full', 'split'], seconds: 20 };
    expect(changed.json.screen).toMatchObject({ name: 'Bar', layout });
    await socket.next((one) => one.type === 'screen.command' && one.command === 'refresh');
    const after = (await me(screen.headers)).json.screen;
    expect(after).toMatchObject({ name: 'Bar', layout });
    expect(after.version).toBeGreaterThan(before);
    socket.close();
  });

  it('moves it to another event: it hears of it, and its socket of the old one ends', async () => {
    const [from, to] = [await event(), await event({ name: 'Next door' })];
    const screen = await pair(acme, staff.headers, from.slug);
    const old = await acme('/api/v1/screens/me/live-ticket', { method: 'POST', headers: screen.headers });
    const socket = await plugIn(acme, port, screen, from.slug);
    await socket.next((one) => one.type === 'hello');
    await patch(screen.id, { event: to.slug });
    await socket.next((one) => one.type === 'screen.command' && one.command === 'refresh');
    expect(await socket.closed).toBeGreaterThanOrEqual(4000);
    const path = `/api/v1/events/${from.slug}/live?ticket=${old.json.ticket}`;
    await expect(openSocket(port, acme.host, path)).rejects.toMatchObject({ status: 401 });
    expect((await me(screen.headers)).json.event).toMatchObject({ slug: to.slug, name: 'Next door' });
    const next = await plugIn(acme, port, screen, to.slug);
    await next.next((one) => one.type === 'hello' && one.role === 'screen');
    next.close();
    await patch(screen.id, { event: null });
    expect((await me(screen.headers)).json).toMatchObject({ event: null, photos: [], joinUrl: null });
  });

  it('finds nothing of an event that is deleted, and all of it once it is restored', async () => {
    const { slug } = await event();
    const screen = await pair(acme, staff.headers, slug);
    const socket = await plugIn(acme, port, screen, slug);
    await acme(`/api/v1/events/${slug}`, { method: 'DELETE', headers: staff.headers });
    await socket.next((one) => one.type === 'event.changed' && one.event.status === 'archived');
    expect((await me(screen.headers)).json).toMatchObject({ event: null, photos: [], joinUrl: null });
    const ticket = await acme('/api/v1/screens/me/live-ticket', { method: 'POST', headers: screen.headers });
    expect(codeOf(ticket)).toEqual([404, 'event.not_found']);
    await acme(`/api/v1/events/${slug}/restore`, { method: 'POST', headers: staff.headers });
    expect((await me(screen.headers)).json.event).toMatchObject({ slug });
    socket.close();
  });

  it('is found by its event and by its site', async () => {
    const [here, elsewhere] = [await event(), await event()];
    const site = await acme('/api/v1/sites', {
      method: 'POST',
      headers: staff.headers,
      body: { name: 'Hall', timeZone: 'UTC' },
    });
    const siteId: string = site.json.site.id;
    const one = await pair(acme, staff.headers, here.slug, { siteId });
    const other = await pair(acme, staff.headers, elsewhere.slug);
    const ids = async (query: string) =>
      (await acme(`/api/v1/screens?${query}`, { headers: viewer.headers })).json.items.map(
        (it: { id: string }) => it.id,
      );
    expect(await ids(`event=${here.slug}`)).toEqual([one.id]);
    expect(await ids(`event=${elsewhere.id}`)).toEqual([other.id]);
    expect(await ids(`site=${siteId}`)).toEqual([one.id]);
    expect(await ids(`event=${elsewhere.id}&site=${siteId}`)).toEqual([]);
  });

  it('shows staff what it shows, whether it has a socket or polls', async () => {
    const { slug } = await event();
    const screen = await pair(acme, staff.headers, slug);
    const socket = await plugIn(acme, port, screen, slug);
    const report = { showing: null, layout: 'full', version: '1', skewMs: -40, transport: 'socket', paused: false };
    socket.send({ v: 1, type: 'report', ...report });
    const online = await eventually(async () => {
      const one = await seen(screen.id);
      return one.live ? one : null;
    }, 'the report of a screen');
    expect(online).toMatchObject({ status: 'online', live: report });
    socket.close();
    const polling = await pair(acme, staff.headers, slug, { name: 'Old television' });
    const polled = await acme('/api/v1/screens/me/report', {
      method: 'POST',
      headers: polling.headers,
      body: { report: { ...report, transport: 'polling' } },
    });
    expect(polled.json).toMatchObject({ recall: [] });
    expect(await seen(polling.id)).toMatchObject({ status: 'online', live: { transport: 'polling' } });
  });

  it('lets one that polls fetch what it was told', async () => {
    const screen = await pair(acme, staff.headers, 'launch-party');
    const { commands } = (await me(screen.headers)).json;
    const ask = async (after: number) =>
      (await acme(`/api/v1/screens/me/commands?after=${after}`, { headers: screen.headers })).json;
    expect(await ask(commands)).toEqual({ items: [], next: commands });
    await tell(screen.id, 'skip');
    await tell(screen.id, 'pause');
    const heard = await ask(commands);
    expect(heard.items.map((one: { command: string }) => one.command)).toEqual(['skip', 'pause']);
    expect(await ask(heard.next)).toEqual({ items: [], next: heard.next });
    expect((await me(screen.headers)).json.screen.paused).toBe(true);
    await tell(screen.id, 'resume');
    expect((await me(screen.headers)).json.screen.paused).toBe(false);
  });

  it.each([[{}], [{ command: 'explode' }], [{ command: 'refresh' }], [{ command: 'skip', times: 1000 }], [['skip']]])(
    'refuses the command %j',
    async (body) => {
      const screen = await pair(acme, staff.headers, 'launch-party');
      const answer = await acme(`/api/v1/screens/${screen.id}/commands`, {
        method: 'POST',
        headers: staff.headers,
        body,
      });
      expect(codeOf(answer)).toEqual([400, 'request.invalid']);
    },
  );

  it('is for members, and knows no screen of another tenant', async () => {
    const screen = await pair(acme, staff.headers, 'launch-party');
    expect(codeOf(await patch(screen.id, { name: 'x' }, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await tell(screen.id, 'skip', viewer.headers))).toEqual([403, 'access.denied']);
    const theirs = await techstart(`/api/v1/screens/${screen.id}`, {
      method: 'PATCH',
      headers: foreign.headers,
      body: { name: 'Mine' },
    });
    expect(codeOf(theirs)).toEqual([404, 'screen.not_found']);
    expect((await acme('/api/v1/screens?limit=1', { headers: viewer.headers })).json.items).toHaveLength(1);
    const list = await techstart('/api/v1/screens', { headers: foreign.headers });
    const names = list.json.items.map((one: { name: string }) => one.name);
    expect(names).toContain('Reception');
    expect(list.text).not.toContain(screen.id);
  });

  it('shows the seeded screens in their states, a page at a time', async () => {
    const names = new Map<string, string>();
    let cursor = '';
    do {
      const page = await acme(`/api/v1/screens?limit=2${cursor}`, { headers: staff.headers });
      for (const one of page.json.items) names.set(one.name, one.status);
      cursor = page.json.nextCursor ? `&cursor=${page.json.nextCursor}` : '';
    } while (cursor);
    expect(names.get('Canteen projector')).toBe('maintenance');
    expect(names.get('Loading bay')).toBe('decommissioned');
    expect(names.get('Bar')).toBeDefined();
  });
});

describe('taking a photo back from screens', () => {
  it('is confirmed by the screen, and staff hear of it', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const sent = await send(acme, slug, guest, await freshPhoto(640, 480));
    const photoId: string = sent.json.photo.id;
    await untilStatus(acme, slug, guest, photoId, 'approved');
    const screen = await pair(acme, staff.headers, slug);
    const socket = await plugIn(acme, port, screen, slug);
    await socket.next((one) => one.type === 'hello');
    const desk = await listen(acme, port, slug, staff.headers);
    await desk.next((one) => one.type === 'hello');
    await acme(`/api/v1/photos/${photoId}`, { method: 'PATCH', headers: staff.headers, body: { status: 'rejected' } });
    await socket.next((one) => one.type === 'photo.removed' && one.id === photoId);
    socket.send({ v: 1, type: 'removed', id: photoId });
    const done = await desk.next((one) => one.type === 'recall.progress' && one.confirmed === 1);
    expect(done).toMatchObject({ photoId, total: 1, offline: 0 });
    const asked = await acme(`/api/v1/events/${slug}/photos/${photoId}/recall`, { headers: viewer.headers });
    expect(asked.json.recall).toMatchObject({ photoId, confirmed: 1, total: 1, offline: 0 });
    const other = await acme(`/api/v1/events/${slug}/photos/${randomUUID()}/recall`, { headers: staff.headers });
    expect(other.json).toEqual({ recall: null });
    socket.close();
    desk.close();
  });
});
