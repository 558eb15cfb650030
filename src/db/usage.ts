import { and, eq, sql } from 'drizzle-orm';
import { eventIdOf } from './events.ts';
import { tenants } from './schema/control-plane.ts';
import { consentTexts, usage } from './schema/rules.ts';
import { identityIds, isOf } from './people/identities.ts';
import { photos, uploadIntents } from './schema/photos.ts';
import type { ConsentTexts } from '../contract/consent.ts';
import type { TenantTx } from './scope.ts';

export interface Sums {
  photos: number;
  bytes: number;
}

/** Photos of one guest at one event: those that are there, and those that were ever taken. */
export interface GuestPhotos {
  kept: number;
  taken: number;
}

/** Of the whole account. Rehearsals do not count; deleted events do until they are erased. */
export const accountSums = (tenantId: string) => sql<Sums>`(
  select jsonb_build_object('photos', coalesce(sum(u.photos), 0), 'bytes', coalesce(sum(u.bytes), 0))
  from ${usage} u join events e on e.tenant_id = u.tenant_id and e.id = u.event_id
  where u.tenant_id = ${tenantId}::uuid and e.rehearsal_of is null)`;

const eventSums = (tenantId: string, event: string) => sql<Sums>`(
  select jsonb_build_object('photos', coalesce(sum(u.photos), 0), 'bytes', coalesce(sum(u.bytes), 0))
  from ${usage} u where u.tenant_id = ${tenantId}::uuid and u.event_id = ${eventIdOf(tenantId, event)})`;

/** What could not be read is no shot; what was deleted was one. */
const countsOfGuest = {
  kept: sql<number>`count(*) filter (where deleted_at is null and status <> 'failed')::integer`,
  taken: sql<number>`count(*) filter (where status <> 'failed')::integer`,
};

/** How many photos of one guest there are: exactly, as long as the guest is locked. */
export const countGuestPhotos = (tx: TenantTx, tenantId: string, eventId: string, guestId: string) =>
  tx
    .select({ kept: countsOfGuest.kept, taken: countsOfGuest.taken })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), eq(photos.eventId, eventId), eq(photos.guestId, guestId)));

/** Photos that these guests ever took at an event, deleted ones too. */
export const countTaken = (tx: TenantTx, tenantId: string, event: string, sessionIds: string[]) =>
  tx
    .select({ taken: countsOfGuest.taken })
    .from(photos)
    .where(
      and(eq(photos.tenantId, tenantId), eq(photos.eventId, eventIdOf(tenantId, event)), isOf(tenantId, sessionIds)),
    );

const guestPhotos = (tenantId: string, event: string, sessionIds: string[]) => sql<Record<string, GuestPhotos>>`(
  select coalesce(jsonb_object_agg(g.guest_id, jsonb_build_object('kept', g.kept, 'taken', g.taken)), '{}'::jsonb)
  from (
    select guest_id, ${countsOfGuest.kept} as kept, ${countsOfGuest.taken} as taken from ${photos}
    where tenant_id = ${tenantId}::uuid and event_id = ${eventIdOf(tenantId, event)}
      and guest_id in ${identityIds(tenantId, sessionIds)}
    group by guest_id
  ) g)`;

/** Uploads that were let in and are no photo yet; those of one request are soon one, or never. */
interface OpenUploads extends Sums {
  /** of them those to this event */
  ofEvent: number;
  /** and of its guests, of whom resumable ones are known */
  ofGuests: Record<string, number>;
  /** one of `uploadIds` is among them: it was let in before, and counts no second time */
  isKnown: boolean;
}

const openUploads = (tenantId: string, event: string, uploadIds: string[]) => sql<OpenUploads>`(
  with open as (
    select i.*, i.id in (select jsonb_array_elements_text(${JSON.stringify(uploadIds)}::jsonb)::uuid) as known
    from ${uploadIntents} i
    where i.tenant_id = ${tenantId}::uuid and i.cleared_at is null
      and (i.expires_at > now() or (i.expires_at is null and i.created_at > now() - interval '2 hours'))
  )
  select jsonb_build_object('photos', count(*) filter (where not known),
    'bytes', coalesce(sum(bytes) filter (where not known), 0), 'isKnown', coalesce(bool_or(known), false),
    'ofEvent', count(*) filter (where not known and event_id = ${eventIdOf(tenantId, event)}),
    'ofGuests', coalesce((select jsonb_object_agg(guest_id, n) from (
      select guest_id, count(*) as n from open where guest_id is not null and not known group by guest_id) one), '{}'))
  from open)`;

const wording = (tenantId: string) => sql<{ version: number; texts: ConsentTexts } | null>`(
  select jsonb_build_object('version', version, 'texts', texts) from ${consentTexts}
  where tenant_id = ${tenantId}::uuid order by version desc limit 1)`;

/** All that decides, besides the event and its guest, whether another photo may come: one row. */
export const findAllowance = (
  tx: TenantTx,
  tenantId: string,
  { event, sessionIds, uploadIds }: { event: string; sessionIds: string[]; uploadIds: string[] },
) =>
  tx
    .select({
      plan: tenants.plan,
      settings: tenants.settings,
      wording: wording(tenantId),
      account: accountSums(tenantId),
      event: eventSums(tenantId, event),
      guests: guestPhotos(tenantId, event, sessionIds),
      open: openUploads(tenantId, event, uploadIds),
    })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .limit(1);
export type AllowanceRow = Awaited<ReturnType<typeof findAllowance>>[number];

/**
 * Compares the sums of an event with its photos, corrects them, and takes together shards that rest. What is added
 * meanwhile counts once: sums and photos of one transaction are seen together or not at all, and what is corrected is the
 * difference between them at one moment.
 */
export const reconcileUsage = (tx: TenantTx, tenantId: string, eventId: string) =>
  [
    // One at a time: two that see the same difference would both take it away.
    tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${eventId}, 13))`),
    tx.execute(sql`
      with folded as (
        delete from ${usage} where tenant_id = ${tenantId}::uuid and event_id = ${eventId}::uuid and shard > 0
          and updated_at < now() - interval '10 minutes'
        returning photos, bytes
      )
      insert into ${usage} as u (tenant_id, event_id, shard, photos, bytes)
      select ${tenantId}::uuid, ${eventId}::uuid, 0, sum(photos), sum(bytes) from folded having count(*) > 0
      on conflict (tenant_id, event_id, shard) do update
        set photos = u.photos + excluded.photos, bytes = u.bytes + excluded.bytes`),
    tx.execute(sql`
      with counted as (
        select count(*) filter (where status <> 'failed') as photos, coalesce(sum(bytes), 0) as bytes from ${photos}
        where tenant_id = ${tenantId}::uuid and event_id = ${eventId}::uuid and deleted_at is null
      ), summed as (
        select coalesce(sum(photos), 0) as photos, coalesce(sum(bytes), 0) as bytes from ${usage}
        where tenant_id = ${tenantId}::uuid and event_id = ${eventId}::uuid
      ), drift as (
        select (c.photos - s.photos)::bigint as photos, (c.bytes - s.bytes)::bigint as bytes from counted c, summed s
      )
      insert into ${usage} as u (tenant_id, event_id, shard, photos, bytes, checked_at)
      select ${tenantId}::uuid, ${eventId}::uuid, 0, photos, bytes, now() from drift
      on conflict (tenant_id, event_id, shard) do update
        set photos = u.photos + excluded.photos, bytes = u.bytes + excluded.bytes, checked_at = now()`),
  ] as const;
