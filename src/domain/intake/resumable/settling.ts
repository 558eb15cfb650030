import type { UploadFacts } from '../../../contract/upload-object.ts';
import { findEvent } from '../../../db/events.ts';
import type { PhotoRecord } from '../../../db/photos.ts';
import type { EventRow } from '../../../db/schema/events.ts';
import { readTenant } from '../../../db/scope.ts';
import { isUndeveloped } from '../../admission/camera-rules.ts';
import type { TenantContext } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import type { InspectedFile } from '../../images/inspector.ts';
import { originalTime } from '../original-time.ts';
import type { StoredPreview } from '../preview-rules.ts';
import { judgePreview, putPreview } from '../previews.ts';
import { recordUpload } from '../originals/arrival.ts';
import { isOfFile } from '../originals/rules.ts';
import { originalKey, type RenditionAddress } from '../rendition-keys.ts';

/** What was found when the stored original was read back. */
export interface ReadBack {
  facts: InspectedFile;
  sha256: string;
}

export const photoOf = ({ tenantId, eventId, uploadId }: UploadFacts): RenditionAddress => ({
  tenantId,
  eventId,
  photoId: uploadId,
});

/** @throws DomainError photo.digest_mismatch when the bytes are not those that were announced */
export function requireAnnounced(facts: Pick<UploadFacts, 'sha256'>, sha256: string): void {
  if (facts.sha256 === null || facts.sha256 === sha256) return;
  throw new DomainError(
    'photo.digest_mismatch',
    'The photo is not the one that was announced (its digest differs). Choose it again.',
  );
}

/**
 * Keeps a preview that came with its original. One that is no picture of it is as good as none: the photo is there all
 * the same, and waits for a better one.
 */
async function keepPreview(
  context: TenantContext,
  upload: UploadFacts,
  event: EventRow,
  { facts }: ReadBack,
  bytes: Uint8Array,
): Promise<StoredPreview | 'none'> {
  try {
    const preview = judgePreview(bytes, facts);
    const address = photoOf(upload);
    await putPreview(context, address, bytes, preview);
    const original = { key: originalKey(address), bytes: facts.bytes, type: facts.type };
    const zone = { timeZone: event.timeZone, now: context.ports.clock.now() };
    return {
      ...preview,
      takenAt: await originalTime(context.ports.originals, context.tenant.residency, original, zone),
    };
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith('photo.')) return 'none';
    throw error;
  }
}

/**
 * The event of an upload that is whole: one that has closed since takes it. May be asked for while the original is being
 * put together; whether the guest is blocked or joined to another one counts when the photo is recorded.
 * @throws DomainError event.not_found
 */
export async function findDestination(context: TenantContext, { tenantId, eventId }: UploadFacts): Promise<EventRow> {
  const [[event]] = await readTenant(context.db, { tenantId }, (tx) => [findEvent(tx, tenantId, eventId)]);
  if (!event) throw new DomainError('event.not_found', 'There is no such event here any more.');
  return event;
}

/**
 * Makes the photo of an upload whose original is stored and has been read back: the same end as that of a photo in one
 * request. A guest who was blocked meanwhile does not get through. Safe to repeat.
 * @returns `isHidden` while its film is not developed; `created` false: the same guest's photo that was there before, and what was stored now is nobody's
 * @throws DomainError what the upload is refused for; anything else is worth another try
 */
export async function settleUpload(
  context: TenantContext,
  upload: UploadFacts,
  event: EventRow,
  stored: ReadBack,
  preview: Uint8Array | null,
): Promise<{ record: PhotoRecord; created: boolean; isHidden: boolean }> {
  const { eventId, guestId, uploadId, idempotencyKey, notes } = upload;
  const isShown = stored.facts.decodedBy === 'preview' && preview !== null && notes.original === null;
  const outcome = await recordUpload(context, {
    event,
    guest: { kind: 'guest', guestId, eventId, pinVersion: event.pinVersion },
    photoId: uploadId,
    ...stored,
    bytes: stored.facts.bytes,
    idempotencyKey,
    notes,
    preview: isShown ? await keepPreview(context, upload, event, stored, preview) : 'none',
  });
  if (!outcome.created) {
    const { photo } = outcome.record;
    if (idempotencyKey && photo.idempotencyKey === idempotencyKey && !isOfFile(photo, stored.sha256)) {
      throw new DomainError(
        'idempotency.mismatch',
        'This Idempotency-Key was used for another photo. Use a new key for new bytes.',
      );
    }
  }
  return { ...outcome, isHidden: isUndeveloped(event, context.ports.clock.now()) };
}
