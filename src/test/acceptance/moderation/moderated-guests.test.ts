import { describe, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');

const change = (slug: string, guest: string, body: Record<string, unknown>, by = staff) =>
  acme(`/api/v1/events/${slug}/guests/${guest}`, { method: 'PATCH', headers: by.headers, body });
const guestsOf = (slug: string, query = '') =>
  acme(`/api/v1/events/${slug}/guests${query}`, { headers: staff.headers });
const statuses = (ids: string[]) =>
  asOperator(ownerUrl, async (client) => {
    const { rows } = await client.query('select id, status from photos where id = any($1)', [ids]);
    const byId = new Map(rows.map((row) => [row.id, row.status]));
    return ids.map((id) => byId.get(id));
  });
const photoOf = async (id: string) => (await acme(`/api/v1/photos/${id}`, { headers: staff.headers })).json.photo;
async function sendOne(slug: string, guest: Guest, caption = '') {
  const query = caption ? `?caption=${encodeURIComponent(caption)}` : '';
  const sent = await acme(`/api/v1/events/${slug}/photos${query}`, {
    method: 'POST',
    headers: { ...guest.headers, 'content-type': 'image/jpeg' },
    body: await freshPhoto(64, 64),
  });
  const id: string = sent.json.photo.id;
  await untilStatus(acme, slug, guest, id, 'pending', 'approved', 'rejected');
  return photoOf(id);
}

describe('blocking a guest', () => {
  it('takes down what they sent at once, and letting them in gives back exactly that', async () => {
    const { id, slug } = await event();
    const [guest, other] = [await join(acme, slug, { name: 'Rude' }), await join(acme, slug)];
    const before = ['pending', 'approved', 'rejected', 'approved', 'failed'];
    const ids = await makePhotos(
      ownerUrl,
      id,
      guest.id,
      before.map((status) => ({ status })),
    );
    const [theirs = ''] = await makePhotos(ownerUrl, id, other.id, [{ status: 'approved' }]);
    const socket = await listen(acme, port, slug);

    const blocked = await change(slug, guest.id, { blocked: true });
    expect(blocked.json).toMatchObject({ changed: 3, guest: { blocked: true, counts: { rejected: 4, approved: 0 } } });
    expect(await statuses(ids)).toEqual(['rejected', 'rejected', 'rejected', 'rejected', 'failed']);
    expect(await statuses([theirs])).toEqual(['approved']);
    for (const gone of [ids[1], ids[3]]) await socket.next((one) => one.type === 'photo.removed' && one.id === gone);
    const refused = await send(acme, slug, guest, await freshPhoto(64, 64));
    expect([refused.status, refused.json.code]).toEqual([403, 'guest.blocked']);
    expect((await change(slug, guest.id, { blocked: true })).json.changed).toBe(0);

    // A person's own word stands.
    await acme(`/api/v1/photos/${ids[3]}`, { method: 'PATCH', headers: staff.headers, body: { status: 'approved' } });
    await acme(`/api/v1/photos/${ids[3]}`, { method: 'PATCH', headers: staff.headers, body: { status: 'rejected' } });

    expect((await change(slug, guest.id, { blocked: false })).json.changed).toBe(2);
    expect(await statuses(ids)).toEqual(['pending', 'approved', 'rejected', 'rejected', 'failed']);
    await socket.next((one) => one.type === 'photo.approved' && one.photo.id === ids[1]);
    const history = await acme(`/api/v1/photos/${ids[1]}/decisions`, { headers: staff.headers });
    expect(history.json.items).toMatchObject([
      { from: 'rejected', to: 'approved', reason: 'guest_unblocked', by: 'Odile Okafor' },
      { from: 'approved', to: 'rejected', reason: 'guest_blocked', by: 'Odile Okafor' },
    ]);
    socket.close();
  });

  it('works on thousands of photos in one go, and every open page hears of each', async () => {
    const { id, slug } = await event();
    const guest = await join(acme, slug);
    const ids = await makePhotos(
      ownerUrl,
      id,
      guest.id,
      Array.from({ length: 3_000 }, () => ({ status: 'approved' })),
    );
    const socket = await listen(acme, port, slug);
    expect((await change(slug, guest.id, { blocked: true })).json.changed).toBe(3_000);
    const gone = () => socket.frames.filter((one) => one.type === 'photo.removed').length;
    await expect.poll(gone, { timeout: 50_000 }).toBe(3_000);
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toEqual([]);
    expect((await change(slug, guest.id, { blocked: false })).json.changed).toBe(3_000);
    expect(new Set(await statuses(ids))).toEqual(new Set(['approved']));
    socket.close();
  });

  it('reaches a photo that is still being prepared', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    const sent = await send(acme, slug, guest, await freshPhoto());
    await change(slug, guest.id, { blocked: true });
    await untilStatus(acme, slug, guest, sent.json.photo.id, 'rejected');
    await change(slug, guest.id, { blocked: false });
    expect(['pending', 'approved']).toContain((await photoOf(sent.json.photo.id)).status);
  });

  it('is for moderators, at their event only', async () => {
    const [{ slug }, other] = [await event(), await event()];
    const guest = await join(acme, slug);
    expect((await change(slug, guest.id, { blocked: true }, viewer)).status).toBe(403);
    const elsewhere = await change(other.slug, guest.id, { blocked: true });
    expect([elsewhere.status, elsewhere.json.code]).toEqual([404, 'guest.not_found']);
    expect((await change(slug, guest.id, {})).status).toBe(400);
    expect((await change(slug, guest.id, { name: 'Other' })).status).toBe(400);
  });
});

describe('a guest', () => {
  it('is listed with what they sent, found by name, and loses it where a moderator says so', async () => {
    const { id, slug } = await event();
    const guest = await join(acme, slug, { name: 'Zoë 100%' });
    await join(acme, slug, { name: 'Ben' });
    await makePhotos(ownerUrl, id, guest.id, [{ status: 'pending' }, { status: 'approved' }]);
    expect((await guestsOf(slug, '?q=zo%C3%AB')).json.items).toMatchObject([
      {
        id: guest.id,
        name: 'Zoë 100%',
        blocked: false,
        trust: 'auto',
        counts: { pending: 1, approved: 1, rejected: 0 },
      },
    ]);
    expect((await guestsOf(slug, '?q=100%25')).json.items).toHaveLength(1);
    const page = await guestsOf(slug, '?limit=1');
    expect(page.json.items).toMatchObject([{ name: 'Ben' }]);
    expect((await guestsOf(slug, `?limit=1&cursor=${page.json.nextCursor}`)).json.items).toMatchObject([
      { id: guest.id },
    ]);
    expect((await guestsOf(slug, '?blocked=true')).json.items).toEqual([]);
    const socket = await listen(acme, port, slug);
    await change(slug, guest.id, { name: null });
    expect((await socket.next((one) => one.type === 'photo.approved')).photo.by).toBeNull();
    socket.close();
  });

  it('who has enough published photos is published first, and says so in the history', async () => {
    const { id, slug } = await event({ trust_after: 2 });
    const guest = await join(acme, slug, { name: 'Ada' });
    await makePhotos(ownerUrl, id, guest.id, [{ status: 'approved' }]);
    expect((await sendOne(slug, guest)).status).toBe('pending');
    await makePhotos(ownerUrl, id, guest.id, [{ status: 'approved' }]);
    const trusted = await sendOne(slug, guest);
    expect(trusted).toMatchObject({
      status: 'approved',
      decided: { by: null, kind: 'rule', reason: 'trusted' },
      guest: { approved: 3 },
    });
    const history = await acme(`/api/v1/photos/${trusted.id}/decisions`, { headers: viewer.headers });
    expect(history.json.items).toMatchObject([{ from: 'processing', to: 'approved', kind: 'rule', reason: 'trusted' }]);
    await change(slug, guest.id, { trust: 'never' });
    expect((await sendOne(slug, guest)).status).toBe('pending');
    await change(slug, guest.id, { trust: 'always' });
    expect((await sendOne(slug, guest)).status).toBe('approved');
  });
});

describe('word lists', () => {
  const settings = { holdWords: ['maybe'], blockWords: ['nasty'] };

  it('keep a photo for a person, and words that are blocked from everybody but staff and their writer', async () => {
    const { slug } = await event({ moderation: 'after', settings });
    const guest = await join(acme, slug, { name: 'Ada' });
    expect(await sendOne(slug, guest, 'fine')).toMatchObject({ status: 'approved', flags: [] });
    expect(await sendOne(slug, guest, 'MÁYBE')).toMatchObject({ status: 'pending', flags: ['words_held'] });
    const hidden = await sendOne(slug, guest, 'so n\u200basty');
    expect(hidden).toMatchObject({ status: 'pending', flags: ['words_hidden'], caption: 'so n\u200basty' });
    await acme(`/api/v1/photos/${hidden.id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { status: 'approved' },
    });
    const seen = (await acme(`/api/v1/events/${slug}/photos`)).json.items.find(
      (one: { id: string }) => one.id === hidden.id,
    );
    expect([seen.caption, seen.by]).toEqual([null, null]);
    const cleared = await acme(`/api/v1/photos/${hidden.id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { caption: null },
    });
    expect(cleared.json.photo).toMatchObject({ caption: null, flags: [], by: 'Ada' });
  });

  it('refuse a name with a blocked word, and let one wait that is only held', async () => {
    const { slug } = await event({ moderation: 'after', settings });
    const path = `/api/v1/events/${slug}/session`;
    const refused = await acme(path, { method: 'POST', body: { name: 'The N.A.S.T.Y. one' } });
    expect([refused.status, refused.json.code]).toEqual([422, 'guest.name_refused']);
    const guest = await join(acme, slug, { name: 'Maybe' });
    expect(await sendOne(slug, guest)).toMatchObject({ status: 'pending', flags: ['words_held'] });
  });

  it('that cannot be read publish nothing by themselves', async () => {
    const { slug } = await event({ moderation: 'after', settings: { holdWords: 'maybe' } });
    expect((await sendOne(slug, await join(acme, slug))).status).toBe('pending');
  });
});
