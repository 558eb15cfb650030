import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { eventually } from '../../support/http.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, at, event, ownerUrl, port } = setup();
const [member, viewer, foreign] = await Promise.all([
  signIn(acme, 'operator@acme.com'),
  signIn(acme, 'viewer@acme.com'),
  signIn(techstart, 'admin@techstart.com'),
]);

type Body = Record<string, unknown>;
const unique = () => randomUUID().slice(0, 8).replaceAll('0', 'z').replaceAll('1', 'y');
const create = (body: Body, headers = member.headers) =>
  acme('/api/v1/events', { method: 'POST', headers, body: { timeZone: 'Europe/Berlin', ...body } });
const path = (ref: string, rest = '') => `/api/v1/events/${ref}${rest}`;
const patch = (ref: string, body: Body, headers = member.headers) =>
  acme(path(ref), { method: 'PATCH', headers, body });
const post = (ref: string, rest: string, body?: Body, headers = member.headers) =>
  acme(path(ref, rest), { method: 'POST', headers, ...(body ? { body } : {}) });
const remove = (ref: string, headers = member.headers) => acme(path(ref), { method: 'DELETE', headers });
const get = (ref: string, rest = '', headers = member.headers) => acme(path(ref, rest), { headers });

async function made(body: Body = {}) {
  const answer = await create({ name: `Party ${unique()}`, ...body });
  if (answer.status !== 201) throw new Error(`making an event: ${answer.status} ${answer.text}`);
  return answer.json.event as { id: string; slug: string; name: string };
}

describe('a new event', () => {
  it('is a private draft that guests know nothing of', async () => {
    const { status, json } = await create({ name: '  Müllers  Hochzeit 🎉 ' });
    expect(status).toBe(201);
    expect(json.event).toMatchObject({
      name: 'Müllers Hochzeit 🎉',
      status: 'draft',
      visibility: 'private',
      moderation: 'before',
      pin: null,
      held: null,
      deletedAt: null,
      counts: { pending: 0, approved: 0, total: 0 },
      settings: { isReadable: true, holdWords: [], look: { accent: null } },
    });
    expect(json.event.slug).toMatch(/^muellers-hochzeit/);
    for (const page of [`/e/${json.event.slug}`, path(json.event.slug, '/photos')]) {
      expect((await acme(page)).status, page).toBe(404);
    }
    expect((await acme(path(json.event.slug, '/session'), { method: 'POST', body: {} })).status).toBe(404);
    expect((await acme('/')).text).not.toContain(json.event.slug);
  });

  it('can be live at once, with everything set', async () => {
    const body = {
      name: `حفل ${unique()}\u200f`,
      slug: `gala-${unique()}`,
      startsAt: '2027-03-27T18:00:00.000Z',
      endsAt: '2027-03-28T02:00:00.000Z',
      opensAt: '2027-03-27T12:00:00.000Z',
      closesAt: '2027-03-29T10:00:00.000Z',
      revealAt: '2027-03-28T08:00:00.000Z',
      deleteAt: '2027-06-01T08:00:00.000Z',
      visibility: 'pin',
      pin: '8642',
      moderation: 'after',
      guestView: 'dropbox',
      trustAfter: 3,
      languages: ['ar', 'de'],
      defaultLanguage: 'ar',
      look: { accent: '#0B6E99' },
      holdWords: ['Rede', ' rede nicht '],
      blockWords: ['Schimpf'],
      status: 'live',
    };
    const { status, json } = await create(body);
    expect(status, JSON.stringify(json)).toBe(201);
    const { languages, defaultLanguage, look: _, holdWords: __, blockWords, ...own } = body;
    expect(json.event).toMatchObject(own);
    expect(json.event.settings).toMatchObject({ languages: ['de', 'ar'], defaultLanguage, blockWords });
    expect(json.event.settings).toMatchObject({ look: { accent: '#0b6e99' }, holdWords: ['Rede', 'rede nicht'] });
    expect(languages).toHaveLength(2);
    const guest = await join(acme, body.slug, { pin: '8642' });
    expect((await acme(path(body.slug, '/mine'), { headers: guest.headers })).status).toBe(200);
  });

  it.each([
    ['an empty name', { name: '' }],
    ['a name of spaces', { name: '   ' }],
    ['a name that nobody can see', { name: '\u202e\u200b\u2067' }],
    ['a name of 300 characters', { name: 'x'.repeat(300) }],
    ['no name', { name: undefined }],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }],
    ['an offset for a time zone', { timeZone: '+02:00' }],
    ['a date without a time', { startsAt: '2027-03-28' }],
    ['a date that does not exist', { startsAt: '2027-02-30T10:00:00Z' }],
    ['a PIN of three', { visibility: 'pin', pin: '123' }],
    ['a PIN of 33', { visibility: 'pin', pin: '1'.repeat(33) }],
    ['no PIN where one is asked for', { visibility: 'pin' }],
    ['a field that is none', { createdBy: randomUUID() }],
    ['settings as they are stored', { settings: { holdWords: null } }],
    ['an address in capitals', { slug: 'Gala' }],
    ['an address in another script', { slug: 'حفل' }],
  ])('is refused with %s', async (_what, over) => {
    const { status, json } = await create({ name: 'Party', ...over });
    expect([status, json.code]).toEqual([400, 'request.invalid']);
    expect(json.errors[0].path).toMatch(/^body/);
  });

  it.each([
    ['its end is before its start', { startsAt: '2027-01-02T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' }, 'endsAt'],
    ['it takes no time', { startsAt: '2027-01-02T00:00:00Z', endsAt: '2027-01-02T00:00:00Z' }, 'endsAt'],
    ['it closes before it opens', { opensAt: '2027-01-02T00:00:00Z', closesAt: '2027-01-01T00:00:00Z' }, 'closesAt'],
    [
      'it is revealed before it starts',
      { startsAt: '2027-01-02T00:00:00Z', revealAt: '2027-01-01T00:00:00Z' },
      'revealAt',
    ],
    ['it is deleted before it ends', { endsAt: '2027-01-02T00:00:00Z', deleteAt: '2027-01-01T00:00:00Z' }, 'deleteAt'],
    ['it is deleted in the past', { deleteAt: '2020-01-01T00:00:00Z' }, 'deleteAt'],
    ['it is in another century', { startsAt: '9999-01-01T00:00:00Z' }, 'startsAt'],
  ])('is refused where %s', async (_what, over, field) => {
    const { status, json } = await create({ name: 'Party', ...over });
    expect([status, json.code]).toEqual([422, 'event.dates_invalid']);
    expect(json.errors.map((one: { path: string }) => one.path)).toContain(`body.${field}`);
  });

  it('keeps instants across the night of changing clocks', async () => {
    // In Berlin these are 01:30 and 03:30 on the wall, one hour apart.
    const { json } = await create({ name: 'Night', startsAt: '2027-03-28T00:30:00Z', endsAt: '2027-03-28T01:30:00Z' });
    expect(json.event).toMatchObject({ startsAt: '2027-03-28T00:30:00.000Z', endsAt: '2027-03-28T01:30:00.000Z' });
  });

  it('is not for viewers, nor for strangers', async () => {
    expect((await create({ name: 'Party' }, viewer.headers)).json.code).toBe('access.denied');
    expect((await create({ name: 'Party' }, foreign.headers)).status).toBe(401);
    expect((await acme('/api/v1/events', { method: 'POST', body: { name: 'x', timeZone: 'UTC' } })).status).toBe(401);
  });
});

describe('the address of an event', () => {
  it('is given once, also when ten ask for it at the same time', async () => {
    const slug = `gala-${unique()}`;
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'Gala', slug })));
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1);
    const refused = answers.find((one) => one.status !== 201);
    expect([refused?.status, refused?.json.code]).toEqual([409, 'event.slug_taken']);
    expect((await create({ name: 'Gala', slug: refused?.json.suggestion })).status).toBe(201);
  });
  it('is made of the name, and another one where that is taken', async () => {
    const name = `Été ${unique()}`;
    const [first, second] = [await made({ name }), await made({ name })];
    expect(first.slug).toMatch(/^ete-/);
    expect(second.slug).toBe(`${first.slug}-2`);
    expect((await made({ name: 'حفل زفاف' })).slug).toMatch(/^event-[a-z0-9]{4}$/);
  });
  it.each(['admin', 'new', 'www', 'platform', 'adm1n', 'xn--mnchen-3ya', randomUUID()])(
    '%s is refused, and another suggested that is free',
    async (slug) => {
      const { status, json } = await create({ name: 'Party', slug });
      expect([status, json.code]).toEqual([422, 'event.slug_refused']);
      expect((await create({ name: 'Party', slug: json.suggestion })).status).toBe(201);
    },
  );
  it('is not taken for that of another event of the account', async () => {
    const word = unique();
    await made({ slug: `modern-o-${word}` });
    for (const slug of [`moderno-${word}`, `modem-o-${word}`, `modern-0-${word}`, `m-o-d-e-r-n-o-${word}`]) {
      const { status, json } = await create({ name: 'Party', slug });
      expect([slug, status, json.code]).toEqual([slug, 422, 'event.slug_refused']);
    }
  });
  it('can be that of another account’s event', async () => {
    const { slug } = await made();
    const there = await techstart('/api/v1/events', {
      method: 'POST',
      headers: foreign.headers,
      body: { name: 'x', slug, timeZone: 'UTC' },
    });
    expect(there.status).toBe(201);
  });
  it('can be changed, to one that is like its own too', async () => {
    const word = unique();
    const { id } = await made({ slug: `gala-${word}` });
    expect((await patch(id, { slug: `ga-la-${word}` })).json.event.slug).toBe(`ga-la-${word}`);
    expect((await patch(id, { slug: 'deleted' })).json.code).toBe('event.slug_refused');
    const other = await made();
    expect((await patch(other.id, { slug: `ga-la-${word}` })).json.code).toBe('event.slug_taken');
  });
  it('stays taken while a deleted event can still be restored', async () => {
    const { id, slug } = await made();
    await remove(id);
    expect((await create({ name: 'x', slug })).json.code).toBe('event.slug_taken');
    expect((await post(id, '/restore')).json.event.slug).toBe(slug);
  });
});

describe('a change', () => {
  it('of one field leaves the others, also when two change at once', async () => {
    const { id } = await made({ trustAfter: 5 });
    const answers = await Promise.all([
      patch(id, { name: 'Other' }),
      patch(id, { startsAt: '2027-01-01T18:00:00Z' }),
      patch(id, { holdWords: ['x'] }),
      patch(id, { languages: ['fr'] }),
    ]);
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200]);
    expect((await get(id)).json.event).toMatchObject({
      name: 'Other',
      startsAt: '2027-01-01T18:00:00.000Z',
      trustAfter: 5,
      settings: { holdWords: ['x'], languages: ['fr'] },
    });
  });
  it('is judged with what is there already', async () => {
    const { id } = await made({ startsAt: '2027-01-02T00:00:00Z' });
    expect((await patch(id, { endsAt: '2027-01-01T00:00:00Z' })).json.code).toBe('event.dates_invalid');
    expect((await patch(id, { visibility: 'pin' })).json.code).toBe('request.invalid');
    expect((await patch(id, { visibility: 'pin', pin: '2468' })).status).toBe(200);
    expect((await patch(id, { pin: null })).json.code).toBe('request.invalid');
    expect((await patch(id, { startsAt: null, endsAt: '2027-01-01T00:00:00Z' })).status).toBe(200);
  });
  it('refuses what is no field', async () => {
    const { id } = await made();
    for (const body of [{ pinVersion: 9 }, { deletedAt: null }, { status: 'deleted' }, { name: '' }, []] as Body[]) {
      expect([(await patch(id, body)).status, JSON.stringify(body)]).toEqual([400, JSON.stringify(body)]);
    }
  });
  it('is not for viewers, and another account finds nothing to change', async () => {
    const { id } = await made();
    expect((await patch(id, { name: 'x' }, viewer.headers)).status).toBe(403);
    expect((await remove(id, viewer.headers)).status).toBe(403);
    for (const rest of ['/duplicate', '/restore']) {
      const body = rest === '/duplicate' ? { name: 'x' } : undefined;
      expect((await post(id, rest, body, viewer.headers)).status, rest).toBe(403);
    }
    const there = await techstart(path(id), { method: 'PATCH', headers: foreign.headers, body: { name: 'x' } });
    expect([there.status, there.json.code]).toEqual([404, 'event.not_found']);
    expect((await techstart(path(id), { method: 'DELETE', headers: foreign.headers })).status).toBe(404);
    expect((await techstart(path(id, '/summary'), { headers: foreign.headers })).status).toBe(404);
  });
  it('of the PIN puts out everybody who came in with the old one', async () => {
    const { slug } = await made({ visibility: 'pin', pin: '2468', status: 'live' });
    const guest = await join(acme, slug, { pin: '2468' });
    const socket = await listen(acme, port, slug, guest.headers);
    await socket.next((frame) => frame.type === 'hello');
    expect((await patch(slug, { pin: '1357' })).json.event.pin).toBe('1357');
    expect((await acme(path(slug, '/photos'), { headers: guest.headers })).status).toBe(403);
    expect(await socket.closed).toBe(4401);
    expect((await acme(path(slug, '/session'), { method: 'POST', body: { pin: '2468' } })).json.code).toBe(
      'event.wrong_pin',
    );
    const back = await join(acme, slug, { pin: '1357' });
    expect((await acme(path(slug, '/photos'), { headers: back.headers })).status).toBe(200);
  });
  it('to archived hides the event from guests, and back shows it', async () => {
    const { slug } = await made({ visibility: 'public', status: 'live' });
    expect((await acme(`/e/${slug}`)).status).toBe(200);
    for (const [status, code] of [
      ['archived', 404],
      ['closed', 200],
      ['draft', 404],
      ['live', 200],
    ] as const) {
      expect((await patch(slug, { status })).json.event.status).toBe(status);
      expect([status, (await acme(path(slug, '/photos'))).status]).toEqual([status, code]);
    }
  });
  it('does not tell viewers the PIN', async () => {
    // No id or digest has such letters by chance.
    const { id } = await made({ visibility: 'pin', pin: 'Walnuss' });
    expect((await get(id)).json.event.pin).toBe('Walnuss');
    expect((await get(id, '', viewer.headers)).json.event.pin).toBeNull();
    const list = await acme('/api/v1/events?limit=200', { headers: viewer.headers });
    expect(list.text).not.toContain('Walnuss');
    for (const one of list.json.items as { pin: unknown }[]) expect(one.pin).toBeNull();
  });
});

describe('a deleted event', () => {
  it('is gone for everybody, can be listed, and comes back as it was', async () => {
    const { id, slug } = await made({ visibility: 'public', status: 'live', moderation: 'after' });
    const guest = await join(acme, slug);
    const sent = await send(acme, slug, guest, await freshPhoto(64, 64));
    await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
    expect((await remove(slug)).status).toBe(204);
    expect((await remove(slug)).json.code).toBe('event.not_found');
    for (const address of [`/e/${slug}`, path(slug, '/photos'), path(id)]) {
      expect((await acme(address, { headers: address.startsWith('/e/') ? {} : member.headers })).status, address).toBe(
        404,
      );
    }
    expect((await patch(id, { name: 'x' })).status).toBe(404);
    expect((await post(id, '/duplicate', { name: 'x' })).status).toBe(404);
    const deleted = await acme('/api/v1/events?deleted=true&limit=200', { headers: viewer.headers });
    const row = deleted.json.items.find((one: { id: string }) => one.id === id);
    expect(Date.parse(row.restorableUntil) - Date.parse(row.deletedAt)).toBe(30 * 86_400_000);
    expect((await acme('/api/v1/events?limit=200', { headers: member.headers })).text).not.toContain(id);
    expect((await post(slug, '/restore')).json.event).toMatchObject({ id, status: 'live', deletedAt: null });
    expect((await post(slug, '/restore')).status).toBe(200);
    expect((await acme(path(slug, '/photos'))).json.items.map((one: { id: string }) => one.id)).toEqual([
      sent.json.photo.id,
    ]);
    expect((await acme(path(slug, '/mine'), { headers: guest.headers })).json.items).toHaveLength(1);
  });
  it('is not restored after 30 days', async () => {
    const { id } = await made();
    await remove(id);
    await asOperator(ownerUrl, (client) =>
      client.query(`update events set deleted_at = now() - interval '30 days 1 minute' where id = $1`, [id]),
    );
    expect((await post(id, '/restore')).status).toBe(404);
    const deleted = await acme('/api/v1/events?deleted=true&limit=200', { headers: member.headers });
    expect(deleted.text).not.toContain(id);
  });
});

describe('a duplicate', () => {
  it('has the settings and the tables, and nobody’s photos', async () => {
    const original = await made({
      visibility: 'pin',
      pin: '2468',
      status: 'live',
      moderation: 'after',
      startsAt: '2027-01-01T18:00:00Z',
      endsAt: '2027-01-01T23:00:00Z',
      blockWords: ['x'],
    });
    await asOperator(ownerUrl, (client) =>
      client.query(
        `insert into event_tables (tenant_id, event_id, code, label) select tenant_id, id, 't7', 'Tisch 7' from events where id = $1`,
        [original.id],
      ),
    );
    const guest = await join(acme, original.slug, { pin: '2468' });
    await send(acme, original.slug, guest, await freshPhoto(64, 64));
    const { status, json } = await post(original.id, '/duplicate', {
      name: `Again ${unique()}`,
      startsAt: '2027-07-01T17:00:00Z',
    });
    expect(status, JSON.stringify(json)).toBe(201);
    expect(json.event).toMatchObject({
      status: 'draft',
      visibility: 'pin',
      moderation: 'after',
      endsAt: '2027-07-01T22:00:00.000Z',
      counts: { total: 0 },
      settings: { blockWords: ['x'] },
    });
    const tables = await acme(path(json.event.id, '/tables'), { headers: member.headers });
    expect(tables.json.items).toMatchObject([{ code: 't7', label: 'Tisch 7' }]);
  });
});

describe('looking through events', () => {
  it('finds them by time and by part of the name, and takes no wildcard', async () => {
    const word = unique();
    await made({ name: `100% ${word}`, status: 'live', startsAt: '2026-01-01T00:00:00Z' });
    await made({ name: `soon ${word}`, status: 'live', startsAt: '2099-01-01T00:00:00Z' });
    await made({ name: `draft ${word}` });
    const past = await made({ name: `past ${word}` });
    await patch(past.id, { status: 'closed' });
    const names = async (query: string) => {
      const list = await acme(`/api/v1/events?limit=200&${query}`, { headers: member.headers });
      return list.json.items.map((one: { name: string }) => one.name.split(' ')[0]).sort();
    };
    expect(await names(`q=${word}`)).toEqual(['100%', 'draft', 'past', 'soon']);
    expect(await names(`q=${word}&when=live`)).toEqual(['100%']);
    expect(await names(`q=${word}&when=upcoming`)).toEqual(['draft', 'soon']);
    expect(await names(`q=${word}&when=past`)).toEqual(['past']);
    expect(await names(`q=${encodeURIComponent(`100% ${word}`)}`)).toEqual(['100%']);
    expect(await names(`q=${encodeURIComponent(`_% ${word}`)}`)).toEqual([]);
    expect(await names(`q=${encodeURIComponent(`'; drop table events; -- ${word}`)}`)).toEqual([]);
    const { totals } = (await acme('/api/v1/events', { headers: viewer.headers })).json;
    expect(Math.min(totals.live, totals.upcoming, totals.past)).toBeGreaterThan(0);
  });
  it('is answered with 304 as long as nothing has changed', async () => {
    const beta = at('beta-solutions');
    const staff = await signIn(beta, 'admin@beta-solutions.com');
    const first = await beta('/api/v1/events', { headers: staff.headers });
    const headers = { ...staff.headers, 'if-none-match': String(first.headers['etag']) };
    expect((await beta('/api/v1/events', { headers })).status).toBe(304);
  });
});

describe('the summary', () => {
  it('counts, and knows what is done and what is still ahead', async () => {
    const { id, slug } = await made({
      visibility: 'public',
      status: 'live',
      startsAt: '2026-11-01T18:00:00Z',
      endsAt: '2099-01-01T00:00:00Z',
    });
    const guest = await join(acme, slug);
    const sent = await send(acme, slug, guest, await freshPhoto(64, 64));
    await untilStatus(acme, slug, guest, sent.json.photo.id, 'pending');
    const { json } = await get(slug, '/summary', viewer.headers);
    expect(json).toMatchObject({
      guests: 1,
      senders: 1,
      reportsOpen: 0,
      counts: { pending: 1, total: 1, approved: 0 },
    });
    expect(json.uploadsPerHour.map((one: { count: number }) => one.count)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(Date.now() - Date.parse(json.uploadsPerHour[5].hour)).toBeLessThan(2 * 3_600_000);
    expect(json.timeline.map((one: { kind: string }) => one.kind)).toEqual([
      'starts',
      'created',
      'first_photo',
      'ends',
    ]);
    const step = (name: string) => json.checklist.find((one: { id: string }) => one.id === name);
    expect([step('details').done, step('test_photo').done, step('qr_printed').done]).toEqual([true, true, false]);
    const check = (body: Body, headers = member.headers) =>
      acme(path(id, '/checklist'), { method: 'PATCH', headers, body });
    expect((await check({ id: 'qr_printed', done: true })).json.event.settings.checklist.qr_printed).toMatch(/Z$/);
    expect((await get(id, '/summary')).text).toContain('"id":"qr_printed","done":true');
    expect((await check({ id: 'qr_printed', done: false })).json.event.settings.checklist).toEqual({});
    expect((await check({ id: 'test_photo', done: true })).status).toBe(400);
    expect((await check({ id: 'qr_printed', done: true }, viewer.headers)).status).toBe(403);
  });
  it('of an event without anything is empty, not wrong', async () => {
    const { slug } = await made();
    const { json } = await get(slug, '/summary');
    expect(json).toMatchObject({ guests: 0, uploadsPerHour: [], counts: { total: 0 } });
    expect(json.timeline.map((one: { kind: string }) => one.kind)).toEqual(['created']);
  });
});

describe('a date that has come', () => {
  it('deletes the event when it is that of its deletion', async () => {
    const { id, slug } = await event({ delete_at: '2026-01-01', next_change_at: '2026-01-01' });
    const answer = () => acme(path(slug, '/photos'));
    await eventually(async () => (await answer()).status === 404, 'the event being deleted', 100_000);
    expect((await post(id, '/restore')).json.event).toMatchObject({ deleteAt: null });
  }, 120_000);
});
