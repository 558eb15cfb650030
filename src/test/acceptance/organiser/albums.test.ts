import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePhotos } from '../../support/database.ts';
import { join, listen, signIn } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');

async function party() {
  const { id, slug } = await event();
  const guest = await join(acme, slug);
  const ids = await makePhotos(ownerUrl, id, guest.id, [
    { status: 'approved' },
    { status: 'approved' },
    { status: 'pending' },
  ]);
  const at = `/api/v1/events/${slug}/albums`;
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = staff.headers) =>
    acme(`${at}${path}`, { method, headers, body });
  const create = async (name: string): Promise<string> => (await ask('POST', '', { name })).json.album.id;
  const seenBy = async (headers: Record<string, string>) =>
    (await acme(at, { headers })).json.items.map((one: { name: string; photos: number }) => [one.name, one.photos]);
  const photos = (album: string, headers: Record<string, string> = {}) =>
    acme(`/api/v1/events/${slug}/photos?album=${album}`, { headers });
  return { slug, guest, ids, ask, create, seenBy, photos };
}

describe('albums', () => {
  it('are made, filled, published and seen by guests, who never see what is not approved', async () => {
    const { slug, guest, ids, ask, create, seenBy, photos } = await party();
    const album = await create('  Ceremony ');
    expect((await ask('POST', `/${album}/photos`, { ids: [ids[0], ids[2]] })).json).toEqual({ moved: 2 });
    expect((await ask('POST', `/${album}/photos`, { ids: [ids[0], ids[2]] })).json).toEqual({ moved: 0 });
    expect(await seenBy(viewer.headers)).toEqual([['Ceremony', 2]]);
    expect(await seenBy(guest.headers)).toEqual([]);
    expect((await photos(album)).json.code).toBe('album.not_found');
    expect((await photos(album, staff.headers)).json.items).toHaveLength(1);

    const socket = await listen(acme, port, slug);
    const published = await ask('PATCH', `/${album}`, { published: true });
    expect(published.json.album).toMatchObject({ published: true, publishedAt: expect.any(String), photos: 2 });
    await socket.next((one) => one.type === 'event.changed');
    expect(await seenBy({})).toEqual([['Ceremony', 1]]);
    expect((await photos(album)).json.items).toMatchObject([{ id: ids[0] }]);
    expect((await acme(`/e/${slug}?album=${album}`)).status).toBe(200);
    // A friend's link to an album that is gone still leads to the party.
    const gone = await acme(`/e/${slug}?album=${randomUUID()}`);
    expect([gone.status, gone.headers['location']]).toEqual([303, `/e/${slug}`]);
    expect(
      (await acme(`/api/v1/photos?event=${slug}&album=${album}`, { headers: staff.headers })).json.items,
    ).toHaveLength(2);
    expect((await ask('POST', '/none/photos', { ids: [ids[0]] })).json).toEqual({ moved: 1 });
    await socket.next(() => socket.frames.filter((one) => one.type === 'event.changed').length === 2);
    expect((await photos(album)).json.items).toEqual([]);
    socket.close();
  });

  it('are put into an order, all of them or not at all', async () => {
    const { ask, create, seenBy } = await party();
    const ids = [await create('one'), await create('two'), await create('three')];
    const order = [ids[2], ids[0], ids[1]];
    expect((await ask('POST', '/order', { ids: order })).json.items.map((one: { id: string }) => one.id)).toEqual(
      order,
    );
    expect(await seenBy(staff.headers)).toEqual([
      ['three', 0],
      ['one', 0],
      ['two', 0],
    ]);
    for (const wrong of [order.slice(1), [...order.slice(1), randomUUID()]]) {
      expect((await ask('POST', '/order', { ids: wrong })).json.code).toBe('album.not_found');
    }
  });

  it('go, and their photos stay', async () => {
    const { slug, ids, ask, create } = await party();
    const album = await create('Ceremony');
    const moved = await acme(`/api/v1/photos/${ids[0]}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { albumId: album, status: 'approved' },
    });
    expect(moved.json.photo.albumId).toBe(album);
    expect([(await ask('DELETE', `/${album}`)).status, (await ask('DELETE', `/${album}`)).status]).toEqual([204, 204]);
    expect((await acme(`/api/v1/photos/${ids[0]}`, { headers: staff.headers })).json.photo.albumId).toBeNull();
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toHaveLength(2);
  });

  it('take no photos of another event, and are none of its own', async () => {
    const [here, there] = [await party(), await party()];
    const album = await here.create('Ceremony');
    expect((await here.ask('POST', `/${album}/photos`, { ids: there.ids })).json).toEqual({ moved: 0 });
    for (const answer of [
      await there.ask('PATCH', `/${album}`, { name: 'x' }),
      await there.ask('POST', `/${album}/photos`, { ids: there.ids }),
      await there.photos(album, staff.headers),
      await acme(`/api/v1/photos/${there.ids[0]}`, {
        method: 'PATCH',
        headers: staff.headers,
        body: { albumId: album },
      }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([404, 'album.not_found']);
    }
  });

  it.each([[{ name: '' }], [{ name: 'x'.repeat(121) }], [{ name: 5 }], [{ name: 'x', published: true }], [{}]])(
    'are not made of %j',
    async (body) => {
      const { ask } = await party();
      expect((await ask('POST', '', body)).status).toBe(400);
    },
  );

  it('are not for viewers to arrange', async () => {
    const { ask } = await party();
    expect((await ask('POST', '', { name: 'x' }, viewer.headers)).status).toBe(403);
  });
});
