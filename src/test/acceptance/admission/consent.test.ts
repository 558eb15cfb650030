import { describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/auth.ts';
import { freshPhoto, join, send, signIn, type Guest } from '../../support/people.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { at, event, ownerUrl } = setup();

async function account(...roles: Role[]) {
  const { slug, members } = await makeTeam(ownerUrl, roles);
  const client = at(slug);
  const team = await Promise.all(members.map(({ email }) => signIn(client, email, PASSWORD)));
  const party = await event({ moderation: 'after' }, slug);
  const guest = await join(client, party.slug);
  const write = (texts: Record<string, string>, headers = team[0]!.headers) =>
    client('/api/v1/tenant/consent', { method: 'POST', headers, body: { texts } });
  const read = () => client('/api/v1/tenant/consent', { headers: team[0]!.headers });
  const upload = async (who: Guest, query = '', headers: Record<string, string> = {}) =>
    client(`/api/v1/events/${party.slug}/photos${query}`, {
      method: 'POST',
      headers: { ...who.headers, 'content-type': 'image/jpeg', ...headers },
      body: await freshPhoto(),
    });
  return { client, team, party, guest, write, read, upload };
}

describe('the text that guests agree to', () => {
  it('is kept in versions, with who wrote each and when; the same again is none', async () => {
    const { write, read } = await account('admin');
    expect((await read()).json).toEqual({ current: null, history: [] });
    expect((await write({ en: ' First \r\n\r\n\r\n\r\n words ', de: '' })).status).toBe(201);
    await write({ en: 'First\n\nwords' });
    const { json } = await write({ en: 'Second', ar: 'النص الثاني' });
    expect(json.current).toMatchObject({ version: 2, texts: { en: 'Second', ar: 'النص الثاني' }, by: 'admin 0' });
    expect(json.history.map((one: { texts: unknown }) => one.texts)).toEqual([
      { en: 'Second', ar: 'النص الثاني' },
      { en: 'First\n\nwords' },
    ]);
    expect((await write({})).json).toMatchObject({ current: null, history: [{ version: 3, texts: {} }, {}, {}] });
  });

  it('is written by admins, and read by everybody of the team', async () => {
    const { client, team, write } = await account('admin', 'viewer');
    const viewer = team[1]!.headers;
    expect((await write({ en: 'Mine' }, viewer)).json.code).toBe('access.denied');
    expect((await client('/api/v1/tenant/consent', { headers: viewer })).status).toBe(200);
  });

  it.each([
    [{ texts: { xx: 'Words' } }],
    [{ texts: { en: 'x'.repeat(4001) } }],
    [{ texts: { en: 1 } }],
    [{ texts: [] }],
    [{}],
    [{ texts: {}, version: 7 }],
  ])('%# is not taken as anything', async (body) => {
    const { client, team } = await account('admin');
    const answer = await client('/api/v1/tenant/consent', { method: 'POST', headers: team[0]!.headers, body });
    expect([answer.status, answer.json.code]).toEqual([400, 'request.invalid']);
  });
});

describe('an upload', () => {
  it('is asked for consent in the language of its guest, as the text is now, and keeps the version', async () => {
    const { client, team, guest, write, upload } = await account('admin');
    expect((await upload(guest)).status).toBe(201);
    expect((await upload(guest, '?consent=7')).status).toBe(201);
    await write({ en: 'English words', de: 'Deutsche Worte' });

    const asked = await upload(guest, '', { 'accept-language': 'de' });
    expect([asked.status, asked.json.code]).toEqual([409, 'consent.required']);
    expect(asked.json.consent).toEqual({ version: 1, text: 'Deutsche Worte', locale: 'de' });
    expect((await upload(guest, '', { 'accept-language': 'ar' })).json.consent.text).toBe('English words');
    const sent = await upload(guest, '?consent=1');
    expect(sent.status).toBe(201);

    await write({ en: 'Other words' });
    expect((await upload(guest, '?consent=1')).json.consent).toMatchObject({ version: 2, text: 'Other words' });
    const seen = async (id: string) =>
      (await client(`/api/v1/photos/${id}`, { headers: team[0]!.headers })).json.photo.consentVersion;
    expect(await seen(sent.json.photo.id)).toBe(1);
    expect(sent.json.photo).not.toHaveProperty('consentVersion');

    await write({});
    const free = await upload(guest, '?consent=2');
    expect(free.status).toBe(201);
    expect(await seen(free.json.photo.id)).toBeNull();
  });

  it('that was received before is answered again, whatever is asked for since', async () => {
    const { client, party, guest, write } = await account('admin');
    const photo = await freshPhoto();
    const key = { 'idempotency-key': 'the-same' };
    const first = await send(client, party.slug, guest, photo, key);
    await write({ en: 'Words' });
    const again = await send(client, party.slug, guest, photo, key);
    expect([again.status, again.json.photo.id]).toEqual([200, first.json.photo.id]);
  });

  it.each(['0', '-1', '1.5', 'x', '99999999999'])('with the version %s is refused as a mistake', async (version) => {
    const { guest, upload } = await account('admin');
    expect((await upload(guest, `?consent=${version}`)).json.code).toBe('request.invalid');
  });
});

describe('the plain page', () => {
  it('shows the whole text and a box that has to be ticked, and what the box says is kept', async () => {
    const { client, team, party, guest, write } = await account('admin');
    expect((await client(`/e/${party.slug}`)).text).not.toContain('name="consent"');
    await write({ en: 'We show <your> photos.\n\nReally.' });
    const { text } = await client(`/e/${party.slug}`);
    expect(text).toContain('We show &lt;your> photos.\n\nReally.');
    expect(text).toMatch(/<input type="checkbox" name="consent" value="1" required/);
    const boot = JSON.parse(/id="boot">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}');
    expect(boot.consent).toEqual({ version: 1, text: 'We show <your> photos.\n\nReally.', locale: 'en' });

    const bytes = await freshPhoto();
    const form = async (consent?: string) => {
      const fields = new FormData();
      if (consent) fields.set('consent', consent);
      fields.set('photos', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), 'a.jpg');
      const request = new Response(fields);
      return client(`/e/${party.slug}/photos`, {
        method: 'POST',
        headers: { ...guest.headers, 'content-type': request.headers.get('content-type') ?? '' },
        body: new Uint8Array(await request.arrayBuffer()),
      });
    };
    expect((await form()).text).toContain('Please agree to the host’s terms first');
    expect((await form('1')).text).toContain('1 photo arrived');
    const list = await client(`/api/v1/photos?event=${party.slug}`, { headers: team[0]!.headers });
    expect(list.json.items).toMatchObject([{ consentVersion: 1 }]);
  });
});
