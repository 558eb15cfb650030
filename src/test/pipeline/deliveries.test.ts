import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase } from './support/database.ts';
import { deliver, drain, messageOf } from './support/deliveries.ts';
import { expectAllHome } from './support/end-state.ts';
import { makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

async function setup(count: number) {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace();
  const ids = await sendPhotos(services, place, count);
  return { env, jobs, place, ids };
}

beforeEach(emptyDatabase);

describe('a queue that delivers more than once', () => {
  it('and in another order changes nothing', async () => {
    const { env, jobs, place, ids } = await setup(3);
    const [first, second, third] = jobs.splice(0) as [unknown, unknown, unknown];
    const order = [third, first, third, second, first];
    expect(await deliver(env, order.map(messageOf))).toEqual([]);
    expect(await deliver(env, [second, first, third].map(messageOf))).toEqual([]);
    await expectAllHome(place, ids);
  });

  it('to two consumers at once comes to one end', async () => {
    const { env, jobs, place, ids } = await setup(2);
    const messages = jobs.splice(0).map(messageOf);
    // Another isolate has bindings, and so services, of its own.
    const other = openVenueEnv().env;
    const again = await Promise.all([deliver(env, messages), deliver(other, messages), deliver({ ...env }, messages)]);
    jobs.push(...again.flat().map(({ body }) => body as (typeof jobs)[number]));
    await drain(env, jobs);
    await expectAllHome(place, ids);
  });

  it('a job of a photo that nobody has, or of another tenant, makes nothing', async () => {
    const { env, jobs, place, ids } = await setup(1);
    const stranger = await makePlace();
    const [job] = jobs as [(typeof jobs)[number]];
    const wrong = [
      { ...job, photoId: crypto.randomUUID() },
      { ...job, tenantId: stranger.tenantId },
      { ...job, eventId: stranger.eventId },
    ];
    expect(await deliver(env, wrong.map(messageOf))).toEqual([]);
    await drain(env, jobs);
    await expectAllHome(place, ids);
    await expectAllHome(stranger, []);
  });
});
