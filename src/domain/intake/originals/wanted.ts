import type { PhotoRecord } from '../../../db/photos.ts';
import { requireBytes } from '../../admission/allowance-rules.ts';
import type { GuestActor } from '../../context.ts';
import { photoNotFound } from '../../photos.ts';
import type { Admitted } from '../admission.ts';

/** A guest's own photo that is there: another's, a deleted one and none at all look the same. */
export function requireOwn(
  record: PhotoRecord | undefined,
  guest: Pick<GuestActor, 'guestId' | 'eventId'>,
): PhotoRecord {
  const photo = record?.photo;
  if (!photo || photo.deletedAt || photo.guestId !== guest.guestId || photo.eventId !== guest.eventId) {
    throw photoNotFound();
  }
  return record;
}

/**
 * The photo whose original is to come. No photo more, so that it may also come when the event takes none any more, and
 * nobody counts it: its copy came in time. It takes room, though.
 * @returns also one that has an original already: whether it is this one, its bytes say
 * @throws DomainError photo.not_found, quota.exceeded
 */
export function requireWanted({ recorded, guest, allowance }: Admitted, original: string, bytes: number): PhotoRecord {
  const found = recorded.find((record) => record.photo.id === original);
  const record = requireOwn(found, guest);
  if (record.photo.originalState === 'awaited') requireBytes(allowance, bytes - record.photo.bytes);
  return record;
}
