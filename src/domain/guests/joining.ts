import type { GuestSession } from '../../contract/guests.ts';
import { readTableCode } from '../../contract/table-codes.ts';
import { findEvent, insertGuest } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import { knownTable, seatGuest } from '../../db/tables.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { admission, toEvent } from '../event-rules.ts';
import { publishEvent } from '../outbox.ts';
import { checkPin, eventNotFound, type Device } from '../people/guests.ts';
import { signGuestToken } from '../people/tokens.ts';
import { lockIdentity } from './identities.ts';
import { giveName, requireShownName } from './names.ts';

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
  const ttl = context.config.GUEST_SESSION_TTL_SECONDS;
  const claims = { tenantId, eventId: event.id, guestId: guest.id, pinVersion: event.pinVersion };
  return {
    guest,
    token: await signGuestToken(context.config.GUEST_JWT_SECRET, claims, ttl, now),
    event: toEvent(event),
    expiresInSeconds: ttl,
  };
}
