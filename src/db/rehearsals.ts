import { and, asc, desc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Phase } from '../contract/rehearsals.ts';
import { SCREEN_KINDS } from '../contract/sites.ts';
import { eventIdOf } from './events.ts';
import { events, guests } from './schema/events.ts';
import { photos, outbox, uploadIntents } from './schema/photos.ts';
import { rehearsals, type Measures, type RehearsalRow } from './schema/rehearsals.ts';
import { announcements, devices } from './schema/screens.ts';
import type { TenantTx } from './scope.ts';

const one = (tenantId: string, id: string) => and(eq(rehearsals.tenantId, tenantId), eq(rehearsals.id, id));

export const findRehearsal = (tx: TenantTx, tenantId: string, id: string) =>
  tx.select().from(rehearsals).where(one(tenantId, id)).limit(1);

export const lockRehearsal = (tx: TenantTx, tenantId: string, id: string) =>
  findRehearsal(tx, tenantId, id).for('update');

/** The one of an event that is under way. */
export const lockRunningRehearsal = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .select()
    .from(rehearsals)
    .where(and(eq(rehearsals.tenantId, tenantId), eq(rehearsals.eventId, eventId), isNull(rehearsals.endedAt)))
    .limit(1)
    .for('update');

/** Of an event, newest first. @param event id or slug */
export const listRehearsals = (tx: TenantTx, tenantId: string, event: string, limit: number) =>
  tx
    .select()
    .from(rehearsals)
    .where(and(eq(rehearsals.tenantId, tenantId), eq(rehearsals.eventId, eventIdOf(tenantId, event))))
    .orderBy(desc(rehearsals.createdAt), desc(rehearsals.id))
    .limit(limit);

/** @returns none when one of this event is under way */
export const insertRehearsal = (tx: TenantTx, values: typeof rehearsals.$inferInsert) =>
  tx.insert(rehearsals).values(values).onConflictDoNothing().returning();

export const updateRehearsal = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  values: Partial<typeof rehearsals.$inferInsert>,
) => tx.update(rehearsals).set(values).where(one(tenantId, id));

/**
 * Ends a step: the next one has another number, so that a second delivery of this one writes nothing. Somebody may have
 * ended the rehearsal meanwhile; their phase stands.
 * @returns none when this step has been made before
 */
export const endStep = (
  tx: TenantTx,
  row: Pick<RehearsalRow, 'tenantId' | 'id' | 'tick' | 'phase'>,
  input: { measures: Measures; to: Phase; values?: Partial<RehearsalRow>; now: Date },
) => {
  const unchanged = sql`${rehearsals.phase} = ${row.phase}`;
  const moved = input.to === row.phase ? sql`false` : unchanged;
  return tx
    .update(rehearsals)
    .set({
      ...input.values,
      measures: input.measures,
      phase: sql`case when ${unchanged} then ${input.to} else ${rehearsals.phase} end`,
      phaseAt: sql`case when ${moved} then ${input.now.toISOString()}::timestamptz else ${rehearsals.phaseAt} end`,
      tick: row.tick + 1,
      tickedAt: input.now,
    })
    .where(and(one(row.tenantId, row.id), eq(rehearsals.tick, row.tick)))
    .returning({ tick: rehearsals.tick });
};

/** What has become of the samples. */
export const listSamples = (tx: TenantTx, tenantId: string, rehearsalId: string) =>
  tx
    .select({
      id: photos.id,
      key: photos.idempotencyKey,
      status: photos.status,
      createdAt: photos.createdAt,
      decidedAt: photos.decidedAt,
      deletedAt: photos.deletedAt,
    })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), eq(photos.eventId, twinOf(tenantId, rehearsalId))))
    .orderBy(asc(photos.createdAt), asc(photos.id))
    .limit(500);
export type Sample = Awaited<ReturnType<typeof listSamples>>[number];

const twinOf = (tenantId: string, rehearsalId: string) =>
  sql`(select r.twin_id from rehearsals r where r.tenant_id = ${tenantId}::uuid and r.id = ${rehearsalId}::uuid)`;

/** The event a rehearsal happens at, and the one it is for, also a deleted one. */
export const findStages = (tx: TenantTx, tenantId: string, rehearsalId: string) =>
  tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        sql`${events.id} in (select unnest(array[r.event_id, r.twin_id]) from rehearsals r
          where r.tenant_id = ${tenantId}::uuid and r.id = ${rehearsalId}::uuid)`,
      ),
    )
    .limit(2);

export const listPretendGuests = (tx: TenantTx, tenantId: string, rehearsalId: string) =>
  tx
    .select({ id: guests.id })
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.eventId, twinOf(tenantId, rehearsalId))))
    .orderBy(asc(guests.id))
    .limit(100);

export const insertPretendGuests = (
  tx: TenantTx,
  rows: { tenantId: string; eventId: string; name: string; trust: 'always' }[],
) => tx.insert(guests).values(rows);

/** Addresses of the newest samples of the rehearsal of an event that is under way. */
export const listSamplePictures = (tx: TenantTx, tenantId: string, event: string, limit: number) =>
  tx
    .select({
      key: photos.renditionKey,
      name: sql<
        number | null
      >`(select min(n.name) from photo_renditions n where n.tenant_id = ${photos.tenantId} and n.photo_id = ${photos.id})`,
    })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(
          photos.eventId,
          sql`(select r.twin_id from rehearsals r where r.tenant_id = ${tenantId}::uuid
            and r.event_id = ${eventIdOf(tenantId, event)} and r.ended_at is null)`,
        ),
        eq(photos.status, 'approved'),
        isNull(photos.deletedAt),
      ),
    )
    .orderBy(desc(photos.createdAt), desc(photos.id))
    .limit(limit);

const NOT_REHEARSED = ['maintenance', 'decommissioned'] as const;

/** Screens of an event that a rehearsal is for, locked in the order of their ids. */
export const lockScreensToRehearse = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .select()
    .from(devices)
    .where(
      and(
        eq(devices.tenantId, tenantId),
        eq(devices.eventId, eventId),
        isNull(devices.revokedAt),
        inArray(devices.kind, [...SCREEN_KINDS]),
        notInArray(devices.status, [...NOT_REHEARSED]),
      ),
    )
    .orderBy(devices.id)
    .limit(100)
    .for('update');

export const countScreensToRehearse = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(devices)
    .where(
      and(
        eq(devices.tenantId, tenantId),
        eq(devices.eventId, eventIdOf(tenantId, event)),
        isNull(devices.revokedAt),
        inArray(devices.kind, [...SCREEN_KINDS]),
        notInArray(devices.status, [...NOT_REHEARSED]),
      ),
    );

/** Screens that show a twin, locked in the order of their ids. */
export const lockRehearsingScreens = (tx: TenantTx, tenantId: string, twinId: string) =>
  tx
    .select()
    .from(devices)
    .where(and(eq(devices.tenantId, tenantId), eq(devices.rehearsalEventId, twinId), isNull(devices.revokedAt)))
    .orderBy(devices.id)
    .for('update');

/** How many rows there are that have to do with a twin: 0 once it has vanished. */
export const countLeftovers = (tx: TenantTx, tenantId: string, twinId: string) =>
  tx.execute(sql`select (
      (select count(*) from ${events} e where e.tenant_id = ${tenantId}::uuid and e.id = ${twinId}::uuid)
    + (select count(*) from ${photos} p where p.tenant_id = ${tenantId}::uuid and p.event_id = ${twinId}::uuid)
    + (select count(*) from ${guests} g where g.tenant_id = ${tenantId}::uuid and g.event_id = ${twinId}::uuid)
    + (select count(*) from ${outbox} o where o.tenant_id = ${tenantId}::uuid and o.event_id = ${twinId}::uuid)
    + (select count(*) from ${uploadIntents} i where i.tenant_id = ${tenantId}::uuid and i.event_id = ${twinId}::uuid)
    + (select count(*) from ${announcements} a where a.tenant_id = ${tenantId}::uuid and a.event_id = ${twinId}::uuid)
    + (select count(*) from ${devices} d where d.tenant_id = ${tenantId}::uuid and d.rehearsal_event_id = ${twinId}::uuid)
  )::integer as count`);
