import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Outcome, ReportReason } from '../contract/reports.ts';
import { eventIdOf, type ListPosition } from './events.ts';
import { guests } from './schema/events.ts';
import { photoReports } from './schema/moderation.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/** Notes a report unless this guest has made one of this photo. */
export const addReport = (
  tx: TenantTx,
  report: {
    tenantId: string;
    eventId: string;
    photoId: string;
    guestId: string;
    reason: ReportReason;
    note: string | null;
  },
) => tx.insert(photoReports).values(report).onConflictDoNothing().returning({ id: photoReports.id });

export const findReportOf = (tx: TenantTx, tenantId: string, photoId: string, guestId: string) =>
  tx
    .select({ id: photoReports.id })
    .from(photoReports)
    .where(
      and(eq(photoReports.tenantId, tenantId), eq(photoReports.photoId, photoId), eq(photoReports.guestId, guestId)),
    )
    .limit(1);

/** How many reports a guest has made in the last hour. */
export const countReportsOf = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(photoReports)
    .where(
      and(
        eq(photoReports.tenantId, tenantId),
        eq(photoReports.guestId, guestId),
        sql`${photoReports.createdAt} > now() - interval '1 hour'`,
      ),
    );

const selectReports = (tx: TenantTx) =>
  tx
    .select({
      report: photoReports,
      by: guests.name,
      position: sql<string>`(${photoReports.createdAt})::text`,
    })
    .from(photoReports)
    .innerJoin(photos, and(eq(photos.tenantId, photoReports.tenantId), eq(photos.id, photoReports.photoId)))
    .innerJoin(guests, and(eq(guests.tenantId, photoReports.tenantId), eq(guests.id, photoReports.guestId)))
    .$dynamic();

/** A report stays open until somebody answers it; while its photo is rejected there is nothing to answer. */
const isOpenReport = and(isNull(photoReports.resolvedAt), ne(photos.status, 'rejected'));

interface ReportFilter {
  tenantId: string;
  /** id or slug */
  event: string;
  open: boolean;
  limit: number;
  after: ListPosition | null;
}

const reportsOf = (filter: ReportFilter) => {
  const compare = filter.open ? sql`>` : sql`<`;
  return and(
    eq(photoReports.tenantId, filter.tenantId),
    eq(photoReports.eventId, eventIdOf(filter.tenantId, filter.event)),
    isNull(photos.deletedAt),
    filter.open ? isOpenReport : isNotNull(photoReports.resolvedAt),
    filter.after
      ? sql`(${photoReports.createdAt}, ${photoReports.id}) ${compare} (${filter.after.at}::timestamptz, ${filter.after.id}::uuid)`
      : undefined,
  );
};

/** One page: open ones, the longest waiting first; resolved ones, the newest first. */
export function listReports(tx: TenantTx, filter: ReportFilter) {
  const order = filter.open ? asc : desc;
  return selectReports(tx)
    .where(reportsOf(filter))
    .orderBy(order(photoReports.createdAt), order(photoReports.id))
    .limit(filter.limit);
}

/** The photos of that page. */
export function listReportedPhotoIds(tx: TenantTx, filter: ReportFilter) {
  const order = filter.open ? asc : desc;
  return tx
    .select({ id: photoReports.photoId })
    .from(photoReports)
    .innerJoin(photos, and(eq(photos.tenantId, photoReports.tenantId), eq(photos.id, photoReports.photoId)))
    .where(reportsOf(filter))
    .orderBy(order(photoReports.createdAt), order(photoReports.id))
    .limit(filter.limit);
}

export const findReport = (tx: TenantTx, tenantId: string, id: string) =>
  selectReports(tx)
    .where(and(eq(photoReports.tenantId, tenantId), eq(photoReports.id, id), isNull(photos.deletedAt)))
    .limit(1);

/** Answers every open report of a photo, and this one whatever was answered before. */
export const resolveReports = (
  tx: TenantTx,
  tenantId: string,
  report: { id: string; photoId: string },
  answer: { outcome: Outcome; by: { kind: 'user' | 'helper'; id: string }; now: Date },
) =>
  tx
    .update(photoReports)
    .set({
      resolvedAt: answer.now,
      resolvedByKind: answer.by.kind,
      resolvedBy: answer.by.id,
      outcome: answer.outcome,
    })
    .where(
      and(
        eq(photoReports.tenantId, tenantId),
        eq(photoReports.photoId, report.photoId),
        sql`(${photoReports.resolvedAt} is null or ${photoReports.id} = ${report.id}::uuid)`,
      ),
    );
