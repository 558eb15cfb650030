import {
  and,
  asc,
  count,
  desc,
  eq,
  ilike,
  inArray,
  isNotNull,
  isNull,
  ne,
  or,
  sql,
  type SQLWrapper,
} from 'drizzle-orm';
import type { PhotoFlag, PhotoStatus, Trust } from '../contract/photos.ts';
import { eventIdOf, type ListPosition } from './events.ts';
import { isOf } from './people/identities.ts';
import { listedPhoto, renditionsOf, type PhotoRecord } from './photos.ts';
import { eventTables, guests } from './schema/events.ts';
import { photoReports } from './schema/moderation.ts';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

/** A photo as moderators read it: with who sent it, and what is to be known of them. */
export interface StaffPhotoRecord extends PhotoRecord {
  table: { code: string; label: string } | null;
  blockedAt: Date | null;
  trust: Trust;
  /** published photos of the same guest */
  approved: number;
  /** reports that nobody has answered */
  reports: number;
}

/** What stands for itself in a pattern of `like`. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

const openReports = sql<number>`(select count(*)::integer from ${photoReports}
  where ${photoReports.tenantId} = ${photos.tenantId} and ${photoReports.photoId} = ${photos.id}
  and ${photoReports.resolvedAt} is null)`;

/** Reads what `page` has chosen. The photos of each guest are counted once, however many of them are on the page. */
function readPage(tx: TenantTx, tenantId: string, chosen: ReturnType<typeof choose>, newestFirst: boolean) {
  const order = newestFirst ? desc : asc;
  const page = tx.$with('page').as(chosen);
  const published = tx.$with('published').as(
    tx
      .select({ guestId: photos.guestId, approved: count().as('approved') })
      .from(photos)
      .where(
        and(
          eq(photos.tenantId, tenantId),
          // As an array it is few guests to look up; as a table the planner may rather read all photos.
          sql`${photos.guestId} = any(array(${tx.selectDistinct({ guestId: page.guestId }).from(page)}))`,
          eq(photos.status, 'approved'),
          isNull(photos.deletedAt),
        ),
      )
      .groupBy(photos.guestId),
  );
  return tx
    .with(page, published)
    .select({
      photo: listedPhoto,
      by: guests.name,
      renditions: renditionsOf,
      position: sql<string>`(${photos.createdAt})::text`,
      table: { code: eventTables.code, label: eventTables.label },
      blockedAt: guests.blockedAt,
      trust: guests.trust,
      approved: sql<number>`coalesce(${published.approved}, 0)::integer`,
      reports: openReports,
    })
    .from(page)
    .innerJoin(photos, and(eq(photos.tenantId, tenantId), eq(photos.id, page.id)))
    .innerJoin(guests, and(eq(guests.tenantId, photos.tenantId), eq(guests.id, photos.guestId)))
    .leftJoin(
      eventTables,
      and(
        eq(eventTables.tenantId, photos.tenantId),
        eq(eventTables.eventId, photos.eventId),
        eq(eventTables.code, guests.tableCode),
      ),
    )
    .leftJoin(published, eq(published.guestId, photos.guestId))
    .orderBy(order(photos.createdAt), order(photos.id));
}

const choose = (tx: TenantTx) => tx.select({ id: photos.id, guestId: photos.guestId }).from(photos).$dynamic();

export interface StaffPhotoFilter {
  tenantId: string;
  /** id or slug */
  event: string;
  status?: PhotoStatus | undefined;
  guest?: string | undefined;
  album?: string | undefined;
  /** code of a table */
  table?: string | undefined;
  flag?: PhotoFlag | undefined;
  reported?: boolean;
  duplicates?: boolean;
  /** in captions and names */
  q?: string | undefined;
  newestFirst: boolean;
  limit: number;
  after: ListPosition | null;
}

/** One page of an event's photos for moderators, in one statement. */
export function listStaffPhotos(tx: TenantTx, filter: StaffPhotoFilter) {
  const { tenantId, newestFirst, after } = filter;
  const eventId = eventIdOf(tenantId, filter.event);
  const order = newestFirst ? desc : asc;
  const compare = newestFirst ? sql`<` : sql`>`;
  const guestsOf = (condition: ReturnType<typeof eq>) =>
    tx
      .select({ id: guests.id })
      .from(guests)
      .where(and(eq(guests.tenantId, tenantId), eq(guests.eventId, eventId), condition));
  const reported = tx
    .select({ id: photoReports.photoId })
    .from(photoReports)
    .where(
      and(eq(photoReports.tenantId, tenantId), eq(photoReports.eventId, eventId), isNull(photoReports.resolvedAt)),
    );
  const pattern = filter.q ? containing(filter.q) : null;
  const chosen = choose(tx)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        isNull(photos.deletedAt),
        filter.status ? eq(photos.status, filter.status) : undefined,
        filter.guest ? isOf(filter.tenantId, [filter.guest]) : undefined,
        filter.album ? eq(photos.albumId, filter.album) : undefined,
        filter.table ? inArray(photos.guestId, guestsOf(eq(guests.tableCode, filter.table))) : undefined,
        filter.flag ? sql`${photos.flags} <> '{}' and ${photos.flags} @> array[${filter.flag}]::text[]` : undefined,
        filter.reported ? inArray(photos.id, reported) : undefined,
        filter.duplicates ? isNotNull(photos.duplicateOf) : undefined,
        filter.reported && !filter.status ? ne(photos.status, 'rejected') : undefined,
        pattern
          ? or(ilike(photos.caption, pattern), inArray(photos.guestId, guestsOf(ilike(guests.name, pattern))))
          : undefined,
        after
          ? sql`(${photos.createdAt}, ${photos.id}) ${compare} (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(order(photos.createdAt), order(photos.id))
    .limit(filter.limit);
  return readPage(tx, tenantId, chosen, newestFirst);
}

/** Photos by their ids, deleted ones too; the ids may be those that another query finds. */
export const findStaffPhotos = (tx: TenantTx, tenantId: string, ids: string[] | SQLWrapper) =>
  readPage(tx, tenantId, choose(tx).where(and(eq(photos.tenantId, tenantId), inArray(photos.id, ids))), false);

/** How many photos an event has in each status. */
export const countPhotos = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ status: photos.status, count: sql<number>`count(*)::integer` })
    .from(photos)
    .where(and(eq(photos.tenantId, tenantId), eq(photos.eventId, eventIdOf(tenantId, event)), isNull(photos.deletedAt)))
    .groupBy(photos.status);

/** How many photos of an event have a report that nobody has answered, and still show or wait. */
export const countReported = (tx: TenantTx, tenantId: string, event: string) =>
  tx
    .select({ count: sql<number>`count(distinct ${photos.id})::integer` })
    .from(photoReports)
    .innerJoin(photos, and(eq(photos.tenantId, photoReports.tenantId), eq(photos.id, photoReports.photoId)))
    .where(
      and(
        eq(photoReports.tenantId, tenantId),
        eq(photoReports.eventId, eventIdOf(tenantId, event)),
        isNull(photoReports.resolvedAt),
        isNull(photos.deletedAt),
        ne(photos.status, 'rejected'),
      ),
    );
