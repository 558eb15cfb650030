import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { ListPosition } from './events.ts';
import { eventGrants, events } from './schema/events.ts';
import type { TenantTx } from './scope.ts';

/** `isInTime` of `domain/helper-rules.ts`, asked of rows. */
const isInTime = (endedAfter: Date) =>
  and(
    isNull(events.deletedAt),
    inArray(events.status, ['draft', 'live']),
    or(
      isNull(events.endsAt),
      sql`greatest(${events.endsAt}, ${eventGrants.createdAt}) > ${endedAfter.toISOString()}::timestamptz`,
    ),
  );

const ofItsEvent = and(eq(events.tenantId, eventGrants.tenantId), eq(events.id, eventGrants.eventId));
const helped = {
  id: eventGrants.id,
  label: eventGrants.label,
  eventId: events.id,
  eventSlug: events.slug,
  eventName: events.name,
};

/** The grant with its event while it counts; none once it is revoked or given back, or its event is over. */
export const findLiveGrant = (tx: TenantTx, tenantId: string, grantId: string, endedAfter: Date) =>
  tx
    .select(helped)
    .from(eventGrants)
    .innerJoin(events, ofItsEvent)
    .where(
      and(
        eq(eventGrants.tenantId, tenantId),
        eq(eventGrants.id, grantId),
        isNull(eventGrants.revokedAt),
        isNotNull(eventGrants.sessionHash),
        isInTime(endedAfter),
      ),
    )
    .limit(1);

export const insertGrant = (tx: TenantTx, values: typeof eventGrants.$inferInsert) =>
  tx.insert(eventGrants).values(values).returning();

/** One page of an event's grants, newest first. */
export const listGrants = (
  tx: TenantTx,
  tenantId: string,
  eventId: ReturnType<typeof sql>,
  limit: number,
  after: ListPosition | null,
) =>
  tx
    .select({ grant: eventGrants, position: sql<string>`${eventGrants.createdAt}::text` })
    .from(eventGrants)
    .where(
      and(
        eq(eventGrants.tenantId, tenantId),
        eq(eventGrants.eventId, eventId),
        after
          ? sql`(${eventGrants.createdAt}, ${eventGrants.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(eventGrants.createdAt), desc(eventGrants.id))
    .limit(limit);

/** Uses a link up. The row that one of two parallel calls changes does not fit the other any more. */
export const redeemGrant = (
  tx: TenantTx,
  input: {
    tenantId: string;
    tokenHash: string;
    sessionHash: string;
    device: string | null;
    now: Date;
    endedAfter: Date;
  },
) =>
  tx
    .update(eventGrants)
    .set({ redeemedAt: input.now, sessionHash: input.sessionHash, device: input.device, lastSeenAt: input.now })
    .from(events)
    .where(
      and(
        ofItsEvent,
        eq(eventGrants.tenantId, input.tenantId),
        eq(eventGrants.tokenHash, input.tokenHash),
        isNull(eventGrants.redeemedAt),
        isNull(eventGrants.revokedAt),
        gt(eventGrants.expiresAt, input.now),
        isInTime(input.endedAfter),
      ),
    )
    .returning(helped);

export const findGrantByToken = (tx: TenantTx, tenantId: string, tokenHash: string) =>
  tx
    .select({ redeemedAt: eventGrants.redeemedAt })
    .from(eventGrants)
    .where(and(eq(eventGrants.tenantId, tenantId), eq(eventGrants.tokenHash, tokenHash)))
    .limit(1);

/** Notes that a helper's device is still there; none when its grant does not count any more. */
export const touchGrant = (
  tx: TenantTx,
  input: { tenantId: string; sessionHash: string; now: Date; endedAfter: Date },
) =>
  tx
    .update(eventGrants)
    .set({ lastSeenAt: input.now })
    .from(events)
    .where(
      and(
        ofItsEvent,
        eq(eventGrants.tenantId, input.tenantId),
        eq(eventGrants.sessionHash, input.sessionHash),
        isNull(eventGrants.revokedAt),
        isInTime(input.endedAfter),
      ),
    )
    .returning(helped);

/** A helper gives the access back; its link stays used. */
export const leaveGrant = (tx: TenantTx, tenantId: string, sessionHash: string) =>
  tx
    .update(eventGrants)
    .set({ sessionHash: null })
    .where(and(eq(eventGrants.tenantId, tenantId), eq(eventGrants.sessionHash, sessionHash)))
    .returning({ id: eventGrants.id, eventId: eventGrants.eventId });

export const findGrant = (tx: TenantTx, tenantId: string, eventId: string, grantId: string) =>
  tx
    .select()
    .from(eventGrants)
    .where(and(eq(eventGrants.tenantId, tenantId), eq(eventGrants.eventId, eventId), eq(eventGrants.id, grantId)))
    .limit(1)
    .for('update');

export const revokeGrant = (tx: TenantTx, tenantId: string, grantId: string, now: Date) =>
  tx
    .update(eventGrants)
    .set({ revokedAt: now })
    .where(and(eq(eventGrants.tenantId, tenantId), eq(eventGrants.id, grantId), isNull(eventGrants.revokedAt)));
