import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Trust } from '../../contract/photos.ts';
import { guests, type GuestRow } from '../schema/events.ts';
import { photoReports } from '../schema/moderation.ts';
import { outbox, photos } from '../schema/photos.ts';
import { reactions } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

/* Two guests who are one person: everything of `from` becomes `into`'s. Both are locked by then. */

export interface Merge {
  tenantId: string;
  eventId: string;
  from: string;
  into: string;
}

const rowsOf = <T>(answer: unknown): T[] => (answer as { rows: T[] }).rows;

/** Guests held still, in the order of their ids, so that two who join the same ones cannot deadlock. */
export const lockGuests = (tx: TenantTx, tenantId: string, ids: string[]) =>
  tx
    .select()
    .from(guests)
    .where(and(eq(guests.tenantId, tenantId), inArray(guests.id, ids)))
    .orderBy(asc(guests.id))
    .limit(ids.length)
    .for('no key update');

export interface Twin {
  from: string;
  into: string;
  from_status: string;
  into_status: string;
  /** a smaller copy, whose original is still to come */
  from_awaits?: boolean;
  into_awaits?: boolean;
}

/** Photos that both have sent: the same bytes, or the same smaller copy before its original. */
export const listTwins = async (tx: TenantTx, { tenantId, eventId, from, into }: Merge): Promise<Twin[]> =>
  rowsOf(
    await tx.execute(sql`
      select f.id as "from", i.id as "into", f.status as from_status, i.status as into_status,
        f.original_state is not distinct from 'awaited' as from_awaits,
        i.original_state is not distinct from 'awaited' as into_awaits
      from ${photos} f join ${photos} i on i.tenant_id = f.tenant_id and i.event_id = f.event_id
        and (i.sha256 = f.sha256 or i.copy_sha256 = f.copy_sha256)
      where f.tenant_id = ${tenantId}::uuid and f.event_id = ${eventId}::uuid and f.guest_id = ${from}::uuid
        and i.guest_id = ${into}::uuid and f.deleted_at is null and i.deleted_at is null
      order by f.id for update of f, i`),
  );

/** What has been said of one of two photos is said of the other: reports and reactions. */
export async function moveOpinions(
  tx: TenantTx,
  tenantId: string,
  pairs: { dropped: string; kept: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair (dropped uuid, kept uuid)`;
  await tx.execute(sql`
    update ${photoReports} r set photo_id = pair.kept from ${given}
    where r.tenant_id = ${tenantId}::uuid and r.photo_id = pair.dropped and not exists (
      select 1 from ${photoReports} o where o.tenant_id = r.tenant_id and o.photo_id = pair.kept and o.guest_id = r.guest_id)`);
  await tx.execute(sql`
    with added as (
      insert into ${reactions} (tenant_id, event_id, photo_id, guest_id, emoji)
      select r.tenant_id, r.event_id, pair.kept, r.guest_id, r.emoji
      from ${given} join ${reactions} r on r.tenant_id = ${tenantId}::uuid and r.photo_id = pair.dropped
      on conflict do nothing returning photo_id, emoji
    )
    update ${photos} p set reactions = ${counted(sql`select emoji, 1 as n from added where added.photo_id = p.id`)}
    where p.tenant_id = ${tenantId}::uuid and p.id in (select photo_id from added)`);
  await tx.execute(sql`
    delete from ${reactions} r using ${given} where r.tenant_id = ${tenantId}::uuid and r.photo_id = pair.dropped`);
}

/** The counts of a photo `p` and these, by their kind; what comes to nothing is not named. */
const counted = (changes: SQL): SQL => sql`(
  select coalesce(jsonb_object_agg(emoji, n), '{}'::jsonb) from (
    select emoji, sum(n)::integer as n from (
      select key as emoji, value::integer as n from jsonb_each_text(p.reactions) union all ${changes}
    ) every group by emoji having sum(n) > 0
  ) counted)`;

/**
 * Takes reactions away from their photos' counts and tells the galleries of those that show.
 * @param lost a statement that ends with `returning photo_id, emoji`
 * @returns how many there were
 */
export async function takeReactions(tx: TenantTx, tenantId: string, lost: SQL): Promise<number> {
  const answer = await tx.execute(sql`
    with lost as (${lost}),
    changed as (
      update ${photos} p set version = p.version + 1,
        reactions = ${counted(sql`select emoji, -1 as n from lost where lost.photo_id = p.id`)}
      where p.tenant_id = ${tenantId}::uuid and p.deleted_at is null and p.id in (select photo_id from lost)
      returning p.event_id, p.id, p.version
    ),
    queued as (
      insert into ${outbox} (tenant_id, event_id, photo_id, version)
      select ${tenantId}::uuid, event_id, id, version from changed
    )
    select count(*)::integer as n from lost`);
  return rowsOf<{ n: number }>(answer)[0]?.n ?? 0;
}

/** One reaction of each kind for each photo, whoever of the two gave it. */
export async function moveReactions(tx: TenantTx, { tenantId, eventId, from, into }: Merge): Promise<void> {
  const of = (guest: string) =>
    sql`r.tenant_id = ${tenantId}::uuid and r.event_id = ${eventId}::uuid and r.guest_id = ${guest}::uuid`;
  await takeReactions(
    tx,
    tenantId,
    sql`delete from ${reactions} r where ${of(from)} and exists (
      select 1 from ${reactions} o where o.tenant_id = r.tenant_id and o.photo_id = r.photo_id and o.emoji = r.emoji
        and o.guest_id = ${into}::uuid) returning photo_id, emoji`,
  );
  await tx.execute(sql`update ${reactions} r set guest_id = ${into}::uuid where ${of(from)}`);
}

/** One report for each photo; of two, the one that still waits for an answer. */
export async function moveReports(tx: TenantTx, { tenantId, eventId, from, into }: Merge): Promise<void> {
  await tx.execute(sql`
    delete from ${photoReports} r using ${photoReports} o
    where r.tenant_id = ${tenantId}::uuid and r.event_id = ${eventId}::uuid and o.tenant_id = r.tenant_id and o.photo_id = r.photo_id
      and ((r.guest_id = ${from}::uuid and o.guest_id = ${into}::uuid and (r.resolved_at is not null or o.resolved_at is null))
        or (r.guest_id = ${into}::uuid and o.guest_id = ${from}::uuid and r.resolved_at is not null and o.resolved_at is null))`);
  await tx
    .update(photoReports)
    .set({ guestId: into })
    .where(and(eq(photoReports.tenantId, tenantId), eq(photoReports.eventId, eventId), eq(photoReports.guestId, from)));
}

/**
 * Every photo, deleted ones too, so that nothing that counts them begins anew. A key that the other one has used stays
 * the other one's. @returns how many there are that are not deleted
 */
export async function movePhotos(tx: TenantTx, { tenantId, eventId, from, into }: Merge): Promise<number> {
  const of = sql`tenant_id = ${tenantId}::uuid and event_id = ${eventId}::uuid`;
  const answer = await tx.execute(sql`
    with picked as (
      select id, exists (
        select 1 from ${photos} o where o.tenant_id = ${tenantId}::uuid and o.event_id = ${eventId}::uuid
          and o.guest_id = ${into}::uuid and o.idempotency_key = f.idempotency_key) as collides
      from ${photos} f where ${of} and guest_id = ${from}::uuid order by id for update
    ),
    moved as (
      update ${photos} p set guest_id = ${into}::uuid,
        version = p.version + case when p.deleted_at is null then 1 else 0 end,
        idempotency_key = case when picked.collides then null else p.idempotency_key end
      from picked where p.tenant_id = ${tenantId}::uuid and p.id = picked.id
      returning p.event_id, p.id, p.version, p.status, p.deleted_at
    ),
    queued as (
      insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
      select ${tenantId}::uuid, event_id, id, version,
        case when status = 'approved' then '{}'::jsonb else '{"staffOnly":true}'::jsonb end
      from moved where deleted_at is null
    )
    select count(*)::integer as n from moved where deleted_at is null`);
  await tx.execute(sql`
    update ${photos} p set duplicate_of = null from ${photos} o
    where p.tenant_id = ${tenantId}::uuid and p.event_id = ${eventId}::uuid and p.guest_id = ${into}::uuid
      and o.tenant_id = p.tenant_id and o.id = p.duplicate_of and o.guest_id = p.guest_id`);
  return rowsOf<{ n: number }>(answer)[0]?.n ?? 0;
}

/** What the one guest is that two have become. */
export const writeMerged = (
  tx: TenantTx,
  { tenantId, into }: Merge,
  set: Pick<GuestRow, 'name' | 'tableCode' | 'blockedAt' | 'blockedBy' | 'devices'> & { trust: Trust },
) =>
  tx
    .update(guests)
    .set(set)
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, into)));

/** The other one is no person of its own any more, nor are those that it had become. */
export const retireGuest = (tx: TenantTx, { tenantId, eventId, from, into }: Merge, now: Date) =>
  tx
    .update(guests)
    .set({ mergedInto: into, mergedAt: now, name: null, tableCode: null, blockedAt: null, blockedBy: null })
    .where(
      and(
        eq(guests.tenantId, tenantId),
        eq(guests.eventId, eventId),
        sql`(${guests.id} = ${from}::uuid or ${guests.mergedInto} = ${from}::uuid)`,
      ),
    );
