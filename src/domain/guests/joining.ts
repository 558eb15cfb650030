import type { GuestSession } from '../../contract/guests.ts';
import { readTableCode } from '../../contract/table-codes.ts';
import { findEvent, insertGuest } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import { knownTable, seatGuest } from '../../db/tables.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { admission, toEvent } from '../event-rules.ts';
import { guestOf, NOBODY, stillHere } from '../events.ts';
import { publishEvent } from '../outbox.ts';
import { checkPin, eventNotFound, type Device } from '../people/guests.ts';
import { signGuestToken } from '../people/tokens.ts';
import { idsOf, lockIdentity } from './identities.ts';
import { giveName, requireShownName } from './names.ts';

export interface Joining {
  event: string;
  name?: string | undefined;
  pin?: string | undefined;
  tableCode?: string | undefined;
  /** guests this device already is, by its cookies or Bearer */
  held: GuestActor[];
  /** what slows wrong PINs and floods; see `Device` */
  device: Device;
}

/**
 * The event, and the session of it among those that a device holds, unless its guest is erased.
 * @throws DomainError event.not_found, rate.limited
 */
export async function approach(
  context: TenantContext,
  { event: ref, held, device }: Pick<Joining, 'event' | 'held' | 'device'>,
): Promise<{ event: EventRow; session: GuestActor | null }> {
  const tenantId = context.tenant.id;
  const [found, known] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, ref),
    findIdentities(tx, tenantId, idsOf(held)),
  ]);
  const event = found[0];
  if (!event) throw eventNotFound();
  // One address cannot use up the joining of a whole party; a venue shares one, so its share is a party's.
  if (!(await context.ports.limiter.allow('sessions', `${tenantId}:${event.id}:${device.address}`))) {
    throw new DomainError('rate.limited', 'Very many people are joining right now. Try again in a few seconds.', {
      retryAfterSeconds: 5,
    });
  }
  return { event, session: guestOf(stillHere({ ...NOBODY, guests: held }, known), event) };
}

type Opened = GuestSession & { expiresInSeconds: number };

/** A session of this guest, for the device that asks. @param before what it has been until now */
export async function openSession(
  context: TenantContext,
  event: EventRow,
  guest: { id: string; name: string | null },
  joinedPhotos: number,
  before: GuestActor | null,
): Promise<Opened> {
  const ttl = context.config.GUEST_SESSION_TTL_SECONDS;
  const ids = before ? [before.guestId, ...(before.formerly ?? [])] : [];
  const formerly = [...new Set(ids)].filter((id) => id !== guest.id);
  const { pinVersion } = event;
  const claims = { tenantId: context.tenant.id, eventId: event.id, guestId: guest.id, pinVersion, formerly };
  const now = context.ports.clock.now();
  return {
    guest,
    token: await signGuestToken(context.config.GUEST_JWT_SECRET, claims, ttl, now),
    event: toEvent(event),
    joinedPhotos,
    expiresInSeconds: ttl,
  };
}

/**
 * Admits a device to an event: one guest per device and event, so whoever comes back with a valid
 * session keeps their identity and may give another name. The table of the last card they scanned is theirs
 * until they have sent something: whoever then walks over to another table has not moved there.
 * @throws DomainError event.not_found, event.pin_required, event.wrong_pin, guest.name_refused, rate.limited
 */
export async function joinEvent(context: TenantContext, input: Joining): Promise<Opened> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { event, session } = await approach(context, input);
  const entry = admission(event, session ? 'guest' : 'anyone');
  if (entry === 'hidden') throw eventNotFound();
  if (entry === 'pin') await checkPin(context, event, input.pin, input.device);

  const name = input.name ? input.name : null;
  requireShownName(event, name);
  const tableCode = readTableCode(input.tableCode);
  const guest = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [known] = session ? await findIdentities(tx, tenantId, [session.guestId]) : [];
    if (known) {
      const { id: guestId } = known.guest;
      if (name && name !== known.guest.name) {
        await giveName(tx, event, await lockIdentity(tx, tenantId, guestId), name, now);
      }
      if (tableCode && tableCode !== known.guest.tableCode) {
        await seatGuest(tx, { tenantId, eventId: event.id, guestId, tableCode });
      }
      return { id: guestId, name: name ?? known.guest.name };
    }
    const id = crypto.randomUUID();
    const table = tableCode ? knownTable(tenantId, event.id, tableCode) : null;
    await insertGuest(tx, { tenantId, id, eventId: event.id, name, tableCode: table });
    return { id, name };
  });
  if (name && session) context.defer(publishEvent(context, event.id));
  return openSession(context, event, guest, 0, session);
}
