import { and, asc, count, desc, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm';
import { eventIdOf } from '../events.ts';
import { events } from '../schema/events.ts';
import { announcements } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

const ofEvent = (tenantId: string, event: string | SQL) =>
  and(
    eq(announcements.tenantId, tenantId),
    eq(announcements.eventId, typeof event === 'string' ? eventIdOf(tenantId, event) : event),
  );
const isNotOver = or(isNull(announcements.shownUntil), gt(announcements.shownUntil, sql`now()`));

/** What is announced, or is going to be, in the order in which it was made. @param event id, slug or sub-query of an id */
export const listAnnouncementsToShow = (tx: TenantTx, tenantId: string, event: string | SQL, limit: number) =>
  tx
    .select()
    .from(announcements)
    .where(and(ofEvent(tenantId, event), isNotOver))
    .orderBy(asc(announcements.createdAt), asc(announcements.id))
    .limit(limit);

/** All of them, newest first. */
export const listAnnouncements = (tx: TenantTx, tenantId: string, event: string, limit: number) =>
  tx
    .select()
    .from(announcements)
    .where(ofEvent(tenantId, event))
    .orderBy(desc(announcements.createdAt), desc(announcements.id))
    .limit(limit);

export const countAnnouncementsToShow = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .select({ count: count() })
    .from(announcements)
    .where(and(ofEvent(tenantId, sql`${eventId}::uuid`), isNotOver));

export const insertAnnouncement = (tx: TenantTx, values: typeof announcements.$inferInsert) =>
  tx.insert(announcements).values(values).returning();

export const deleteAnnouncement = (tx: TenantTx, tenantId: string, eventId: string, id: string) =>
  tx
    .delete(announcements)
    .where(and(eq(announcements.tenantId, tenantId), eq(announcements.eventId, eventId), eq(announcements.id, id)))
    .returning({ id: announcements.id });

type StageColumns = Pick<
  typeof events.$inferInsert,
  | 'panicAt'
  | 'panicText'
  | 'spotlightPhotoId'
  | 'spotlightUntil'
  | 'photoCallAt'
  | 'photoCallSeconds'
  | 'photoCallMission'
>;

export const setStage = (tx: TenantTx, tenantId: string, eventId: string, values: StageColumns) =>
  tx
    .update(events)
    .set(values)
    .where(and(eq(events.tenantId, tenantId), eq(events.id, eventId)));
