import type { Outcome, Report, ReportReason } from '../../contract/reports.ts';
import type { StaffPhoto } from '../../contract/photos.ts';
import { decidePhotos, touchForStaff } from '../../db/decisions.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { lockPhotos } from '../../db/photos.ts';
import {
  addReport,
  countReportsOf,
  findReport,
  findReportOf,
  listReportedPhotoIds,
  listReports,
  resolveReports,
} from '../../db/reports.ts';
import { writeTenant } from '../../db/scope.ts';
import { findStaffPhotos } from '../../db/staff-photos.ts';
import {
  readAsModerator,
  requireModerator,
  scopeOf,
  type GuestActor,
  type Moderator,
  type TenantContext,
} from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { showsPhotos } from '../event-rules.ts';
import { eventWithin } from '../events.ts';
import { publishEvent } from '../outbox.ts';
import { toStaffPhoto } from '../photo-rules.ts';
import { idsOf, requireIdentity } from '../guests/identities.ts';
import { photoNotFound } from '../photos.ts';

/** More than anybody has reason to send, and less than it takes to bury a moderator. */
const REPORTS_PER_HOUR = 20;

const reportNotFound = () => new DomainError('report.not_found', 'There is no such report here.');

/**
 * A guest asks the host to look at a photo that they can see; asked again, the first report stays.
 * @throws DomainError photo.not_found, guest.blocked, rate.limited
 */
export async function reportPhoto(
  context: TenantContext,
  guests: GuestActor[],
  input: { event: string; photo: string; reason: ReportReason; note?: string | undefined },
): Promise<{ id: string; created: boolean }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const outcome = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [found] = await findEvent(tx, tenantId, input.event);
    const { event, guest, row } = requireIdentity(found, guests, await findIdentities(tx, tenantId, idsOf(guests)));
    const [photo] = await lockPhotos(tx, tenantId, [input.photo]);
    const isOwn = photo?.guestId === guest.guestId;
    const isSeen = photo?.status === 'approved' && (isOwn || showsPhotos(event, now));
    if (!photo || photo.deletedAt || photo.eventId !== event.id || !isSeen) throw photoNotFound();
    const [earlier] = await findReportOf(tx, tenantId, photo.id, guest.guestId);
    if (earlier) return { id: earlier.id, created: false, eventId: event.id };
    if (row.blockedAt) throw new DomainError('guest.blocked', 'The host does not take reports from this device.');
    const [made] = await countReportsOf(tx, tenantId, guest.guestId);
    if ((made?.count ?? 0) >= REPORTS_PER_HOUR) {
      throw new DomainError(
        'rate.limited',
        'You have reported many photos. The host looks at them; go on in an hour.',
        {
          retryAfterSeconds: 3600,
        },
      );
    }
    const [report] = await addReport(tx, {
      tenantId,
      eventId: event.id,
      photoId: photo.id,
      guestId: guest.guestId,
      reason: input.reason,
      note: input.note ? input.note : null,
    });
    if (!report) throw new Error('the report was not inserted');
    await touchForStaff(tx, tenantId, photo.id);
    return { id: report.id, created: true, eventId: event.id };
  });
  if (outcome.created) context.defer(publishEvent(context, outcome.eventId));
  return { id: outcome.id, created: outcome.created };
}

type ReportRow = Awaited<ReturnType<typeof listReports>>[number];

const toReport = ({ report, by }: ReportRow, photo: StaffPhoto): Report => ({
  id: report.id,
  reason: report.reason,
  note: report.note,
  by: { id: report.guestId, name: by },
  createdAt: report.createdAt.toISOString(),
  resolvedAt: report.resolvedAt ? report.resolvedAt.toISOString() : null,
  outcome: report.outcome,
  photo,
});

/** Reports of an event with their photos, in one round trip. */
export async function listReportsFor(
  context: TenantContext,
  actor: Moderator,
  input: { event: string; status: 'open' | 'resolved'; limit: number; cursor?: string | undefined },
): Promise<{ items: Report[]; nextCursor: string | null }> {
  const tenantId = context.tenant.id;
  const filter = {
    tenantId,
    event: input.event,
    open: input.status === 'open',
    limit: input.limit + 1,
    after: decodeCursor(input.cursor),
  };
  const [events, rows, records] = await readAsModerator(context, actor, (tx) => [
    findEvent(tx, tenantId, input.event),
    listReports(tx, filter),
    findStaffPhotos(tx, tenantId, listReportedPhotoIds(tx, filter)),
  ]);
  eventWithin(actor, events[0]);
  const photos = new Map(records.map((record) => [record.photo.id, toStaffPhoto(record)]));
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.report.id }));
  const items = page.rows.flatMap((row) => {
    const photo = photos.get(row.report.photoId);
    return photo ? [toReport(row, photo)] : [];
  });
  return { items, nextCursor: page.nextCursor };
}

/**
 * Answers a report, and with it every open one of the same photo: the photo stays, or it is rejected.
 * @throws DomainError report.not_found
 */
export async function resolveReport(
  context: TenantContext,
  actor: Moderator,
  input: { event: string; id: string; outcome: Outcome },
): Promise<Report> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { row, record } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const by = await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, input.event))[0]);
    const [before] = await findReport(tx, tenantId, input.id);
    if (!before || before.report.eventId !== event.id) throw reportNotFound();
    const { photoId, outcome } = before.report;
    const [photo] = await lockPhotos(tx, tenantId, [photoId]);
    if (!photo || photo.deletedAt) throw reportNotFound();
    const rejects = input.outcome === 'removed' && (photo.status === 'approved' || photo.status === 'pending');
    if (outcome !== input.outcome) {
      await resolveReports(tx, tenantId, { id: input.id, photoId }, { outcome: input.outcome, by, now });
    }
    if (rejects) await decidePhotos(tx, tenantId, [photoId], { status: 'rejected', reason: 'report', by, now });
    else if (outcome !== input.outcome) await touchForStaff(tx, tenantId, photoId);
    const [after] = await findReport(tx, tenantId, input.id);
    const [found] = await findStaffPhotos(tx, tenantId, [photoId]);
    if (!after || !found) throw reportNotFound();
    return { row: after, record: found };
  });
  context.defer(publishEvent(context, row.report.eventId));
  return toReport(row, toStaffPhoto(record));
}
