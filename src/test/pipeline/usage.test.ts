import { beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../domain/sweeps.ts';
import { emptyDatabase, operator, operatorBatch } from './support/database.ts';
import { makePlace, openVenueEnv, sendPhotos, type Place } from './support/venue.ts';

beforeEach(emptyDatabase);

const SUMS = 'sum(photos)::integer as photos, sum(bytes)::integer as bytes, count(*)::integer as shards from usage';
const TRUTH = 'count(*)::integer as photos, sum(bytes)::integer as bytes from photos';

async function read(place: Place, what: string) {
  const [row] = await operator<{ photos: number; bytes: number }>(
    `select ${what} where tenant_id = $1 and event_id = $2`,
    [place.tenantId, place.eventId],
  );
  return row;
}

/** Sums as they would be had somebody written them wrongly an hour ago, in three parts. */
const writeWrongly = ({ tenantId, eventId }: Place) =>
  operatorBatch([
    [`delete from usage where tenant_id = $1 and event_id = $2`, [tenantId, eventId]],
    [
      `insert into usage (tenant_id, event_id, shard, photos, bytes, updated_at)
       select $1, $2, shard, 7, -5, now() - interval '1 hour' from unnest(array[0, 3, 9]) shard`,
      [tenantId, eventId],
    ],
  ]);

async function setup() {
  const place = await makePlace();
  const { services } = openVenueEnv();
  await sendPhotos(services, place, 3);
  return { place, services };
}

describe('sums of what an event holds', () => {
  it('are left alone while they change', async () => {
    const { place, services } = await setup();
    expect(await read(place, SUMS)).toMatchObject((await read(place, TRUTH))!);
    expect(await sweep(services)).toMatchObject({ recounted: 0, errors: [] });
  });

  it('that went wrong are put right and taken together by the sweeper, once', async () => {
    const { place, services } = await setup();
    await writeWrongly(place);
    expect(await sweep(services)).toMatchObject({ recounted: 1, errors: [] });
    expect(await read(place, SUMS)).toEqual({ ...(await read(place, TRUTH)), shards: 1 });
    expect(await sweep(services)).toMatchObject({ recounted: 0, errors: [] });
  });

  it('are right whatever comes while they are compared', async () => {
    const { place, services } = await setup();
    await writeWrongly(place);
    await Promise.all([sweep(services), sweep(services), sendPhotos(services, place, 4)]);
    expect(await read(place, SUMS)).toMatchObject((await read(place, TRUTH))!);
  });
});
