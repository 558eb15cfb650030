import { describe, expect, it } from 'vitest';

import { freshPhoto, join, listen, send, signIn, untilStatus, type Guest } from '../../support/people.ts';
import { pair } from '../../support/screens.ts';
import { setup } from '../setup.ts';

const { acme, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');
const call = (method: string, path: string, body?: unknown) => acme(path, { method, headers: staff.headers, body });

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const create = (over: Record<string, unknown>) =>
  call('POST', '/api/v1/events', {
    name: 'A party with cameras',
    timeZone: 'Europe/Berlin',
    status: 'live',
    visibility: 'public',
    moderation: 'after',
    ...over,
  });

/** A party at which nobody sees photos before tomorrow. */
async function party(over: Record<string, unknown>) {
  const answer = await create({ revealAt: TOMORROW, ...over });
  expect(answer.status).toBe(201);
  const { id, slug } = answer.json.event;
  return { id, slug, guest: await join(acme, slug), other: await join(acme, slug), path: `/api/v1/events/${slug}` };
}
type Party = Awaited<ReturnType<typeof party>>;

async function published({ slug }: Party, guest: Guest): Promise<string> {
  const sent = await send(acme, slug, guest, await freshPhoto());
  await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');
  return sent.json.photo.id;
}

const reveal = ({ path }: Party) => call('PATCH', path, { revealAt: new Date(Date.now() - 1000).toISOString() });

/** All that somebody may ask for who wants to see a photo before its time; what it shows of it. */
async function glimpses({ slug, path }: Party, id: string, headers: Record<string, string>, album: string) {
  const list = async (query: string) => (await acme(`${path}/photos${query}`, { headers })).json.items ?? [];
  const page = async (query: string) => (await acme(`/e/${slug}${query}`, { headers })).text;
  return {
    list: [...(await list('')), ...(await list('?sort=taken')), ...(await list(`?album=${album}`))],
    page: (await page('')).includes(id) || (await page(`?album=${album}`)).includes(id),
    wall: (await acme(`/e/${slug}/wall`, { headers })).text.includes(id),
    albums: (await acme(`${path}/albums`, { headers })).json.items,
    report: (
      await acme(`${path}/photos/${id}/reports`, { method: 'POST', headers, body: { reason: 'other' } })
    ).status.toString(),
  };
}
const NOTHING = { list: [], page: false, wall: false, albums: [] };

describe.each([
  ['a drop box', { guestView: 'dropbox' }],
  ['a disposable camera', { camera: { shots: 24 } }],
])('%s', (_name, over) => {
  it('shows a photo to nobody else before its time, in no way there is, and to everybody afterwards', async () => {
    const one = await party(over);
    const { guest, other, path, slug } = one;
    const television = await pair(acme, staff.headers, slug);
    const sockets = [await listen(acme, port, slug), await listen(acme, port, slug, other.headers)];
    const desk = await listen(acme, port, slug, staff.headers);
    const album = (await call('POST', `${path}/albums`, { name: 'Dancing' })).json.album.id;
    expect((await call('PATCH', `${path}/albums/${album}`, { published: true })).status).toBe(200);
    const id = await published(one, guest);
    expect((await call('POST', `${path}/albums/${album}/photos`, { ids: [id] })).json).toEqual({ moved: 1 });
    await desk.next((frame) => frame.type === 'photo.decided' && frame.photo.albumId === album);

    expect(await glimpses(one, id, {}, album)).toMatchObject(NOTHING);
    expect(await glimpses(one, id, other.headers, album)).toMatchObject({ ...NOTHING, report: '404' });
    expect((await acme(`${path}/photos/${id}/original`, { headers: other.headers })).status).toBe(404);
    expect((await acme(`${path}/mine`, { headers: other.headers })).json.items).toEqual([]);
    expect((await acme('/api/v1/screens/me/photos', { headers: television.headers })).json.items).toEqual([]);
    sockets[1]!.send({ v: 1, type: 'react', photoId: id, emoji: '❤️' });
    sockets[1]!.send({ v: 1, type: 'ping' });
    await sockets[1]!.next((frame) => frame.type === 'pong');
    for (const socket of sockets) expect(JSON.stringify(socket.frames)).not.toContain(id);
    const seen = (await call('GET', `${path}/photos`)).json.items;
    expect(seen).toMatchObject([{ id, renditions: [{ url: expect.stringMatching(/^\/i\/.{64}\//) }, {}] }]);

    await reveal(one);
    for (const socket of sockets) await socket.next((frame) => frame.type === 'event.changed' && frame.event.shows);
    expect((await acme(`${path}/photos`)).json.items).toMatchObject([{ id }]);
    expect(await glimpses(one, id, other.headers, album)).toMatchObject({
      list: [{ id }, { id }, { id }],
      page: true,
      wall: true,
      albums: [{ id: album, photos: 1 }],
      report: '201',
    });
    expect((await acme('/api/v1/screens/me/photos', { headers: television.headers })).json.items).toMatchObject([
      { id },
    ]);
    for (const socket of [...sockets, desk]) socket.close();
  });
});

describe('a disposable camera', () => {
  it('keeps its photos from their own guest as well, until all are developed', async () => {
    const one = await party({ camera: { shots: 3 } });
    const { guest, path } = one;
    const photo = await freshPhoto();
    const key = { 'idempotency-key': 'again' };
    const sent = await send(acme, one.slug, guest, photo, key);
    const id = sent.json.photo.id;
    await untilStatus(acme, one.slug, guest, id, 'approved');
    const hidden = { id, status: 'approved', renditions: [], original: null, thumbhash: null, colour: null };
    expect((await acme(`${path}/mine`, { headers: guest.headers })).json.items).toMatchObject([hidden]);
    expect((await send(acme, one.slug, guest, photo, key)).json.photo).toMatchObject(hidden);
    const own = () => acme(`${path}/photos/${id}/original`, { headers: guest.headers });
    expect((await own()).json).toMatchObject({ status: 409, code: 'photo.undeveloped' });
    const archive = () => acme(`${path}/mine/archive.zip`, { headers: guest.headers });
    expect((await archive()).json).toMatchObject({ status: 409, code: 'photo.undeveloped' });
    expect((await call('GET', `${path}/photos/${id}/original`)).status).toBe(200);

    await reveal(one);
    const [shown] = (await acme(`${path}/mine`, { headers: guest.headers })).json.items;
    expect(shown).toMatchObject({ id, thumbhash: expect.any(String), original: expect.any(String) });
    expect((await acme(shown.renditions[0].url)).status).toBe(200);
    expect((await own()).status).toBe(200);
    expect((await archive()).status).toBe(200);
  });

  it('has so many shots and not one more, also when they are all taken at once; a deleted one is used', async () => {
    const { guest, other, path, slug } = await party({ camera: { shots: 3 } });
    const taken = await Promise.all(Array.from({ length: 8 }, async () => send(acme, slug, guest, await freshPhoto())));
    expect(taken.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = taken.filter(({ status }) => status === 403);
    expect(refused.map(({ json }) => json.code)).toEqual(Array(5).fill('guest.no_shots_left'));
    const [mine] = (await acme(`${path}/mine`, { headers: guest.headers })).json.items;
    await acme(`${path}/mine/${mine.id}`, { method: 'DELETE', headers: guest.headers });
    expect((await send(acme, slug, guest, await freshPhoto())).json.code).toBe('guest.no_shots_left');
    expect((await send(acme, slug, other, await freshPhoto())).status).toBe(201);
  });

  it('needs a time at which its photos are developed, and between 1 and 100 shots', async () => {
    const codes = async (body: Record<string, unknown>) => {
      const answer = await create(body);
      return [answer.status, answer.json.code, answer.json.errors?.[0]?.path];
    };
    expect(await codes({ camera: { shots: 24 } })).toEqual([422, 'event.dates_invalid', 'body.revealAt']);
    for (const camera of [{ shots: 0 }, { shots: 101 }, { shots: 1.5 }, {}, { shots: 2, more: 1 }, 24]) {
      expect((await codes({ camera, revealAt: TOMORROW })).slice(0, 2)).toEqual([400, 'request.invalid']);
    }
    const { path } = await party({ camera: { shots: 24 } });
    expect((await call('PATCH', path, { revealAt: null })).json.code).toBe('event.dates_invalid');
    expect((await call('PATCH', path, { revealAt: null, camera: null })).json.event).toMatchObject({ revealAt: null });
  });

  it('is told to the page, and copied with the event; a copy without dates shows nothing until it has some', async () => {
    const { path, slug } = await party({ camera: { shots: 24 } });
    const { text } = await acme(`/e/${slug}`);
    expect(text).toContain('You have 24 shots. All photos are developed together');
    expect(JSON.parse(/id="boot">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}').camera).toEqual({
      shots: 24,
      revealsAt: TOMORROW,
    });
    const copy = (await call('POST', `${path}/duplicate`, { name: 'Once more' })).json.event;
    expect(copy).toMatchObject({ status: 'draft', revealAt: null, settings: { camera: { shots: 24 } } });
    const there = `/api/v1/events/${copy.id}`;
    expect((await call('PATCH', there, { name: 'Renamed' })).status).toBe(200);
    expect((await call('PATCH', there, { status: 'live' })).json.code).toBe('event.dates_invalid');
    expect((await call('PATCH', there, { status: 'live', revealAt: TOMORROW })).status).toBe(200);
  });
});
