import { and, eq, isNull, sql } from 'drizzle-orm';
import { eventIdOf } from './events.ts';
import { eventGrants, guests } from './schema/events.ts';
import { photoReports } from './schema/moderation.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/* What the home of an event says in numbers; each is one statement, and all go in one batch. */

const ofEvent = (tenantId: string, event: string) =>
  and(eq(photos.tenantId, tenantId), eq(photos.eventId, eventIdOf(tenantId, event)), isNull(photos.deletedAt));

/** First and latest photo, the first one published, and how many guests sent any. */
export const photoFacts = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({
      first: sql<Date | null>`min(${photos.createdAt})`.mapWith(photos.createdAt),
      latest: sql<Date | null>`max(${photos.createdAt})`.mapWith(photos.createdAt),
      published:
        sql<Date | null>`min(coalesce(${photos.decidedAt}, ${photos.createdAt})) filter (where ${photos.status} = 'approved')`.mapWith(
          photos.createdAt,
        ),
      senders: sql<number>`count(distinct ${photos.guestId})::integer`,
    })
    .from(photos)
    .where(ofEvent(tenantId, event));

/** Photos received in each hour that had any, of the 24 up to the latest one. */
export const uploadsPerHour = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({
      hour: sql<Date>`date_trunc('hour', ${photos.createdAt}, 'UTC')`.mapWith(photos.createdAt),
      count: sql<number>`count(*)::integer`,
    })
    .from(photos)
    .where(
      and(
        ofEvent(tenantId, event),
        sql`${photos.createdAt} >= (select date_trunc('hour', max(p.created_at), 'UTC') - interval '23 hours' from ${photos} p
          where p.tenant_id = ${tenantId}::uuid and p.event_id = ${eventIdOf(tenantId, event)} and p.deleted_at is null)`,
      ),
    )
    .groupBy(sql`1`)
    .orderBy(sql`1`);

export const countGuests = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(guests)
    .where(
      and(
        eq(guests.tenantId, tenantId),
        eq(guests.eventId, eventIdOf(tenantId, event)),
        isNull(guests.mergedInto),
        isNull(guests.erasedAt),
      ),
    );

export const countOpenReports = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ count: sql<number>`count(distinct ${photoReports.photoId})::integer` })
    .from(photoReports)
    .where(
      and(
        eq(photoReports.tenantId, tenantId),
        eq(photoReports.eventId, eventIdOf(tenantId, event)),
        isNull(photoReports.resolvedAt),
      ),
    );

/** When the first helper who still may help was invited. */
export const firstHelper = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ at: sql<Date | null>`min(${eventGrants.createdAt})`.mapWith(eventGrants.createdAt) })
    .from(eventGrants)
    .where(
      and(
        eq(eventGrants.tenantId, tenantId),
        eq(eventGrants.eventId, eventIdOf(tenantId, event)),
        isNull(eventGrants.revokedAt),
      ),
    );
