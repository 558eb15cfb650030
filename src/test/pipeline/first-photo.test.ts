import { beforeEach, expect, it } from 'vitest';
import { until } from '../../../workers/room/test-support/room-harness.ts';
import { emptyDatabase } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { openPage } from './support/page.ts';
import { makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

beforeEach(emptyDatabase);

it('a page of an event that never had a photo misses none of the first ones', async () => {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace({ moderation: 'after' });
  const [early, late] = (await sendPhotos(services, place, 2)) as [string, string];
  const page = await openPage(services, place, () => drain(env, jobs.splice(0, 1)));
  expect(page.snapshots[0]).toEqual([]);
  await until(() => page.snapshots.flat().includes(early), 'the photo that came while the page loaded');
  await drain(env, jobs);
  await until(() => page.seen().length > 0, 'the next photo');
  expect(page.seen()).toEqual([{ seq: 2, approved: late }]);
  page.close();
});
