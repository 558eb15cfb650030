import type { ThumbnailJob } from '../../contract/jobs.ts';
import { findEventToRestore } from '../../db/events.ts';
import { findPhotos, lockPhotos, type ListedPhotoRow, type PhotoRecord } from '../../db/photos.ts';
import { claimBackfill, completeBackfill, endBackfill, insertRenditions } from '../../db/processing.ts';
import { readTenant, writeTenant, writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { park } from '../dead-letters.ts';
import { foundOfFile, originalOf, sizeOf, workOf, type ProcessingResult, type ProcessingWork } from './processing.ts';
import type { RenditionAddress } from './rendition-keys.ts';

const MAX_TRIES = 6;
const FIRST_WAIT_MS = 10 * 60_000;

export interface BackfillWork extends ProcessingWork {
  /** perceptual hash of the copy that people have seen, and decided on: an original that shows something else stays back */
  looksLike?: string;
  /** renditions that are there, and stay as they are: their addresses are kept for a year by whoever has seen them */
  present: number[];
}

/** @returns null when there is nothing to complete: done before, deleted, not decoded, or gone with its event. */
export async function loadForBackfill(context: TenantContext, job: ThumbnailJob): Promise<BackfillWork | null> {
  const { tenantId } = job;
  const [events, records] = await readTenant(context.db, { tenantId }, (tx) => [
    findEventToRestore(tx, tenantId, job.eventId),
    findPhotos(tx, tenantId, [job.photoId]),
  ]);
  const [event] = events;
  const [record] = records;
  if (!event || !record || record.photo.deletedAt || !record.photo.backfillAt || !record.photo.renditionKey)
    return null;
  return backfillOf(job, record, event.timeZone);
}

/** What is to be looked at: of a photo whose original has come after its copy, that. */
function backfillOf(job: ThumbnailJob, { photo, renditions }: PhotoRecord, timeZone: string): BackfillWork {
  const work = workOf(job, { photo, timeZone });
  const present = renditions.map(({ name }) => name);
  if (photo.originalState !== 'arrived' && photo.originalState !== 'unread') return { ...work, present };
  const original = originalOf(job, photo);
  const arrived = { ...work, original, keepsPlace: photo.keepLocation };
  if (photo.originalState === 'unread') return { ...arrived, present };
  const looksLike = photo.perceptualHash === null ? {} : { looksLike: photo.perceptualHash };
  return { ...arrived, source: { ...original, isPreview: false }, present: [], ...looksLike };
}

/** What a photo is once its original has been looked at. */
function withOriginal(photo: ListedPhotoRow, result: ProcessingResult) {
  if (photo.originalState === 'unread') return { originalState: null, ...sizeOf(photo, result) };
  if (photo.originalState !== 'arrived') return {};
  const { width, height, thumbhash, takenAt, partialShare = 1 } = result;
  return {
    originalState: null,
    previewState: null,
    width,
    height,
    thumbhash,
    partialShare,
    takenAt: takenAt ?? photo.takenAt,
  };
}

/** Adds what is new. Neither the status of the photo nor anybody's decision is touched; a repeat changes nothing. */
export async function completeBackfilling(
  context: TenantContext,
  job: ThumbnailJob,
  result: ProcessingResult,
): Promise<void> {
  const { tenantId, photoId } = job;
  await writeTenant(context.db, { tenantId }, async (tx) => {
    await lockPhotos(tx, tenantId, [photoId]);
    const [record] = await findPhotos(tx, tenantId, [photoId]);
    if (!record) return;
    const { original } = backfillOf(job, record, 'UTC');
    // Its original came meanwhile: what was found is of the copy, and the photo stays on the list.
    if (result.originalKey !== undefined && result.originalKey !== original.key) return;
    if (result.isOther) return void (await completeBackfill(tx, tenantId, photoId, { originalState: 'differs' }));
    const [completed] = await completeBackfill(tx, tenantId, photoId, {
      ...withOriginal(record.photo, result),
      ...result.features,
      ...foundOfFile(result),
      ...(result.processing ? { processing: result.processing } : {}),
    });
    if (!completed || result.renditions.length === 0) return;
    await insertRenditions(
      tx,
      result.renditions.map(({ name, width, height, bytes }) => ({ tenantId, photoId, name, width, height, bytes })),
    );
  });
}

/** The photo stays as it was; why it could not be completed is where a person sees it. */
export async function failBackfill(context: TenantContext, job: ThumbnailJob, reason: string): Promise<void> {
  await park(context, {
    messageId: `backfill-${job.photoId}`,
    queue: 'momentique-thumbnails',
    tenantId: job.tenantId,
    body: job,
    reason: `renditions not completed: ${reason}`,
  });
  await writeTenantBatch(context.db, { tenantId: job.tenantId }, (tx) => [endBackfill(tx, job.tenantId, job.photoId)]);
}

/** Queues one photo of the worklist; it is on the list again, later each time, until it has been completed. */
export async function queueBackfill(context: TenantContext, address: RenditionAddress): Promise<void> {
  const { tenantId, photoId } = address;
  const now = context.ports.clock.now();
  const job = { v: 1 as const, ...address, task: 'backfill' as const };
  const [claimed] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
    claimBackfill(tx, tenantId, photoId, now, FIRST_WAIT_MS),
  ]);
  const [claim] = claimed;
  if (!claim) return;
  if (claim.attempts > MAX_TRIES) return failBackfill(context, job, `${MAX_TRIES} tries`);
  await context.ports.jobs.thumbnail(job);
}
