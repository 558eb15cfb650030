import { beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../db/errors.ts';
import type { TenantContext } from '../../domain/context.ts';
import { sweep } from '../../domain/sweeps.ts';
import { receivePhoto, type UploadRequest } from '../../domain/intake/uploads.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { expectAllHome, keysUnder, photoRows } from './support/end-state.ts';
import { freshPhoto, makePlace, openContext, openVenueEnv, uploadOf } from './support/venue.ts';

async function setup() {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace();
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

/** In the order in which an upload goes. */
const crashes: Record<string, Crash> = {
  'before its bytes are stored': (context, cut) => putThat(context, cut),
  'when its bytes are stored': (context, cut) =>
    putThat(context, async (...args) => {
      await context.ports.originals.put(...args);
      return cut();
    }),
  'inside the transaction that records it': (context, cut) => ({
    db: {
      ...context.db,
      transaction: (work) =>
        context.db.transaction(async (tx) => {
          await work(tx);
          // The connection ends with the machine: nothing is committed.
          void cut();
          throw new Error('the machine is gone');
        }),
    },
  }),
  'when it is recorded': (context, cut) => ({
    db: {
      ...context.db,
      transaction: async (work) => {
        await context.db.transaction(work);
        return cut();
      },
    },
  }),
  'before its job is queued': (context, cut) => ({ ...sendThat(context, cut), defer: () => void cut() }),
  'when its job is queued': (context, cut) => ({
    defer: (work) => void work.then(cut),
  }),
};

beforeEach(emptyDatabase);

describe('an upload that ends with the machine', () => {
  it.each(Object.keys(crashes))('%s: the same request makes one photo, and nothing else stays', async (name) => {
    const { place, open, request, later } = await setup();
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
    const { place, open, request, later } = await setup();
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

  it.each([1, 2, 3])('is one photo when the answer to its COMMIT is lost %i times', async (times) => {
    const { place, open, request, later } = await setup();
    let lost = 0;
    const { context, settled } = await open(({ db }) => ({
      db: {
        ...db,
        transaction: async (work) => {
          const result = await db.transaction(work);
          if ((lost += 1) <= times) throw new DatabaseUnavailable('the answer was lost');
          return result;
        },
      },
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

  it('is one photo when nothing can be committed at first', async () => {
    const { place, open, request, later } = await setup();
    const { context, settled } = await open(({ db }) => ({
      db: { ...db, transaction: () => Promise.reject(new DatabaseUnavailable('away')) },
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
