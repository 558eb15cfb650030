import { describe, expect, it } from 'vitest';
import { makePhotos } from '../../support/database.ts';
import { join, listen, signIn } from '../../support/people.ts';
import { helperOf } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const [odile, miguel, viewer] = await Promise.all([
  signIn(acme, 'operator@acme.com'),
  signIn(acme, 'manager@acme.com'),
  signIn(acme, 'viewer@acme.com'),
]);

/** An event with a guest and photos of theirs. */
async function party(statuses: string[], over: Record<string, unknown> = {}) {
  const { id, slug } = await event(over);
  const guest = await join(acme, slug, { name: 'Ada' });
  const ids = await makePhotos(
    ownerUrl,
    id,
    guest.id,
    statuses.map((status, n) => ({ status, caption: `photo ${n}` })),
  );
  return { id, slug, guest, ids, first: ids[0] ?? '' };
}
type Headers = { headers: Record<string, string> };
const decide = (by: Headers, id: string, body: Record<string, unknown>) =>
  acme(`/api/v1/photos/${id}`, { method: 'PATCH', headers: by.headers, body });
const bulk = (by: Headers, body: Record<string, unknown>) =>
  acme('/api/v1/photos/bulk', { method: 'POST', headers: by.headers, body });
const list = (by: Headers, slug: string, query = '') =>
  acme(`/api/v1/photos?event=${slug}${query}`, { headers: by.headers });
const decisions = (by: Headers, id: string) => acme(`/api/v1/photos/${id}/decisions`, { headers: by.headers });
const idsOf = (answer: { json: { items: { id: string }[] } }) => answer.json.items.map((one) => one.id);

describe('two moderators', () => {
  it('do not overwrite each other: the second is shown what the first decided', async () => {
    const { first } = await party(['pending']);
    expect((await decide(odile, first, { status: 'approved', from: 'pending' })).json.photo.status).toBe('approved');
    const late = await decide(miguel, first, { status: 'rejected', from: 'pending' });
    expect([late.status, late.json.code]).toEqual([409, 'photo.changed']);
    expect(late.json.photo).toMatchObject({
      id: first,
      status: 'approved',
      decided: { by: 'Odile Okafor', kind: 'user', reason: null },
    });
  });

  it('who decide the same both succeed, and only one decision is noted', async () => {
    const { first } = await party(['pending']);
    const answers = await Promise.all(
      [odile, miguel].map((by) => decide(by, first, { status: 'approved', from: 'pending' })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect((await decisions(viewer, first)).json.items).toHaveLength(1);
  });

  it('hear of each other’s decision', async () => {
    const { first, slug } = await party(['pending']);
    const socket = await listen(acme, port, slug, miguel.headers);
    await decide(odile, first, { status: 'rejected' });
    const frame = await socket.next((one) => one.type === 'photo.decided');
    expect(frame.photo).toMatchObject({ id: first, status: 'rejected', version: 2, decided: { by: 'Odile Okafor' } });
    socket.close();
  });

  it('see who holds which photo, by the name that the account knows', async () => {
    const { first, slug } = await party(['pending']);
    const [one, other] = [
      await listen(acme, port, slug, odile.headers),
      await listen(acme, port, slug, miguel.headers),
    ];
    one.send({ v: 1, type: 'claim', photoIds: [first] });
    const frame = await other.next((each) => each.type === 'claims' && each.items.length > 0);
    expect(frame.items).toEqual([{ photoId: first, by: { id: expect.any(String), name: 'Odile Okafor' } }]);
    one.close();
    await other.next((each) => each.type === 'claims' && each.moderators.length === 1 && each.items.length === 0);
    other.close();
  });
});

describe('deciding many', () => {
  it('skips what somebody else has decided meanwhile', async () => {
    const { ids } = await party(['pending', 'rejected', 'approved', 'processing']);
    const answer = await bulk(odile, { ids, status: 'approved', from: 'pending' });
    expect(answer.json.results).toEqual([
      { id: ids[0], ok: true },
      { id: ids[1], ok: false, code: 'photo.changed' },
      { id: ids[2], ok: true },
      { id: ids[3], ok: false, code: 'photo.not_ready' },
    ]);
  });

  it('by a rule goes on in steps until nothing is left, and can be taken back', async () => {
    const { slug, guest } = await party(Array.from({ length: 1_201 }, () => 'pending'));
    const rule = () =>
      acme(`/api/v1/events/${slug}/photos/bulk-rule`, {
        method: 'POST',
        headers: odile.headers,
        body: { guest: guest.id, from: 'pending', status: 'rejected' },
      });
    const steps = [await rule(), await rule(), await rule(), await rule()].map((answer) => answer.json);
    expect(steps.map((step) => [step.changed, step.more])).toEqual([
      [500, true],
      [500, true],
      [201, false],
      [0, false],
    ]);
    const { ids } = steps[2];
    expect((await bulk(odile, { ids, status: 'pending' })).json.results).toHaveLength(201);
    expect((await list(odile, slug)).json.counts).toMatchObject({ pending: 201, rejected: 1_000 });
    expect((await decisions(odile, ids[0])).json.items).toMatchObject([
      { from: 'rejected', to: 'pending', reason: null },
      { from: 'pending', to: 'rejected', reason: 'bulk_rule', by: 'Odile Okafor' },
    ]);
  });

  it('by a rule touches nothing else', async () => {
    const { slug, ids } = await party(['pending', 'approved']);
    const other = await join(acme, slug);
    const answer = await acme(`/api/v1/events/${slug}/photos/bulk-rule`, {
      method: 'POST',
      headers: odile.headers,
      body: { guest: other.id, from: 'pending', status: 'approved' },
    });
    expect(answer.json).toEqual({ changed: 0, ids: [], more: false });
    expect((await list(odile, slug, '&status=pending')).json.items).toMatchObject([{ id: ids[0] }]);
  });

  it.each([
    [{ from: 'pending', status: 'pending' }],
    [{ from: 'processing', status: 'approved' }],
    [{ status: 'approved' }],
    [{ from: 'pending', status: 'approved', guest: 'Ada' }],
  ])('by a rule that says nothing is refused: %j', async (body) => {
    const { slug } = await party([]);
    const path = `/api/v1/events/${slug}/photos/bulk-rule`;
    expect((await acme(path, { method: 'POST', headers: odile.headers, body })).status).toBe(400);
  });
});

describe('the list', () => {
  it('is filtered by guest, words, order and status, and counts all of the event', async () => {
    const { slug, ids, guest } = await party(['pending', 'pending', 'approved', 'rejected']);
    const counts = { processing: 0, pending: 2, approved: 1, rejected: 1, failed: 0, reported: 0 };
    const waiting = await list(odile, slug, '&status=pending&order=arrived');
    expect([idsOf(waiting), waiting.json.counts]).toEqual([ids.slice(0, 2), counts]);
    expect(idsOf(await list(odile, slug, '&q=PHOTO 1'.replace(' ', '%20')))).toEqual([ids[1]]);
    expect(idsOf(await list(odile, slug, '&q=ada'))).toHaveLength(4);
    expect(idsOf(await list(odile, slug, '&q=%25'))).toEqual([]);
    expect(idsOf(await list(odile, slug, `&guest=${guest.id}`))).toEqual(ids.toReversed());
    expect(idsOf(await list(odile, slug, '&flag=words_held'))).toEqual([]);
    expect((await list(odile, slug, '&status=approved')).json.items[0].guest).toEqual({
      id: guest.id,
      name: 'Ada',
      table: null,
      blocked: false,
      trust: 'auto',
      approved: 1,
    });
  });

  it('pages in both orders without losing or repeating one', async () => {
    const { slug, ids } = await party(Array.from({ length: 5 }, () => 'pending'));
    for (const order of ['arrived', '-arrived']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await list(odile, slug, `&limit=2&order=${order}${cursor}`);
        seen.push(...idsOf(page));
        cursor = page.json.nextCursor ? `&cursor=${page.json.nextCursor}` : '';
      } while (cursor);
      expect(seen).toEqual(order === 'arrived' ? ids : ids.toReversed());
    }
  });

  it.each(['&status=gone', '&order=taken', '&guest=x', '&reported=maybe', '&limit=500', '&secret=1'])(
    'refuses %s',
    async (query) => expect((await list(odile, 'launch-party', query)).status).toBe(400),
  );
});

describe('a caption', () => {
  it('can be taken away for good, and is gone from open galleries', async () => {
    const { slug, first } = await party(['approved']);
    const socket = await listen(acme, port, slug);
    expect((await decide(odile, first, { caption: null })).json.photo.caption).toBeNull();
    const frame = await socket.next((one) => one.type === 'photo.approved');
    expect(frame.photo).toMatchObject({ id: first, caption: null });
    socket.close();
  });

  it.each([[{ caption: 'other' }], [{}], [{ from: 'pending' }], [{ status: 'failed' }]])('refuses %j', async (body) => {
    const { first } = await party(['pending']);
    expect((await decide(odile, first, body)).status).toBe(400);
  });
});

describe('a helper', () => {
  it('decides at their event, by their own name, and at no other', async () => {
    const [mine, other] = [await party(['pending', 'pending']), await party(['pending'])];
    const helper = await helperOf(acme, mine.slug, odile.headers);
    expect((await decide(helper, mine.first, { status: 'approved' })).json.photo.decided).toMatchObject({
      by: 'Ada at the bar',
      kind: 'helper',
    });
    expect((await decisions(helper, mine.first)).json.items).toMatchObject([{ by: 'Ada at the bar', kind: 'helper' }]);
    expect((await decide(helper, other.first, { status: 'approved' })).status).toBe(404);
    expect((await decisions(helper, other.first)).status).toBe(404);
    expect((await list(helper, other.slug)).status).toBe(404);
    const results = (await bulk(helper, { ids: [mine.ids[1], other.first], status: 'rejected' })).json.results;
    expect(results).toMatchObject([{ ok: true }, { ok: false, code: 'photo.not_found' }]);
    for (const [method, path, body] of [
      ['GET', 'guests', undefined],
      ['PATCH', `guests/${other.guest.id}`, { blocked: true }],
      ['POST', 'hold', {}],
      ['POST', 'photos/bulk-rule', { from: 'pending', status: 'approved' }],
      ['POST', 'albums', { name: 'x' }],
      ['GET', 'reports', undefined],
    ] as const) {
      const answer = await acme(`/api/v1/events/${other.slug}/${path}`, { method, headers: helper.headers, body });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await list(odile, other.slug)).json.counts.pending).toBe(1);
  });
});
