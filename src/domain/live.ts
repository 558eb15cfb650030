import { ROOM_HEADERS, type RoomPosition } from '../contract/live.ts';
import { isId, LIST_LIMIT_MAX } from '../contract/ids.ts';
import { findEvent } from '../db/events.ts';
import { findIdentities } from '../db/people/identities.ts';
import { readTenant } from '../db/scope.ts';
import { readWithPerson, type Person, type TenantContext } from './context.ts';
import { DomainError } from './errors.ts';
import { guestOf, moderatorOf, readable, stillHere, visitorOf, type Caller } from './events.ts';
import { idsOf, identityOf } from './guests/identities.ts';
import { requireScreenStillThere } from './screens/screen-live.ts';
import { signLiveTicket, verifyLiveTicket, type LiveTicket } from './people/tokens.ts';

/** How long a socket may live before it must show that its holder may still read. */
const STAFF_SOCKET_SECONDS = 15 * 60;
const GUEST_SOCKET_SECONDS = 12 * 3600;
const MODERATOR_NAME_MAX = 80;

async function admit(context: TenantContext, caller: Caller, ref: string): Promise<Omit<LiveTicket, 'ticketId'>> {
  const now = context.ports.clock.now().getTime();
  const moderator = moderatorOf(caller);
  if (moderator) {
    const { person, answers } = await readWithPerson(context, moderator, 'viewer', (tx) => [
      findEvent(tx, context.tenant.id, ref),
    ]);
    const event = readable(answers[0][0], caller);
    const expiresAt = new Date(now + STAFF_SOCKET_SECONDS * 1000);
    const base = { eventId: event.id, eventVersion: event.version, guestId: null, screen: null, expiresAt };
    return visitorOf(caller, event) === 'staff'
      ? { ...base, role: 'staff', moderator: person }
      : { ...base, role: 'viewer', moderator: null };
  }
  const tenantId = context.tenant.id;
  const [events, known] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, ref),
    findIdentities(tx, tenantId, idsOf(caller.guests)),
  ]);
  const here = stillHere(caller, known);
  const event = readable(events[0], here);
  const session = guestOf(here, event);
  const guest = session ? (identityOf(session, known)?.guest ?? null) : null;
  return {
    eventId: event.id,
    eventVersion: event.version,
    role: guest ? 'guest' : 'viewer',
    guestId: guest?.guestId ?? null,
    moderator: null,
    screen: null,
    expiresAt: new Date(now + GUEST_SOCKET_SECONDS * 1000),
  };
}

/** Revoking closes the sockets there are; a ticket from just before must not open another. */
const requireStillThere = (context: TenantContext, { kind, id }: Person) =>
  readWithPerson(
    context,
    kind === 'user' ? { kind: 'staff', userId: id } : { kind: 'helper', grantId: id },
    'viewer',
    () => [],
  );

/** A ticket for whoever may read the event. */
export async function issueTicket(context: TenantContext, caller: Caller, event: string): Promise<string> {
  const admitted = await admit(context, caller, event);
  return signLiveTicket(
    context.config.GUEST_JWT_SECRET,
    { ...admitted, tenantId: context.tenant.id },
    context.ports.clock.now(),
  );
}

/**
 * Opens a socket to the event's room with a ticket or a Bearer token; anything else is 401, also at a
 * public event, so that no other site's page can open one with somebody's cookie.
 */
export async function connectLive(
  context: TenantContext,
  caller: Caller,
  input: { event: string; ticket?: string | undefined; since?: RoomPosition | undefined; isUpgrade: boolean },
): Promise<Response> {
  const now = context.ports.clock.now();
  let admitted: LiveTicket | null = null;
  if (input.ticket !== undefined) {
    admitted = await verifyLiveTicket(context.config.GUEST_JWT_SECRET, context.tenant.id, input.ticket, now);
    if (admitted?.moderator) await requireStillThere(context, admitted.moderator);
    if (admitted?.screen) await requireScreenStillThere(context, admitted.screen, admitted.eventId);
  } else if (moderatorOf(caller) ?? caller.guests[0]) {
    admitted = { ...(await admit(context, caller, input.event)), ticketId: crypto.randomUUID() };
  }
  // A ticket names its event; where the address names one by id, it must be the same.
  if (admitted && isId(input.event) && input.event !== admitted.eventId) admitted = null;
  if (!admitted) throw new DomainError('auth.required', 'This socket needs a fresh ticket. Ask live-ticket for one.');
  if (!input.isUpgrade) {
    throw new DomainError(
      'request.invalid',
      'This address is a WebSocket. Connect with one, and with a ticket from live-ticket.',
    );
  }
  const headers: Record<string, string> = {
    [ROOM_HEADERS.role]: admitted.role,
    [ROOM_HEADERS.expires]: admitted.expiresAt.toISOString(),
    [ROOM_HEADERS.ticket]: admitted.ticketId,
    [ROOM_HEADERS.eventVersion]: String(admitted.eventVersion),
    [ROOM_HEADERS.snapshot]: admitted.screen
      ? `/api/v1/screens/me/photos?limit=${LIST_LIMIT_MAX}`
      : `/api/v1/events/${admitted.eventId}/photos?limit=${LIST_LIMIT_MAX}`,
  };
  if (admitted.guestId) headers[ROOM_HEADERS.guest] = admitted.guestId;
  if (admitted.moderator) {
    headers[ROOM_HEADERS.moderator] = admitted.moderator.id;
    headers[ROOM_HEADERS.moderatorName] = encodeURIComponent(
      Array.from(admitted.moderator.name).slice(0, MODERATOR_NAME_MAX).join(''),
    );
  }
  if (admitted.screen) {
    headers[ROOM_HEADERS.screen] = admitted.screen.id;
    headers[ROOM_HEADERS.installation] = admitted.screen.installation;
  }
  if (input.since) headers[ROOM_HEADERS.since] = `${input.since.epoch}.${input.since.seq}`;
  return context.ports.rooms.connect(
    { tenantId: context.tenant.id, eventId: admitted.eventId, residency: context.tenant.residency },
    headers,
  );
}
