import { and, desc, eq, ilike, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Trust } from '../contract/photos.ts';
import { eventIdOf, type ListPosition } from './events.ts';
import { eventTables, guests } from './schema/events.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';
import { containing } from './staff-photos.ts';

/* Guests as moderators see and treat them. */

function readGuests(tx: TenantTx, tenantId: string, chosen: ReturnType<typeof choose>) {
  const page = tx.$with('page').as(chosen);
  const sent = tx.$with('sent').as(
    tx
      .select({
        guestId: photos.guestId,
        pending: sql<number>`(count(*) filter (where ${photos.status} = 'pending'))::integer`.as('pending'),
        approved: sql<number>`(count(*) filter (where ${photos.status} = 'approved'))::integer`.as('approved'),
        rejected: sql<number>`(count(*) filter (where ${photos.status} = 'rejected'))::integer`.as('rejected'),
      })
      .from(photos)
      .where(
        and(
          eq(photos.tenantId, tenantId),
          // As in `staff-photos.ts`.
          sql`${photos.guestId} = any(array(${tx.select({ id: page.id }).from(page)}))`,
          sql`${photos.deletedAt} is null`,
        ),
      )
      .groupBy(photos.guestId),
  );
  return tx
    .with(page, sent)
    .select({
      guest: guests,
      position: sql<string>`(${guests.createdAt})::text`,
      label: eventTables.label,
      pending: sql<number>`coalesce(${sent.pending}, 0)`,
      approved: sql<number>`coalesce(${sent.approved}, 0)`,
      rejected: sql<number>`coalesce(${sent.rejected}, 0)`,
    })
    .from(page)
    .innerJoin(guests, and(eq(guests.tenantId, tenantId), eq(guests.id, page.id)))
    .leftJoin(
      eventTables,
      and(
        eq(eventTables.tenantId, guests.tenantId),
        eq(eventTables.eventId, guests.eventId),
        eq(eventTables.code, guests.tableCode),
      ),
    )
    .leftJoin(sent, eq(sent.guestId, guests.id))
    .orderBy(desc(guests.createdAt), desc(guests.id));
}

const choose = (tx: TenantTx) => tx.select({ id: guests.id }).from(guests).$dynamic();

/** One page of an event's guests, the last to come first; one person is one guest, whatever devices they have. */
export const listGuests = (
  tx: TenantTx,
  filter: {
    tenantId: string;
    event: string;
    q?: string | undefined;
    blocked: boolean;
    limit: number;
    after: ListPosition | null;
  },
) =>
  readGuests(
    tx,
    filter.tenantId,
    choose(tx)
      .where(
        and(
          eq(guests.tenantId, filter.tenantId),
          eq(guests.eventId, eventIdOf(filter.tenantId, filter.event)),
          filter.q ? ilike(guests.name, containing(filter.q)) : undefined,
          filter.blocked ? isNotNull(guests.blockedAt) : undefined,
          isNull(guests.mergedInto),
          isNull(guests.erasedAt),
          filter.after
            ? sql`(${guests.createdAt}, ${guests.id}) < (${filter.after.at}::timestamptz, ${filter.after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(guests.createdAt), desc(guests.id))
      .limit(filter.limit),
  );

export const findStaffGuest = (tx: TenantTx, tenantId: string, id: string) =>
  readGuests(
    tx,
    tenantId,
    choose(tx)
      .where(and(eq(guests.tenantId, tenantId), eq(guests.id, id)))
      .limit(1),
  );

/** The guest, held still: no photo of theirs is published between looking and deciding, and no decision waits for another. */
export const lockGuest = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select()
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, id)))
    .limit(1)
    .for('no key update');

/** The guest as they are when a photo of theirs becomes ready; many photos may look at once, a block waits for them. */
export const readGuestForRules = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select()
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, id)))
    .limit(1)
    .for('share');

export const countPublishedOf = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.guestId, guestId),
        eq(photos.status, 'approved'),
        sql`${photos.deletedAt} is null`,
      ),
    );

export const updateGuest = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  set: { blockedAt?: Date | null; blockedBy?: string | null; trust?: Trust; name?: null },
) =>
  tx
    .update(guests)
    .set(set)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, id)));
