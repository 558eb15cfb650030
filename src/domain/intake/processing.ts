import type { ThumbnailJob } from '../../contract/jobs.ts';
import type { FailureCode, PhotoType } from '../../contract/photos.ts';
import { noteDecision } from '../../db/decisions.ts';
import { findEventToRestore } from '../../db/events.ts';
import { countPublishedOf, readGuestForRules } from '../../db/guests.ts';
import { addToOutbox } from '../../db/outbox.ts';
import { completePhoto, failPhoto, findPhotos, insertRenditions } from '../../db/photos.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { firstDecision } from '../moderation/first-decision-rules.ts';
import { makeRenditionKey, originalKey, photoPrefix } from './rendition-keys.ts';

export interface ProcessingWork {
  originalKey: string;
  prefix: string;
  facts: { type: PhotoType; width: number; height: number };
  /** IANA zone of the event, for times taken without an offset */
  timeZone: string;
}

/** @returns null when there is nothing to do: processed before, deleted, or gone with its event. */
export async function loadForProcessing(context: TenantContext, job: ThumbnailJob): Promise<ProcessingWork | null> {
  const { tenantId } = job;
  const [events, records] = await readTenant(context.db, { tenantId }, (tx) => [
    findEventToRestore(tx, tenantId, job.eventId),
    findPhotos(tx, tenantId, [job.photoId]),
  ]);
  const event = events[0];
  const photo = records[0]?.photo;
  if (!event || !photo || photo.deletedAt || photo.status !== 'processing') return null;
  return {
    originalKey: originalKey(job),
    prefix: photoPrefix(job),
    facts: { type: photo.type, width: photo.storedWidth, height: photo.storedHeight },
    timeZone: event.timeZone,
  };
}

export interface ProcessingResult {
  width: number;
  height: number;
  /** ThumbHash, base64 */
  thumbhash: string;
  takenAt: Date | null;
  renditions: { name: number; width: number; height: number; bytes: number }[];
}

/** Renditions, first decision and outbox row in one transaction; a second run finds the photo done and changes nothing. */
export async function completeProcessing(
  context: TenantContext,
  job: ThumbnailJob,
  result: ProcessingResult,
): Promise<void> {
  const { tenantId, eventId, photoId } = job;
  const now = context.ports.clock.now();
  const renditionKey = await makeRenditionKey(context.config.RENDITION_KEY_SECRET, job);
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [event] = await findEventToRestore(tx, tenantId, eventId);
    const [record] = await findPhotos(tx, tenantId, [photoId]);
    if (!event || !record) return;
    // Held until the end of this transaction: whoever blocks this guest meanwhile waits, and then finds the photo.
    const [guest] = await readGuestForRules(tx, tenantId, record.photo.guestId);
    const [published] = await countPublishedOf(tx, tenantId, record.photo.guestId);
    const first = firstDecision(event, guest, record.photo.caption, published?.count ?? 0);
    const [done] = await completePhoto(tx, tenantId, photoId, {
      status: first.status,
      flags: first.flags,
      ...(first.status === 'pending'
        ? {}
        : { decidedAt: now, decidedByKind: 'rule' as const, decidedReason: first.reason }),
      ...(first.status === 'rejected' ? { blockedFrom: 'pending' as const } : {}),
      width: result.width,
      height: result.height,
      thumbhash: result.thumbhash,
      takenAt: result.takenAt,
      renditionKey,
    });
    if (!done) return;
    await insertRenditions(
      tx,
      result.renditions.map(({ name, width, height, bytes }) => ({ tenantId, photoId, name, width, height, bytes })),
    );
    if (first.status !== 'pending') {
      await noteDecision(tx, {
        tenantId,
        eventId,
        photoId,
        fromStatus: 'processing',
        toStatus: first.status,
        byKind: 'rule',
        reason: first.reason,
      });
    }
    await addToOutbox(tx, [{ tenantId, eventId, photoId, version: done.version }]);
  });
}

/** Ends processing with a reason the guest can read. */
export async function failProcessing(
  context: TenantContext,
  job: ThumbnailJob,
  failure: { code: FailureCode; message: string },
): Promise<void> {
  const { tenantId, eventId, photoId } = job;
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [failed] = await failPhoto(tx, tenantId, photoId, failure);
    if (failed) await addToOutbox(tx, [{ tenantId, eventId, photoId, version: failed.version }]);
  });
}
