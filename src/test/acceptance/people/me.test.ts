import { describe, expect, it } from 'vitest';
import { makePhotos } from '../../support/database.ts';
import { join, listen, signIn, type Guest } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');

const me = (slug: string, guest: Guest) => acme(`/api/v1/events/${slug}/me`, { headers: guest.headers });
const rename = (slug: string, guest: Guest, name: string) =>
  acme(`/api/v1/events/${slug}/me`, { method: 'PATCH', headers: guest.headers, body: { name } });
const caption = (slug: string, guest: Guest, photo: string, text: string | null) =>
  acme(`/api/v1/events/${slug}/mine/${photo}`, { method: 'PATCH', headers: guest.headers, body: { caption: text } });
const published = async (slug: string) => (await acme(`/api/v1/events/${slug}/photos`)).json.items;

/** An event, a guest called Ada with two published photos and one that waits. */
async function party(over: Record<string, unknown> = {}) {
  const { id, slug } = await event(over);
  const ada = await join(acme, slug, { name: 'Ada' });
  const photos = await makePhotos(ownerUrl, id, ada.id, [
    { status: 'approved', caption: 'one' },
    { status: 'approved' },
    { status: 'pending' },
  ]);
  return { id, slug, ada, photos: photos as [string, string, string] };
}

describe('a guest', () => {
  it('reads who they are and how much they have sent', async () => {
    const { slug, ada } = await party();
    const answer = await me(slug, ada);
    expect(answer.json).toEqual({
      guest: { id: ada.id, name: 'Ada' },
      counts: { processing: 0, pending: 1, approved: 2, rejected: 0, failed: 0 },
      devices: 1,
      camera: null,
    });
  });

  it('knows how many shots their camera has left, deleted ones being taken', async () => {
    const { id, slug } = await event({ settings: { camera: { shots: 3 } }, reveal_at: '2030-01-01T00:00:00Z' });
    const ada = await join(acme, slug);
    const [first] = await makePhotos(ownerUrl, id, ada.id, [{ status: 'pending' }, { status: 'failed' }]);
    await acme(`/api/v1/events/${slug}/mine/${first}`, { method: 'DELETE', headers: ada.headers });
    const film = { shots: 3, left: 2, revealsAt: '2030-01-01T00:00:00.000Z' };
    expect((await me(slug, ada)).json.camera).toEqual(film);
    const archive = await acme(`/api/v1/events/${slug}/mine/archive.zip`, { headers: ada.headers });
    expect([archive.status, archive.json.code]).toEqual([409, 'photo.undeveloped']);
  });

  it('gives another name, which stands on their published photos at once', async () => {
    const { slug, ada } = await party();
    const socket = await listen(acme, port, slug);
    expect((await rename(slug, ada, ' Ada L. ')).json).toEqual({ guest: { id: ada.id, name: 'Ada L.' } });
    expect((await socket.next((frame) => frame.type === 'photo.approved')).photo.by).toBe('Ada L.');
    socket.close();
    expect((await published(slug)).map((photo: { by: string }) => photo.by)).toEqual(['Ada L.', 'Ada L.']);
  });

  it('has no name that the host blocks, and one that is held takes the photos back to the host', async () => {
    const { slug, ada } = await party({ settings: { holdWords: ['maybe'], blockWords: ['nasty'] } });
    const refused = await rename(slug, ada, 'N.A.S.T.Y.');
    expect([refused.status, refused.json.code]).toEqual([422, 'guest.name_refused']);
    expect((await rename(slug, ada, 'Maybe Ada')).status).toBe(200);
    expect(await published(slug)).toEqual([]);
    const waiting = await acme(`/api/v1/photos?event=${slug}&status=pending`, { headers: staff.headers });
    expect(waiting.json.items.map((photo: { flags: string[] }) => photo.flags)).toEqual(Array(3).fill(['words_held']));
  });
});

describe('a caption', () => {
  it('that is new goes to the host again where the host looks first; taking it away does not', async () => {
    const { slug, ada, photos } = await party();
    const [first, second, third] = photos;
    expect((await caption(slug, ada, first, null)).json.photo).toMatchObject({ status: 'approved', caption: null });
    expect((await caption(slug, ada, second, 'two')).json.photo).toMatchObject({ status: 'pending', caption: 'two' });
    expect((await caption(slug, ada, third, 'three')).json.photo).toMatchObject({ status: 'pending' });
    expect((await published(slug)).map((photo: { id: string }) => photo.id)).toEqual([first]);
    const history = await acme(`/api/v1/photos/${second}/decisions`, { headers: staff.headers });
    expect(history.json.items).toMatchObject([{ from: 'approved', to: 'pending', reason: 'words_changed' }]);
  });

  it('shows at once where photos are published first, unless its words are on the list', async () => {
    const settings = { holdWords: ['maybe'], blockWords: [] };
    const { slug, ada, photos } = await party({ moderation: 'after', settings });
    const socket = await listen(acme, port, slug);
    expect((await caption(slug, ada, photos[1], 'two')).json.photo.status).toBe('approved');
    await socket.next((frame) => frame.type === 'photo.approved' && frame.photo.caption === 'two');
    await caption(slug, ada, photos[1], 'máybe');
    await socket.next((frame) => frame.type === 'photo.removed' && frame.id === photos[1]);
    socket.close();
  });

  it('is for the own photos of somebody who is not blocked', async () => {
    const { slug, ada, photos } = await party();
    const ben = await join(acme, slug);
    const foreign = await caption(slug, ben, photos[0], 'mine');
    expect([foreign.status, foreign.json.code]).toEqual([404, 'photo.not_found']);
    const block = { method: 'PATCH', headers: staff.headers, body: { blocked: true } };
    await acme(`/api/v1/events/${slug}/guests/${ada.id}`, block);
    const blocked = await caption(slug, ada, photos[0], 'again');
    expect([blocked.status, blocked.json.code]).toEqual([403, 'guest.blocked']);
  });
});

it('what a guest has asked the host to look at says what became of it', async () => {
  const { slug, photos } = await party();
  const ben = await join(acme, slug);
  const ask = (photo: string, reason: string) =>
    acme(`/api/v1/events/${slug}/photos/${photo}/reports`, { method: 'POST', headers: ben.headers, body: { reason } });
  const requests = async () =>
    (await acme(`/api/v1/events/${slug}/mine/requests`, { headers: ben.headers })).json.items;
  await ask(photos[0], 'other');
  const { id } = (await ask(photos[1], 'me')).json.report;
  expect(await requests()).toMatchObject([
    { id, photoId: photos[1], reason: 'me', status: 'open', resolvedAt: null },
    { photoId: photos[0], reason: 'other', status: 'open' },
  ]);
  const answer = { method: 'PATCH', headers: staff.headers, body: { outcome: 'removed' } };
  await acme(`/api/v1/events/${slug}/reports/${id}`, answer);
  await acme(`/api/v1/events/${slug}/hold`, { method: 'POST', headers: staff.headers, body: {} });
  const [removed, open] = await requests();
  expect([removed.status, open.status]).toEqual(['removed', 'open']);
  expect(removed.resolvedAt).not.toBeNull();
});
