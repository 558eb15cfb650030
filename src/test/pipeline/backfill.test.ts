import { beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../domain/sweeps.ts';
import { emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { expectAllHome, photoRows } from './support/end-state.ts';
import { bucket, makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

beforeEach(emptyDatabase);

/** Photos from a time that knew one width less and looked at nothing, and the command that wants them completed. */
async function setup(count: number) {
  const place = await makePlace();
  const { env, jobs, services } = openVenueEnv();
  const ids = await sendPhotos(services, place, count);
  await drain(env, jobs);
  const renditionOf = (id: string, name: number) => `t/${place.tenantId}/e/${place.eventId}/${id}/r/${name}.webp`;
  for (const id of ids) await bucket.delete(renditionOf(id, 960));
  await operator('delete from photo_renditions where name = 960');
  await operator(
    'update photos set dominant_colour = null, perceptual_hash = null, redactions = null, public_bytes = null, public_sha256 = null, location = null, attempts = 0, backfill_at = now()',
  );
  return { place, env, jobs, services, ids, renditionOf };
}

describe('photos that are to be completed', () => {
  it('get what they lack, and nothing else of them changes', async () => {
    const { place, env, jobs, services, ids, renditionOf } = await setup(3);
    const before = await Promise.all(ids.map(async (id) => (await bucket.head(renditionOf(id, 320)))?.uploaded));
    expect((await sweep(services)).errors).toEqual([]);
    expect(jobs.map(({ task }) => task)).toEqual(['backfill', 'backfill', 'backfill']);
    await drain(env, jobs);
    await expectAllHome(place, ids);
    const kept = await Promise.all(ids.map(async (id) => (await bucket.head(renditionOf(id, 320)))?.uploaded));
    expect(kept).toEqual(before);
    const rows = await operator(
      'select dominant_colour, perceptual_hash, public_bytes, public_sha256, location, backfill_at from photos',
    );
    for (const row of rows) {
      expect(row).toEqual({
        dominant_colour: expect.stringMatching(/^#/),
        perceptual_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        public_bytes: expect.anything(),
        public_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        location: 'none',
        backfill_at: null,
      });
    }
  });

  it('are queued again, later, when a job was lost, and only once at a time', async () => {
    const { place, env, jobs, services, ids } = await setup(1);
    await sweep(services);
    jobs.length = 0;
    await sweep(services);
    expect(jobs).toEqual([]);
    await operator("update photos set backfill_at = backfill_at - interval '11 minutes'");
    await sweep(services);
    await drain(env, jobs);
    await expectAllHome(place, ids);
  });

  it('stay as they were when their original is gone, and a person sees why', async () => {
    const { place, env, jobs, services, ids } = await setup(1);
    await bucket.delete(`t/${place.tenantId}/e/${place.eventId}/${ids[0]}/original`);
    await sweep(services);
    await drain(env, jobs);
    expect((await photoRows(place))[0]).toMatchObject({ status: 'approved', renditions: [320] });
    const [letter] = await operator('select reason from dead_letters');
    expect(letter).toEqual({ reason: 'renditions not completed: photo.missing' });
    expect(await operator('select backfill_at from photos')).toEqual([{ backfill_at: null }]);
  });
});
