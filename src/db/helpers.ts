import { and, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { eventGrants, events } from './schema/events.ts';
import type { TenantTx } from './scope.ts';

/** Whether an event still has helpers: it is there, it is not over, and it has not been closed. */
const hasHelpers = (endedAfter: Date) =>
  and(
    isNull(events.deletedAt),
    inArray(events.status, ['draft', 'live']),
    or(isNull(events.endsAt), gt(events.endsAt, endedAfter)),
  );

/** The grant with its event while it counts; none once it is revoked or given back, or its event is over. */
export const findLiveGrant = (tx: TenantTx, tenantId: string, grantId: string, endedAfter: Date) =>
  tx
    .select({
      id: eventGrants.id,
      label: eventGrants.label,
      eventId: events.id,
      eventSlug: events.slug,
      eventName: events.name,
    })
    .from(eventGrants)
    .innerJoin(events, and(eq(events.tenantId, eventGrants.tenantId), eq(events.id, eventGrants.eventId)))
    .where(
      and(
        eq(eventGrants.tenantId, tenantId),
        eq(eventGrants.id, grantId),
        isNull(eventGrants.revokedAt),
        isNotNull(eventGrants.sessionHash),
        hasHelpers(endedAfter),
      ),
    )
    .limit(1);
