import { readCamera, readEventSettings } from '../contract/event-settings.ts';
import type { Theme } from '../contract/tenants.ts';
import type { Event, EventState, StaffEvent } from '../contract/events.ts';
import type { EventRow } from '../db/schema/events.ts';
import type { AnnouncementRow } from '../db/schema/screens.ts';
import { toEventStage, toWallState } from './screens/stage-rules.ts';

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

/**
 * Whether an event is deleted for those who show it. A rehearsal is deleted for everybody but its screens: whoever
 * does not ask this takes it for a deleted event, and that is how it stays hidden.
 */
export const isGone = (event: Pick<EventRow, 'deletedAt' | 'rehearsalOf'>): boolean =>
  event.deletedAt !== null && !event.rehearsalOf;

/** Whether publication is stopped: by a moderator, or because every wall shows the slide of a panic. */
const isHeld = (event: Pick<EventRow, 'heldAt' | 'panicAt'>): boolean =>
  event.heldAt !== null || event.panicAt !== null;

/** Since when, and what guests read meanwhile: the words of whoever held it, else those of the panic. */
function heldOf(event: Pick<EventRow, 'heldAt' | 'heldMessage' | 'panicAt' | 'panicText'>) {
  const at = event.heldAt ?? event.panicAt;
  return at ? { at: at.toISOString(), message: event.heldAt ? event.heldMessage : event.panicText } : null;
}

/** Whether guests see each other's photos at this moment; the one place that says so. */
export function showsPhotos(
  event: Pick<EventRow, 'guestView' | 'revealAt' | 'heldAt' | 'panicAt' | 'settings'>,
  now: Date,
): boolean {
  if (isHeld(event)) return false;
  if (event.revealAt) return now >= event.revealAt;
  return event.guestView === 'gallery' && readCamera(event.settings) === null;
}

/**
 * What of an event decides what an open page shows. A deleted one shows and takes nothing.
 * @param announcements that are not over
 */
export function toEventState(event: EventRow, announcements: AnnouncementRow[], now: Date): EventState {
  const isDeleted = isGone(event);
  const held = heldOf(event);
  return {
    held: held !== null,
    heldMessage: held?.message ?? null,
    uploads: !isDeleted && uploadsClosedReason(event, now) === null,
    shows: !isDeleted && showsPhotos(event, now),
    status: isDeleted ? 'archived' : event.status,
    stage: toWallState(event, announcements, now),
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
  now: Date,
): StaffEvent => ({
  ...toEvent(row),
  pin: seesPin ? row.pin : null,
  counts: { pending: counts.pending, approved: counts.approved, total: counts.total },
  held: heldOf(row),
  stage: toEventStage(row, now),
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
