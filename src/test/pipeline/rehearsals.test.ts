import { expect, it } from 'vitest';
import type { RehearsalJob } from '../../contract/jobs.ts';
import type { Services } from '../../domain/context.ts';
import { listRehearsalsFor, startRehearsal } from '../../domain/rehearsal/rehearsals.ts';
import { advance } from '../../domain/rehearsal/steps.ts';
import { sweep } from '../../domain/sweeps.ts';
import { contextFor } from '../../domain/tenants.ts';
import { emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder } from './support/end-state.ts';
import { freshPhoto, makePlace, openContext, openVenueEnv, type Place } from './support/venue.ts';

const drawn = new Map<number, Promise<Uint8Array>>();
/** The same bytes for the same number. */
async function read(n: number): Promise<Uint8Array<ArrayBuffer>> {
  const picture = drawn.get(n) ?? freshPhoto();
  drawn.set(n, picture);
  return (await picture) as Uint8Array<ArrayBuffer>;
}

/** The ports of a Worker that is gone after so many calls of them. */
function dying(services: Services, calls: number): Services {
  let left = calls;
  const mortal = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const own = Reflect.get(target, name) as unknown;
        if (typeof own !== 'function') return own;
        return (...given: unknown[]) => {
          if (left-- <= 0) return Promise.reject(new Error('the machine is gone'));
          return (own as (...args: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  const { jobs, originals, rooms } = services.ports;
  const ports = { ...services.ports, originals: mortal(originals), rooms: mortal(rooms), jobs: mortal(jobs) };
  return { ...services, ports };
}

/** Makes a step as if Worker after Worker died in the middle of it, each a little later than the one before. */
async function makeWithDeaths(services: Services, place: Place, job: RehearsalJob): Promise<void> {
  for (const calls of [0, 1, 3, 1000]) {
    const lost: Promise<unknown>[] = [];
    const context = await contextFor(
      dying(services, calls),
      place.tenantId,
      (work) => void lost.push(work.catch(() => undefined)),
    );
    const made = await advance(context, read, job).then(
      () => true,
      () => false,
    );
    await Promise.allSettled(lost);
    if (made) return;
  }
  throw new Error('a step was never made');
}

it('a rehearsal whose Workers die in every step ends all the same, sends nothing twice and leaves nothing', async () => {
  await emptyDatabase();
  const place = await makePlace();
  const queue: RehearsalJob[] = [];
  const { env, jobs, services } = openVenueEnv({
    REHEARSALS: { send: async (job: RehearsalJob) => void queue.push(job) },
  });
  let ahead = 0;
  services.ports.clock = { now: () => new Date(Date.now() + ahead) };
  await operator(
    `insert into devices (tenant_id, kind, name, event_id, installation, paired_at, layout, paused)
     values ($1, 'screen', 'Foyer', $2, 'installation-1', now(), '{"seconds":5}', true)`,
    [place.tenantId, place.eventId],
  );
  const { context, settled } = await openContext(services, place);
  // Of two who start at once, one does.
  const starts = await Promise.allSettled(
    [1, 2].map(() => startRehearsal(context, place.staff, place.eventId, 'quick')),
  );
  expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(starts.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'rehearsal.running' });
  await settled();
  // The first message is lost; the sweeper knows of the rehearsal.
  queue.length = 0;
  await operator(`update rehearsals set ticked_at = now() - interval '1 minute'`);
  expect(await sweep(services)).toMatchObject({ rehearsed: 1, errors: [] });
  expect(queue).toEqual([{ v: 1, tenantId: place.tenantId, rehearsalId: expect.any(String), tick: null }]);

  const sent = new Set<string>();
  const [message] = queue.splice(0) as [RehearsalJob];
  let phase = 'sending';
  for (let turn = 0; phase !== 'ended'; turn++) {
    expect(turn).toBeLessThan(60);
    ahead += 4000;
    // Whatever was lost, the sweeper's message comes; a second delivery of any other changes nothing.
    await makeWithDeaths(services, place, { ...message, tick: null });
    for (const again of queue.splice(0)) await advance(context, read, { ...again, tick: (again.tick ?? 1) - 1 });
    queue.length = 0;
    await settled();
    const lost = await operator<{ id: string; event_id: string; status: string }>(
      `select p.id, p.event_id, p.status from photos p join events e on e.id = p.event_id where e.rehearsal_of = $1`,
      [place.eventId],
    );
    for (const { id } of lost) sent.add(id);
    const stuck = lost.filter(({ status }) => status === 'processing');
    jobs.splice(0);
    jobs.push(
      ...stuck.map((one) => ({ v: 1 as const, tenantId: place.tenantId, eventId: one.event_id, photoId: one.id })),
    );
    await drain(env, jobs);
    const [row] = await operator<{ phase: string }>('select phase from rehearsals');
    phase = row?.phase ?? '';
  }
  expect(sent.size).toBe(6);
  const { items } = await listRehearsalsFor(context, place.staff, place.eventId);
  expect(items[0]).toMatchObject({ phase: 'ended', endedBecause: 'done', photos: { sent: 6, processed: 6 } });
  expect(items[0]?.checks.find(({ check }) => check === 'vanished')).toMatchObject({ tone: 'good' });
  expect(await keysUnder(place)).toEqual([]);
  expect(await operator('select id from events')).toEqual([{ id: place.eventId }]);
  expect(await operator('select event_id, rehearsal_event_id, paused, layout from devices')).toEqual([
    { event_id: place.eventId, rehearsal_event_id: null, paused: true, layout: { seconds: 5 } },
  ]);
  expect(await sweep(services)).toMatchObject({ rehearsed: 0, buried: 0, errors: [] });
});

it('a twin that was forgotten is erased like any event that nobody can restore', async () => {
  await emptyDatabase();
  const place = await makePlace();
  const { services } = openVenueEnv();
  const plant = (age: string) =>
    operator(
      `insert into events (tenant_id, slug, name, status, rehearsal_of, deleted_at, created_at)
       values ($1, 'rehearsal-' || gen_random_uuid(), 'Gala', 'live', $2, 'epoch', now() - $3::interval)`,
      [place.tenantId, place.eventId, age],
    );
  await plant('10 minutes');
  await plant('2 hours');
  expect(await sweep(services)).toMatchObject({ buried: 1, errors: [] });
  expect(await operator('select 1 as twin from events where rehearsal_of is not null')).toEqual([{ twin: 1 }]);
  // It cannot be made otherwise: what is not deleted from its beginning, or may be entered, is no rehearsal.
  for (const change of [`deleted_at = null`, `deleted_at = now()`, `visibility = 'public'`]) {
    await expect(operator(`update events set ${change} where rehearsal_of is not null`)).rejects.toMatchObject({
      code: '23514',
    });
  }
});
