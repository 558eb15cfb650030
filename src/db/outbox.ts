import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { events } from './schema/events.ts';
import { outbox, photos, uploadIntents, type OutboxPayload } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/** One row per change of a photo, written in the transaction of that change. */
export const addToOutbox = (
  tx: TenantTx,
  rows: { tenantId: string; eventId: string; photoId: string; version: number; payload?: OutboxPayload }[],
) => tx.insert(outbox).values(rows).onConflictDoNothing();

/**
 * A new version of the event and its outbox row, in one statement, so that it fits into a batch as well as
 * into a transaction. An event that is not there changes nothing.
 */
export const addEventChange = (tx: TenantTx, tenantId: string, eventId: string, payload: OutboxPayload) =>
  tx.execute(sql`
    with changed as (
      update ${events} set version = version + 1 where tenant_id = ${tenantId}::uuid and id = ${eventId}::uuid
      returning tenant_id, id, version
    )
    insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
    select tenant_id, id, id, version, ${JSON.stringify(payload)}::jsonb from changed`);

/**
 * The same for the events where somebody whose rights have changed may have a socket: those that were
 * changed last, for a socket of staff does not live long.
 * @returns the events
 */
export async function addModeratorsEnd(
  tx: TenantTx,
  tenantId: string,
  moderatorId: string,
  limit: number,
): Promise<string[]> {
  const answer = await tx.execute(sql`
    with recent as (
      select id from ${events} where tenant_id = ${tenantId}::uuid and deleted_at is null and status in ('draft', 'live')
      order by updated_at desc limit ${limit} for update
    ), changed as (
      update ${events} e set version = e.version + 1 from recent
      where e.tenant_id = ${tenantId}::uuid and e.id = recent.id
      returning e.tenant_id, e.id, e.version
    )
    insert into ${outbox} (tenant_id, event_id, photo_id, version, payload)
    select tenant_id, id, id, version, ${JSON.stringify({ closesModerator: moderatorId } satisfies OutboxPayload)}::jsonb
    from changed returning event_id`);
  return (answer as unknown as { rows: { event_id: string }[] }).rows.map((row) => row.event_id);
}

/**
 * The oldest rows of an event that wait, with every other row of the same photos: changes of one photo are told
 * together or in their order, whichever transaction began first.
 */
export const listOutbox = (tx: TenantTx, tenantId: string, eventId: string, limit: number) => {
  const ofEvent = and(eq(outbox.tenantId, tenantId), eq(outbox.eventId, eventId));
  const oldest = tx
    .select({ photoId: outbox.photoId })
    .from(outbox)
    .where(ofEvent)
    .orderBy(asc(outbox.createdAt), asc(outbox.version))
    .limit(limit);
  return (
    tx
      .select()
      .from(outbox)
      // As an array it is read once, and not once for each row: ten thousand may wait.
      .where(and(ofEvent, sql`${outbox.photoId} = any(array(${oldest}))`))
      .orderBy(asc(outbox.createdAt), asc(outbox.version))
  );
};

export const removeFromOutbox = (tx: TenantTx, tenantId: string, ids: string[]) =>
  tx.delete(outbox).where(and(eq(outbox.tenantId, tenantId), inArray(outbox.id, ids)));

/** Notes that bytes are about to be written under a photo's prefix. */
export const addUploadIntent = (
  tx: TenantTx,
  intent: { tenantId: string; id: string; eventId: string; bytes: number },
) => tx.insert(uploadIntents).values(intent).onConflictDoNothing();

/**
 * The same of a resumable upload, unless the guest has too many open or the photo is there already. One at a time for
 * each guest, so that the count is right.
 * @returns queries of one batch; the last one's row says what has become of it
 */
export const openUploadIntent = (
  tx: TenantTx,
  intent: { tenantId: string; id: string; eventId: string; guestId: string; expiresAt: Date; bytes: number },
  maxOpen: number,
) => {
  const { tenantId, id, eventId, guestId, expiresAt, bytes } = intent;
  const open = sql`(select count(*)::integer from ${uploadIntents} where tenant_id = ${tenantId}::uuid
    and guest_id = ${guestId}::uuid and cleared_at is null and expires_at > now())`;
  const recorded = sql`exists (select from ${photos} where tenant_id = ${tenantId}::uuid and id = ${id}::uuid)`;
  return [
    tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${guestId}, 0))`),
    tx.execute(sql`
      insert into ${uploadIntents} (tenant_id, id, event_id, guest_id, expires_at, bytes)
      select ${tenantId}::uuid, ${id}::uuid, ${eventId}::uuid, ${guestId}::uuid, ${expiresAt.toISOString()}::timestamptz,
        ${bytes}::bigint
      where ${open} < ${maxOpen} and not ${recorded} on conflict do nothing`),
    tx.execute(sql`
      select ${open} >= ${maxOpen} as full, ${recorded} as recorded, exists (select from ${uploadIntents}
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and cleared_at is null) as noted`),
  ] as const;
};

/** Bytes have come since: the note stays until then. */
export const extendUploadIntent = (tx: TenantTx, tenantId: string, id: string, expiresAt: Date) =>
  tx
    .update(uploadIntents)
    .set({ expiresAt })
    .where(and(eq(uploadIntents.tenantId, tenantId), eq(uploadIntents.id, id), isNull(uploadIntents.clearedAt)));

/** Resumable uploads of a guest that are under way. */
export const listOpenUploads = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select({ id: uploadIntents.id, eventId: uploadIntents.eventId })
    .from(uploadIntents)
    .where(and(eq(uploadIntents.tenantId, tenantId), eq(uploadIntents.guestId, guestId)))
    .limit(100);

/** Ends the note for good when its bytes have become a photo; none when the sweeper was first. */
export const redeemUploadIntent = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .delete(uploadIntents)
    .where(and(eq(uploadIntents.tenantId, tenantId), eq(uploadIntents.id, id), isNull(uploadIntents.clearedAt)))
    .returning({ id: uploadIntents.id });

/** From here on no photo can be recorded with these bytes; none when one has been already. */
export const claimUploadIntent = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(uploadIntents)
    .set({ clearedAt: now })
    .where(and(eq(uploadIntents.tenantId, tenantId), eq(uploadIntents.id, id)))
    .returning({ id: uploadIntents.id });

export const removeUploadIntent = (tx: TenantTx, tenantId: string, id: string) =>
  tx.delete(uploadIntents).where(and(eq(uploadIntents.tenantId, tenantId), eq(uploadIntents.id, id)));
