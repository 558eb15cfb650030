import { and, desc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { EventTime } from '../contract/events.ts';
import { isId } from '../contract/ids.ts';
import { events, guests, pinAttempts } from './schema/events.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/** Matches an event by id or slug; deleted ones are never found. */
export const isEvent = (tenantId: string, ref: string): SQL | undefined =>
  and(
    eq(events.tenantId, tenantId),
    isId(ref) ? sql`(${events.id} = ${ref}::uuid or ${events.slug} = ${ref})` : eq(events.slug, ref),
    isNull(events.deletedAt),
  );

/** The id of that event as a scalar sub-query, so that a list needs no round trip for it. */
export const eventIdOf = (tenantId: string, ref: string): SQL =>
  sql`(select ${events.id} from ${events} where ${isEvent(tenantId, ref)} limit 1)`;

export const findEvent = (tx: TenantTx, tenantId: string, ref: string) =>
  tx.select().from(events).where(isEvent(tenantId, ref)).limit(1);

/** An event by id, also a deleted one, which may be restored with all its photos. */
export const findEventToRestore = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .select()
    .from(events)
    .where(and(eq(events.tenantId, tenantId), eq(events.id, eventId)))
    .limit(1);

/** Public events that guests may know of, newest first. */
export const listPublicEvents = (tx: TenantTx, tenantId: string, limit: number) =>
  tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        isNull(events.deletedAt),
        eq(events.visibility, 'public'),
        sql`${events.status} in ('live', 'closed')`,
      ),
    )
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(limit);

/** Where one table is selected from, drizzle writes columns without their table, which the inner table would then take for its own. */
const outer = (name: 'tenant_id' | 'id') => sql`${events}.${sql.identifier(name)}`;

const countOf = (status: string | null) =>
  sql<number>`(select count(*)::integer from ${photos} where ${photos.tenantId} = ${outer('tenant_id')}
    and ${photos.eventId} = ${outer('id')} and ${photos.deletedAt} is null${status ? sql` and ${photos.status} = ${status}` : sql``})`;

export interface ListPosition {
  at: string;
  id: string;
}

/** Where an event stands, in SQL: one of `EventTime`. */
const timeOf = sql<EventTime>`case when ${events.status} in ('closed', 'archived') then 'past'
  when ${events.status} = 'live' and coalesce(${events.startsAt}, now()) <= now() then 'live' else 'upcoming' end`;

/** Deleted events that nobody can restore any more are as good as gone. */
const restorable = (days: number): SQL => sql`${events.deletedAt} >= now() - make_interval(days => ${days}::integer)`;

export interface EventFilter {
  limit: number;
  after: ListPosition | null;
  /** deleted events instead of the others: those of the last so many days */
  deletedDays?: number | undefined;
  when?: EventTime | undefined;
  /** part of the name or address */
  q?: string | undefined;
}

/** One page of a tenant's events for staff, newest first, with what waits in each; deleted ones by when that was. */
export const listEvents = (tx: TenantTx, tenantId: string, filter: EventFilter) => {
  const { after, deletedDays, q } = filter;
  const key = deletedDays === undefined ? events.createdAt : events.deletedAt;
  const pattern = q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null;
  return tx
    .select({
      event: events,
      position: sql<string>`${key}::text`,
      pending: countOf('pending'),
      approved: countOf('approved'),
      total: countOf(null),
    })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        deletedDays === undefined ? isNull(events.deletedAt) : restorable(deletedDays),
        filter.when ? sql`${timeOf} = ${filter.when}` : undefined,
        pattern ? sql`(${events.name} ilike ${pattern} or ${events.slug} ilike ${pattern})` : undefined,
        after ? sql`(${key}, ${events.id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(key), desc(events.id))
    .limit(filter.limit);
};

/** How many events a tenant has of each kind. */
export const countEvents = (tx: TenantTx, tenantId: string, deletedDays: number) =>
  tx
    .select({
      kind: sql<EventTime | 'deleted'>`case when ${events.deletedAt} is not null then 'deleted' else ${timeOf} end`,
      count: sql<number>`count(*)::integer`,
    })
    .from(events)
    .where(and(eq(events.tenantId, tenantId), sql`(${events.deletedAt} is null or ${restorable(deletedDays)})`))
    .groupBy(sql`1`);

export const findEventForStaff = (tx: TenantTx, tenantId: string, ref: string) =>
  tx
    .select({ event: events, pending: countOf('pending'), approved: countOf('approved'), total: countOf(null) })
    .from(events)
    .where(isEvent(tenantId, ref))
    .limit(1);

/** Moves the event's known position of its room forward; an older one changes nothing. */
export const recordRoomPosition = (tx: TenantTx, tenantId: string, eventId: string, epoch: string, seq: number) =>
  tx
    .update(events)
    .set({ roomEpoch: epoch, roomSeq: seq })
    .where(
      and(
        eq(events.tenantId, tenantId),
        eq(events.id, eventId),
        sql`(${events.roomEpoch} <> ${epoch} or ${events.roomSeq} < ${seq})`,
      ),
    );

/** @param at since when publication is stopped; null: it is not */
export const setHeld = (tx: TenantTx, tenantId: string, eventId: string, at: Date | null, message: string | null) =>
  tx
    .update(events)
    .set({ heldAt: at, heldMessage: message })
    .where(and(eq(events.tenantId, tenantId), eq(events.id, eventId)));

export const insertGuest = (
  tx: TenantTx,
  guest: { tenantId: string; id: string; eventId: string; name: string | null; tableCode: SQL<string | null> | null },
) => tx.insert(guests).values(guest);

export const findGuest = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select()
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, guestId)))
    .limit(1);

export const renameGuest = (tx: TenantTx, tenantId: string, guestId: string, name: string) =>
  tx
    .update(guests)
    .set({ name })
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, guestId)));

/** Counts one PIN tried by one device, before the PIN is looked at. */
export const countPinTry = (
  tx: TenantTx,
  input: { tenantId: string; eventId: string; device: string; waitSeconds: number },
) =>
  tx
    .insert(pinAttempts)
    .values({
      tenantId: input.tenantId,
      eventId: input.eventId,
      device: input.device,
      failures: 1,
      resetsAt: sql`now() + make_interval(secs => ${input.waitSeconds})`,
    })
    .onConflictDoUpdate({
      target: [pinAttempts.tenantId, pinAttempts.eventId, pinAttempts.device],
      set: {
        failures: sql`case when ${pinAttempts.resetsAt} <= now() then 1 else ${pinAttempts.failures} + 1 end`,
        resetsAt: sql`case when ${pinAttempts.resetsAt} <= now() then now() + make_interval(secs => ${input.waitSeconds}) else ${pinAttempts.resetsAt} end`,
      },
    })
    .returning({ failures: pinAttempts.failures, resetsAt: pinAttempts.resetsAt });

export const forgetPinTries = (tx: TenantTx, tenantId: string, eventId: string, devices: string[]) =>
  tx
    .delete(pinAttempts)
    .where(
      and(eq(pinAttempts.tenantId, tenantId), eq(pinAttempts.eventId, eventId), inArray(pinAttempts.device, devices)),
    );
