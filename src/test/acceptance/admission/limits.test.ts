import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { freshPhoto, join, send, signIn, type Guest } from '../../support/people.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { at, event, ownerUrl } = setup();

/** An account of its own, with one event, and limits as agreed with it. */
async function account(limits: Record<string, number | null> = {}, over: Record<string, unknown> = {}) {
  const { slug, members } = await makeTeam(ownerUrl, ['owner']);
  const client = at(slug);
  const { headers } = await signIn(client, members[0]!.email, PASSWORD);
  await asOperator(ownerUrl, (operator) =>
    operator.query(`update tenants set settings = jsonb_build_object('limits', $2::jsonb) where slug = $1`, [
      slug,
      JSON.stringify(limits),
    ]),
  );
  const party = await event(over, slug);
  const guest = await join(client, party.slug);
  const upload = async (who: Guest = guest, where = party.slug) => send(client, where, who, await freshPhoto());
  const tenant = async () => (await client('/api/v1/tenant', { headers })).json;
  return { slug, client, headers, party, guest, upload, tenant };
}
const full = (of: string, unit: string, limit: number, used: number) => ({
  status: 403,
  code: 'quota.exceeded',
  quota: { of, unit, limit, used },
});

describe('what one guest may send', () => {
  it('is as much as the event says, exactly; a deleted photo makes room again', async () => {
    const { client, guest, party, upload } = await account({}, { settings: { photosPerGuest: 2 } });
    const sent = await Promise.all(Array.from({ length: 5 }, () => upload()));
    const [first] = sent.filter(({ status }) => status === 201);
    const refused = sent.filter(({ status }) => status === 403);
    expect(refused).toHaveLength(3);
    for (const { json } of refused) expect(json).toMatchObject(full('guest', 'photos', 2, 2));
    expect(refused[0]!.json.detail).toMatch(/ask the host to allow more/);
    const own = `/api/v1/events/${party.slug}/mine/${first!.json.photo.id}`;
    await client(own, { method: 'DELETE', headers: guest.headers });
    expect((await upload()).status).toBe(201);
    expect((await upload(await join(client, party.slug))).status).toBe(201);
  });

  it('is set with the event, from 1 to 2,000', async () => {
    const { client, headers, party } = await account();
    const set = async (photosPerGuest: unknown) =>
      client(`/api/v1/events/${party.slug}`, { method: 'PATCH', headers, body: { photosPerGuest } });
    expect((await set(12)).json.event.settings.photosPerGuest).toBe(12);
    expect((await set(null)).json.event.settings.photosPerGuest).toBeNull();
    for (const bad of [0, 2001, 1.5, '12']) expect((await set(bad)).json.code).toBe('request.invalid');
  });
});

describe('what an account has room for', () => {
  it('is counted for the event and for all of them, and says what is full', async () => {
    const { client, party, upload, slug, tenant } = await account({ photosPerEvent: 2, photos: 3 });
    const second = await event({}, slug);
    const there = await join(client, second.slug);
    for (let n = 0; n < 2; n++) expect((await upload()).status).toBe(201);
    const refused = (await upload()).json;
    expect(refused).toMatchObject(full('event', 'photos', 2, 2));
    expect(refused.detail).toMatch(/The host can delete photos or choose a larger plan/);
    expect((await upload(there, second.slug)).status).toBe(201);
    expect((await upload(there, second.slug)).json).toMatchObject(full('account', 'photos', 3, 3));
    expect(await tenant()).toMatchObject({ usage: { photos: 3 }, limits: { photos: 3, photosPerEvent: 2 } });
    expect(party.slug).not.toBe(second.slug);
  });

  it('is counted in bytes as they were sent, and deleting gives them back', async () => {
    const { client, guest, party, upload, tenant } = await account();
    const photo = await freshPhoto();
    const sent = await send(client, party.slug, guest, photo);
    await send(client, party.slug, guest, photo);
    expect((await tenant()).usage).toMatchObject({ photos: 1, bytes: photo.length });
    const own = `/api/v1/events/${party.slug}/mine/${sent.json.photo.id}`;
    await client(own, { method: 'DELETE', headers: guest.headers });
    expect((await tenant()).usage).toMatchObject({ photos: 0, bytes: 0 });
    expect((await upload()).status).toBe(201);
  });

  it('has no room for a file that is larger than what is left', async () => {
    const { upload, tenant } = await account({ bytes: 1000 });
    expect((await upload()).json).toMatchObject(full('account', 'bytes', 1000, 0));
    expect((await tenant()).limits).toEqual({ photos: 5000, bytes: 1000, photosPerEvent: 2000 });
  });

  it('is told to whoever sends by the plain form', async () => {
    const { client, party, guest } = await account({ photosPerEvent: 0 });
    const fields = new FormData();
    fields.set('photos', new Blob([(await freshPhoto()) as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), 'a.jpg');
    const request = new Response(fields);
    const answer = await client(`/e/${party.slug}/photos`, {
      method: 'POST',
      headers: { ...guest.headers, 'content-type': request.headers.get('content-type') ?? '', 'accept-language': 'de' },
      body: new Uint8Array(await request.arrayBuffer()),
    });
    expect(answer.text).toContain('Diese Veranstaltung ist voll.');
  });

  it('is followed by its sums through everything that becomes of photos, for twenty guests at once', async () => {
    const { slug, client, party, tenant } = await account();
    const guests = await Promise.all(Array.from({ length: 20 }, () => join(client, party.slug)));
    const photo = await freshPhoto(64, 64);
    const sent = await Promise.all(guests.map((guest) => send(client, party.slug, guest, photo)));
    expect(sent.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect((await tenant()).usage).toMatchObject({ photos: 20, bytes: 20 * photo.length });
    await asOperator(ownerUrl, (operator) =>
      operator.query(
        `update photos set status = 'failed' where id = any (array(select id from photos where event_id = $1 limit 5))`,
        [party.id],
      ),
    );
    expect((await tenant()).usage).toMatchObject({ photos: 15, bytes: 20 * photo.length });
    await asOperator(ownerUrl, async (operator) => {
      // What falls with its guest is counted by the tables' owner, who sees what the tenant of the transaction sees.
      await operator.query(`select set_tenant_id(id, true) from tenants where slug = $1`, [slug]);
      await operator.query(`delete from guests where id = any ($1::uuid[])`, [guests.slice(0, 4).map(({ id }) => id)]);
    });
    const { rows } = await asOperator(ownerUrl, (operator) =>
      operator.query(
        `select count(*) filter (where status <> 'failed')::integer as photos, sum(bytes)::integer as bytes
         from photos where event_id = $1`,
        [party.id],
      ),
    );
    expect((await tenant()).usage).toMatchObject(rows[0]);
    await asOperator(ownerUrl, (operator) => operator.query(`delete from events where id = $1`, [party.id]));
    expect((await tenant()).usage).toMatchObject({ photos: 0, bytes: 0 });
  });
});
