import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { eventually } from '../../support/http.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');

const erase = (slug: string, guest: Guest) =>
  acme(`/api/v1/events/${slug}/me`, { method: 'DELETE', headers: guest.headers });
const verify = (receipt: string, at = acme) => at('/api/v1/receipts/verify', { method: 'POST', body: { receipt } });
const check = (receipt: string, lang: string) =>
  acme(`/receipt?lang=${lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `receipt=${encodeURIComponent(receipt)}`,
  });

/** Ada has sent a photo, likes Ben's and asked the host about it; Ben has asked about Ada's. */
async function party() {
  const { id, slug } = await event({ moderation: 'after' });
  const ada = await join(acme, slug, { name: 'Ada Lovelace' });
  const ben = await join(acme, slug, { name: 'Ben' });
  const sent = await send(acme, slug, ada, await freshPhoto(64, 64), { 'content-type': 'image/jpeg' });
  const own: string = sent.json.photo.id;
  await untilStatus(acme, slug, ada, own, 'approved');
  const [bens] = (await makePhotos(ownerUrl, id, ben.id, [{ status: 'approved' }])) as [string];
  await asOperator(ownerUrl, async (client) => {
    await client.query(
      `insert into reactions (tenant_id, event_id, photo_id, guest_id, emoji)
       select tenant_id, id, $2, $3, '❤️' from events where id = $1`,
      [id, bens, ada.id],
    );
    await client.query(`update photos set reactions = '{"❤️": 1}' where id = $1`, [bens]);
  });
  for (const [guest, photo] of [
    [ada, bens],
    [ben, own],
  ] as const) {
    const body = { reason: 'other', note: 'Ada Lovelace is in it' };
    await acme(`/api/v1/events/${slug}/photos/${photo}/reports`, { method: 'POST', headers: guest.headers, body });
  }
  return { id, slug, ada, ben, own, bens };
}

describe('a guest who erases themselves', () => {
  it('is let in nowhere by a session from before, where a PIN keeps others out', async () => {
    const { slug, id } = await event({ visibility: 'pin', pin: '9753', moderation: 'after' });
    const [ada, ben] = [await join(acme, slug, { pin: '9753' }), await join(acme, slug, { pin: '9753' })];
    const [photo] = (await makePhotos(ownerUrl, id, ben.id, [{ status: 'approved' }])) as [string];
    const at = `/api/v1/events/${slug}`;
    const ask = async (guest: Guest) => {
      const doors = [`${at}/photos`, `${at}/albums`, `${at}/photos/${photo}/original`, `${at}/live`];
      const { headers } = guest;
      const reads = doors.map((path) => acme(path, { headers }));
      const writes = ['live-ticket', 'session'].map((door) =>
        acme(`${at}/${door}`, { method: 'POST', headers, body: door === 'session' ? {} : undefined }),
      );
      return Promise.all([...reads, ...writes]);
    };
    const before = await ask(ada);
    expect(before.filter(({ json }) => ['auth.required', 'event.pin_required'].includes(json?.code))).toEqual([]);
    const cookie = { cookie: `mq_g_${id}=${ada.token}` };
    expect((await acme(`/e/${slug}`, { headers: cookie })).text).toContain(photo);
    expect((await erase(slug, ada)).status).toBe(200);
    for (const answer of await ask(ada)) {
      expect(['auth.required', 'event.pin_required'], answer.text).toContain(answer.json?.code);
    }
    const page = await acme(`/e/${slug}`, { headers: cookie });
    expect([page.text.includes('name="pin"'), page.text.includes(photo)]).toEqual([true, false]);
    expect((await acme(`${at}/photos`, { headers: ben.headers })).json.items).toHaveLength(1);
  });

  it('is gone for everybody at once, and what is left names nobody', async () => {
    const { id, slug, ada, own, bens } = await party();
    const original = (await acme(`/api/v1/events/${slug}/photos`)).json.items.find(
      (photo: { id: string }) => photo.id === own,
    );
    const [wall, phone] = [await listen(acme, port, slug), await listen(acme, port, slug, ada.headers)];
    const answer = await erase(slug, ada);
    expect(answer.json.erased).toEqual({ photos: 1, reactions: 1, reports: 1 });
    expect(answer.headers['set-cookie']?.[0]).toMatch(new RegExp(`^mq_g_${id}=;.*Max-Age=0`));
    await wall.next((frame) => frame.type === 'photo.removed' && frame.id === own);
    await wall.next(
      (frame) => frame.type === 'photo.approved' && frame.photo.id === bens && !frame.photo.reactions['❤️'],
    );
    expect(await phone.closed).toBe(4401);
    wall.close();
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toMatchObject([{ id: bens, reactions: {} }]);
    const seen = [`/api/v1/events/${slug}/guests`, `/api/v1/photos?event=${slug}`, `/api/v1/events/${slug}/reports`];
    for (const path of seen) expect((await acme(path, { headers: staff.headers })).text).not.toContain('Lovelace');
    await eventually(
      async () => (await acme(original.renditions[0].url)).status === 404,
      'the files of the photo being deleted',
    );
    const left = await asOperator(ownerUrl, async (client) => {
      const tables = ['guests', 'photos', 'photo_reports', 'photo_decisions', 'outbox', 'guest_erasures'];
      const all = tables.map((table) => `select t::text as text from ${table} t where event_id = $1`);
      const { rows } = await client.query<{ text: string }>(all.join(' union all '), [id]);
      return rows.map((row) => row.text).join('\n');
    });
    expect(left).not.toContain('Lovelace');
  });

  it('gets the same receipt however often they ask, and is nobody everywhere else', async () => {
    const { slug, ada } = await party();
    const [first, second] = await Promise.all([erase(slug, ada), erase(slug, ada)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.json).toEqual(first.json);
    expect((await erase(slug, ada)).json).toEqual(first.json);
    const asked = await Promise.all([
      acme(`/api/v1/events/${slug}/me`, { headers: ada.headers }),
      acme(`/api/v1/events/${slug}/mine`, { headers: ada.headers }),
      acme(`/api/v1/events/${slug}/mine/archive.zip`, { headers: ada.headers }),
      acme(`/api/v1/events/${slug}/me/transfers`, { method: 'POST', headers: ada.headers }),
      send(acme, slug, ada, await freshPhoto(64, 64)),
    ]);
    expect(asked.map((answer) => [answer.status, answer.json.code])).toEqual(Array(5).fill([401, 'auth.required']));
    const back = await acme(`/api/v1/events/${slug}/session`, { method: 'POST', headers: ada.headers, body: {} });
    expect(back.json.guest.id).not.toBe(ada.id);
  });

  it('takes their other devices, links and uploads that are under way along', async () => {
    const { id, slug, ada } = await party();
    const tablet = await join(acme, slug, { name: 'Ada Tablet' });
    const link = async () =>
      (await acme(`/api/v1/events/${slug}/me/transfers`, { method: 'POST', headers: ada.headers })).json.url.split(
        '#me=',
      )[1];
    const follow = async (transfer: string) =>
      acme(`/api/v1/events/${slug}/session`, { method: 'POST', headers: tablet.headers, body: { transfer } });
    await follow(await link());
    const open = await acme(`/api/v1/events/${slug}/uploads`, {
      method: 'POST',
      headers: { ...tablet.headers, 'tus-resumable': '1.0.0', 'upload-length': '1000000' },
    });
    expect(open.status, open.text).toBe(201);
    const waiting = await link();
    expect((await erase(slug, tablet)).json.erased.photos).toBe(1);
    expect((await acme(`/api/v1/events/${slug}/me`, { headers: ada.headers })).status).toBe(401);
    expect((await follow(waiting)).json.code).toBe('guest.transfer_invalid');
    const location = new URL(String(open.headers['location']), acme.origin).pathname;
    const ask = { method: 'HEAD', headers: { ...tablet.headers, 'tus-resumable': '1.0.0' } };
    await eventually(async () => [404, 410].includes((await acme(location, ask)).status), 'the upload being ended');
    const intents = await asOperator(ownerUrl, (client) =>
      client.query('select 1 from upload_intents where event_id = $1 and cleared_at is null', [id]),
    );
    expect(intents.rows).toEqual([]);
  });
});

describe('a receipt', () => {
  it('is one that anybody can verify, and says whether the files are gone', async () => {
    const { id, slug, ada } = await party();
    const { receipt, erased } = (await erase(slug, ada)).json;
    const keys = (await acme('/.well-known/jwks.json')).json;
    const { payload } = await compactVerify(receipt, createLocalJWKSet(keys));
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ iss: acme.host, guestId: ada.id, erased });
    expect((await verify(receipt)).json).toMatchObject({
      valid: true,
      receipt: { guestId: ada.id, tenant: 'Acme Corporation', event: 'A test', erased },
      filesLeft: 1,
    });
    await asOperator(ownerUrl, (client) =>
      client.query('update photos set objects_deleted_at = now() where event_id = $1', [id]),
    );
    expect((await verify(receipt)).json.filesLeft).toBe(0);
    const nothing = { valid: false, receipt: null, filesLeft: null };
    expect((await verify(receipt, techstart)).json).toEqual(nothing);
    expect((await verify(`${receipt.slice(0, -6)}AAAAAA`)).json).toEqual(nothing);
    expect((await verify(ada.token)).json).toEqual(nothing);
    expect((await verify('')).status).toBe(400);
  });

  it('is explained by a page, also when a mail has broken its lines', async () => {
    const { slug, ada } = await party();
    const { receipt } = (await erase(slug, ada)).json as { receipt: string };
    const page = await check(receipt.replaceAll(/.{60}/g, '$&\r\n '), 'de');
    expect(page.text).toContain('Dieser Beleg ist echt');
    expect(page.text).toContain('A test');
    expect((await check('x'.repeat(20_000), 'en')).status).toBe(413);
    expect((await check(`${receipt}x`, 'ar')).text).toContain('تعذّر تأكيد هذا الإيصال');
    expect((await acme('/receipt?lang=fr')).text).toContain('Reçu d’effacement');
  });
});
