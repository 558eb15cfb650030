import { beforeEach, describe, expect, it } from 'vitest';
import { keepReactions } from '../../domain/screens/reactions.ts';
import { emptyDatabase, operator } from './support/database.ts';
import { makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

beforeEach(emptyDatabase);

const ELSEWHERE = '00000000-0000-4000-8000-000000000000';

async function setup() {
  const place = await makePlace();
  const { services } = openVenueEnv();
  await sendPhotos(services, place, 2);
  const photos = await operator<{ id: string }>('select id from photos where event_id = $1 order by created_at, id', [
    place.eventId,
  ]);
  const { tenantId, eventId } = place;
  const [first = '', second = ''] = photos.map(({ id }) => id);
  const guests = await operator<{ id: string }>(
    `insert into guests (tenant_id, event_id) select $1, $2 from generate_series(1, 3) returning id`,
    [tenantId, eventId],
  );
  const [ada = '', bob = '', eve = ''] = guests.map(({ id }) => id);
  const keep = (items: Parameters<typeof keepReactions>[1]['items'], of = { tenantId, eventId }) =>
    keepReactions(services.db, { ...of, items });
  const stored = async () =>
    (await operator<{ reactions: unknown }>('select reactions from photos where id = any($1)', [[first, second]])).map(
      (row) => row.reactions,
    );
  const rows = async () =>
    Number((await operator<{ n: string }>('select count(*) as n from reactions where event_id = $1', [eventId]))[0]?.n);
  return { place, keep, stored, rows, first, second, ada, bob, eve };
}

describe('reactions that a room has counted', () => {
  it('are kept and counted, each guest once for each kind', async () => {
    const { keep, rows, first, second, ada, bob } = await setup();
    const counts = await keep([
      { photoId: first, guestId: ada, emoji: '🎉' },
      { photoId: first, guestId: ada, emoji: '🎉' },
      { photoId: first, guestId: bob, emoji: '🎉' },
      { photoId: first, guestId: bob, emoji: '🔥' },
      { photoId: second, guestId: ada, emoji: '❤️' },
    ]);
    expect(counts).toHaveLength(3);
    expect(counts).toEqual(
      expect.arrayContaining([
        { photoId: first, emoji: '🎉', count: 2 },
        { photoId: first, emoji: '🔥', count: 1 },
        { photoId: second, emoji: '❤️', count: 1 },
      ]),
    );
    expect(await rows()).toBe(4);
  });

  it('count once however often and however many at a time a batch is told', async () => {
    const { keep, rows, first, ada, bob, eve } = await setup();
    const batch = [ada, bob, eve].map((guestId) => ({ photoId: first, guestId, emoji: '👏' as const }));
    await keep(batch.slice(0, 1));
    await Promise.all(Array.from({ length: 8 }, () => keep(batch)));
    expect(await keep(batch)).toEqual([{ photoId: first, emoji: '👏', count: 3 }]);
    expect(await rows()).toBe(3);
  });

  it('of other guests and photos are dropped, and change nobody’s counts', async () => {
    const { place, keep, stored, rows, first, ada } = await setup();
    const other = await makePlace();
    const theirs = { tenantId: other.tenantId, eventId: other.eventId };
    const mine = { photoId: first, guestId: ada, emoji: '😂' as const };
    expect(await keep([mine], theirs)).toEqual([]);
    expect(await keep([mine], { tenantId: place.tenantId, eventId: other.eventId })).toEqual([]);
    expect(await keep([{ ...mine, guestId: other.guest.guestId }])).toEqual([]);
    expect(await keep([{ ...mine, photoId: ELSEWHERE }])).toEqual([]);
    expect(await stored()).toEqual([{}, {}]);
    expect(await rows()).toBe(0);
  });
});
