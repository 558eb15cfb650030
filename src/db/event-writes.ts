import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { skeletonOf } from '../contract/values/slugs.ts';
import { eventTables, events, type EventRow } from './schema/events.ts';
import { isId } from '../contract/ids.ts';
import type { TenantTx } from './scope.ts';

const whole = (tenantId: string, eventId: string) => and(eq(events.tenantId, tenantId), eq(events.id, eventId));

const named = (ref: string) =>
  isId(ref) ? sql`(${events.id} = ${ref}::uuid or ${events.slug} = ${ref})` : eq(events.slug, ref);

/** Locks an event by id or slug, also a deleted one, so that two changes at once come one after the other. */
export const lockEvent = (tx: TenantTx, tenantId: string, ref: string) =>
  tx
    .select()
    .from(events)
    .where(and(eq(events.tenantId, tenantId), named(ref)))
    .limit(1)
    .for('update');

export const insertEvent = (tx: TenantTx, values: typeof events.$inferInsert) => tx.insert(events).values(values);

export const updateEvent = (
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  values: Partial<typeof events.$inferInsert>,
) => tx.update(events).set(values).where(whole(tenantId, eventId));

/** Deletes a locked event for everybody; its row and photos stay for as long as it can be restored. */
export const markEventDeleted = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .update(events)
    .set({ deletedAt: sql`now()`, nextChangeAt: null })
    .where(and(whole(tenantId, eventId), isNull(events.deletedAt)))
    .returning({ id: events.id });

/**
 * Takes a deletion back, unless it is older than it may be: by the clock of the database, as the worklist
 * of what is to be erased is, so that one event cannot be both restored and erased.
 */
export const restoreEvent = (
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  values: Pick<EventRow, 'deleteAt' | 'nextChangeAt'>,
  days: number,
) =>
  tx
    .update(events)
    .set({ ...values, deletedAt: null })
    .where(
      and(
        whole(tenantId, eventId),
        isNotNull(events.deletedAt),
        sql`${events.deletedAt} >= now() - make_interval(days => ${days}::integer)`,
      ),
    )
    .returning({ id: events.id });

/** Deletes the row, and all that hangs on it, of an event that nobody can restore any more. */
export const eraseEvent = (tx: TenantTx, tenantId: string, eventId: string, days: number) =>
  tx
    .delete(events)
    .where(and(whole(tenantId, eventId), lt(events.deletedAt, sql`now() - make_interval(days => ${days}::integer)`)));

/* ---- addresses ---- */

/** One writer of addresses a tenant at a time: whether two look alike is more than an index can say. */
export const lockSlugs = (tx: TenantTx, tenantId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`slugs:${tenantId}`}, 0))`);

/** The same as `skeletonOf` in `contract/values/slugs.ts`. */
const skeleton = sql<string>`replace(replace(translate(${events.slug}, '01i-', 'oll'), 'rn', 'm'), 'vv', 'w')`;

/** Which addresses of a tenant, of deleted events too, could be taken for one of these. */
export const findAlike = (tx: TenantTx, tenantId: string, slugs: string[], exceptEventId: string | null) =>
  tx
    .select({ id: events.id, slug: events.slug, skeleton })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        inArray(skeleton, slugs.map(skeletonOf)),
        exceptEventId ? sql`${events.id} <> ${exceptEventId}::uuid` : undefined,
      ),
    )
    .orderBy(asc(events.slug))
    .limit(slugs.length * 20);

/* ---- tables ---- */

/** Gives an event the tables of another. */
export const copyTables = (tx: TenantTx, tenantId: string, fromEventId: string, toEventId: string) =>
  tx.execute(sql`
    insert into ${eventTables} (tenant_id, event_id, code, label, position)
    select tenant_id, ${toEventId}::uuid, code, label, position from ${eventTables}
    where tenant_id = ${tenantId}::uuid and event_id = ${fromEventId}::uuid`);
