import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { events } from '../schema/events.ts';
import { photos } from '../schema/photos.ts';
import type { TenantTx } from '../scope.ts';

/**
 * Notes when published photos of an event were first shown; an earlier time stays. What a rehearsal shows is not
 * counted: it happens at an event that is deleted from the start.
 */
export const markShown = (
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  items: readonly { photoId: string; at: string }[],
) =>
  tx
    .update(photos)
    .set({
      shownAt: sql`least(${photos.shownAt}, (
        select min(given.at) from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given ("photoId" uuid, at timestamptz)
        where given."photoId" = ${photos.id}))`,
    })
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        inArray(
          photos.id,
          items.map(({ photoId }) => photoId),
        ),
        eq(photos.status, 'approved'),
        isNull(photos.deletedAt),
        sql`exists (select from ${events} e where e.tenant_id = ${tenantId}::uuid and e.id = ${eventId}::uuid
          and e.rehearsal_of is null)`,
      ),
    )
    .returning({ photoId: photos.id, guestId: photos.guestId, shownAt: photos.shownAt });
