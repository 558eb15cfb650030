import { beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../domain/sweeps.ts';
import { emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder } from './support/end-state.ts';
import { makePlace, openVenueEnv, sendPhotos, type Place } from './support/venue.ts';

beforeEach(emptyDatabase);

const change = (place: Place, set: string) =>
  operator(`update events set ${set} where tenant_id = $1 and id = $2`, [place.tenantId, place.eventId]);
async function rowOf(place: Place) {
  const [row] = await operator<{ deleted: boolean; version: number; next: boolean }>(
    `select deleted_at is not null as deleted, version, next_change_at is not null as next
     from events where tenant_id = $1 and id = $2`,
    [place.tenantId, place.eventId],
  );
  return row ?? null;
}

async function setup() {
  const place = await makePlace();
  const { env, jobs, services } = openVenueEnv();
  await sendPhotos(services, place, 1);
  await drain(env, jobs);
  return { place, services };
}

describe('a date of an event', () => {
  it('is told once when it comes, and the next one is waited for', async () => {
    const { place, services } = await setup();
    await change(
      place,
      `closes_at = now() - interval '1 minute', reveal_at = now() + interval '1 day', next_change_at = now() - interval '1 minute'`,
    );
    const before = await rowOf(place);
    expect(await sweep(services)).toMatchObject({ due: 1, errors: [] });
    expect(await rowOf(place)).toEqual({ deleted: false, version: (before?.version ?? 0) + 1, next: true });
    expect(await sweep(services)).toMatchObject({ due: 0, errors: [] });
  });

  it('deletes the event when it is that of its deletion, and everything in it can still be restored', async () => {
    const { place, services } = await setup();
    await change(place, `delete_at = now() - interval '1 minute', next_change_at = now() - interval '1 minute'`);
    expect(await sweep(services)).toMatchObject({ due: 1, buried: 0, errors: [] });
    expect(await rowOf(place)).toMatchObject({ deleted: true, next: false });
    expect(await keysUnder(place)).toHaveLength(3);
  });

  it('that was moved meanwhile does nothing', async () => {
    const { place, services } = await setup();
    await change(place, `delete_at = now() + interval '1 day', next_change_at = now() + interval '1 day'`);
    expect(await sweep(services)).toMatchObject({ due: 0 });
    expect(await rowOf(place)).toMatchObject({ deleted: false, next: true });
  });
});

describe('a deleted event', () => {
  it('is erased with everything in it after 30 days, and not a day before', async () => {
    const { place, services } = await setup();
    await change(place, `deleted_at = now() - interval '29 days 23 hours'`);
    expect(await sweep(services)).toMatchObject({ buried: 0, errors: [] });
    await change(place, `deleted_at = now() - interval '30 days 1 minute'`);
    expect(await sweep(services)).toMatchObject({ buried: 1, errors: [] });
    expect(await rowOf(place)).toBeNull();
    expect(await keysUnder(place)).toEqual([]);
    expect(await sweep(services)).toMatchObject({ buried: 0, errors: [] });
  });

  it('is erased in the end, wherever the machine died', async () => {
    const { place, services } = await setup();
    await change(place, `deleted_at = now() - interval '31 days'`);
    const { deletePrefix } = services.ports.originals;
    // Dies before the objects are gone.
    services.ports.originals.deletePrefix = () => Promise.reject(new Error('the machine is gone'));
    expect((await sweep(services)).errors).toMatchObject([{ step: 'buried' }]);
    expect(await rowOf(place)).not.toBeNull();
    // Dies after the objects are gone and before the row is.
    services.ports.originals.deletePrefix = async (...where) => {
      await deletePrefix(...where);
      throw new Error('the machine is gone');
    };
    expect((await sweep(services)).errors).toMatchObject([{ step: 'buried' }]);
    expect([await keysUnder(place), (await rowOf(place)) !== null]).toEqual([[], true]);
    services.ports.originals.deletePrefix = deletePrefix;
    // Dies while the room still remembers.
    const { forget } = services.ports.rooms;
    services.ports.rooms.forget = () => Promise.reject(new Error('the machine is gone'));
    expect((await sweep(services)).errors).toMatchObject([{ step: 'buried' }]);
    expect(await rowOf(place)).not.toBeNull();
    services.ports.rooms.forget = forget;
    expect(await sweep(services)).toMatchObject({ buried: 1, errors: [] });
    expect(await rowOf(place)).toBeNull();
  });
});
