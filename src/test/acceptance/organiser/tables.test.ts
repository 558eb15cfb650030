import { describe, expect, it } from 'vitest';
import type { EventTable } from '../../../contract/tables.ts';
import { freshPhoto, join, send, signIn } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, at } = setup();
const { headers } = await signIn(acme, 'operator@acme.com');
const beta = at('beta-solutions');

const put = (slug: string, tables: unknown, as: Record<string, string> = headers) =>
  acme(`/api/v1/events/${slug}/tables`, { method: 'POST', headers: as, body: { tables } });
const read = async (slug: string): Promise<EventTable[]> =>
  (await acme(`/api/v1/events/${slug}/tables`, { headers })).json.items;
const tableOf = async (slug: string, code: string) => (await read(slug)).find((table) => table.code === code);
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';
const form = (body: Record<string, string>, cookie = '') => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    origin: acme.origin,
    ...(cookie ? { cookie } : {}),
  },
  body: new URLSearchParams(body).toString(),
});

/** An event with the tables 7 and 8. */
async function seated(over: Record<string, unknown> = {}) {
  const { slug } = await event(over);
  await put(slug, [{ label: '7' }, { label: '8' }]);
  return slug;
}

describe('the list of tables', () => {
  it('is replaced as a whole, keeps its codes, and is the same when it is sent again', async () => {
    const { slug } = await event();
    expect(await read(slug)).toEqual([]);
    const first = await put(slug, [{ label: ' Tisch 7 ' }, { label: '=SUM(1)' }, { label: 'طاولة ٨' }]);
    expect(first.status).toBe(200);
    expect(first.json.items.map(({ code, label }: EventTable) => [code, label])).toEqual([
      ['tisch-7', 'Tisch 7'],
      ['sum-1', '=SUM(1)'],
      ['tawla-8', 'طاولة ٨'],
    ]);
    const second = await put(slug, [{ label: 'tisch 7' }, { label: 'Family', code: 'sum-1' }]);
    expect(second.json.items.map(({ code, label }: EventTable) => [code, label])).toEqual([
      ['tisch-7', 'tisch 7'],
      ['sum-1', 'Family'],
    ]);
    expect((await put(slug, [{ label: 'tisch 7' }, { label: 'Family' }])).json).toEqual(second.json);
    expect(await read(slug)).toEqual(second.json.items);
    expect((await put(slug, [])).json.items).toEqual([]);
  });

  it('takes five hundred of the longest labels, and says what is wrong with others', async () => {
    const { slug } = await event();
    const longest = Array.from({ length: 500 }, (_, n) => ({ label: `${'🎉'.repeat(76)}${1000 + n}` }));
    expect((await put(slug, longest)).json.items).toHaveLength(500);
    const refused = await put(slug, longest.concat({ label: 'one more' }));
    expect([refused.status, refused.json.code]).toEqual([422, 'tables.invalid']);
    const twice = await put(slug, [{ label: 'Family' }, { label: 'FAMILY' }, { label: '\u202etxt' }]);
    expect([twice.status, twice.json.errors.map(({ path }: { path: string }) => path)]).toEqual([
      422,
      ['body.tables.1.label', 'body.tables.2.label'],
    ]);
    for (const tables of [[{ label: 'a', code: '-7-' }], [{ label: 'a', guests: 3 }], [{}], 'a,b', null]) {
      expect((await put(slug, tables)).json.code).toBe('request.invalid');
    }
    expect(await read(slug)).toHaveLength(500);
  });

  it('is whole after ten people have sent theirs at once', async () => {
    const { slug } = await event();
    const lists = Array.from({ length: 10 }, (_, n) => [{ label: 'Head table' }, { label: `Table ${n}` }]);
    const answers = await Promise.all(lists.map((tables) => put(slug, tables)));
    expect(answers.map(({ status }) => status)).toEqual(lists.map(() => 200));
    const labels = (await read(slug)).map(({ label }) => label);
    expect(lists.map((tables) => tables.map(({ label }) => label))).toContainEqual(labels);
  });

  it('is for viewers to read and for members to write, of their own tenant', async () => {
    const { slug } = await event();
    const viewer = await signIn(acme, 'viewer@acme.com');
    const foreign = await signIn(techstart, 'admin@techstart.com');
    expect((await acme(`/api/v1/events/${slug}/tables`, { headers: viewer.headers })).status).toBe(200);
    expect((await put(slug, [], viewer.headers)).json.code).toBe('access.denied');
    const path = `/api/v1/events/${slug}/tables`;
    expect((await techstart(path, { headers: foreign.headers })).json.code).toBe('event.not_found');
    const written = await techstart(path, { method: 'POST', headers: foreign.headers, body: { tables: [] } });
    expect(written.json.code).toBe('event.not_found');
    expect((await beta(path)).status).toBe(401);
    expect((await acme('/api/v1/events/nothing-here/tables', { headers })).json.code).toBe('event.not_found');
  });
});

describe('the table of a guest', () => {
  it('is that of the card they came by, counted with their photos', async () => {
    const slug = await seated();
    const guest = await join(acme, slug, { tableCode: '7' });
    await send(acme, slug, guest, await freshPhoto(64, 64));
    await send(acme, slug, guest, await freshPhoto(64, 64));
    await join(acme, slug, { tableCode: ' 7 ' });
    expect(await tableOf(slug, '7')).toEqual({ code: '7', label: '7', guests: 2, photos: 2 });
    expect(await tableOf(slug, '8')).toMatchObject({ guests: 0, photos: 0 });
  });

  it('is nothing where the card is of another event, old, or nonsense', async () => {
    const slug = await seated();
    for (const tableCode of ['9', '../8', '', "7' or 1=1", '\u202e7', 'x'.repeat(200)]) {
      await join(acme, slug, { tableCode });
    }
    expect((await read(slug)).map(({ guests }) => guests)).toEqual([0, 0]);
    const long = await acme(`/api/v1/events/${slug}/session`, { method: 'POST', body: { tableCode: 'x'.repeat(201) } });
    expect(long.json.code).toBe('request.invalid');
  });

  it('is the last card they scanned until their first photo, and then stays', async () => {
    const slug = await seated();
    const guest = await join(acme, slug);
    const scan = (tableCode: string) =>
      acme(`/api/v1/events/${slug}/session`, { method: 'POST', headers: guest.headers, body: { tableCode } });
    for (const code of ['8', '7', 'unknown']) expect((await scan(code)).json.guest.id).toBe(guest.id);
    expect(await tableOf(slug, '7')).toMatchObject({ guests: 1 });
    await send(acme, slug, guest, await freshPhoto(64, 64));
    await scan('8');
    expect(await tableOf(slug, '7')).toMatchObject({ guests: 1, photos: 1 });
    expect(await tableOf(slug, '8')).toMatchObject({ guests: 0 });
  });

  it('outlives the table’s name, and comes back with a table that was taken away', async () => {
    const slug = await seated();
    await join(acme, slug, { tableCode: '7' });
    await put(slug, [{ label: 'Colleagues', code: '7' }]);
    expect(await tableOf(slug, '7')).toMatchObject({ label: 'Colleagues', guests: 1 });
    await put(slug, []);
    await put(slug, [{ label: 'Colleagues', code: '7' }]);
    expect(await tableOf(slug, '7')).toMatchObject({ guests: 1 });
  });

  it('passes through the form for the PIN, also when the PIN was wrong', async () => {
    const slug = await seated({ visibility: 'pin', pin: '9753' });
    const field = /<input type="hidden" name="t" value="7"\/?>/;
    expect((await acme(`/e/${slug}?t=7`)).text).toMatch(field);
    expect((await acme(`/e/${slug}?t=%22%3E%3Cscript%3E`)).text).not.toMatch(/type="hidden"|<script>"/);
    const wrong = await acme(`/e/${slug}/join`, form({ pin: '0000', t: '7' }));
    expect([wrong.status, field.test(wrong.text)]).toEqual([403, true]);
    const right = await acme(`/e/${slug}/join`, form({ pin: '9753', t: '7' }));
    expect([right.status, right.headers['location']]).toEqual([303, `/e/${slug}?t=7`]);
    expect(await tableOf(slug, '7')).toMatchObject({ guests: 1 });
  });

  it('passes through the plain form for photos, also for somebody who has joined before', async () => {
    const slug = await seated();
    const page = await acme(`/e/${slug}?t=7`);
    expect(page.text).toContain('<input type="hidden" name="t" value="7"/>');
    expect(page.text.slice(page.text.indexOf('id="boot"'))).not.toContain('"7"');
    const photo = Buffer.from(await freshPhoto(64, 64));
    const upload = (t: string, cookie = '') =>
      acme(`/e/${slug}/photos`, {
        method: 'POST',
        headers: {
          'content-type': 'multipart/form-data; boundary=cut',
          origin: acme.origin,
          ...(cookie ? { cookie } : {}),
        },
        body: Buffer.concat([
          Buffer.from(`--cut\r\ncontent-disposition: form-data; name="t"\r\n\r\n${t}\r\n`),
          Buffer.from('--cut\r\ncontent-disposition: form-data; name="photos"; filename="a.jpg"\r\n'),
          Buffer.from('content-type: image/jpeg\r\n\r\n'),
          photo,
          Buffer.from('\r\n--cut--\r\n'),
        ]),
      });
    const sent = await upload('7');
    expect(sent.text).toContain(`href="/e/${slug}?t=7"`);
    expect(await tableOf(slug, '7')).toMatchObject({ guests: 1, photos: 1 });
    const before = cookieOf(await acme(`/api/v1/events/${slug}/session`, { method: 'POST', body: {} }));
    await upload('8', before);
    expect(await tableOf(slug, '8')).toMatchObject({ guests: 1, photos: 1 });
  });

  it('stays with the page in another language', async () => {
    const page = await acme('/e/launch-party?t=7&lang=de');
    expect(page.text).toContain('lang="de"');
    expect(page.text).toContain('name="t" value="7"');
  });
});
