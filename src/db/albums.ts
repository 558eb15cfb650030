import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { eventIdOf } from './events.ts';
import { albums } from './schema/moderation.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

export type AlbumRow = typeof albums.$inferSelect;

/** An event's albums in their order, with how many photos each has: all of them, or the published ones. */
export function listAlbums(tx: TenantTx, tenantId: string, event: string, only: 'all' | 'published') {
  const eventId = eventIdOf(tenantId, event);
  const held = tx.$with('held').as(
    tx
      .select({ albumId: photos.albumId, photos: sql<number>`count(*)::integer`.as('photos') })
      .from(photos)
      .where(
        and(
          eq(photos.tenantId, tenantId),
          eq(photos.eventId, eventId),
          isNotNull(photos.albumId),
          isNull(photos.deletedAt),
          only === 'published' ? eq(photos.status, 'approved') : undefined,
        ),
      )
      .groupBy(photos.albumId),
  );
  return tx
    .with(held)
    .select({ album: albums, photos: sql<number>`coalesce(${held.photos}, 0)` })
    .from(albums)
    .leftJoin(held, eq(held.albumId, albums.id))
    .where(
      and(
        eq(albums.tenantId, tenantId),
        eq(albums.eventId, eventId),
        only === 'published' ? isNotNull(albums.publishedAt) : undefined,
      ),
    )
    .orderBy(asc(albums.position), asc(albums.id));
}

/** By id; @param event id or slug, of which it must be */
export const findAlbum = (tx: TenantTx, tenantId: string, event: string, id: string) =>
  tx
    .select()
    .from(albums)
    .where(and(eq(albums.tenantId, tenantId), eq(albums.eventId, eventIdOf(tenantId, event)), eq(albums.id, id)))
    .limit(1);

/** All albums of an event, held still in the order of their ids while they are arranged. */
export const lockAlbums = (tx: TenantTx, tenantId: string, eventId: string) =>
  tx
    .select()
    .from(albums)
    .where(and(eq(albums.tenantId, tenantId), eq(albums.eventId, eventId)))
    .orderBy(asc(albums.id))
    .for('update');

export const insertAlbum = (tx: TenantTx, values: typeof albums.$inferInsert) =>
  tx.insert(albums).values(values).returning();

export const updateAlbum = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  set: { name?: string; publishedAt?: Date | null },
) =>
  tx
    .update(albums)
    .set(set)
    .where(and(eq(albums.tenantId, tenantId), eq(albums.id, id)));

/** Albums in the order of these ids. */
export const orderAlbums = (tx: TenantTx, tenantId: string, ids: string[]) =>
  tx.execute(sql`
    update ${albums} set position = wanted.position
    from (values ${sql.join(
      ids.map((id, position) => sql`(${id}::uuid, ${position}::integer)`),
      sql`, `,
    )}) as wanted (id, position)
    where ${albums}.tenant_id = ${tenantId}::uuid and ${albums}.id = wanted.id and ${albums}.position <> wanted.position`);

/** Its photos stay, in no album. */
export const deleteAlbum = (tx: TenantTx, tenantId: string, id: string) =>
  tx.delete(albums).where(and(eq(albums.tenantId, tenantId), eq(albums.id, id)));

/** Whether guests see one of these photos in another place than before. */
export const showsAnyOf = (tx: TenantTx, tenantId: string, eventId: string, ids: string[]) =>
  tx
    .select({ id: photos.id })
    .from(photos)
    .leftJoin(albums, and(eq(albums.tenantId, photos.tenantId), eq(albums.id, photos.albumId)))
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        sql`${photos.id} in (${sql.join(
          ids.map((id) => sql`${id}::uuid`),
          sql`, `,
        )})`,
        eq(photos.status, 'approved'),
        isNull(photos.deletedAt),
        isNotNull(albums.publishedAt),
      ),
    )
    .limit(1);
