import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/scope.ts';
import type { Services } from '../../domain/context.ts';
import { eraseMe } from '../../domain/guests/erasure.ts';
import { followTransfer, makeTransfer } from '../../domain/guests/transfers.ts';
import { listMine } from '../../domain/photos.ts';
import { sweep } from '../../domain/sweeps.ts';
import { age, emptyDatabase, operator } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder, outboxSize } from './support/end-state.ts';
import { makePlace, openContext, openVenueEnv, sendPhotos, type Place } from './support/venue.ts';

beforeEach(emptyDatabase);

const RECEIPT_SIGNING_KEY = JSON.stringify({
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
});
const openVenue = () =>
  openVenueEnv({ RECEIPT_SIGNING_KEY, LIMIT_SESSIONS: { limit: async () => ({ success: true }) } });

/** A database whose transaction breaks at its n-th statement, and once it is through, at the end. */
function breakingAt(db: Database, n: number): Database {
  return {
    ...db,
    transaction: (work) =>
      db.transaction(async (tx) => {
        let statements = 0;
        const step = () => {
          statements += 1;
          if (statements === n) throw new Error('the machine is gone');
        };
        const counting = new Proxy(tx, {
          get(target, name) {
            const value = Reflect.get(target, name) as unknown;
            if (typeof value !== 'function') return value;
            if (['select', 'insert', 'update', 'delete', 'execute'].includes(String(name))) step();
            return (value as (...given: unknown[]) => unknown).bind(target);
          },
        });
        return work(counting);
      }),
  };
}

/** A place with two photos of its guest, whose second device is another guest with one more. */
async function setup() {
  const place = await makePlace();
  const { env, jobs, services } = openVenue();
  await sendPhotos(services, place, 2);
  const guestId = crypto.randomUUID();
  await operator(`insert into guests (tenant_id, id, event_id, name) values ($1, $2, $3, 'Tablet')`, [
    place.tenantId,
    guestId,
    place.eventId,
  ]);
  const tablet: Place = { ...place, guest: { ...place.guest, guestId } };
  await sendPhotos(services, tablet, 1);
  await drain(env, jobs);
  return { place, tablet, services };
}

const device = { device: 'device', address: 'address' };

async function joinDevices(services: Services, place: Place, tablet: Place) {
  const { context } = await openContext(services, place);
  const { token } = await makeTransfer(context, [place.guest], place.eventId);
  const at = { event: place.eventId, held: [tablet.guest], device, transfer: token, requestKey: 'key' };
  return () => followTransfer(context, at);
}
const mineOf = async (services: Services, place: Place) => {
  const { context } = await openContext(services, place);
  return (await listMine(context, [place.guest], { event: place.eventId, limit: 50 })).items.map((photo) => photo.id);
};

const STATEMENTS = 60;

describe('erasing a guest', () => {
  it('broken at any statement has changed nothing, and asked again is done', async () => {
    const { place, services } = await setup();
    const { context } = await openContext(services, place);
    const giver = { host: 'here', tenant: 'Venue' };
    let broken = 0;
    for (let n = 1; n < STATEMENTS; n++) {
      const ask = eraseMe({ ...context, db: breakingAt(services.db, n) }, [place.guest], place.eventId, giver);
      const outcome = await ask.catch(() => null);
      if (outcome) {
        expect(outcome.erased).toEqual({ photos: 2, reactions: 0, reports: 0 });
        break;
      }
      broken += 1;
      expect(await mineOf(services, place)).toHaveLength(2);
    }
    expect(broken).toBeGreaterThan(8);
    expect(broken).toBeLessThan(STATEMENTS - 1);
  });

  it('and dying right after it leaves what a sweep brings to its end', async () => {
    const { place, tablet, services } = await setup();
    await (
      await joinDevices(services, place, tablet)
    )();
    const { context } = await openContext(services, place);
    const away = () => Promise.reject(new Error('the machine is gone'));
    const { originals, rooms } = context.ports;
    const ports = {
      ...context.ports,
      originals: { ...originals, deletePrefix: away },
      rooms: { ...rooms, publish: away },
      uploads: { ...context.ports.uploads, cancel: away },
    };
    const lost: Promise<unknown>[] = [];
    const dying = { ...context, ports, defer: (work: Promise<unknown>) => void lost.push(work) };
    const { erased } = await eraseMe(dying, [tablet.guest], place.eventId, { host: 'here', tenant: 'Venue' });
    expect(erased.photos).toBe(3);
    await Promise.allSettled(lost);
    expect(await outboxSize(place)).toBeGreaterThan(0);
    await age('jobs');
    await age('outbox');
    const report = await sweep(openVenue().services);
    expect(report).toMatchObject({ republished: 1, erased: 3, errors: [] });
    expect(await outboxSize(place)).toBe(0);
    expect(await keysUnder(place)).toEqual([]);
  });
});

describe('joining two devices', () => {
  it('broken at any statement has changed nothing, and asked again is done', async () => {
    const { place, tablet, services } = await setup();
    const follow = await joinDevices(services, place, tablet);
    const { context } = await openContext(services, place);
    let broken = 0;
    for (let n = 1; n < STATEMENTS; n++) {
      const { token } = await makeTransfer(context, [place.guest], place.eventId);
      const at = { event: place.eventId, held: [tablet.guest], device, transfer: token, requestKey: null };
      await operator('delete from pin_attempts');
      const outcome = await followTransfer({ ...context, db: breakingAt(services.db, n) }, at).catch(() => null);
      if (outcome) {
        expect(outcome.joinedPhotos).toBe(1);
        break;
      }
      broken += 1;
      expect([(await mineOf(services, place)).length, (await mineOf(services, tablet)).length]).toEqual([2, 1]);
    }
    expect(broken).toBeGreaterThan(8);
    expect(broken).toBeLessThan(STATEMENTS - 1);
    expect(await mineOf(services, tablet)).toHaveLength(3);
    await expect(follow()).rejects.toMatchObject({ code: 'guest.transfer_invalid' });
  });
});
