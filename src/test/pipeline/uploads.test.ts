import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../db/errors.ts';
import type { Database } from '../../db/scope.ts';
import type { TenantContext } from '../../domain/context.ts';
import { sweep } from '../../domain/sweeps.ts';
import { receivePhoto, type UploadRequest } from '../../domain/intake/uploads.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { expectAllHome, keysUnder, photoRows } from './support/end-state.ts';
import { freshPhoto, makePlace, openContext, openVenueEnv, uploadOf } from './support/venue.ts';

/** Where each photo of a guest counts, it is recorded in a transaction; elsewhere in one round trip. */
const WAYS = { 'in one round trip': {}, 'in a transaction': { photosPerGuest: 50 } };
type Way = keyof typeof WAYS;

async function setup(way: Way = 'in one round trip') {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace({ settings: WAYS[way] });
  const bytes = await freshPhoto();
  const open = async (change: (context: TenantContext) => Partial<TenantContext> = () => ({})) => {
    const { context, settled } = await openContext(services, place);
    return { context: { ...context, ...change(context) }, settled };
  };
  const request = (over: Partial<UploadRequest> = {}) => uploadOf(place, bytes, over);
  /** All that the schedule and the queue would do in the next hours. */
  const later = async () => {
    await age('jobs');
    await age('outbox');
    await age('uploads');
    const report = await sweep(services);
    await drain(env, jobs);
    return report;
  };
  return { services, jobs, place, open, request, later };
}

const intents = () => operator('select id from upload_intents');

/** A moment at which everything ends: it says that it was reached, and nothing after it ever runs. */
function powerCut() {
  let reached = () => {};
  const happened = new Promise<void>((resolve) => (reached = resolve));
  const cut = () => {
    reached();
    return new Promise<never>(() => {});
  };
  return { happened, cut };
}

type Crash = (context: TenantContext, cut: () => Promise<never>) => Partial<TenantContext>;

const putThat = (context: TenantContext, put: TenantContext['ports']['originals']['put']) => ({
  ports: { ...context.ports, originals: { ...context.ports.originals, put } },
});
const sendThat = (context: TenantContext, thumbnail: TenantContext['ports']['jobs']['thumbnail']) => ({
  ports: { ...context.ports, jobs: { ...context.ports.jobs, thumbnail } },
});

type Records = (commit: () => Promise<unknown>, breakOff: () => Promise<unknown>) => Promise<unknown>;

/**
 * Decides about whatever records a photo: a batch, the second that an upload writes, after its note; or a transaction,
 * where each photo of a guest counts. `breakOff` does all of it and fails before the end.
 */
function recordingBy(db: Database, records: Records): Database {
  let batches = 0;
  const writer = Object.create(db.writer) as Database['writer'];
  writer.batch = ((queries: Parameters<Database['writer']['batch']>[0]) => {
    const commit = () => db.writer.batch(queries);
    batches += 1;
    return batches === 1
      ? commit()
      : records(commit, () => db.writer.batch([...queries, db.writer.execute(sql`select 1 / 0`)]));
  }) as Database['writer']['batch'];
  return {
    ...db,
    writer,
    transaction: <T>(work: Parameters<Database['transaction']>[0]) =>
      records(
        () => db.transaction(work),
        () =>
          db.transaction(async (tx) => {
            await work(tx);
            throw new Error('the machine is gone');
          }),
      ) as Promise<T>,
  };
}

/** In the order in which an upload goes. */
const crashes: Record<string, Crash> = {
  'before its bytes are stored': (context, cut) => putThat(context, cut),
  'when its bytes are stored': (context, cut) =>
    putThat(context, async (...args) => {
      await context.ports.originals.put(...args);
      return cut();
    }),
  'inside the transaction that records it': ({ db }, cut) => ({
    db: recordingBy(db, async (_commit, breakOff) => {
      // The connection ends with the machine: nothing is committed.
      await breakOff().catch(cut);
    }),
  }),
  'when it is recorded': ({ db }, cut) => ({
    db: recordingBy(db, async (commit) => {
      await commit();
      return cut();
    }),
  }),
  'before its job is queued': (context, cut) => ({ ...sendThat(context, cut), defer: () => void cut() }),
  'when its job is queued': (context, cut) => ({
    defer: (work) => void work.then(cut),
  }),
};

beforeEach(emptyDatabase);

describe.each(Object.keys(WAYS) as Way[])('an upload that is recorded %s and ends with the machine', (way) => {
  it.each(Object.keys(crashes))('%s: the same request makes one photo, and nothing else stays', async (name) => {
    const { place, open, request, later } = await setup(way);
    const { happened, cut } = powerCut();
    const dying = await open((context) => crashes[name]!(context, cut));
    void receivePhoto(dying.context, request({ idempotencyKey: 'the-same' })).catch(() => undefined);
    await happened;
    const retried = await open();
    const { photo } = await receivePhoto(retried.context, request({ idempotencyKey: 'the-same' }));
    await retried.settled();
    expect((await later()).errors).toEqual([]);
    expect(await intents()).toEqual([]);
    await expectAllHome(place, [photo.id]);
    const third = await open();
    expect(await receivePhoto(third.context, request({ idempotencyKey: 'the-same' }))).toMatchObject({
      created: false,
      photo: { id: photo.id, status: 'approved' },
    });
  });

  it.each(Object.keys(crashes))('%s, and the guest is gone: it is one photo or none', async (name) => {
    const { place, open, request, later } = await setup(way);
    const { happened, cut } = powerCut();
    const dying = await open((context) => crashes[name]!(context, cut));
    void receivePhoto(dying.context, request()).catch(() => undefined);
    await happened;
    expect((await later()).errors).toEqual([]);
    expect(await intents()).toEqual([]);
    const isRecorded = ['when it is recorded', 'before its job is queued', 'when its job is queued'].includes(name);
    const rows = await photoRows(place);
    expect(rows).toHaveLength(isRecorded ? 1 : 0);
    await expectAllHome(
      place,
      rows.map(({ id }) => id),
    );
  });
});

describe('an upload whose parts fail', () => {
  it('leaves nothing when the bucket fails, and says to try again', async () => {
    const { place, open, request, later } = await setup();
    const { context, settled } = await open((one) =>
      putThat(one, () => Promise.reject(new Error('the bucket is away'))),
    );
    await expect(receivePhoto(context, request())).rejects.toMatchObject({ code: 'unavailable' });
    await settled();
    expect(await intents()).toEqual([]);
    await later();
    await expectAllHome(place, []);
  });

  const losses = (Object.keys(WAYS) as Way[]).flatMap((way) => [1, 2, 3].map((times) => ({ way, times })));
  it.each(losses)('is one photo when the answer to its COMMIT is lost $times times, $way', async ({ times, way }) => {
    const { place, open, request, later } = await setup(way);
    let lost = 0;
    const { context, settled } = await open(({ db }) => ({
      db: recordingBy(db, async (commit) => {
        const result = await commit();
        if ((lost += 1) <= times) throw new DatabaseUnavailable('the answer was lost');
        return result;
      }),
    }));
    const first = receivePhoto(context, request());
    if (times < 3) expect((await first).created).toBe(true);
    else await expect(first).rejects.toBeInstanceOf(DatabaseUnavailable);
    await settled();
    const again = await open();
    const { photo, created } = await receivePhoto(again.context, request());
    expect(created).toBe(false);
    await again.settled();
    await later();
    expect(await intents()).toEqual([]);
    await expectAllHome(place, [photo.id]);
  });

  it.each(Object.keys(WAYS) as Way[])('is one photo when nothing can be committed at first, %s', async (way) => {
    const { place, open, request, later } = await setup(way);
    const { context, settled } = await open(({ db }) => ({
      db: recordingBy(db, () => Promise.reject(new DatabaseUnavailable('away'))),
    }));
    await expect(receivePhoto(context, request())).rejects.toBeInstanceOf(DatabaseUnavailable);
    await settled();
    const again = await open();
    const { photo, created } = await receivePhoto(again.context, request());
    expect(created).toBe(true);
    await again.settled();
    expect((await later()).errors).toEqual([]);
    expect(await intents()).toEqual([]);
    await expectAllHome(place, [photo.id]);
  });

  it('is published all the same when the queue does not take its job', async () => {
    const { place, open, request, later } = await setup();
    const { context, settled } = await open((one) =>
      sendThat(one, () => Promise.reject(new Error('the queue is away'))),
    );
    const { photo } = await receivePhoto(context, request());
    await settled();
    expect(await later()).toMatchObject({ requeued: 1, errors: [] });
    await expectAllHome(place, [photo.id]);
  });

  it('sent four times at once is one photo', async () => {
    const { place, open, request, later } = await setup();
    const tries = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const { context, settled } = await open();
        const outcome = await receivePhoto(context, request({ idempotencyKey: 'the-same' }));
        await settled();
        return outcome;
      }),
    );
    expect(tries.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(tries.map(({ photo }) => photo.id)).size).toBe(1);
    await later();
    await expectAllHome(place, [tries[0]!.photo.id]);
  });
});

describe('the sweep beside an upload that takes for ever', () => {
  /** Stands still between its bytes and its row until it is let go. */
  async function slow() {
    const made = await setup();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const stored = powerCut();
    const { context, settled } = await made.open((one) =>
      putThat(one, async (...args) => {
        const result = await one.ports.originals.put(...args);
        void stored.cut();
        await held;
        return result;
      }),
    );
    const upload = receivePhoto(context, made.request()).catch((error: unknown) => error);
    await stored.happened;
    await age('uploads');
    return { ...made, letGo, upload, settled };
  }

  it('clears its bytes, and it can no longer become a photo without them', async () => {
    const { services, place, letGo, upload, settled, open, request, later } = await slow();
    expect(await sweep(services)).toMatchObject({ abandoned: 1, errors: [] });
    expect(await keysUnder(place)).toEqual([]);
    letGo();
    expect(await upload).toMatchObject({ code: 'unavailable' });
    await settled();
    expect(await photoRows(place)).toEqual([]);
    const again = await open();
    const { photo } = await receivePhoto(again.context, request());
    await again.settled();
    await later();
    await expectAllHome(place, [photo.id]);
  });

  it('never takes the bytes of a photo that is recorded at the same moment', async () => {
    const { services, place, letGo, upload, settled, later } = await slow();
    const { deletePrefix } = services.ports.originals;
    services.ports.originals.deletePrefix = async (...args) => {
      // The sweep has looked and is about to delete: now the upload goes on.
      letGo();
      await upload;
      return deletePrefix(...args);
    };
    expect((await sweep(services)).errors).toEqual([]);
    await settled();
    await later();
    await expectAllHome(
      place,
      (await photoRows(place)).map(({ id }) => id),
    );
  });

  it('leaves alone what is younger than two hours, and what is a photo', async () => {
    const { services, place, letGo, upload, settled, later } = await slow();
    await age('uploads', '1 hour 59 minutes');
    expect(await sweep(services)).toMatchObject({ abandoned: 0 });
    letGo();
    await upload;
    await settled();
    await later();
    await expectAllHome(
      place,
      (await photoRows(place)).map(({ id }) => id),
    );
    expect(await photoRows(place)).toHaveLength(1);
  });
});
