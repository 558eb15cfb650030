import { addReactions } from '../../db/screens/reactions.ts';
import { writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';

/** Keeps what an event's room has counted, a batch at a time; the same batch again changes nothing. */
export async function keepReactions(
  context: Pick<TenantContext, 'db' | 'tenant'>,
  eventId: string,
  items: readonly { photoId: string; guestId: string; emoji: string }[],
): Promise<void> {
  if (items.length === 0) return;
  const tenantId = context.tenant.id;
  await writeTenantBatch(context.db, { tenantId }, (tx) => [addReactions(tx, tenantId, eventId, items)]);
}
