import { beforeEach, describe, expect, it } from 'vitest';
import { deleteMine } from '../../domain/photos.ts';
import { decideMany } from '../../domain/moderation/decisions.ts';
import { sweep } from '../../domain/sweeps.ts';
import type { Services } from '../../domain/context.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { deliver, drain, messageOf } from './support/deliveries.ts';
import { expectAllHome, keysUnder, outboxSize, photoRows } from './support/end-state.ts';
import { bucket, makePlace, openContext, openVenueEnv, sendPhotos, type Place } from './support/venue.ts';

beforeEach(emptyDatabase);

/** Deletes a photo as its guest does, and loses everything that should happen after the answer. */
async function deleteAndDie(services: Services, place: Place, id: string) {
  const { context } = await openContext(services, place);
  const away = () => Promise.reject(new Error('the machine is gone'));
  const { originals, rooms } = context.ports;
  const ports = {
    ...context.ports,
    originals: { ...originals, deletePrefix: away },
    rooms: { ...rooms, publish: away },
  };
  const lost: Promise<unknown>[] = [];
  await deleteMine({ ...context, ports, defer: (work) => void lost.push(work) }, [place.guest], place.eventId, id);
  await Promise.allSettled(lost);
}

const abandon = async (place: Place) => {
  const id = crypto.randomUUID();
  await bucket.put(`t/${place.tenantId}/e/${place.eventId}/${id}/original`, 'half a photo');
  await operator(`insert into upload_intents (tenant_id, id, event_id) values ($1, $2, $3)`, [
    place.tenantId,
    id,
    place.eventId,
  ]);
  return id;
};

/** One of everything that a sweep is for: published but untold, unqueued, abandoned, deleted but there. */
async function setup(place: Place) {
  const { env, jobs, services } = openVenueEnv();
  const { publish } = services.ports.rooms;
  services.ports.rooms.publish = () => Promise.reject(new Error('no room answers'));
  const [untold, gone] = (await sendPhotos(services, place, 2)) as [string, string];
  await drain(env, jobs);
  services.ports.rooms.publish = publish;
  const [stuck] = (await sendPhotos(services, place, 1)) as [string];
  jobs.length = 0;
  await deleteAndDie(services, place, gone);
  const abandoned = await abandon(place);
  return { untold, gone, stuck, abandoned };
}

async function ageAll() {
  await age('jobs');
  await age('outbox');
  await age('uploads');
}

describe('a sweep', () => {
  it('brings home all that was missed, in one round, and finds nothing the next time', async () => {
    const place = await makePlace();
    const { untold, gone, stuck } = await setup(place);
    await ageAll();
    const { env, jobs, services } = openVenueEnv();
    expect(await sweep(services)).toEqual({
      republished: 1,
      overdue: 0,
      requeued: 1,
      abandoned: 1,
      erased: 1,
      discarded: 0,
      due: 0,
      buried: 0,
      rehearsed: 0,
      recounted: 0,
      backfilled: 0,
      errors: [],
    });
    expect(jobs.map(({ photoId }) => photoId)).toEqual([stuck]);
    await drain(env, jobs);
    const rows = await photoRows(place);
    expect(rows.map(({ id, status }) => [id, status]).sort()).toEqual(
      [untold, gone, stuck].map((id) => [id, 'approved']).sort(),
    );
    const keys = await keysUnder(place);
    expect(keys.filter((key) => !key.includes(untold) && !key.includes(stuck))).toEqual([]);
    expect(keys).toHaveLength(6);
    expect(await outboxSize(place)).toBe(0);
    await ageAll();
    expect(await sweep(services)).toEqual({
      republished: 0,
      overdue: 0,
      requeued: 0,
      abandoned: 0,
      erased: 0,
      discarded: 0,
      due: 0,
      buried: 0,
      rehearsed: 0,
      recounted: 0,
      backfilled: 0,
      errors: [],
    });
  });

  it('erases what a thumbnailer was still storing when the photo was deleted', async () => {
    const { env, jobs, services } = openVenueEnv();
    const place = await makePlace();
    const [id] = (await sendPhotos(services, place, 1)) as [string];
    const { context, settled } = await openContext(services, place);
    const [job] = jobs.splice(0);
    await deliver(env, [messageOf(job)], async (step) => {
      if (step !== 'renditions.made') return;
      await deleteMine(context, [place.guest], place.eventId, id);
      await settled();
    });
    await age('jobs');
    expect((await sweep(services)).errors).toEqual([]);
    expect(await keysUnder(place)).toEqual([]);
    expect(await outboxSize(place)).toBe(0);
    expect(await sweep(services)).toMatchObject({ erased: 0, discarded: 0, due: 0, buried: 0, errors: [] });
  });

  it('deletes what was rejected 30 days ago, whatever breaks on the way, and nothing that was decided on since', async () => {
    const place = await makePlace();
    const { env, jobs, services } = openVenueEnv();
    const [old, kept, restored] = (await sendPhotos(services, place, 3)) as [string, string, string];
    await drain(env, jobs);
    const work = await openContext(services, place);
    await decideMany(work.context, place.staff, { ids: [old, kept, restored], status: 'rejected' });
    await decideMany(work.context, place.staff, { ids: [restored], status: 'approved' });
    await work.settled();
    await operator(`update photos set decided_at = now() - interval '30 days 1 minute' where id = any($1)`, [
      [old, restored],
    ]);
    const { deletePrefix } = services.ports.originals;
    services.ports.originals.deletePrefix = () => Promise.reject(new Error('the bucket is away'));
    expect(await sweep(services)).toMatchObject({ discarded: 1 });
    services.ports.originals.deletePrefix = deletePrefix;
    await ageAll();
    expect(await sweep(services)).toMatchObject({ discarded: 0, errors: [] });
    const left = await operator<{ id: string }>('select id from photos where deleted_at is null');
    expect(left.map((row) => row.id).toSorted()).toEqual([kept, restored].toSorted());
    expect((await bucket.list({ prefix: `t/${place.tenantId}/e/${place.eventId}/${old}/` })).objects).toEqual([]);
  });

  it('leaves alone what is only under way', async () => {
    const { env, jobs, services } = openVenueEnv();
    const place = await makePlace();
    const ids = await sendPhotos(services, place, 1);
    const upload = await abandon(place);
    expect(await sweep(services)).toEqual({
      republished: 0,
      overdue: 0,
      requeued: 0,
      abandoned: 0,
      erased: 0,
      discarded: 0,
      due: 0,
      buried: 0,
      rehearsed: 0,
      recounted: 0,
      backfilled: 0,
      errors: [],
    });
    expect((await keysUnder(place)).some((key) => key.includes(upload))).toBe(true);
    await drain(env, jobs);
    await age('uploads');
    await sweep(services);
    await expectAllHome(place, ids);
  });

  it('works for one tenant although another one, which comes first, fails at every step', async () => {
    const broken = await makePlace({ residency: 'eu' });
    const whole = await makePlace();
    const wanted = await setup(broken).then(() => setup(whole));
    await ageAll();
    // The jurisdiction of one tenant cannot be reached: no bucket is bound for it, and its rooms do not answer.
    const away = () => {
      throw new Error('this jurisdiction is away');
    };
    const plain = openVenueEnv();
    const rooms = (plain.env as unknown as { ROOMS: DurableObjectNamespace }).ROOMS;
    const { jobs, services } = openVenueEnv({
      JURISDICTIONS: 'on',
      ROOMS: {
        idFromName: (name: string) => rooms.idFromName(name),
        get: (id: DurableObjectId) => rooms.get(id),
        jurisdiction: away,
      },
    });
    const report = await sweep(services);
    expect(report).toMatchObject({ republished: 1, requeued: 2, abandoned: 1, erased: 1 });
    expect(report.errors.map(({ step }) => step)).toEqual(['republished', 'abandoned', 'erased']);
    expect(jobs.map(({ photoId }) => photoId)).toContain(wanted.stuck);
    expect((await keysUnder(whole)).filter((key) => key.includes(wanted.gone))).toEqual([]);
    // Nothing of the other tenant's was given up: with its jurisdiction back, it is done.
    await ageAll();
    expect(await sweep(plain.services)).toMatchObject({
      republished: 1,
      abandoned: 1,
      erased: 1,
      discarded: 0,
      due: 0,
      buried: 0,
      rehearsed: 0,
      recounted: 0,
      backfilled: 0,
      errors: [],
    });
  });

  it('reports a worklist that cannot be read, and works through the others', async () => {
    const place = await makePlace();
    await setup(place);
    await ageAll();
    const { services } = openVenueEnv();
    const { db } = services;
    let asked = 0;
    const execute = ((query: never) => {
      asked += 1;
      if (asked === 1) throw new Error('the database is away for a moment');
      return db.writer.execute(query);
    }) as typeof db.writer.execute;
    const writer = new Proxy(db.writer, {
      get: (target, name) => (name === 'execute' ? execute : (Reflect.get(target, name) as unknown)),
    });
    const report = await sweep({ ...services, db: { ...db, writer } });
    expect(report).toMatchObject({ republished: 0, requeued: 1, abandoned: 1, erased: 1 });
    expect(report.errors).toEqual([expect.objectContaining({ step: 'republished' })]);
  });

  it('forgets sessions that expired a day ago and keys of yesterday, and nothing younger', async () => {
    const { env, jobs, services } = openVenueEnv();
    const place = await makePlace();
    const [old, young] = (await sendPhotos(services, place, 2)) as [string, string];
    await drain(env, jobs);
    await operator(
      `update photos set idempotency_key = id::text, created_at = case when id = $1 then now() - interval '25 hours' else created_at end`,
      [old],
    );
    const session = (hash: string, ago: string) =>
      operator(
        `insert into refresh_sessions (tenant_id, user_id, family_id, token_hash, client_hash, expires_at)
         values ($1, $2, gen_random_uuid(), $3, 'c', now() - $4::interval)`,
        [place.tenantId, place.staff.userId, hash, ago],
      );
    await session('long-gone', '25 hours');
    await session('just-gone', '23 hours');
    await operator(
      `insert into pin_attempts (tenant_id, event_id, device, failures, resets_at)
       select $1, $2, device, 1, now() - age::interval from (values ('old', '2 hours'), ('new', '1 minute')) one (device, age)`,
      [place.tenantId, place.eventId],
    );
    expect((await sweep(services)).errors).toEqual([]);
    expect(await operator('select token_hash from refresh_sessions')).toEqual([{ token_hash: 'just-gone' }]);
    expect(await operator('select id from photos where idempotency_key is not null')).toEqual([{ id: young }]);
    expect(await operator('select device from pin_attempts')).toEqual([{ device: 'new' }]);
  });
});
