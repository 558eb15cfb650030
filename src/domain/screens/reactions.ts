import { REACTION_EMOJI } from '../../contract/live.ts';
import { addReactions, countReactions } from '../../db/screens/reactions.ts';
import { writeTenantBatch, type Database } from '../../db/scope.ts';

type Emoji = (typeof REACTION_EMOJI)[number];

/**
 * Keeps what an event's room has counted, a batch at a time; the same batch again changes nothing.
 * @returns how many of each kind the photos in it have now; a photo that is not named is none of this event
 */
export async function keepReactions(
  db: Database,
  batch: { tenantId: string; eventId: string; items: readonly { photoId: string; guestId: string; emoji: Emoji }[] },
): Promise<{ photoId: string; emoji: Emoji; count: number }[]> {
  const { tenantId, eventId, items } = batch;
  if (items.length === 0) return [];
  const photoIds = [...new Set(items.map((item) => item.photoId))];
  const [, rows] = await writeTenantBatch(db, { tenantId }, (tx) => [
    addReactions(tx, tenantId, eventId, items),
    countReactions(tx, tenantId, eventId, photoIds),
  ]);
  return rows.flatMap(({ photoId, reactions }) =>
    REACTION_EMOJI.flatMap((emoji) => {
      const count = reactions[emoji];
      return count === undefined ? [] : [{ photoId, emoji, count }];
    }),
  );
}
