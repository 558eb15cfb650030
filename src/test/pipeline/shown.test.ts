import { beforeEach, describe, expect, it } from 'vitest';
import { keepShown } from '../../domain/screens/shown-photos.ts';
import { emptyDatabase, operator } from './support/database.ts';
import { makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

beforeEach(emptyDatabase);

const [EARLY, LATE] = ['2026-11-21T20:00:00.000Z', '2026-11-21T20:05:00.000Z'] as const;

/** Two photos, the first of them published. */
async function setup() {
  const place = await makePlace();
  const { services } = openVenueEnv();
  const [first = '', second = ''] = await sendPhotos(services, place, 2);
  await operator("update photos set status = 'approved', rendition_key = 'k' where id = $1", [first]);
  const { tenantId, eventId } = place;
  const keep = (items: { photoId: string; at: string }[], of = { tenantId, eventId }) =>
    keepShown(services.db, { ...of, items });
  const stored = async () =>
    (await operator<{ shown_at: Date | null }>('select shown_at from photos order by id = $1 desc', [first])).map(
      ({ shown_at: at }) => at && new Date(at).toISOString(),
    );
  return { place, keep, stored, first, second };
}

describe('photos that a screen has shown', () => {
  it('have the time of their first showing, however often and in which order it is told', async () => {
    const { place, keep, stored, first } = await setup();
    const { guestId } = place.guest;
    expect(await keep([{ photoId: first, at: LATE }])).toEqual([{ photoId: first, guestId, at: LATE }]);
    const again = { photoId: first, at: EARLY };
    await Promise.all(Array.from({ length: 6 }, () => keep([again, { photoId: first, at: LATE }])));
    expect(await keep([{ photoId: first, at: LATE }])).toEqual([{ photoId: first, guestId, at: EARLY }]);
    expect(await stored()).toEqual([EARLY, null]);
  });

  it('count only where they are published, and at the event that shows them', async () => {
    const { place, keep, stored, first, second } = await setup();
    const other = await makePlace();
    const shown = [first, second, '00000000-0000-4000-8000-000000000000'].map((photoId) => ({ photoId, at: EARLY }));
    expect(await keep(shown, { tenantId: place.tenantId, eventId: other.eventId })).toEqual([]);
    expect(await keep(shown, { tenantId: other.tenantId, eventId: other.eventId })).toEqual([]);
    expect(await keep([])).toEqual([]);
    expect(await stored()).toEqual([null, null]);
    expect((await keep(shown)).map(({ photoId }) => photoId)).toEqual([first]);
    await operator('update photos set deleted_at = now(), shown_at = null where id = $1', [first]);
    expect(await keep(shown)).toEqual([]);
  });

  it('count not at a rehearsal, whose guests are pretended', async () => {
    const { place, keep, stored, first } = await setup();
    await operator(
      `with real as (
         insert into events (tenant_id, slug, name) select tenant_id, 'real-one', 'Real one' from events where id = $1
         returning id)
       update events set rehearsal_of = real.id, deleted_at = created_at - interval '2 years', visibility = 'private',
         pin = null from real where events.id = $1`,
      [place.eventId],
    );
    expect(await keep([{ photoId: first, at: EARLY }])).toEqual([]);
    expect(await stored()).toEqual([null, null]);
  });
});
