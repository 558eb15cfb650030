import { claimUploadIntent, removeUploadIntent } from '../../db/outbox.ts';
import { findPhotos } from '../../db/photos.ts';
import { writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { photoPrefix, type RenditionAddress } from './rendition-keys.ts';

/**
 * Deletes the bytes of an upload that became no photo; one that did keeps them and only loses the note.
 * The claim waits for a transaction that is just recording the photo, and stops every later one, so
 * whatever breaks or overlaps, bytes of a recorded photo are never deleted. Safe to repeat.
 */
export async function discardUpload(context: TenantContext, address: RenditionAddress): Promise<void> {
  const { tenantId, photoId } = address;
  const scope = { tenantId };
  const now = context.ports.clock.now();
  const [, recorded] = await writeTenantBatch(context.db, scope, (tx) => [
    claimUploadIntent(tx, tenantId, photoId, now),
    findPhotos(tx, tenantId, [photoId]),
  ]);
  if (!recorded[0]) await context.ports.originals.deletePrefix(context.tenant.residency, photoPrefix(address));
  await writeTenantBatch(context.db, scope, (tx) => [removeUploadIntent(tx, tenantId, photoId)]);
}
