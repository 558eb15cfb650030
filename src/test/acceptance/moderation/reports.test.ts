import { describe, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { join, listen, signIn } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');

async function party(statuses = ['approved', 'pending'], over: Record<string, unknown> = {}) {
  const { id, slug } = await event(over);
  const [sender, guest, other] = [
    await join(acme, slug),
    await join(acme, slug, { name: 'Ada' }),
    await join(acme, slug),
  ];
  const ids = await makePhotos(
    ownerUrl,
    id,
    sender.id,
    statuses.map((status) => ({ status })),
  );
  const report = (by: { headers: Record<string, string> }, photo: string, body: unknown = { reason: 'me' }) =>
    acme(`/api/v1/events/${slug}/photos/${photo}/reports`, { method: 'POST', headers: by.headers, body });
  const open = (query = '') => acme(`/api/v1/events/${slug}/reports${query}`, { headers: staff.headers });
  const answer = (report_: string, outcome: string) =>
    acme(`/api/v1/events/${slug}/reports/${report_}`, { method: 'PATCH', headers: staff.headers, body: { outcome } });
  const counts = async () =>
    (await acme(`/api/v1/photos?event=${slug}`, { headers: staff.headers })).json.counts.reported;
  return { id, slug, sender, guest, other, ids, first: ids[0] ?? '', report, open, answer, counts };
}

describe('a report', () => {
  it('is made once by each guest, and comes to the desk at once', async () => {
    const { slug, guest, other, first, report, open, counts } = await party();
    const desk = await listen(acme, port, slug, staff.headers);
    const page = await listen(acme, port, slug);
    const made = await report(guest, first, { reason: 'me', note: ' please ' });
    expect(made.status).toBe(201);
    const again = await report(guest, first, { reason: 'other' });
    expect([again.status, again.json]).toEqual([200, made.json]);
    await report(other, first);
    await desk.next((one) => one.type === 'photo.decided' && one.photo.reports === 2);
    expect(page.frames.filter((one) => one.type.startsWith('photo.'))).toEqual([]);
    const list = (await open()).json.items;
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({
      id: made.json.report.id,
      reason: 'me',
      note: 'please',
      by: { id: guest.id, name: 'Ada' },
      outcome: null,
      photo: { id: first, reports: 2 },
    });
    expect(await counts()).toBe(1);
    const filtered = await acme(`/api/v1/photos?event=${slug}&reported=true`, { headers: staff.headers });
    expect(filtered.json.items).toMatchObject([{ id: first }]);
    for (const one of [desk, page]) one.close();
  });

  it('that is answered with “kept” closes all of its photo and leaves it', async () => {
    const { guest, other, first, report, open, answer, counts } = await party();
    const { json } = await report(guest, first);
    await report(other, first);
    const kept = await answer(json.report.id, 'kept');
    expect(kept.json.report).toMatchObject({ outcome: 'kept', photo: { status: 'approved', reports: 0 } });
    expect([(await open()).json.items, await counts()]).toEqual([[], 0]);
    expect((await open('?status=resolved&limit=1')).json.nextCursor).not.toBeNull();
    expect((await answer(json.report.id, 'kept')).status).toBe(200);
  });

  it('that is answered with “removed” rejects the photo, by whom and why', async () => {
    const { slug, guest, first, report, answer } = await party();
    const page = await listen(acme, port, slug);
    const { json } = await report(guest, first);
    expect((await answer(json.report.id, 'removed')).json.report.photo).toMatchObject({
      status: 'rejected',
      decided: { by: 'Odile Okafor', reason: 'report' },
    });
    await page.next((one) => one.type === 'photo.removed' && one.id === first);
    page.close();
  });

  it('rests while its photo is rejected, and is back when the photo is', async () => {
    const { guest, first, report, open } = await party();
    await report(guest, first);
    const decide = (status: string) =>
      acme(`/api/v1/photos/${first}`, { method: 'PATCH', headers: staff.headers, body: { status } });
    await decide('rejected');
    expect((await open()).json.items).toEqual([]);
    await decide('approved');
    expect((await open()).json.items).toHaveLength(1);
  });

  it('is made only of what a guest can see', async () => {
    const { slug, guest, ids, report } = await party();
    const elsewhere = await party();
    expect((await report(guest, ids[1] ?? '')).json.code).toBe('photo.not_found');
    expect((await report(guest, elsewhere.first)).json.code).toBe('photo.not_found');
    expect((await report(elsewhere.guest, ids[0] ?? '')).status).toBe(403);
    await acme(`/api/v1/events/${slug}/hold`, { method: 'POST', headers: staff.headers, body: {} });
    expect((await report(guest, ids[0] ?? '')).json.code).toBe('photo.not_found');
  });

  it.each([[{ reason: 'boring' }], [{}], [{ reason: 'me', note: 'x'.repeat(501) }], [{ reason: 'me', by: 'x' }]])(
    'is not made of %j',
    async (body) => {
      const { guest, first, report } = await party();
      expect((await report(guest, first, body)).status).toBe(400);
    },
  );

  it('is slowed where one guest makes very many, and taken from nobody who is blocked', async () => {
    const { slug, guest, other, ids, report } = await party(Array.from({ length: 22 }, () => 'approved'));
    const answers = [];
    for (const id of ids.slice(0, 21)) answers.push((await report(guest, id)).status);
    expect(answers.filter((status) => status === 201)).toHaveLength(20);
    expect(answers.at(-1)).toBe(429);
    expect((await report(other, ids[0] ?? '')).status).toBe(201);
    await acme(`/api/v1/events/${slug}/guests/${other.id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { blocked: true },
    });
    expect((await report(other, ids[1] ?? '')).json.code).toBe('guest.blocked');
  });
});

describe('a photo rejected long ago', () => {
  it('is erased after 30 days, and not when somebody has taken the decision back', async () => {
    const { slug, ids } = await party(['pending', 'pending', 'pending']);
    await acme('/api/v1/photos/bulk', {
      method: 'POST',
      headers: staff.headers,
      body: { ids, status: 'rejected' },
    });
    await acme(`/api/v1/photos/${ids[1]}`, { method: 'PATCH', headers: staff.headers, body: { status: 'pending' } });
    await asOperator(ownerUrl, (client) =>
      client.query(`update photos set decided_at = now() - interval '30 days 1 minute' where id = any($1)`, [
        ids.slice(0, 2),
      ]),
    );
    const left = async () =>
      (await acme(`/api/v1/photos?event=${slug}&order=arrived`, { headers: staff.headers })).json.items.map(
        (one: { id: string }) => one.id,
      );
    await expect.poll(left, { timeout: 40_000 }).toEqual([ids[1], ids[2]]);
  });
});
