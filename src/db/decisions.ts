import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Decision, DecisionReason, DeciderKind } from '../contract/photos.ts';
import { photoDecisions } from './schema/moderation.ts';
import { outbox, photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/* Decisions on photos. Each statement here changes photos, notes who did it and why, and queues the news for the
   room, for one photo as for ten thousand. */

export interface Decider {
  kind: DeciderKind;
  id: string | null;
  /** as it is now; it stays with the decision */
  name: string | null;
}

export interface ChangedPhoto {
  id: string;
  eventId: string;
}

interface Change {
  /** which photos, by their own columns */
  where: SQL;
  limit?: number;
  /** the new status, from `picked`, the photo as it was */
  to: SQL;
  /** the status it is given back when its guest is let in again */
  blockedFrom: SQL;
  reason: DecisionReason | null;
  by: Decider;
  now: Date;
}

/** What a driver answers to a statement that is plain SQL. */
const rowsOf = <T>(answer: unknown): T[] => (answer as { rows: T[] }).rows;

/** Photos are locked in the order of their ids, so that two decisions cannot deadlock. */
function build(tx: TenantTx, tenantId: string, input: Change) {
  const { by, reason } = input;
  const now = input.now.toISOString();
  return tx.execute(sql`
    with picked as (
      select id, status, blocked_from from ${photos}
      where tenant_id = ${tenantId}::uuid and deleted_at is null and (${input.where})
      order by id ${input.limit === undefined ? sql`` : sql`limit ${input.limit}`} for update
    ),
    changed as (
      update ${photos} photo set
        status = ${input.to}, version = photo.version + 1, blocked_from = ${input.blockedFrom},
        decided_by = ${by.id}::uuid, decided_at = ${now}::timestamptz, decided_by_kind = ${by.kind},
        decided_by_name = ${by.name}, decided_reason = ${reason}
      from picked where photo.tenant_id = ${tenantId}::uuid and photo.id = picked.id
      returning photo.id, photo.event_id, photo.version, photo.status, picked.status as before
    ),
    noted as (
      insert into ${photoDecisions} (tenant_id, event_id, photo_id, from_status, to_status, by_kind, by_id, by_name, reason)
      select ${tenantId}::uuid, event_id, id, before, status, ${by.kind}, ${by.id}::uuid, ${by.name}, ${reason} from changed
    ),
    queued as (
      insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
      select ${tenantId}::uuid, event_id, id, version,
        case when before = 'approved' then '{"leftGallery":true}'::jsonb else '{}'::jsonb end from changed
    )
    select id, event_id from changed`);
}

async function change(tx: TenantTx, tenantId: string, input: Change): Promise<ChangedPhoto[]> {
  const rows = rowsOf<{ id: string; event_id: string }>(await build(tx, tenantId, input));
  return rows.map((row) => ({ id: row.id, eventId: row.event_id }));
}

interface Decided {
  status: Decision;
  reason: DecisionReason | null;
  by: Decider;
  now: Date;
}

const listed = (ids: string[]): SQL =>
  sql`id in (${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;

const decision = (ids: string[], decided: Decided): Change => ({
  ...decided,
  where: listed(ids),
  to: sql`${decided.status}`,
  blockedFrom: sql`null`,
});

/** A person's word on these photos; it stands also after their guest is let in again. */
export const decidePhotos = (tx: TenantTx, tenantId: string, ids: string[], decided: Decided) =>
  ids.length === 0 ? Promise.resolve([]) : change(tx, tenantId, decision(ids, decided));

/** The statement of `decidePhotos`, built and not yet run. */
export const decidePhotosQuery = (tx: TenantTx, tenantId: string, ids: string[], decided: Decided) =>
  build(tx, tenantId, decision(ids, decided));

export interface RuleFilter {
  eventId: string;
  guest?: string | undefined;
  table?: string | undefined;
  album?: string | undefined;
  from: Decision;
}

const fitting = (
  tenantId: string,
  rule: RuleFilter,
): SQL => sql`event_id = ${rule.eventId}::uuid and status = ${rule.from}
  ${rule.guest ? sql`and guest_id = ${rule.guest}::uuid` : sql``}
  ${rule.album ? sql`and album_id = ${rule.album}::uuid` : sql``}
  ${
    rule.table
      ? sql`and guest_id in (select g.id from guests g where g.tenant_id = ${tenantId}::uuid
          and g.event_id = ${rule.eventId}::uuid and g.table_code = ${rule.table})`
      : sql``
  }`;

/** The same for at most `limit` of the photos that fit a rule. */
export const decideFitting = (tx: TenantTx, tenantId: string, rule: RuleFilter, limit: number, decided: Decided) =>
  change(tx, tenantId, {
    ...decided,
    where: fitting(tenantId, rule),
    limit,
    to: sql`${decided.status}`,
    blockedFrom: sql`null`,
  });

/** Whether there are more photos that fit. */
export async function someFit(tx: TenantTx, tenantId: string, rule: RuleFilter): Promise<boolean> {
  const answer = await tx.execute(
    sql`select 1 from ${photos} where tenant_id = ${tenantId}::uuid and deleted_at is null and ${fitting(tenantId, rule)} limit 1`,
  );
  return rowsOf(answer).length > 0;
}

interface OfGuest {
  eventId: string;
  guestId: string;
  by: Decider;
  now: Date;
}

/** Rejects all that a guest has waiting or published, and remembers what it was. */
export const takeDownGuest = (tx: TenantTx, tenantId: string, { eventId, guestId, by, now }: OfGuest) =>
  change(tx, tenantId, {
    where: sql`event_id = ${eventId}::uuid and guest_id = ${guestId}::uuid and status in ('pending', 'approved')`,
    to: sql`'rejected'`,
    blockedFrom: sql`picked.status`,
    reason: 'guest_blocked',
    by,
    now,
  });

/** Gives back exactly what was taken down with the guest and what nobody has decided on since. */
export const giveBackGuest = (tx: TenantTx, tenantId: string, { eventId, guestId, by, now }: OfGuest) =>
  change(tx, tenantId, {
    where: sql`event_id = ${eventId}::uuid and guest_id = ${guestId}::uuid and status = 'rejected' and blocked_from is not null`,
    to: sql`picked.blocked_from`,
    blockedFrom: sql`null`,
    reason: 'guest_unblocked',
    by,
    now,
  });

/** What a rule decided when a photo was ready. */
export const noteDecision = (tx: TenantTx, row: typeof photoDecisions.$inferInsert) =>
  tx.insert(photoDecisions).values(row);

/** Newest first. */
export const listDecisions = (tx: TenantTx, tenantId: string, photoId: string, limit: number) =>
  tx
    .select()
    .from(photoDecisions)
    .where(and(eq(photoDecisions.tenantId, tenantId), eq(photoDecisions.photoId, photoId)))
    .orderBy(desc(photoDecisions.createdAt), desc(photoDecisions.id))
    .limit(limit);

/** The words of these photos are others now, or their album is: a new version, and the news of it. */
const touchPhotos = async (
  tx: TenantTx,
  tenantId: string,
  where: SQL,
  set: SQL | null,
  staffOnly: boolean,
): Promise<number> => {
  const answer = await tx.execute(sql`
    with picked as (
      select id from ${photos} where tenant_id = ${tenantId}::uuid and deleted_at is null and (${where}) order by id for update
    ),
    changed as (
      update ${photos} photo set version = photo.version + 1${set ? sql`, ${set}` : sql``} from picked
      where photo.tenant_id = ${tenantId}::uuid and photo.id = picked.id
      returning photo.id, photo.event_id, photo.version
    ),
    queued as (
      insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
      select ${tenantId}::uuid, event_id, id, version, ${JSON.stringify(staffOnly ? { staffOnly: true } : {})}::jsonb from changed
    )
    select id from changed`);
  return rowsOf(answer).length;
};

/** Takes a caption away for good. */
export const clearCaption = (tx: TenantTx, tenantId: string, id: string, flags: string[]) =>
  touchPhotos(tx, tenantId, listed([id]), sql`caption = null, flags = ${sqlTexts(flags)}`, false);

/** Gives a photo the words of the guest who sent it. */
export const setCaption = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  caption: string | null,
  flags: string[],
  staffOnly: boolean,
) => touchPhotos(tx, tenantId, listed([id]), sql`caption = ${caption}, flags = ${sqlTexts(flags)}`, staffOnly);

/** Published photos of a guest wait for a person again, and all of them say why: the name is on the event's list. */
export async function holdForName(tx: TenantTx, tenantId: string, { eventId, guestId, by, now }: OfGuest) {
  const ofGuest = sql`event_id = ${eventId}::uuid and guest_id = ${guestId}::uuid`;
  await touchPhotos(
    tx,
    tenantId,
    sql`${ofGuest} and not 'words_held' = any(flags)`,
    sql`flags = array_append(flags, 'words_held')`,
    true,
  );
  return change(tx, tenantId, {
    where: sql`${ofGuest} and status = 'approved'`,
    to: sql`'pending'`,
    blockedFrom: sql`null`,
    reason: 'words_changed',
    by,
    now,
  });
}

/** Published photos of a guest whose name is another or has gone. */
export const touchPublishedOfGuest = (tx: TenantTx, tenantId: string, eventId: string, guestId: string) =>
  touchPhotos(
    tx,
    tenantId,
    sql`event_id = ${eventId}::uuid and guest_id = ${guestId}::uuid and status = 'approved'`,
    null,
    false,
  );

/** Only what moderators see of a photo has changed. */
export const touchForStaff = (tx: TenantTx, tenantId: string, id: string) =>
  touchPhotos(tx, tenantId, listed([id]), null, true);

/** Puts photos of an event into an album of it, or into none. @returns how many were elsewhere */
export const movePhotos = (tx: TenantTx, tenantId: string, eventId: string, ids: string[], albumId: string | null) =>
  touchPhotos(
    tx,
    tenantId,
    sql`event_id = ${eventId}::uuid and ${listed(ids)} and album_id is distinct from ${albumId}::uuid`,
    sql`album_id = ${albumId}::uuid`,
    true,
  );

const sqlTexts = (texts: string[]): SQL =>
  texts.length === 0
    ? sql`'{}'::text[]`
    : sql`array[${sql.join(
        texts.map((text) => sql`${text}`),
        sql`, `,
      )}]::text[]`;
