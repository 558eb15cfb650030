import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { eventIdOf, type ListPosition } from '../events.ts';
import { guests } from '../schema/events.ts';
import { photoReports } from '../schema/moderation.ts';
import { photos } from '../schema/photos.ts';
import type { TenantTx } from '../scope.ts';

/**
 * Who the guests of these sessions are now: one that was joined to another is that other one, and of one that is
 * erased there is nobody.
 */
export const findIdentities = (tx: TenantTx, tenantId: string, sessionIds: string[]) => {
  const session = alias(guests, 'session');
  return tx
    .select({ sessionId: session.id, guest: guests })
    .from(session)
    .innerJoin(
      guests,
      and(eq(guests.tenantId, session.tenantId), sql`${guests.id} = coalesce(${session.mergedInto}, ${session.id})`),
    )
    .where(and(eq(session.tenantId, tenantId), inArray(session.id, sessionIds), isNull(guests.erasedAt)))
    .limit(sessionIds.length);
};
export type IdentityRow = Awaited<ReturnType<typeof findIdentities>>[number];

/** The same as a list of ids for other queries, so that they need no round trip of their own. */
export const identityIds = (tenantId: string, sessionIds: string[]) =>
  sessionIds.length === 0
    ? sql`(select null::uuid)`
    : sql`(select coalesce(s.merged_into, s.id) from guests s where s.tenant_id = ${tenantId}::uuid
        and s.erased_at is null and s.id in (${sql.join(
          sessionIds.map((id) => sql`${id}::uuid`),
          sql`, `,
        )}))`;

/** Photos of these guests, which only their identities have. */
export const isOf = (tenantId: string, sessionIds: string[]) =>
  sql`${photos.guestId} in ${identityIds(tenantId, sessionIds)}`;

/** How many photos of an event these guests have in each status. */
export const countOwnPhotos = (tx: TenantTx, tenantId: string, event: string, sessionIds: string[]) =>
  tx
    .select({ status: photos.status, count: count() })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventIdOf(tenantId, event)),
        isOf(tenantId, sessionIds),
        isNull(photos.deletedAt),
      ),
    )
    .groupBy(photos.status);

/** What these guests have reported at an event, with what became of the photos; the newest first. */
export const listOwnReports = (tx: TenantTx, tenantId: string, event: string, sessionIds: string[], limit: number) =>
  tx
    .select({
      id: photoReports.id,
      photoId: photoReports.photoId,
      reason: photoReports.reason,
      outcome: photoReports.outcome,
      createdAt: photoReports.createdAt,
      resolvedAt: photoReports.resolvedAt,
      status: photos.status,
      decidedAt: photos.decidedAt,
      deletedAt: photos.deletedAt,
    })
    .from(photoReports)
    .innerJoin(photos, and(eq(photos.tenantId, photoReports.tenantId), eq(photos.id, photoReports.photoId)))
    .where(
      and(
        eq(photoReports.tenantId, tenantId),
        eq(photoReports.eventId, eventIdOf(tenantId, event)),
        sql`${photoReports.guestId} in ${identityIds(tenantId, sessionIds)}`,
      ),
    )
    .orderBy(desc(photoReports.createdAt), desc(photoReports.id))
    .limit(limit);
export type OwnReportRow = Awaited<ReturnType<typeof listOwnReports>>[number];

/** One page of what these guests have sent to an event, as files are called and sized; the first to come first. */
export const listOwnFiles = (
  tx: TenantTx,
  tenantId: string,
  event: string,
  sessionIds: string[],
  page: { after: ListPosition | null; limit: number },
) =>
  tx
    .select({
      id: photos.id,
      type: photos.type,
      sha256: photos.sha256,
      copySha256: photos.copySha256,
      originalState: photos.originalState,
      bytes: photos.bytes,
      takenAt: photos.takenAt,
      createdAt: photos.createdAt,
      position: sql<string>`(${photos.createdAt})::text`,
    })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventIdOf(tenantId, event)),
        isOf(tenantId, sessionIds),
        isNull(photos.deletedAt),
        page.after
          ? sql`(${photos.createdAt}, ${photos.id}) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(photos.createdAt), asc(photos.id))
    .limit(page.limit);
