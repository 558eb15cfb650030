import { readEventSettings } from '../../contract/event-settings.ts';
import type { GuestSession } from '../../contract/guests.ts';
import { readTableCode } from '../../contract/table-codes.ts';
import { countPinTry, findEvent, findGuest, forgetPinTries, insertGuest, renameGuest } from '../../db/events.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenant, writeTenantBatch } from '../../db/scope.ts';
import { knownTable, seatGuest } from '../../db/tables.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { admission, toEvent } from '../event-rules.ts';
import { hasAnyWord } from '../moderation/word-rules.ts';
import { signGuestToken } from './tokens.ts';

export const eventNotFound = () =>
  new DomainError('event.not_found', 'There is no such event here. Check the link or the QR code.');

/** Whom a limit counts: hashes, never the address itself. */
export interface Device {
  /** address and browser: tells apart those who share an address, and is what a caller says it is */
  device: string;
  address: string;
}

// A PIN typed by a person; compared in full, whatever its first characters are.
function samePin(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(given.normalize('NFKC'));
  const b = encoder.encode(expected.normalize('NFKC'));
  let difference = a.length ^ b.length;
  for (let index = 0; index < b.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/**
 * A device is told by what it says of itself, so whoever guesses can be a new one with every try. Wrong
 * PINs from one address are therefore counted too, as a venue's worth of devices and over a longer time;
 * a right one from there, as a party has many, starts the count again.
 */
const ADDRESS_SHARE = 20;
const ADDRESS_WAIT_SHARE = 10;

/** Counts one try before its PIN is looked at. @throws DomainError rate.limited when there were too many */
async function countTry(
  context: TenantContext,
  event: EventRow,
  device: string,
  limit: { failures: number; waitSeconds: number },
): Promise<void> {
  const [tries] = await writeTenantBatch(context.db, { tenantId: context.tenant.id }, (tx) => [
    countPinTry(tx, { tenantId: context.tenant.id, eventId: event.id, device, waitSeconds: limit.waitSeconds }),
  ]);
  const attempt = tries[0];
  if (!attempt || attempt.failures <= limit.failures) return;
  const wait = Math.max(1, Math.ceil((attempt.resetsAt.getTime() - context.ports.clock.now().getTime()) / 1000));
  throw new DomainError('rate.limited', `Too many wrong PINs from this device. Try again in ${wait} seconds.`, {
    retryAfterSeconds: wait,
  });
}

async function checkPin(
  context: TenantContext,
  event: EventRow,
  pin: string | undefined,
  device: Device,
): Promise<void> {
  if (pin === undefined) {
    throw new DomainError(
      'event.pin_required',
      'This event needs its PIN. It stands on the invitation or on your table.',
    );
  }
  const { PIN_MAX_FAILURES: failures, PIN_WAIT_SECONDS: waitSeconds } = context.config;
  const tenantId = context.tenant.id;
  await countTry(context, event, device.device, { failures, waitSeconds });
  // After the device, so that one that hammers away does not use up what others share with it.
  await countTry(context, event, device.address, {
    failures: failures * ADDRESS_SHARE,
    waitSeconds: waitSeconds * ADDRESS_WAIT_SHARE,
  });
  if (event.pin === null || !samePin(pin, event.pin)) {
    throw new DomainError(
      'event.wrong_pin',
      'That is not the PIN of this event. It stands on the invitation or on your table.',
    );
  }
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    forgetPinTries(tx, tenantId, event.id, [device.device, device.address]),
  ]);
}

/**
 * Admits a device to an event: one guest per device and event, so whoever comes back with a valid
 * session keeps their identity and may give another name. The table of the last card they scanned is theirs
 * until they have sent something: whoever then walks over to another table has not moved there.
 * @param held guests this device already is, by its cookies or Bearer.
 * @param device what slows wrong PINs and floods; see `Device`.
 * @throws DomainError event.not_found, event.pin_required, event.wrong_pin, guest.name_refused, rate.limited
 */
export async function joinEvent(
  context: TenantContext,
  input: { event: string; name?: string; pin?: string; tableCode?: string; held: GuestActor[]; device: Device },
): Promise<GuestSession & { expiresInSeconds: number }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [found] = await readTenant(context.db, { tenantId }, (tx) => [findEvent(tx, tenantId, input.event)]);
  const event = found[0];
  if (!event) throw eventNotFound();
  // One address cannot use up the joining of a whole party; a venue shares one, so its share is a party's.
  if (!(await context.ports.limiter.allow('sessions', `${tenantId}:${event.id}:${input.device.address}`))) {
    throw new DomainError('rate.limited', 'Very many people are joining right now. Try again in a few seconds.', {
      retryAfterSeconds: 5,
    });
  }
  const session = input.held.find((guest) => guest.eventId === event.id && guest.pinVersion === event.pinVersion);
  const entry = admission(event, session ? 'guest' : 'anyone');
  if (entry === 'hidden') throw eventNotFound();
  if (entry === 'pin') await checkPin(context, event, input.pin, input.device);

  const name = input.name ? input.name : null;
  if (hasAnyWord(name, readEventSettings(event.settings).blockWords)) {
    throw new DomainError('guest.name_refused', 'The host does not show this name. Choose another one.');
  }
  const tableCode = readTableCode(input.tableCode);
  const guest = await writeTenant(context.db, { tenantId }, async (tx) => {
    if (session) {
      const [known] = await findGuest(tx, tenantId, session.guestId);
      if (known) {
        if (name && name !== known.name) await renameGuest(tx, tenantId, known.id, name);
        if (tableCode && tableCode !== known.tableCode) {
          await seatGuest(tx, { tenantId, eventId: event.id, guestId: known.id, tableCode });
        }
        return { id: known.id, name: name ?? known.name };
      }
    }
    const id = crypto.randomUUID();
    const table = tableCode ? knownTable(tenantId, event.id, tableCode) : null;
    await insertGuest(tx, { tenantId, id, eventId: event.id, name, tableCode: table });
    return { id, name };
  });
  const ttl = context.config.GUEST_SESSION_TTL_SECONDS;
  const claims = { tenantId, eventId: event.id, guestId: guest.id, pinVersion: event.pinVersion };
  return {
    guest,
    token: await signGuestToken(context.config.GUEST_JWT_SECRET, claims, ttl, now),
    event: toEvent(event),
    expiresInSeconds: ttl,
  };
}
