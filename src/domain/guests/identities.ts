import type { IdentityRow } from '../../db/people/identities.ts';
import { lockGuest, readGuestForRules } from '../../db/guests.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import type { TenantTx } from '../../db/scope.ts';
import type { GuestActor } from '../context.ts';
import { DomainError } from '../errors.ts';
import { NOBODY, readable } from '../events.ts';

export interface Identity {
  /** what the device says it is, which uploads that are under way know it by */
  session: GuestActor;
  /** the session as it counts now: its guest is the one that it was joined to */
  guest: GuestActor;
  row: GuestRow;
}

export const notJoined = () => new DomainError('auth.required', 'Join the event first.');

export const idsOf = (guests: GuestActor[]): string[] => guests.map((guest) => guest.guestId);

/** Who a session is now; null for one whose guest is erased. */
export function identityOf(session: GuestActor, rows: IdentityRow[]): Identity | null {
  const row = rows.find((candidate) => candidate.sessionId === session.guestId)?.guest;
  return row && row.eventId === session.eventId ? { session, guest: { ...session, guestId: row.id }, row } : null;
}

/**
 * The event, and the session of it among those that a device holds; whether its guest is still there is another question.
 * @throws DomainError event.not_found, event.pin_required for what they may not know; auth.required, access.denied for
 *   whoever is not a guest of it
 */
export function requireSession(
  event: EventRow | undefined,
  guests: GuestActor[],
): { event: EventRow; session: GuestActor } {
  const found = readable(event, { ...NOBODY, guests });
  const session = guests.find(({ eventId, pinVersion }) => eventId === found.id && pinVersion === found.pinVersion);
  if (session) return { event: found, session };
  if (guests.length === 0) throw notJoined();
  throw new DomainError('access.denied', 'You have joined another event. Join this one first.');
}

/**
 * The event, and its guest among those of a device, as they are now.
 * @param rows of `findIdentities` for these sessions
 * @throws DomainError as `requireSession`; auth.required where the guest is erased
 */
export function requireIdentity(
  event: EventRow | undefined,
  guests: GuestActor[],
  rows: IdentityRow[],
): Identity & { event: EventRow } {
  const { event: found, session } = requireSession(event, guests);
  const identity = identityOf(session, rows);
  if (!identity) throw notJoined();
  return { event: found, ...identity };
}

/**
 * Who a guest is now, held until the end of the transaction: nobody joins, erases or blocks them meanwhile.
 * @throws DomainError auth.required where the guest is erased
 */
export const holdIdentity = async (tx: TenantTx, tenantId: string, guestId: string): Promise<GuestRow> =>
  orNotJoined(await follow(guestId, (id) => readGuestForRules(tx, tenantId, id)));

/** The same for whoever changes the guest. */
export const lockIdentity = async (tx: TenantTx, tenantId: string, guestId: string): Promise<GuestRow> =>
  orNotJoined(await findLocked(tx, tenantId, guestId));

/** @returns null where the guest is erased, or there is none */
export const findLocked = (tx: TenantTx, tenantId: string, guestId: string): Promise<GuestRow | null> =>
  follow(guestId, (id) => lockGuest(tx, tenantId, id));

function orNotJoined(row: GuestRow | null): GuestRow {
  if (!row) throw notJoined();
  return row;
}

/** What is locked may have been joined to another one while the lock was waited for. */
async function follow(guestId: string, lock: (id: string) => PromiseLike<GuestRow[]>): Promise<GuestRow | null> {
  for (let id = guestId; ;) {
    const [row] = await lock(id);
    if (!row || row.erasedAt) return null;
    if (!row.mergedInto) return row;
    id = row.mergedInto;
  }
}
