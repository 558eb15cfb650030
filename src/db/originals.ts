import { and, eq, isNull, sql } from 'drizzle-orm';
import { photos } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

export type PlacedOriginal = Partial<
  Pick<
    typeof photos.$inferInsert,
    | 'sha256'
    | 'bytes'
    | 'type'
    | 'animated'
    | 'storedWidth'
    | 'storedHeight'
    | 'takenAt'
    | 'keepLocation'
    | 'originalState'
    | 'backfillAt'
    | 'attempts'
    | 'status'
    | 'previewState'
    | 'failureCode'
    | 'failureMessage'
    | 'enqueuedAt'
  >
>;

/** The record of a photo becomes that of its original; only one that begins anew has another version. */
export const placeOriginal = (tx: TenantTx, tenantId: string, id: string, original: PlacedOriginal) =>
  tx
    .update(photos)
    .set({ ...original, ...(original.status ? { version: sql`${photos.version} + 1` } : {}) })
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.id, id),
        eq(photos.originalState, 'awaited'),
        isNull(photos.deletedAt),
      ),
    )
    .returning({ version: photos.version });

/** Objects are about to be stored: whoever deletes the photo meanwhile knows that they may still be on the way. */
export const expectOriginal = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(photos)
    .set({ enqueuedAt: now })
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id), isNull(photos.deletedAt)));
