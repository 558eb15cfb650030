import { lockPhotos } from '../../db/photos.ts';
import { writeTenant } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { afterRemoval, removePhoto } from '../photos.ts';
import type { RenditionAddress } from '../intake/rendition-keys.ts';

/** How long a rejected photo can be had back. */
export const REJECTED_DAYS = 30;
const DAY_MS = 86_400_000;

/** Deletes a photo whose rejection nobody has taken back in time; one that was decided on since stays. */
export async function discardRejected(context: TenantContext, address: RenditionAddress): Promise<void> {
  const { tenantId, photoId } = address;
  const before = context.ports.clock.now().getTime() - REJECTED_DAYS * DAY_MS;
  const eventId = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [photo] = await lockPhotos(tx, tenantId, [photoId]);
    if (!photo || photo.deletedAt || photo.status !== 'rejected') return null;
    if (!photo.decidedAt || photo.decidedAt.getTime() >= before) return null;
    return removePhoto(context, tx, photoId);
  });
  if (eventId) afterRemoval(context, eventId, photoId);
}
