import type { IdentityRow } from '../../db/people/identities.ts';
import type { EventRow, GuestRow } from '../../db/schema/events.ts';
import type { GuestActor } from '../context.ts';
import { DomainError } from '../errors.ts';
import { NOBODY, readable } from '../events.ts';

/** The session of this event among those a device holds: 404 for what it may not know, 401 or 403 otherwise. */
function requireGuest(event: EventRow | undefined, guests: GuestActor[]): GuestActor {
  const found = readable(event, { ...NOBODY, guests });
  const guest = guests.find((candidate) => candidate.eventId === found.id && candidate.pinVersion === found.pinVersion);
  if (!guest) {
    if (guests.length === 0) throw new DomainError('auth.required', 'Join the event first.');
    throw new DomainError('access.denied', 'You have joined another event. Join this one first.');
  }
  return guest;
}

export interface Identity {
  /** the session as it counts now: its guest is the one that it was joined to */
  guest: GuestActor;
  row: GuestRow;
}

export const idsOf = (guests: GuestActor[]): string[] => guests.map((guest) => guest.guestId);

/** Who a session is now; null for one whose guest is erased. */
export function identityOf(session: GuestActor, rows: IdentityRow[]): Identity | null {
  const row = rows.find((candidate) => candidate.sessionId === session.guestId)?.guest;
  return row && row.eventId === session.eventId ? { guest: { ...session, guestId: row.id }, row } : null;
}

/**
 * The guest of this event among the sessions that a device holds, as they are now.
 * @param rows of `findIdentities` for these sessions
 * @throws DomainError as `requireGuest`; auth.required where the guest is erased
 */
export function requireIdentity(event: EventRow | undefined, guests: GuestActor[], rows: IdentityRow[]): Identity {
  const identity = identityOf(requireGuest(event, guests), rows);
  if (!identity) throw new DomainError('auth.required', 'Join the event first.');
  return identity;
}
