import type { EventList, EventListQuery, StaffEvent } from '../contract/events.ts';
import { countEvents, findEvent, findEventForStaff, listEvents, listPublicEvents } from '../db/events.ts';
import { findIdentities, type IdentityRow } from '../db/people/identities.ts';
import type { EventRow } from '../db/schema/events.ts';
import { readTenant, type TenantTx } from '../db/scope.ts';
import {
  includesRole,
  isWithin,
  readAsInsider,
  readAsStaff,
  type GuestActor,
  type HelperActor,
  type Moderator,
  type ScreenActor,
  type StaffActor,
  type TenantContext,
} from './context.ts';
import { decodeCursor, toPage } from './cursors.ts';
import { DomainError } from './errors.ts';
import { admission, RESTORABLE_DAYS, toEvent, toStaffEvent, type Visitor } from './event-rules.ts';
import { eventNotFound } from './people/guests.ts';

export type { EventRow } from '../db/schema/events.ts';

/** Who is at the door of events: staff or a helper by token, or the guest sessions a device holds. */
export interface Caller {
  staff: StaffActor | null;
  helper: HelperActor | null;
  guests: GuestActor[];
  /** at the doors of screens only */
  screen: ScreenActor | null;
  /** hash of the secret of a pairing, at that door only */
  pairing: string | null;
}
export const NOBODY: Caller = { staff: null, helper: null, guests: [], screen: null, pairing: null };

/** The moderator the caller is, if any. */
export const moderatorOf = (caller: Caller): Moderator | null => caller.staff ?? caller.helper;

/** The caller's guest session of this event, if its PIN has not changed since. */
export const guestOf = (caller: Caller, event: EventRow): GuestActor | null =>
  caller.guests.find((guest) => guest.eventId === event.id && guest.pinVersion === event.pinVersion) ?? null;

/**
 * The caller without the guests who are gone: a session outlives whoever erases themselves, and opens nothing then.
 * @param known of `findIdentities` for its sessions
 */
export const stillHere = (caller: Caller, known: IdentityRow[]): Caller => ({
  ...caller,
  guests: caller.guests.filter(({ guestId, eventId }) =>
    known.some((row) => row.sessionId === guestId && row.guest.eventId === eventId),
  ),
});

/** At another event than their own a helper is what everybody is. */
export function visitorOf(caller: Caller, event: EventRow): Visitor {
  const moderator = moderatorOf(caller);
  if (moderator && isWithin(moderator, event.id)) return 'staff';
  return guestOf(caller, event) ? 'guest' : 'anyone';
}

/** The event if this moderator may work on it; @throws DomainError event.not_found */
export function eventWithin<T extends { id: string }>(actor: Moderator, event: T | undefined): T {
  if (!event || !isWithin(actor, event.id)) throw eventNotFound();
  return event;
}

/**
 * The event if the caller may read it.
 * @throws DomainError event.not_found when it is not theirs to know of, event.pin_required
 */
export function readable(event: EventRow | undefined, caller: Caller): EventRow {
  if (!event) throw eventNotFound();
  const entry = admission(event, visitorOf(caller, event));
  if (entry === 'hidden') throw eventNotFound();
  if (entry === 'pin') {
    if (caller.guests.length === 0) throw new DomainError('auth.required', 'This event needs its PIN. Join it first.');
    throw new DomainError('event.pin_required', 'This event needs its PIN. Join it first.');
  }
  return event;
}

/** The PIN is told to those who could set it, and to nobody else. */
const seesPin = (actor: Moderator): boolean => actor.kind === 'staff' && includesRole(actor.role, 'member');

/** Events of the account with how many there are of each kind, in one round trip. */
export async function listStaffEvents(
  context: TenantContext,
  actor: StaffActor,
  input: EventListQuery,
): Promise<EventList> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const deletedDays = input.deleted === 'true' ? RESTORABLE_DAYS : undefined;
  const [rows, counted] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listEvents(tx, tenantId, { limit: input.limit + 1, after, deletedDays, when: input.when, q: input.q }),
    countEvents(tx, tenantId, RESTORABLE_DAYS),
  ]);
  const now = context.ports.clock.now();
  const totals = { live: 0, upcoming: 0, past: 0, deleted: 0 };
  for (const row of counted) totals[row.kind] = row.count;
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.event.id }));
  return {
    items: page.rows.map((row) => toStaffEvent(row.event, row, seesPin(actor), now)),
    nextCursor: page.nextCursor,
    totals,
  };
}

export async function getStaffEvent(context: TenantContext, actor: Moderator, event: string): Promise<StaffEvent> {
  const [rows] = await readAsInsider(context, actor, (tx) => [findEventForStaff(tx, context.tenant.id, event)]);
  const row = rows[0];
  eventWithin(actor, row?.event);
  if (!row) throw eventNotFound();
  return toStaffEvent(row.event, row, seesPin(actor), context.ports.clock.now());
}

/** Public events for the tenant's own page. */
export async function listHomeEvents(context: TenantContext) {
  const [rows] = await readTenant(context.db, { tenantId: context.tenant.id }, (tx) => [
    listPublicEvents(tx, context.tenant.id, 50),
  ]);
  return rows.map(toEvent);
}

/** The event alone, for doors that need no photos. */
export async function findReadableEvent(context: TenantContext, caller: Caller, ref: string): Promise<EventRow> {
  const tenantId = context.tenant.id;
  const sessions = caller.guests.map((guest) => guest.guestId);
  const build = (tx: TenantTx) => [findEvent(tx, tenantId, ref), findIdentities(tx, tenantId, sessions)] as const;
  const moderator = moderatorOf(caller);
  const [rows, known] = moderator
    ? await readAsInsider(context, moderator, build)
    : await readTenant(context.db, { tenantId }, build);
  return readable(rows[0], stillHere(caller, known));
}

/**
 * What the door of an event may say to whoever has no PIN: its name and look, if it exists and may be known of. The
 * settings are for its look and for choosing a language, and go no further.
 */
export async function findEventForDoor(
  context: TenantContext,
  ref: string,
): Promise<Pick<EventRow, 'slug' | 'name' | 'settings'>> {
  const [rows] = await readTenant(context.db, { tenantId: context.tenant.id }, (tx) => [
    findEvent(tx, context.tenant.id, ref),
  ]);
  const event = rows[0];
  if (!event || admission(event, 'anyone') === 'hidden') throw eventNotFound();
  return { slug: event.slug, name: event.name, settings: event.settings };
}
