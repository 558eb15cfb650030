import type { ThumbnailJob } from '../contract/jobs.ts';
import type { FailureCode, PhotoType } from '../contract/photos.ts';
import { findEventToRestore } from '../db/events.ts';
import { addToOutbox } from '../db/outbox.ts';
import { completePhoto, failPhoto, findPhotos, insertRenditions } from '../db/photos.ts';
import { readTenant, writeTenant } from '../db/scope.ts';
import type { TenantContext } from './context.ts';
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

/** Renditions, status and outbox row in one transaction; a second run finds the photo done and changes nothing. */
export async function completeProcessing(
  context: TenantContext,
  job: ThumbnailJob,
  result: ProcessingResult,
): Promise<void> {
  const { tenantId, eventId, photoId } = job;
  const renditionKey = await makeRenditionKey(context.config.RENDITION_KEY_SECRET, job);
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [event] = await findEventToRestore(tx, tenantId, eventId);
    if (!event) return;
    const [done] = await completePhoto(tx, tenantId, photoId, {
      // A setting that cannot be read as "after" waits for a moderator.
      status: event.moderation === 'after' ? 'approved' : 'pending',
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
