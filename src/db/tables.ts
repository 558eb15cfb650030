import { and, asc, count, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { eventIdOf } from './events.ts';
import { eventTables, guests } from './schema/events.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/** Tables of an event in their order, with how many came by each and what they sent. */
export function listTables(tx: TenantTx, tenantId: string, event: string) {
  const eventId = eventIdOf(tenantId, event);
  const came = tx
    .select({ code: guests.tableCode, guests: count().as('guests') })
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.eventId, eventId), isNotNull(guests.tableCode)))
    .groupBy(guests.tableCode)
    .as('came');
  const sent = tx
    .select({ code: guests.tableCode, photos: count().as('photos') })
    .from(photos)
    .innerJoin(guests, and(eq(guests.tenantId, photos.tenantId), eq(guests.id, photos.guestId)))
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        isNull(photos.deletedAt),
        isNotNull(guests.tableCode),
      ),
    )
    .groupBy(guests.tableCode)
    .as('sent');
  return tx
    .select({
      code: eventTables.code,
      label: eventTables.label,
      guests: sql<number>`coalesce(${came.guests}, 0)::integer`,
      photos: sql<number>`coalesce(${sent.photos}, 0)::integer`,
    })
    .from(eventTables)
    .leftJoin(came, eq(came.code, eventTables.code))
    .leftJoin(sent, eq(sent.code, eventTables.code))
    .where(and(eq(eventTables.tenantId, tenantId), eq(eventTables.eventId, eventId)))
    .orderBy(asc(eventTables.position), asc(eventTables.code));
}

/** Every table but those named is taken from the event. */
export const deleteOtherTables = (tx: TenantTx, tenantId: string, eventId: string, codes: string[]) =>
  tx
    .delete(eventTables)
    .where(
      and(
        eq(eventTables.tenantId, tenantId),
        eq(eventTables.eventId, eventId),
        codes.length > 0 ? notInArray(eventTables.code, codes) : undefined,
      ),
    );

/** Tables in the order given; one that is there already takes its new label and place. */
export const putTables = (
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  tables: readonly { code: string; label: string }[],
) =>
  tx
    .insert(eventTables)
    .values(tables.map(({ code, label }, position) => ({ tenantId, eventId, code, label, position })))
    .onConflictDoUpdate({
      target: [eventTables.tenantId, eventTables.eventId, eventTables.code],
      set: { label: sql`excluded.label`, position: sql`excluded.position` },
    });

/** The code as a scalar sub-query: itself where the event has such a table, else null. */
export const knownTable = (tenantId: string, eventId: string, code: string) =>
  sql<string | null>`(select ${eventTables.code} from ${eventTables} where ${eventTables.tenantId} = ${tenantId}
    and ${eventTables.eventId} = ${eventId} and ${eventTables.code} = ${code})`;

/** Moves a guest who has not sent anything yet to the table of the card they scanned last. */
export const seatGuest = (
  tx: TenantTx,
  guest: { tenantId: string; eventId: string; guestId: string; tableCode: string },
) =>
  tx
    .update(guests)
    .set({ tableCode: guest.tableCode })
    .where(
      and(
        eq(guests.tenantId, guest.tenantId),
        eq(guests.id, guest.guestId),
        sql`${knownTable(guest.tenantId, guest.eventId, guest.tableCode)} is not null`,
        sql`not exists (select 1 from ${photos} where ${photos.tenantId} = ${guest.tenantId}
          and ${photos.eventId} = ${guest.eventId} and ${photos.guestId} = ${guest.guestId})`,
      ),
    );
