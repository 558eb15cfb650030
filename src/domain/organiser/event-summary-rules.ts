import { readEventSettings } from '../../contract/event-settings.ts';
import { CHECKLIST_BY_HAND, CHECKLIST_IDS, type ChecklistId } from '../../contract/values/event-limits.ts';
import type { EventSummary, TimelineKind } from '../../contract/event-writes.ts';
import type { EventRow } from '../../db/schema/events.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** A bar alone says nothing. */
const HOURS_AT_LEAST = 6;

/** What is known of an event's photos and helpers; null for what has not happened. */
export interface EventFacts {
  firstPhoto: Date | null;
  latestPhoto: Date | null;
  firstPublished: Date | null;
  firstHelper: Date | null;
}

/** The hours up to the latest photo without gaps, so that a silence is seen as one; none where nothing was sent. */
export function fillHours(rows: { hour: Date; count: number }[]): EventSummary['uploadsPerHour'] {
  const last = rows.at(-1);
  const first = rows[0];
  if (!last || !first) return [];
  const counts = new Map(rows.map((row) => [row.hour.getTime(), row.count]));
  const back = (hours: number) => last.hour.getTime() - (hours - 1) * HOUR_MS;
  const from = Math.max(Math.min(first.hour.getTime(), back(HOURS_AT_LEAST)), back(HOURS));
  const hours = Math.round((last.hour.getTime() - from) / HOUR_MS) + 1;
  return Array.from({ length: hours }, (_, n) => {
    const at = from + n * HOUR_MS;
    return { hour: new Date(at).toISOString(), count: counts.get(at) ?? 0 };
  });
}

/** Each step of the checklist: seen in the data, or said by somebody. */
export function checklistOf(event: EventRow, facts: EventFacts): EventSummary['checklist'] {
  const said = readEventSettings(event.settings).checklist;
  const seen: Partial<Record<ChecklistId, Date | null>> = {
    test_photo: facts.firstPhoto,
    moderator_invited: facts.firstHelper,
  };
  return CHECKLIST_IDS.map((id) => {
    const at = seen[id]?.toISOString() ?? said[id] ?? null;
    const done = id === 'details' ? event.startsAt !== null && event.endsAt !== null : at !== null;
    const byHand = (CHECKLIST_BY_HAND as readonly string[]).includes(id) && !seen[id];
    return { id, done, at: id === 'details' ? null : at, byHand };
  });
}

/** What has happened and what will, earliest first. */
export function timelineOf(event: EventRow, facts: EventFacts): EventSummary['timeline'] {
  const moments: [TimelineKind, Date | null][] = [
    ['created', event.createdAt],
    ['opens', event.opensAt],
    ['starts', event.startsAt],
    ['first_photo', facts.firstPhoto],
    ['first_published', facts.firstPublished],
    ['latest_photo', facts.latestPhoto?.getTime() === facts.firstPhoto?.getTime() ? null : facts.latestPhoto],
    ['held', event.heldAt],
    ['ends', event.endsAt],
    ['closes', event.closesAt],
    ['reveals', event.revealAt],
    ['deletes', event.deleteAt],
  ];
  return moments
    .flatMap(([kind, at]) => (at ? [{ kind, at: at.toISOString() }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
