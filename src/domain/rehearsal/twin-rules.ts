import { readEventSettings } from '../../contract/event-settings.ts';
import { translate } from '../../contract/messages/index.ts';
import { PACE_PHOTOS, REHEARSAL_MINUTES, type Pace } from '../../contract/rehearsals.ts';
import type { EventRow } from '../../db/schema/events.ts';

/** Longer ago than anything deleted can be restored or listed. */
const BORN_DELETED = new Date(0);
const GUESTS_MAX = 12;

/**
 * The event that screens rehearse at: it looks like the real one and publishes at once. It is deleted and private from
 * its first moment, so that nobody enters it and nothing lists, counts or restores it.
 */
export const twinOf = (event: EventRow, id: string) => ({
  tenantId: event.tenantId,
  id,
  slug: `rehearsal-${id}`,
  name: event.name,
  timeZone: event.timeZone,
  status: 'live' as const,
  visibility: 'private' as const,
  moderation: 'after' as const,
  uploads: 'open' as const,
  guestView: 'gallery' as const,
  deletedAt: BORN_DELETED,
  // Of the rest walls read nothing, and lists of words could hold a pretend guest back.
  settings: (({ look, languages, defaultLanguage }) => ({ look, languages, defaultLanguage }))(
    readEventSettings(event.settings),
  ),
  rehearsalOf: event.id,
});

/** Names that nobody takes for real, in the language of the event. */
export function pretendGuests(event: EventRow, pace: Pace): string[] {
  const locale = readEventSettings(event.settings).defaultLanguage ?? 'en';
  const count = Math.min(GUESTS_MAX, PACE_PHOTOS[pace].photos);
  return Array.from({ length: count }, (_, place) => translate(locale, 'wall.rehearsalGuest', { number: place + 1 }));
}

/** When screens show their own event again, whatever happens: soon, and not after the real beginning. */
export function endsBy(event: Pick<EventRow, 'startsAt'>, now: Date): Date {
  const limit = now.getTime() + REHEARSAL_MINUTES * 60_000;
  const start = event.startsAt ? event.startsAt.getTime() : limit;
  return new Date(start > now.getTime() ? Math.min(limit, start) : limit);
}

/** Guests are there: nobody rehearses in front of them. */
export const hasBegun = (event: Pick<EventRow, 'status' | 'startsAt' | 'endsAt'>, now: Date): boolean =>
  event.status === 'live' &&
  event.startsAt !== null &&
  event.startsAt <= now &&
  (event.endsAt === null || event.endsAt > now);
