import { beforeEach, describe, expect, it } from 'vitest';
import type { TenantContext } from '../../domain/context.ts';
import { NO_NOTES } from '../../domain/intake/recording.ts';
import { receivePhoto, type UploadRequest } from '../../domain/intake/uploads.ts';
import { deleteMine } from '../../domain/photos.ts';
import { sweep } from '../../domain/sweeps.ts';
import { encodePng, quarters } from '../support/images.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder, outboxSize, roomLog } from './support/end-state.ts';
import { heicHeader } from './support/heic.ts';
import { bucket, makePlace, openContext, openVenueEnv, uploadOf } from './support/venue.ts';

beforeEach(emptyDatabase);

const hex = async (bytes: Uint8Array) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');

/** The quarters of a photo; turned around it is another one of the same shape. */
async function picture(width: number, isTurned = false): Promise<Uint8Array> {
  const pixels = quarters(width, (width * 3) / 4);
  return encodePng(isTurned ? { ...pixels, data: inverted(pixels.data) } : pixels);
}
const inverted = (data: Uint8Array | Uint8ClampedArray) =>
  Uint8ClampedArray.from(data, (value, at) => (at % 4 === 3 ? value : 255 - value));

type Change = (context: TenantContext) => Partial<TenantContext>;

/** A guest who has sent a copy of 400 pixels, and has the original of 1200. */
async function setup() {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace();
  const [copy, original] = [await picture(400), await picture(1200)];
  const send = async (bytes: Uint8Array, over: Partial<UploadRequest> = {}, change: Change = () => ({})) => {
    const { context, settled } = await openContext(services, place);
    try {
      return await receivePhoto({ ...context, ...change(context) }, uploadOf(place, bytes, over));
    } finally {
      await settled();
    }
  };
  const { photo } = await send(copy, { notes: { ...NO_NOTES, stands: 'copy' } });
  const { id } = photo;
  const sendOriginal = (bytes = original, over: Partial<UploadRequest> = {}, change?: Change) =>
    send(bytes, { notes: { ...NO_NOTES, original: id }, ...over }, change);
  const prefix = `t/${place.tenantId}/e/${place.eventId}/${id}/`;
  /** All that the schedule and the queue would do in the next hours. */
  const later = async () => {
    for (const what of ['jobs', 'outbox', 'uploads'] as const) await age(what);
    await operator("update photos set backfill_at = backfill_at - interval '1 day'");
    const report = await sweep(services);
    await drain(env, jobs);
    expect(report.errors).toEqual([]);
  };
  const row = async () => (await operator('select * from photos where id = $1', [id]))[0] as Record<string, unknown>;
  const stored = async (name: string) => {
    const object = await bucket.get(prefix + name);
    return object && hex(new Uint8Array(await object.arrayBuffer()));
  };
  return { env, jobs, services, place, copy, original, photo, id, prefix, send, sendOriginal, later, row, stored };
}

type Case = Awaited<ReturnType<typeof setup>>;

/** The photo is its original's, and nothing else is anywhere. */
async function expectOriginal({ place, id, prefix, copy, original, row, stored }: Case): Promise<void> {
  const is = await row();
  expect(is).toMatchObject({
    status: 'approved',
    original_state: null,
    preview_state: null,
    copy_sha256: await hex(copy),
    sha256: await hex(original),
    bytes: String(original.length),
    width: 1200,
    height: 900,
    stored_width: 1200,
    public_bytes: String(original.length),
    public_sha256: await hex(original),
    location: 'none',
    backfill_at: null,
  });
  expect([await stored('original'), await stored(`o/${await hex(original)}/original`)]).toEqual([
    await hex(copy),
    await hex(original),
  ]);
  const renditions = await operator('select name, width from photo_renditions where photo_id = $1 order by name', [id]);
  expect(renditions).toEqual([
    { name: 320, width: 320 },
    { name: 960, width: 960 },
    { name: 1920, width: 1200 },
  ]);
  const names = [`o/${await hex(original)}/original`, 'original', 'r/1920.webp', 'r/320.webp', 'r/960.webp'];
  expect(await keysUnder(place)).toEqual(names.map((name) => prefix + name));
  expect(await operator('select id from upload_intents')).toEqual([]);
  expect(await outboxSize(place)).toBe(0);
  expect((await roomLog(place)).map(({ type }) => type)).toEqual(['photo.approved']);
}

/** The photo is its copy's, and nothing of another is anywhere. */
async function expectCopy({ place, prefix, copy, row, stored }: Case): Promise<void> {
  expect(await row()).toMatchObject({
    status: 'approved',
    original_state: 'awaited',
    sha256: await hex(copy),
    public_sha256: await hex(copy),
    width: 400,
  });
  expect(await stored('original')).toBe(await hex(copy));
  expect((await keysUnder(place)).every((key) => key.startsWith(prefix))).toBe(true);
  expect(await operator('select id from upload_intents')).toEqual([]);
}

/** A moment at which everything ends: it says that it was reached, and nothing after it ever runs. */
function powerCut() {
  let reached = () => {};
  const happened = new Promise<void>((resolve) => (reached = resolve));
  return {
    happened,
    cut: () => {
      reached();
      return new Promise<never>(() => {});
    },
  };
}
type Cut = () => Promise<never>;

/** Cuts at the so-manieth time that something is put into the store. */
const atPut =
  (count: number, isAfter: boolean) =>
  (context: TenantContext, cut: Cut): Partial<TenantContext> => {
    let puts = 0;
    const { put } = context.ports.originals;
    return {
      ports: {
        ...context.ports,
        originals: {
          ...context.ports.originals,
          async put(...args) {
            puts += 1;
            if (puts === count && !isAfter) return cut();
            const answer = await put(...args);
            return puts === count && isAfter ? cut() : answer;
          },
        },
      },
    };
  };

/** Cuts in the second transaction, or behind it: the first only looks. */
const atTransaction =
  (isAfter: boolean) =>
  ({ db }: TenantContext, cut: Cut): Partial<TenantContext> => {
    let transactions = 0;
    return {
      db: {
        ...db,
        async transaction(work) {
          transactions += 1;
          if (transactions < 2) return db.transaction(work);
          if (isAfter) {
            await db.transaction(work);
            return cut();
          }
          return db.transaction(async (tx) => {
            await work(tx);
            // The connection ends with the machine: nothing is committed.
            void cut();
            throw new Error('the machine is gone');
          });
        },
      },
    };
  };

/** In the order in which an original goes. */
const crashes: Record<string, (context: TenantContext, cut: Cut) => Partial<TenantContext>> = {
  'when its bytes have arrived': atPut(1, true),
  'before they are moved to its photo': atPut(2, false),
  'when they have been moved there': atPut(2, true),
  'inside the transaction that records it': atTransaction(false),
  'when it is recorded': atTransaction(true),
  'before it is queued and its upload cleared away': (_context, cut) => ({ defer: () => void cut() }),
};

describe('a copy that comes first', () => {
  it('is a photo like any other, which its sender and staff know as a copy', async () => {
    const place = await setup();
    expect([place.photo.copy, place.photo.location]).toEqual([true, 'none']);
    await place.later();
    await expectCopy(place);
    // Its original never comes: nothing is lost, and nothing waits for it.
    await place.later();
    await expectCopy(place);
  });

  it('is followed by its original, from which everything is made anew at the same addresses', async () => {
    const place = await setup();
    await place.later();
    const before = await place.row();
    const { photo, created } = await place.sendOriginal();
    expect([created, photo.id, photo.copy, photo.status]).toEqual([false, place.id, false, 'approved']);
    // Until it has been looked at, others get the copy.
    expect(await place.row()).toMatchObject({ original_state: 'arrived', public_sha256: await hex(place.copy) });
    expect(place.jobs.map(({ task }) => task)).toEqual(['backfill']);
    await drain(place.env, place.jobs);
    await expectOriginal(place);
    const after = await place.row();
    expect([after['rendition_key'], after['version']]).toEqual([before['rendition_key'], before['version']]);
  });

  it('is known when it comes again, also after its original, and so is that', async () => {
    const place = await setup();
    const again = () => place.send(place.copy, { notes: { ...NO_NOTES, stands: 'copy' }, idempotencyKey: 'a-key' });
    expect(await again()).toMatchObject({ created: false, photo: { id: place.id, copy: true } });
    await place.sendOriginal();
    for (const tried of [await again(), await place.sendOriginal(), await place.send(place.original)]) {
      expect(tried).toMatchObject({ created: false, photo: { id: place.id, copy: false } });
    }
    await place.later();
    await place.later();
    await expectOriginal(place);
  });

  it('may have been followed before it was looked at itself', async () => {
    const place = await setup();
    await place.sendOriginal();
    expect(await place.row()).toMatchObject({ status: 'processing', original_state: 'arrived' });
    await place.later();
    await place.later();
    await expectOriginal(place);
  });

  it('that could not be shown begins anew with its original', async () => {
    const place = await setup();
    place.jobs.length = 0;
    await operator("update photos set status = 'failed', failure_code = 'photo.corrupt', failure_message = 'broken'");
    const { photo } = await place.sendOriginal();
    expect([photo.status, photo.failure]).toEqual(['processing', null]);
    await drain(place.env, place.jobs);
    await place.later();
    await expectOriginal(place);
  });

  it('is no copy when it is too large to be one', async () => {
    const { send } = await setup();
    const notes = { ...NO_NOTES, stands: 'copy' as const };
    await expect(send(await picture(2400), { notes })).rejects.toMatchObject({ code: 'photo.too_large' });
    await expect(send(await picture(800), { notes, length: 4_000_001 })).rejects.toMatchObject({
      code: 'photo.too_large',
    });
  });
});

describe('an original that comes later', () => {
  it('is taken when the event takes no photos any more, since it is none more', async () => {
    const place = await setup();
    await place.later();
    await operator("update events set uploads = 'closed'");
    await expect(place.send(await picture(500))).rejects.toMatchObject({ code: 'event.uploads_closed' });
    await place.sendOriginal();
    await drain(place.env, place.jobs);
    await expectOriginal(place);
  });

  it('is refused of another shape, of what is not awaited, not one’s own, or gone; the copy stays', async () => {
    const place = await setup();
    await place.later();
    const refused = (tried: Promise<unknown>, code: string) => expect(tried).rejects.toMatchObject({ code });
    await refused(place.sendOriginal(await encodePng(quarters(900, 900))), 'photo.original_mismatch');
    await refused(place.sendOriginal(place.copy), 'photo.original_mismatch');
    const other = await place.send(await picture(404));
    await refused(
      place.send(place.original, { notes: { ...NO_NOTES, original: other.photo.id } }),
      'photo.original_not_awaited',
    );
    const elsewhere = await makePlace();
    const theirs = { event: elsewhere.eventId, guests: [elsewhere.guest] };
    await refused(place.sendOriginal(place.original, theirs), 'event.not_found');
    const [bob] = await operator<{ id: string }>(
      'insert into guests (tenant_id, event_id) values ($1, $2) returning id',
      [place.place.tenantId, place.place.eventId],
    );
    const asBob = { guests: [{ ...place.place.guest, guestId: bob!.id }] };
    await refused(place.sendOriginal(place.original, asBob), 'photo.not_found');
    await operator('delete from photos where id = $1', [other.photo.id]);
    await bucket.delete((await keysUnder(place.place)).filter((key) => key.includes(other.photo.id)));
    await place.later();
    await expectCopy(place);
    await place.sendOriginal();
    await refused(place.sendOriginal(await picture(1600)), 'photo.original_not_awaited');
  });

  it('of a photo that is deleted while it is on its way leaves nothing', async () => {
    const place = await setup();
    await place.later();
    const change: Change = (context) => ({
      ports: {
        ...context.ports,
        originals: {
          ...context.ports.originals,
          async put(...args) {
            const answer = await context.ports.originals.put(...args);
            await deleteMine(context, [place.place.guest], place.place.eventId, place.id);
            return answer;
          },
        },
      },
    });
    await expect(place.sendOriginal(place.original, {}, change)).rejects.toMatchObject({ code: 'photo.not_found' });
    await place.later();
    expect(await keysUnder(place.place)).toEqual([]);
    expect(await operator('select id from upload_intents')).toEqual([]);
  });

  it('that is another picture than people have decided on is given to nobody, and staff see that', async () => {
    const place = await setup();
    await place.later();
    await place.sendOriginal(await picture(1200, true));
    const shown = await place.stored('r/320.webp');
    await drain(place.env, place.jobs);
    expect(await place.row()).toMatchObject({
      original_state: 'differs',
      public_sha256: await hex(place.copy),
      width: 400,
      backfill_at: null,
    });
    expect(await place.stored('r/320.webp')).toBe(shown);
  });

  it('sent twice at once is one', async () => {
    const place = await setup();
    await place.later();
    const tries = await Promise.all([place.sendOriginal(), place.sendOriginal(), place.sendOriginal()]);
    for (const { photo } of tries) expect(photo).toMatchObject({ id: place.id, copy: false });
    await place.later();
    await expectOriginal(place);
  });

  it('of a kind that is not decoded here is there, and its copy is what is seen of it', async () => {
    const place = await setup();
    await place.later();
    const shown = await place.stored('r/320.webp');
    await place.sendOriginal(heicHeader(1200, 900), { contentType: 'image/heic' });
    await drain(place.env, place.jobs);
    expect(await place.row()).toMatchObject({ type: 'image/heic', width: 1200, height: 900, original_state: null });
    expect([await place.stored('r/320.webp'), await place.stored('original')]).toEqual([shown, await hex(place.copy)]);
    await operator('update photos set backfill_at = now()');
    await place.later();
    expect(await place.row()).toMatchObject({ preview_state: 'stored', backfill_at: null });
    expect(await operator('select id from dead_letters')).toEqual([]);
  });

  it.each(Object.keys(crashes))(
    'ends with the machine %s: it is whole or not there, and sent again it is',
    async (name) => {
      const place = await setup();
      await place.later();
      const { happened, cut } = powerCut();
      void place.sendOriginal(place.original, {}, (context) => crashes[name]!(context, cut)).catch(() => undefined);
      await happened;
      await place.later();
      await place.later();
      const isRecorded = ['when it is recorded', 'before it is queued and its upload cleared away'].includes(name);
      await (isRecorded ? expectOriginal(place) : expectCopy(place));
      expect(await place.sendOriginal()).toMatchObject({ created: false, photo: { id: place.id, copy: false } });
      await drain(place.env, place.jobs);
      await expectOriginal(place);
    },
  );
});
