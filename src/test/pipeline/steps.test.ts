import { describe, expect, it } from 'vitest';
import { sweep } from '../../domain/sweeps.ts';
import { STEPS, type Step } from '../../../workers/thumbnailer/process-photo.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { expectAllHome, keysUnder, outboxSize, photoRows } from './support/end-state.ts';
import { makePlace, openVenueEnv, sendPhotos } from './support/venue.ts';

async function setup(count: number) {
  const { env, jobs, services } = openVenueEnv();
  await emptyDatabase();
  const place = await makePlace();
  const ids = await sendPhotos(services, place, count);
  const fetched: string[] = [];
  const { originals } = services.ports;
  services.ports.originals = {
    ...originals,
    get: (residency, key) => {
      fetched.push(ids.find((id) => key.includes(id)) ?? key);
      return originals.get(residency, key);
    },
  };
  const timesFetched = () => ids.map((id) => fetched.filter((one) => one === id).length);
  return { env, jobs, services, place, ids, timesFetched };
}

/** Throws at a step of those deliveries, counted from 1, of any photo. */
function breaking(step: Step, isBroken: (delivery: number) => boolean) {
  let delivery = 0;
  return (reached: Step) => {
    if (reached === 'job.parsed') delivery += 1;
    if (reached === step && isBroken(delivery)) throw new Error(`interrupted at ${step}`);
  };
}

const AFTER_COMMIT: Step[] = ['row.committed', 'published', 'acked'];

describe('a throw in the middle of a batch', () => {
  it.each(STEPS)('at %s repeats that photo alone, and all three come home once', async (step) => {
    const { env, jobs, place, ids, timesFetched } = await setup(3);
    await drain(
      env,
      jobs,
      breaking(step, (delivery) => delivery === 2),
    );
    await expectAllHome(place, ids);
    // Each is read for its pixels, for what must not leave with it, and for the digest of what may; what broke off was
    // read once for its pixels.
    const isRepeated = step !== 'job.parsed' && step !== 'photo.loaded' && !AFTER_COMMIT.includes(step);
    expect(timesFetched()).toEqual([3, isRepeated ? 4 : 3, 3]);
  });
});

/** What is committed is not committed again, and what is acknowledged is not delivered again. */
const ONCE: Step[] = ['row.committed', 'acked'];

describe('a throw on every delivery', () => {
  it.each(STEPS)('at %s becomes a dead letter, and the sweep brings the photo home', async (step) => {
    const { env, jobs, services, place, ids } = await setup(2);
    await drain(
      env,
      jobs,
      breaking(step, (delivery) => delivery !== 2),
    );
    const letters = await operator('select queue, tenant_id, body, reason from dead_letters');
    if (ONCE.includes(step)) expect(letters).toEqual([]);
    else {
      expect(letters).toEqual([expect.objectContaining({ queue: 'momentique-thumbnails', tenant_id: place.tenantId })]);
    }
    await age('jobs');
    await age('outbox');
    expect((await sweep(services)).errors).toEqual([]);
    await drain(env, jobs);
    await expectAllHome(place, ids);
  });
});

describe('a photo whose job never ends', () => {
  it('is queued eight times more, and then fails with words and one dead letter', async () => {
    const { jobs, services, place, ids } = await setup(1);
    jobs.length = 0;
    for (let round = 1; round <= 8; round += 1) {
      await age('jobs', '12 hours');
      expect(await sweep(services)).toMatchObject({ requeued: 1, errors: [] });
      expect(jobs.splice(0)).toEqual([expect.objectContaining({ photoId: ids[0] })]);
    }
    await age('jobs', '12 hours');
    expect(await sweep(services)).toMatchObject({ requeued: 1, errors: [] });
    expect(jobs).toEqual([]);
    const [row] = await photoRows(place);
    expect(row).toMatchObject({ status: 'failed', failure_message: expect.stringContaining('could not prepare') });
    expect(await operator('select message_id from dead_letters')).toEqual([{ message_id: `requeue-${ids[0]}` }]);
    expect(await outboxSize(place)).toBe(0);
    await age('jobs');
    expect(await sweep(services)).toMatchObject({ requeued: 0, errors: [] });
    expect(await keysUnder(place)).toEqual([expect.stringMatching(/\/original$/)]);
  });

  it('waits twice as long for each try, so that a long queue in good health wears nobody out', async () => {
    const { services } = await setup(1);
    const seconds = services.config.REQUEUE_AFTER_SECONDS;
    for (const wait of [1, 2, 4, 8]) {
      await age('jobs', `${seconds * wait * 0.9} seconds`);
      expect(await sweep(services)).toMatchObject({ requeued: 0, errors: [] });
      await age('jobs', `${seconds * wait * 1.1} seconds`);
      expect(await sweep(services)).toMatchObject({ requeued: 1, errors: [] });
    }
  });

  it('does not lose a try while the queue takes no jobs', async () => {
    const { env, jobs, services, place, ids } = await setup(1);
    jobs.length = 0;
    const { thumbnail } = services.ports.jobs;
    services.ports.jobs.thumbnail = () => Promise.reject(new Error('the queue is away'));
    for (let round = 1; round <= 10; round += 1) {
      await age('jobs');
      expect(await sweep(services)).toMatchObject({ requeued: 0, errors: [{ step: 'requeued' }] });
    }
    services.ports.jobs.thumbnail = thumbnail;
    await age('jobs');
    expect(await sweep(services)).toMatchObject({ requeued: 1, errors: [] });
    await drain(env, jobs);
    await expectAllHome(place, ids);
  });
});
