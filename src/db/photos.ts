import { and, asc, desc, eq, getTableColumns, inArray, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { PhotoSort, PhotoStatus } from '../contract/photos.ts';
import { eventIdOf, type ListPosition } from './events.ts';
import { isOf } from './people/identities.ts';
import { guests } from './schema/events.ts';
import { photoRenditions, photos, uploadIntents, type PhotoRow } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

const { redactions: _redactions, processing: _processing, ...columns } = getTableColumns(photos);
/** What lists read of a photo. What only a download or a report of the pipeline needs may be long. */
export const listedPhoto = columns;
export type ListedPhotoRow = Omit<PhotoRow, 'redactions' | 'processing'>;

export interface RenditionFacts {
  name: number;
  width: number;
  height: number;
}

/** A photo as every list reads it: its row, who sent it, and its renditions, smallest first. */
export interface PhotoRecord {
  photo: ListedPhotoRow;
  by: string | null;
  renditions: RenditionFacts[];
  /** where it stands in the list, for the cursor */
  position: string;
}

export const renditionsOf = sql<
  RenditionFacts[]
>`coalesce((select jsonb_agg(jsonb_build_object('name', ${photoRenditions.name},
  'width', ${photoRenditions.width}, 'height', ${photoRenditions.height}) order by ${photoRenditions.name})
  from ${photoRenditions} where ${photoRenditions.tenantId} = ${photos.tenantId} and ${photoRenditions.photoId} = ${photos.id}), '[]'::jsonb)`;

const taken = sql`coalesce(${photos.takenAt}, ${photos.createdAt})`;

const selectPhotos = (tx: TenantTx, position: SQL = sql`${photos.createdAt}`) =>
  tx
    .select({
      photo: listedPhoto,
      by: guests.name,
      renditions: renditionsOf,
      position: sql<string>`(${position})::text`,
    })
    .from(photos)
    .innerJoin(guests, and(eq(guests.tenantId, photos.tenantId), eq(guests.id, photos.guestId)))
    .$dynamic();

export interface PhotoFilter {
  tenantId: string;
  /** id or slug, or a sub-query of an id */
  event: string | SQL;
  status?: PhotoStatus;
  /** only photos of whoever these guests are now; an empty list finds none */
  guestIds?: string[];
  albumId?: string | undefined;
  sort: PhotoSort;
  limit: number;
  after: ListPosition | null;
}

/** One page of an event's photos in one statement. */
export function listPhotos(tx: TenantTx, filter: PhotoFilter) {
  const key = filter.sort.endsWith('taken') ? taken : sql`${photos.createdAt}`;
  const newestFirst = filter.sort.startsWith('-');
  const compare = newestFirst ? sql`<` : sql`>`;
  const order = newestFirst ? desc : asc;
  return selectPhotos(tx, key)
    .where(
      and(
        eq(photos.tenantId, filter.tenantId),
        eq(photos.eventId, typeof filter.event === 'string' ? eventIdOf(filter.tenantId, filter.event) : filter.event),
        isNull(photos.deletedAt),
        filter.status ? eq(photos.status, filter.status) : undefined,
        filter.guestIds ? isOf(filter.tenantId, filter.guestIds) : undefined,
        filter.albumId ? eq(photos.albumId, filter.albumId) : undefined,
        filter.after
          ? sql`(${key}, ${photos.id}) ${compare} (${filter.after.at}::timestamptz, ${filter.after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(order(key), order(photos.id))
    .limit(filter.limit);
}

export const findPhotos = (tx: TenantTx, tenantId: string, ids: string[]) =>
  selectPhotos(tx)
    .where(and(eq(photos.tenantId, tenantId), inArray(photos.id, ids)))
    .limit(ids.length);

/** What a download needs to know of a photo, and nothing of how it looks. */
export const findOriginal = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .select({
      id: photos.id,
      eventId: photos.eventId,
      guestId: photos.guestId,
      status: photos.status,
      kind: photos.kind,
      animated: photos.animated,
      type: photos.type,
      bytes: photos.bytes,
      sha256: photos.sha256,
      takenAt: photos.takenAt,
      createdAt: photos.createdAt,
      deletedAt: photos.deletedAt,
      redactions: photos.redactions,
      publicBytes: photos.publicBytes,
      publicSha256: photos.publicSha256,
      originalState: photos.originalState,
      copySha256: photos.copySha256,
      previewType: photos.previewType,
      previewBytes: photos.previewBytes,
    })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id)))
    .limit(1);
export type OriginalRow = Awaited<ReturnType<typeof findOriginal>>[number];

/** What whoever these guests are now has sent with a key, which an empty key never is. */
export const findByKey = (tx: TenantTx, input: { tenantId: string; guestIds: string[]; key: string }) =>
  selectPhotos(tx)
    .where(
      and(
        eq(photos.tenantId, input.tenantId),
        isOf(input.tenantId, input.guestIds),
        eq(photos.idempotencyKey, input.key),
      ),
    )
    .limit(input.guestIds.length);

/** What a guest may already have sent: by the same key, or the same bytes. */
export const findEarlierUpload = (
  tx: TenantTx,
  input: { tenantId: string; eventId: string; guestId: string; key: string | null; sha256: string | null },
) =>
  selectPhotos(tx)
    .where(
      and(
        eq(photos.tenantId, input.tenantId),
        eq(photos.eventId, input.eventId),
        eq(photos.guestId, input.guestId),
        sql`(${input.key ? sql`${photos.idempotencyKey} = ${input.key}` : sql`false`} or ${
          input.sha256
            ? sql`(${input.sha256} in (${photos.sha256}, ${photos.copySha256}) and ${photos.deletedAt} is null)`
            : sql`false`
        })`,
      ),
    )
    .limit(2);

/** The first photo with these bytes at this event, by anybody. */
export const findFirstWithContent = (tx: TenantTx, tenantId: string, eventId: string, sha256: string) =>
  tx
    .select({ id: photos.id })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        eq(photos.sha256, sha256),
        isNull(photos.deletedAt),
      ),
    )
    .orderBy(asc(photos.createdAt), asc(photos.id))
    .limit(1);

/**
 * Redeems the note of an upload and makes its photo in one statement, where nothing stands in the way: its guest is who
 * they were and not blocked, and has sent neither these bytes nor this key. Otherwise it changes nothing.
 * @throws DatabaseRefusal 23505 when another upload of the same guest was first; nothing has changed then either
 */
export function redeemAsPhoto(tx: TenantTx, values: Omit<typeof photos.$inferInsert, 'duplicateOf'>) {
  const { tenantId, eventId, guestId, id, sha256, idempotencyKey } = values;
  const given = Object.entries(getTableColumns(photos)).flatMap(([name, column]) => {
    const value: unknown = values[name as keyof typeof values];
    return value === undefined ? [] : [{ column, value }];
  });
  const names = given.map(({ column }) => sql.identifier(column.name));
  const cells = given.map(({ column, value }) => (value === null ? sql`null` : sql`${sql.param(value, column)}`));
  const same = findFirstWithContent(tx, tenantId, eventId, sha256);
  const earlier = findEarlierUpload(tx, { tenantId, eventId, guestId, key: idempotencyKey ?? null, sha256 });
  return tx.execute(sql`
    with guest as (
      select from ${guests} where tenant_id = ${tenantId}::uuid and id = ${guestId}::uuid
        and merged_into is null and erased_at is null and blocked_at is null for share
    ), redeemed as (
      delete from ${uploadIntents} where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and cleared_at is null
        and exists (select from guest) and not exists (${earlier})
      returning id
    )
    insert into ${photos} (${sql.join([...names, sql.identifier(photos.duplicateOf.name)], sql`, `)})
    select ${sql.join([...cells, sql`(${same})`], sql`, `)} from redeemed`);
}

/** Inserts unless this guest has sent the key or the bytes before; @returns the ids inserted, none or one. */
export const insertPhoto = (tx: TenantTx, values: typeof photos.$inferInsert) =>
  tx.insert(photos).values(values).onConflictDoNothing().returning({ id: photos.id });

/** Locks photos in the order of their ids, so that two bulk decisions cannot deadlock. */
export const lockPhotos = (tx: TenantTx, tenantId: string, ids: string[]) =>
  tx
    .select({
      id: photos.id,
      eventId: photos.eventId,
      guestId: photos.guestId,
      status: photos.status,
      version: photos.version,
      albumId: photos.albumId,
      caption: photos.caption,
      decidedAt: photos.decidedAt,
      previewState: photos.previewState,
      failureCode: photos.failureCode,
      deletedAt: photos.deletedAt,
    })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), inArray(photos.id, ids)))
    .orderBy(asc(photos.id))
    .limit(ids.length)
    .for('update');

/** What a deleted photo still says. */
export const TOMBSTONE = {
  version: sql`${photos.version} + 1`,
  caption: null,
  thumbhash: null,
  dominantColour: null,
  sharpness: null,
  perceptualHash: null,
  redactions: null,
  publicBytes: null,
  shownAt: null,
  location: null,
  publicSha256: null,
  processing: null,
  takenAt: null,
  idempotencyKey: null,
  metadata: {},
};

/** Deletes for everybody at once; the row stays as a tombstone without words or picture of the guest's. */
export const deletePhoto = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(photos)
    .set({ ...TOMBSTONE, deletedAt: now })
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id), isNull(photos.deletedAt)))
    .returning({ id: photos.id, eventId: photos.eventId, version: photos.version });

/** Notes an erasure as final, unless the photo was queued after `queuedBefore`: its renditions may still be on the way. */
export const markObjectsDeleted = (tx: TenantTx, tenantId: string, id: string, queuedBefore: Date, now: Date) =>
  tx
    .update(photos)
    .set({ objectsDeletedAt: now })
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id), lt(photos.enqueuedAt, queuedBefore)));
