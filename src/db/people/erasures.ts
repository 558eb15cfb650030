import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { addToOutbox } from '../outbox.ts';
import { TOMBSTONE } from '../photos.ts';
import { guests } from '../schema/events.ts';
import { guestErasures, guestTransfers } from '../schema/guest-identity.ts';
import { photoReports } from '../schema/moderation.ts';
import { photos, uploadIntents } from '../schema/photos.ts';
import { reactions } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';
import { takeReactions } from './merges.ts';

interface OfGuest {
  tenantId: string;
  eventId: string;
  guestId: string;
}

/** Deletes photos that are locked for everybody at once, with the news of it. @returns those that were there */
export async function deletePhotos(tx: TenantTx, tenantId: string, ids: string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return [];
  const gone = await tx
    .update(photos)
    .set({ ...TOMBSTONE, deletedAt: now })
    .where(and(eq(photos.tenantId, tenantId), inArray(photos.id, ids), isNull(photos.deletedAt)))
    .returning({ photoId: photos.id, eventId: photos.eventId, version: photos.version });
  if (gone.length > 0) {
    await addToOutbox(
      tx,
      gone.map((row) => ({ tenantId, ...row })),
    );
  }
  return gone.map((row) => row.photoId);
}

/** Every photo of a guest that is there, held still in the order of their ids. */
export const lockPhotosOf = (tx: TenantTx, { tenantId, eventId, guestId }: OfGuest) =>
  tx
    .select({ id: photos.id })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        eq(photos.guestId, guestId),
        isNull(photos.deletedAt),
      ),
    )
    .orderBy(asc(photos.id))
    .for('update');

/** A guest and all that were joined to them: the room may have noted a reaction of one of those a moment later. */
const everybodyOf = (tenantId: string, eventId: string, guestId: string) =>
  sql`(select g.id from guests g where g.tenant_id = ${tenantId}::uuid and g.event_id = ${eventId}::uuid
    and (g.id = ${guestId}::uuid or g.merged_into = ${guestId}::uuid))`;

/** What a guest has given to photos of others; their counts go down. @returns how many */
export const eraseReactions = (tx: TenantTx, { tenantId, eventId, guestId }: OfGuest): Promise<number> =>
  takeReactions(
    tx,
    tenantId,
    sql`delete from ${reactions} where tenant_id = ${tenantId}::uuid and event_id = ${eventId}::uuid
      and guest_id in ${everybodyOf(tenantId, eventId, guestId)} returning photo_id, emoji`,
  );

/** What a guest has asked the host to look at, and what others have written about their photos. @returns how many of the former */
export async function eraseReports(tx: TenantTx, { tenantId, eventId, guestId }: OfGuest): Promise<number> {
  const ofEvent = and(eq(photoReports.tenantId, tenantId), eq(photoReports.eventId, eventId));
  const own = await tx
    .delete(photoReports)
    .where(and(ofEvent, sql`${photoReports.guestId} in ${everybodyOf(tenantId, eventId, guestId)}`))
    .returning({ id: photoReports.id });
  await tx
    .update(photoReports)
    .set({ note: null })
    .where(
      and(
        ofEvent,
        isNotNull(photoReports.note),
        sql`${photoReports.photoId} in (select p.id from photos p where p.tenant_id = ${tenantId}::uuid
          and p.event_id = ${eventId}::uuid and p.guest_id = ${guestId}::uuid)`,
      ),
    );
  return own.length;
}

/**
 * The guest, and everybody who was joined to them: what is left recognises their sessions, and is about nobody. Of what
 * they are sending no photo can be made any more. @returns all of them
 */
export async function eraseGuest(
  tx: TenantTx,
  { tenantId, eventId, guestId }: OfGuest,
  now: Date,
): Promise<{ id: string }[]> {
  await tx
    .delete(guestTransfers)
    .where(
      and(
        eq(guestTransfers.tenantId, tenantId),
        eq(guestTransfers.eventId, eventId),
        eq(guestTransfers.guestId, guestId),
      ),
    );
  await tx
    .update(uploadIntents)
    .set({ clearedAt: now, expiresAt: now })
    .where(
      and(
        eq(uploadIntents.tenantId, tenantId),
        eq(uploadIntents.eventId, eventId),
        sql`${uploadIntents.guestId} in ${everybodyOf(tenantId, eventId, guestId)}`,
      ),
    );
  return tx
    .update(guests)
    .set({
      erasedAt: now,
      name: null,
      tableCode: null,
      settings: {},
      blockedAt: null,
      blockedBy: null,
      trust: 'auto',
      devices: 1,
    })
    .where(
      and(
        eq(guests.tenantId, tenantId),
        eq(guests.eventId, eventId),
        or(eq(guests.id, guestId), eq(guests.mergedInto, guestId)),
      ),
    )
    .returning({ id: guests.id });
}

export const insertErasure = (tx: TenantTx, row: typeof guestErasures.$inferInsert) =>
  tx.insert(guestErasures).values(row).returning();

/** Of a guest, or of the one that this guest was joined to. */
export const findErasureOf = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select({ erasure: guestErasures })
    .from(guests)
    .innerJoin(
      guestErasures,
      and(
        eq(guestErasures.tenantId, guests.tenantId),
        sql`${guestErasures.guestId} = coalesce(${guests.mergedInto}, ${guests.id})`,
      ),
    )
    .where(and(eq(guests.tenantId, tenantId), eq(guests.id, guestId)))
    .limit(1);

/** How many photos of an erased guest may still have objects. */
export const countFilesLeft = (tx: TenantTx, tenantId: string, guestId: string) =>
  tx
    .select({ count: sql<number>`count(*)::integer` })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), eq(photos.guestId, guestId), isNull(photos.objectsDeletedAt)));
