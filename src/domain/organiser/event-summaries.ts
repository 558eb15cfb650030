import type { EventSummary } from '../../contract/event-writes.ts';
import { countGuests, countOpenReports, firstHelper, photoFacts, uploadsPerHour } from '../../db/event-summaries.ts';
import { findEvent } from '../../db/events.ts';
import { countPhotos } from '../../db/staff-photos.ts';
import { readAsStaff, type StaffActor, type TenantContext } from '../context.ts';
import { checklistOf, fillHours, timelineOf } from './event-summary-rules.ts';
import { eventNotFound } from '../people/guests.ts';

/** What the home of an event says, in one round trip. @throws DomainError event.not_found */
export async function summarize(context: TenantContext, actor: StaffActor, ref: string): Promise<EventSummary> {
  const tenantId = context.tenant.id;
  const [events, counted, facts, hours, guests, reports, helpers] = await readAsStaff(
    context,
    actor,
    'viewer',
    (tx) => [
      findEvent(tx, tenantId, ref),
      countPhotos(tx, tenantId, ref),
      photoFacts(tx, tenantId, ref),
      uploadsPerHour(tx, tenantId, ref),
      countGuests(tx, tenantId, ref),
      countOpenReports(tx, tenantId, ref),
      firstHelper(tx, tenantId, ref),
    ],
  );
  const event = events[0];
  if (!event) throw eventNotFound();
  const counts = { processing: 0, pending: 0, approved: 0, rejected: 0, failed: 0, total: 0 };
  for (const row of counted) {
    counts[row.status] = row.count;
    counts.total += row.count;
  }
  const known = {
    firstPhoto: facts[0]?.first ?? null,
    latestPhoto: facts[0]?.latest ?? null,
    firstPublished: facts[0]?.published ?? null,
    firstHelper: helpers[0]?.at ?? null,
  };
  return {
    checklist: checklistOf(event, known),
    uploadsPerHour: fillHours(hours),
    counts,
    guests: guests[0]?.count ?? 0,
    senders: facts[0]?.senders ?? 0,
    reportsOpen: reports[0]?.count ?? 0,
    timeline: timelineOf(event, known),
  };
}
