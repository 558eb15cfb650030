import { and, desc, eq, inArray, isNull, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { SCREEN_KINDS, type DeviceKind } from '../../contract/sites.ts';
import { eventIdOf, type ListPosition } from '../events.ts';
import { events } from '../schema/events.ts';
import { devices } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

const kinds = [...SCREEN_KINDS];
const inUse = (tenantId: string) => and(eq(devices.tenantId, tenantId), isNull(devices.revokedAt));
export const isScreen = (tenantId: string) => and(inUse(tenantId), inArray(devices.kind, kinds));
const isOther = (tenantId: string) => and(inUse(tenantId), notInArray(devices.kind, kinds));
const position = sql<string>`${devices.createdAt}::text`;
const afterPosition = (after: ListPosition | null): SQL | undefined =>
  after ? sql`(${devices.createdAt}, ${devices.id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined;

/** The event that a device belongs to; a deleted one is none. */
const itsEvent = and(eq(events.tenantId, devices.tenantId), eq(events.id, devices.eventId), isNull(events.deletedAt));
const isRehearsing = sql`(${devices.rehearsalEventId} is not null and ${devices.rehearsalUntil} > now())`;
const screen = {
  device: devices,
  event: { id: events.id, slug: events.slug, name: events.name },
  /** the event in whose room it is: its own, or the twin of that while it rehearses */
  roomId: sql<string | null>`case when ${isRehearsing} then ${devices.rehearsalEventId} else ${events.id} end`,
  position,
};

/** What a device shows: its own event, or the twin of that while it rehearses. The twin of another event is none. */
const shownEvent = and(
  eq(events.tenantId, devices.tenantId),
  sql`${events.id} = case when ${isRehearsing} then ${devices.rehearsalEventId} else ${devices.eventId} end`,
  or(isNull(events.deletedAt), eq(events.rehearsalOf, devices.eventId)),
);
const ownEvent = alias(events, 'own_event');

/* ---- screens ---- */

export interface ScreenFilter {
  /** id or slug */
  event?: string | undefined;
  siteId?: string | undefined;
  limit: number;
  after: ListPosition | null;
}

/** One page of a tenant's screens with what they show, newest first. */
export const listScreens = (tx: TenantTx, tenantId: string, filter: ScreenFilter) =>
  tx
    .select(screen)
    .from(devices)
    .leftJoin(events, itsEvent)
    .where(
      and(
        isScreen(tenantId),
        filter.event ? eq(devices.eventId, eventIdOf(tenantId, filter.event)) : undefined,
        filter.siteId ? eq(devices.siteId, filter.siteId) : undefined,
        afterPosition(filter.after),
      ),
    )
    .orderBy(desc(devices.createdAt), desc(devices.id))
    .limit(filter.limit);
export type ScreenRecord = Awaited<ReturnType<typeof listScreens>>[number];

export const findScreen = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select(screen)
    .from(devices)
    .leftJoin(events, itsEvent)
    .where(and(isScreen(tenantId), eq(devices.id, id)))
    .limit(1);

/** Which screens show an event. */
export const listScreenIds = (tx: TenantTx, tenantId: string, event: string, limit: number) =>
  tx
    .select({ id: devices.id })
    .from(devices)
    .where(and(isScreen(tenantId), eq(devices.eventId, eventIdOf(tenantId, event))))
    .limit(limit);

export const lockScreen = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select()
    .from(devices)
    .where(and(isScreen(tenantId), eq(devices.id, id)))
    .limit(1)
    .for('update');

/** The screen that an installation was paired as, if it still is one. */
export const lockScreenOfInstallation = (tx: TenantTx, tenantId: string, installation: string) =>
  tx
    .select()
    .from(devices)
    .where(and(isScreen(tenantId), eq(devices.installation, installation)))
    .limit(1)
    .for('update');

/** A screen by its credential, with all of the event that it shows; `slug` is that of its own event, rehearsing or not. */
export const findScreenByCredential = (tx: TenantTx, tenantId: string, credentialHash: string) =>
  tx
    .select({ device: devices, event: events, slug: ownEvent.slug })
    .from(devices)
    .leftJoin(events, shownEvent)
    .leftJoin(
      ownEvent,
      and(eq(ownEvent.tenantId, devices.tenantId), eq(ownEvent.id, devices.eventId), isNull(ownEvent.deletedAt)),
    )
    .where(and(isScreen(tenantId), eq(devices.credentialHash, credentialHash)))
    .limit(1);
export type KnownScreen = Awaited<ReturnType<typeof findScreenByCredential>>[number];

/** The id of the event that the holder of a credential shows, as a scalar sub-query. */
export const eventIdOfScreen = (tenantId: string, credentialHash: string): SQL =>
  sql`(select case when s.rehearsal_event_id is not null and s.rehearsal_until > now() then s.rehearsal_event_id else s.event_id end
    from devices s where s.tenant_id = ${tenantId}::uuid and s.credential_hash = ${credentialHash}
    and s.revoked_at is null)`;

/** Notes that a screen is there. */
export const touchScreen = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(devices)
    .set({ lastSeenAt: now })
    .where(and(inUse(tenantId), eq(devices.id, id)));

/** Notes that another installation came with this screen's credential. */
export const noteCopy = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(devices)
    .set({ copiedAt: now })
    .where(and(inUse(tenantId), eq(devices.id, id)));

/* ---- everything else ---- */

/** One page of the inventory, newest first. */
export const listDevices = (
  tx: TenantTx,
  tenantId: string,
  filter: { kind?: DeviceKind | undefined; siteId?: string | undefined; limit: number; after: ListPosition | null },
) =>
  tx
    .select({ device: devices, position })
    .from(devices)
    .where(
      and(
        inUse(tenantId),
        filter.kind ? eq(devices.kind, filter.kind) : undefined,
        filter.siteId ? eq(devices.siteId, filter.siteId) : undefined,
        afterPosition(filter.after),
      ),
    )
    .orderBy(desc(devices.createdAt), desc(devices.id))
    .limit(filter.limit);

/** A device that is no screen, locked. */
export const lockOtherDevice = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select()
    .from(devices)
    .where(and(isOther(tenantId), eq(devices.id, id)))
    .limit(1)
    .for('update');

/** The lowest number that no screen of the tenant has; whoever uses it has locked the tenant's groups. */
export const freeNumber = (tenantId: string): SQL<number> =>
  sql`(select min(n) from generate_series(1, (
      select count(*) + 1 from devices d where d.tenant_id = ${tenantId}::uuid and d.revoked_at is null and d.number is not null
    )::integer) n
    where not exists (
      select 1 from devices d where d.tenant_id = ${tenantId}::uuid and d.revoked_at is null and d.number = n))`;

/** What is written of a device; a number may be computed as it is written. */
type DeviceValues = Omit<typeof devices.$inferInsert, 'number'> & { number?: number | SQL<number> };

export const insertDevice = (tx: TenantTx, values: DeviceValues) => tx.insert(devices).values(values).returning();

export const updateDevice = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  values: Partial<typeof devices.$inferInsert>,
) =>
  tx
    .update(devices)
    .set(values)
    .where(and(inUse(tenantId), eq(devices.id, id)))
    .returning();

export const deleteOtherDevice = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .delete(devices)
    .where(and(isOther(tenantId), eq(devices.id, id)))
    .returning({ id: devices.id });
