import type { PhotoCounts } from '../../contract/moderation.ts';
import type { PhotoFlag, PhotoStatus, StaffPhoto } from '../../contract/photos.ts';
import { findEvent } from '../../db/events.ts';
import { countPhotos, countReported, findStaffPhotos, listStaffPhotos } from '../../db/staff-photos.ts';
import { isWithin, readAsInsider, type Moderator, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { eventWithin } from '../events.ts';
import { toStaffPhoto } from '../photo-rules.ts';
import { photoNotFound, positionOf } from '../photos.ts';

export interface StaffPhotoQuery {
  event: string;
  status?: PhotoStatus | undefined;
  guest?: string | undefined;
  album?: string | undefined;
  table?: string | undefined;
  flag?: PhotoFlag | undefined;
  reported?: 'true' | undefined;
  duplicates?: 'true' | undefined;
  q?: string | undefined;
  order: 'arrived' | '-arrived';
  limit: number;
  cursor?: string | undefined;
}

/** Photos for moderators: any status, with counts of the whole event for the tabs, in one round trip. */
export async function listForStaff(
  context: TenantContext,
  actor: Moderator,
  { order, reported, duplicates, cursor, ...filter }: StaffPhotoQuery,
): Promise<{ items: StaffPhoto[]; nextCursor: string | null; counts: PhotoCounts }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(cursor);
  const [events, rows, counted, open] = await readAsInsider(context, actor, (tx) => [
    findEvent(tx, tenantId, filter.event),
    listStaffPhotos(tx, {
      ...filter,
      tenantId,
      reported: reported === 'true',
      duplicates: duplicates === 'true',
      newestFirst: order === '-arrived',
      limit: filter.limit + 1,
      after,
    }),
    countPhotos(tx, tenantId, filter.event),
    countReported(tx, tenantId, filter.event),
  ]);
  eventWithin(actor, events[0]);
  const counts = { processing: 0, pending: 0, approved: 0, rejected: 0, failed: 0, reported: open[0]?.count ?? 0 };
  for (const row of counted) counts[row.status] = row.count;
  const page = toPage(rows, filter.limit, positionOf);
  return { items: page.rows.map(toStaffPhoto), nextCursor: page.nextCursor, counts };
}

export async function getForStaff(context: TenantContext, actor: Moderator, id: string): Promise<StaffPhoto> {
  const [rows] = await readAsInsider(context, actor, (tx) => [findStaffPhotos(tx, context.tenant.id, [id])]);
  const record = rows[0];
  if (!record || record.photo.deletedAt || !isWithin(actor, record.photo.eventId)) throw photoNotFound();
  return toStaffPhoto(record);
}
