import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator, makePhotos } from '../../support/database.ts';
import { freshPhoto, join, listen, send, signIn, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');

/** What follows `#me=` in a guest's link. */
async function linkOf(slug: string, guest: Guest): Promise<string> {
  const answer = await acme(`/api/v1/events/${slug}/me/transfers`, { method: 'POST', headers: guest.headers });
  expect(answer.status, answer.text).toBe(201);
  expect(answer.json.url).toMatch(new RegExp(`^${acme.origin}/e/${slug}#me=[A-Za-z0-9_-]{43}$`));
  return answer.json.url.split('#me=')[1];
}
const follow = (slug: string, transfer: string, headers: Record<string, string> = {}, at = acme) =>
  at(`/api/v1/events/${slug}/session`, { method: 'POST', headers, body: { transfer } });
const name = (slug: string, transfer: string, headers: Record<string, string> = {}, at = acme) =>
  at(`/api/v1/events/${slug}/session/transfer`, { method: 'POST', headers, body: { transfer } });
const ask = async (path: string, guest: Pick<Guest, 'headers'>) => (await acme(path, { headers: guest.headers })).json;
const mine = async (slug: string, guest: Guest): Promise<{ id: string; status: string }[]> =>
  (await ask(`/api/v1/events/${slug}/mine`, guest)).items;
const guestsOf = async (slug: string) => (await ask(`/api/v1/events/${slug}/guests`, staff)).items;
/** A device of its own, as far as it says so: limits count it apart. */
const asAnother = () => ({ 'user-agent': randomUUID() });
const refusal = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const INVALID = [403, 'guest.transfer_invalid'];
const guestFrom = (json: { guest: { id: string }; token: string }): Guest => ({
  id: json.guest.id,
  token: json.token,
  headers: { authorization: `Bearer ${json.token}` },
});

describe('a link to another device', () => {
  it('makes a device that was nobody this guest, once', async () => {
    const { id, slug } = await event();
    const ada = await join(acme, slug, { name: 'Ada' });
    await makePhotos(ownerUrl, id, ada.id, [{ status: 'pending' }]);
    const link = await linkOf(slug, ada);
    for (const _ of [1, 2]) expect((await name(slug, link)).json).toEqual({ name: 'Ada' });
    const answer = await follow(slug, link);
    expect(answer.json).toMatchObject({ guest: { id: ada.id, name: 'Ada' }, joinedPhotos: 0 });
    expect(answer.headers['set-cookie']?.[0]).toContain(`mq_g_${id}=`);
    const tablet = guestFrom(answer.json);
    expect(await mine(slug, tablet)).toHaveLength(1);
    expect(await ask(`/api/v1/events/${slug}/me`, tablet)).toMatchObject({ devices: 2 });
    expect(refusal(await follow(slug, link))).toEqual(INVALID);
  });

  it('of two devices that open it at once lets one in', async () => {
    const { slug } = await event();
    const link = await linkOf(slug, await join(acme, slug));
    const answers = await Promise.all([follow(slug, link), follow(slug, link)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 403]);
  });

  it('is answered again to the request whose answer was lost', async () => {
    const { slug } = await event();
    const ada = await join(acme, slug);
    const link = await linkOf(slug, ada);
    const same = { 'idempotency-key': randomUUID() };
    const answers = [await follow(slug, link, same), await follow(slug, link, same)];
    expect(answers.map((answer) => answer.json.guest.id)).toEqual([ada.id, ada.id]);
    expect(await ask(`/api/v1/events/${slug}/me`, ada)).toMatchObject({ devices: 2 });
    expect(refusal(await follow(slug, link, { 'idempotency-key': randomUUID() }))).toEqual(INVALID);
  });

  it('is refused in the same words whatever is wrong with it, and guessing is slowed', async () => {
    const { id, slug } = await event();
    const other = await event();
    const foreign = await event({}, 'techstart');
    const ada = await join(acme, slug);
    const old = await linkOf(slug, ada);
    const link = await linkOf(slug, ada);
    const refused = [
      await follow(slug, old),
      await follow(other.slug, link),
      await follow(foreign.slug, link, {}, techstart),
      await follow(slug, 'x'),
    ];
    const asked = [
      await name(other.slug, link, asAnother()),
      await name(slug, old, asAnother()),
      await name(foreign.slug, link, asAnother(), techstart),
      await name(slug, 'x', asAnother()),
    ];
    const words = new Set([...refused, ...asked].map((answer) => answer.text));
    expect([...refused, ...asked].map(refusal)).toEqual(Array(8).fill(INVALID));
    expect(words.size).toBe(1);
    await asOperator(ownerUrl, (client) =>
      client.query("update guest_transfers set expires_at = now() - interval '1 second' where event_id = $1", [id]),
    );
    expect((await follow(slug, link)).text).toBe([...words][0]);
    expect((await name(slug, link, asAnother())).text).toBe([...words][0]);
    const more = await Promise.all(Array.from({ length: 6 }, () => follow(slug, 'y')));
    expect(more.some((answer) => answer.status === 429 && Number(answer.headers['retry-after']) > 0)).toBe(true);
    // Asking whose it is is guessing as well.
    expect(refusal(await name(slug, 'z'))).toEqual([429, 'rate.limited']);
  });

  it('opens an event with a PIN to whom it is given, and says whose it is', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const ada = await join(acme, slug, { pin: '9753', name: 'Ada' });
    const link = await linkOf(slug, ada);
    expect((await name(slug, link)).json).toEqual({ name: 'Ada' });
    const answer = await follow(slug, link);
    expect(answer.json).toMatchObject({ guest: { id: ada.id } });
    expect((await acme(`/api/v1/events/${slug}/photos`, { headers: guestFrom(answer.json).headers })).status).toBe(200);
  });

  it('waits where the PIN has changed since, until the device has entered the new one', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '9753' });
    const ada = await join(acme, slug, { pin: '9753', name: 'Ada' });
    const link = await linkOf(slug, ada);
    const body = { pin: '8642' };
    const patched = await acme(`/api/v1/events/${slug}`, { method: 'PATCH', headers: staff.headers, body });
    expect(patched.status, patched.text).toBe(200);
    const pinAsked = [403, 'event.pin_required'];
    expect(refusal(await name(slug, link))).toEqual(pinAsked);
    expect(refusal(await follow(slug, link))).toEqual(pinAsked);
    // Who has been in with the old PIN is out as well.
    expect(refusal(await follow(slug, link, ada.headers))).toEqual(pinAsked);
    const tablet = await join(acme, slug, { pin: '8642' });
    expect((await name(slug, link, tablet.headers)).json).toEqual({ name: 'Ada' });
    expect((await follow(slug, link, tablet.headers)).json).toMatchObject({ guest: { id: ada.id, name: 'Ada' } });
    expect(refusal(await follow(slug, link))).toEqual(INVALID);
  });

  it('names nobody who is erased, and whoever somebody is by now', async () => {
    const { slug } = await event();
    const [ada, tablet] = [await join(acme, slug, { name: 'Ada' }), await join(acme, slug, { name: 'Tablet' })];
    const early = await linkOf(slug, tablet);
    expect((await follow(slug, await linkOf(slug, ada), tablet.headers)).status).toBe(201);
    expect((await name(slug, early)).json).toEqual({ name: 'Ada' });
    await acme(`/api/v1/events/${slug}/me`, { method: 'DELETE', headers: ada.headers });
    expect(refusal(await name(slug, early))).toEqual(INVALID);
  });

  it('goes alone, from a page of ours', async () => {
    const { slug } = await event();
    const link = await linkOf(slug, await join(acme, slug));
    const path = `/api/v1/events/${slug}/session`;
    const mixed = await acme(path, { method: 'POST', body: { transfer: link, name: 'Ada' } });
    expect(refusal(mixed)).toEqual([400, 'request.invalid']);
    const strange = await follow(slug, link, { origin: 'https://elsewhere.example' });
    expect(refusal(strange)).toEqual([403, 'request.origin_mismatch']);
  });
});

describe('two devices of one person', () => {
  /** Ada's phone with a published photo, her tablet with a waiting one, and what they have said of Cora's photo. */
  async function both(over: Record<string, unknown> = {}) {
    const { id, slug } = await event({ moderation: 'after', ...over });
    const phone = await join(acme, slug, { name: 'Ada' });
    const tablet = await join(acme, slug, { name: 'Tablet' });
    const cora = await join(acme, slug, { name: 'Cora' });
    const [p] = (await makePhotos(ownerUrl, id, phone.id, [{ status: 'approved' }])) as [string];
    const [t] = (await makePhotos(ownerUrl, id, tablet.id, [{ status: 'approved' }])) as [string];
    const [c] = (await makePhotos(ownerUrl, id, cora.id, [{ status: 'approved' }])) as [string];
    const joinThem = async () => follow(slug, await linkOf(slug, phone), tablet.headers);
    return { id, slug, phone, tablet, cora, p, t, c, joinThem };
  }
  const block = (slug: string, guest: Guest, blocked: boolean) =>
    acme(`/api/v1/events/${slug}/guests/${guest.id}`, { method: 'PATCH', headers: staff.headers, body: { blocked } });

  it('are one guest: photos, reactions, requests and name; and the old session goes on as that one', async () => {
    const { id, slug, phone, tablet, p, t, c, joinThem } = await both();
    await asOperator(ownerUrl, async (client) => {
      await client.query(
        `insert into reactions (tenant_id, event_id, photo_id, guest_id, emoji)
         select e.tenant_id, e.id, $2, g, '❤️' from events e, unnest($3::uuid[]) g where e.id = $1`,
        [id, c, [phone.id, tablet.id]],
      );
      await client.query(`update photos set reactions = '{"❤️": 2}' where id = $1`, [c]);
    });
    for (const guest of [phone, tablet]) {
      const body = { reason: 'me' };
      await acme(`/api/v1/events/${slug}/photos/${c}/reports`, { method: 'POST', headers: guest.headers, body });
    }
    const socket = await listen(acme, port, slug, tablet.headers);
    const answer = await joinThem();
    expect(answer.json).toMatchObject({ guest: { id: phone.id, name: 'Ada' }, joinedPhotos: 1 });
    expect(await socket.closed).toBe(4401);
    for (const guest of [phone, tablet, guestFrom(answer.json)]) {
      expect(new Set((await mine(slug, guest)).map((photo) => photo.id))).toEqual(new Set([p, t]));
      expect((await ask(`/api/v1/events/${slug}/me`, guest)).guest).toEqual({ id: phone.id, name: 'Ada' });
      expect((await ask(`/api/v1/events/${slug}/mine/requests`, guest)).items).toHaveLength(1);
    }
    const shown = (await acme(`/api/v1/events/${slug}/photos`)).json.items;
    expect(shown.find((photo: { id: string }) => photo.id === t).by).toBe('Ada');
    expect(shown.find((photo: { id: string }) => photo.id === c).reactions).toEqual({ '❤️': 1 });
    expect(await guestsOf(slug)).toMatchObject([{ name: 'Cora' }, { id: phone.id, name: 'Ada', devices: 2 }]);
    const gone = await acme(`/api/v1/events/${slug}/mine/${p}`, { method: 'DELETE', headers: tablet.headers });
    expect(gone.status).toBe(204);
    const sent = await send(acme, slug, tablet, await freshPhoto(64, 64));
    expect([sent.status, (await mine(slug, phone)).length]).toEqual([201, 2]);
  });

  it.each(['phone', 'tablet'] as const)('are blocked together where the %s was, and let in together', async (who) => {
    const { slug, joinThem, ...devices } = await both();
    const { phone, tablet, c } = devices;
    await block(slug, devices[who], true);
    expect((await joinThem()).status).toBe(201);
    for (const guest of [phone, tablet]) {
      expect((await mine(slug, guest)).map((photo) => photo.status)).toEqual(['rejected', 'rejected']);
      expect(refusal(await send(acme, slug, guest, await freshPhoto(64, 64)))).toEqual([403, 'guest.blocked']);
    }
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toMatchObject([{ id: c }]);
    await block(slug, tablet, false);
    expect((await mine(slug, phone)).map((photo) => photo.status)).toEqual(['approved', 'approved']);
  });

  it('keep of the same photo the one that has come further, with what was said of the other', async () => {
    const { id, slug, phone, tablet, cora, p, t, joinThem } = await both();
    await asOperator(ownerUrl, (client) =>
      client.query(
        `update photos set sha256 = repeat('a', 64), idempotency_key = 'same', status = case when id = $2 then 'pending' else status end
         where event_id = $1 and id in ($2, $3)`,
        [id, p, t],
      ),
    );
    const body = { reason: 'me' };
    const path = `/api/v1/events/${slug}/photos/${t}/reports`;
    expect((await acme(path, { method: 'POST', headers: cora.headers, body })).status).toBe(201);
    expect((await joinThem()).json.joinedPhotos).toBe(1);
    expect(await mine(slug, phone)).toMatchObject([{ id: t, status: 'approved' }]);
    expect(await mine(slug, tablet)).toMatchObject([{ id: t }]);
    const reports = await ask(`/api/v1/events/${slug}/reports`, staff);
    expect(reports.items).toMatchObject([{ photo: { id: t, guest: { id: phone.id } } }]);
  });

  it('stay one through a third, whose link leads to the same person', async () => {
    const { slug, phone, tablet, joinThem } = await both();
    const laptop = await join(acme, slug, { name: 'Laptop' });
    const early = await linkOf(slug, tablet);
    expect((await joinThem()).status).toBe(201);
    // Made by who the tablet was then: it leads to who that is now.
    expect((await follow(slug, early)).json.guest.id).toBe(phone.id);
    const answer = await follow(slug, await linkOf(slug, laptop), phone.headers);
    expect(answer.json.guest).toEqual({ id: laptop.id, name: 'Laptop' });
    expect(await mine(slug, tablet)).toHaveLength(2);
    expect((await guestsOf(slug)).map((guest: { id: string }) => guest.id)).toContain(laptop.id);
    const again = await follow(slug, await linkOf(slug, tablet), laptop.headers);
    expect(again.json).toMatchObject({ guest: { id: laptop.id }, joinedPhotos: 0 });
  });
});
