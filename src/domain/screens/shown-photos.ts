import type { ShownBatch, ShownPhoto } from '../../contract/live.ts';
import { markShown } from '../../db/screens/shown-photos.ts';
import { writeTenantBatch, type Database } from '../../db/scope.ts';

/**
 * Keeps when photos were first shown, a batch at a time; the same again, or a later time, changes nothing.
 * @returns of each photo of the event that is published, who sent it and when it was first shown
 */
export async function keepShown(
  db: Database,
  { tenantId, eventId, items }: ShownBatch,
): Promise<(ShownPhoto & { guestId: string })[]> {
  if (items.length === 0) return [];
  const [rows] = await writeTenantBatch(db, { tenantId }, (tx) => [markShown(tx, tenantId, eventId, items)]);
  return rows.flatMap(({ photoId, guestId, shownAt }) =>
    shownAt ? [{ photoId, guestId, at: shownAt.toISOString() }] : [],
  );
}
