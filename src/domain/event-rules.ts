import { readEventSettings } from '../contract/event-settings.ts';
import type { Theme } from '../contract/tenants.ts';
import type { Event, EventState, StaffEvent } from '../contract/events.ts';
import type { EventRow } from '../db/schema/events.ts';

/** Who stands before an event: nobody known, an admitted guest of it, or staff of its tenant. */
export type Visitor = 'anyone' | 'guest' | 'staff';

/** What a visitor gets: nothing at all, the question for the PIN, or the event. */
export type Admission = 'hidden' | 'pin' | 'open';

/**
 * Whether a visitor may know of an event and read it. Whatever cannot be read as a known value is
 * treated as the safer one: hidden.
 */
export function admission(event: Pick<EventRow, 'status' | 'visibility' | 'deletedAt'>, visitor: Visitor): Admission {
  if (event.deletedAt) return 'hidden';
  if (visitor === 'staff') return 'open';
  if (event.status !== 'live' && event.status !== 'closed') return 'hidden';
  if (event.visibility === 'public') return 'open';
  if (event.visibility === 'pin') return visitor === 'guest' ? 'open' : 'pin';
  return 'hidden';
}

export type UploadsClosedReason = 'closed' | 'not_yet' | 'over';

/** @returns null when photos may be sent now, otherwise why not. */
export function uploadsClosedReason(
  event: Pick<EventRow, 'status' | 'uploads' | 'opensAt' | 'closesAt'>,
  now: Date,
): UploadsClosedReason | null {
  if (event.status !== 'live' || event.uploads !== 'open') return 'closed';
  if (event.opensAt && now < event.opensAt) return 'not_yet';
  if (event.closesAt && now >= event.closesAt) return 'over';
  return null;
}

/** Whether guests see each other's photos at this moment; the one place that says so. */
export function showsPhotos(event: Pick<EventRow, 'guestView' | 'revealAt' | 'heldAt'>, now: Date): boolean {
  if (event.heldAt) return false;
  if (event.revealAt) return now >= event.revealAt;
  return event.guestView === 'gallery';
}

/** What of an event decides what an open page shows. A deleted one shows and takes nothing. */
export function toEventState(event: EventRow, now: Date): EventState {
  const isDeleted = event.deletedAt !== null;
  return {
    held: event.heldAt !== null,
    heldMessage: event.heldAt === null ? null : event.heldMessage,
    uploads: !isDeleted && uploadsClosedReason(event, now) === null,
    shows: !isDeleted && showsPhotos(event, now),
    status: isDeleted ? 'archived' : event.status,
  };
}

const iso = (date: Date | null): string | null => (date ? date.toISOString() : null);

/** The event as everybody may see it. */
export function toEvent(row: EventRow): Event {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    timeZone: row.timeZone,
    status: row.status,
    visibility: row.visibility,
    moderation: row.moderation,
    uploads: row.uploads,
    guestView: row.guestView,
    opensAt: iso(row.opensAt),
    closesAt: iso(row.closesAt),
    revealAt: iso(row.revealAt),
    deleteAt: iso(row.deleteAt),
  };
}

/** How long a deleted event can be had back. */
export const RESTORABLE_DAYS = 30;
const DAY_MS = 86_400_000;

/** @returns null for an event that is not deleted */
export const restorableUntil = (event: Pick<EventRow, 'deletedAt'>): Date | null =>
  event.deletedAt ? new Date(event.deletedAt.getTime() + RESTORABLE_DAYS * DAY_MS) : null;

/** The event as staff see it; @param seesPin whether this one may know the PIN */
export const toStaffEvent = (
  row: EventRow,
  counts: { pending: number; approved: number; total: number },
  seesPin: boolean,
): StaffEvent => ({
  ...toEvent(row),
  pin: seesPin ? row.pin : null,
  counts: { pending: counts.pending, approved: counts.approved, total: counts.total },
  held: row.heldAt ? { at: row.heldAt.toISOString(), message: row.heldMessage } : null,
  trustAfter: row.trustAfter,
  settings: readEventSettings(row.settings),
  deletedAt: iso(row.deletedAt),
  restorableUntil: iso(restorableUntil(row)),
  createdAt: row.createdAt.toISOString(),
});

/** A tenant as the guests of one event see it: an event may have an accent of its own. */
export function inLookOf<T extends { theme: Theme }>(event: Pick<EventRow, 'settings'>, tenant: T): T {
  const { accent } = readEventSettings(event.settings).look;
  return accent ? { ...tenant, theme: { ...tenant.theme, accent } } : tenant;
}
