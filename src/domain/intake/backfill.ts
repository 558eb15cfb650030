import type { ThumbnailJob } from '../../contract/jobs.ts';
import { findEventToRestore } from '../../db/events.ts';
import { findPhotos } from '../../db/photos.ts';
import { claimBackfill, completeBackfill, endBackfill, insertRenditions } from '../../db/processing.ts';
import { readTenant, writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { park } from '../dead-letters.ts';
import { foundOfFile, workOf, type ProcessingResult, type ProcessingWork } from './processing.ts';
import type { RenditionAddress } from './rendition-keys.ts';

const MAX_TRIES = 6;
const FIRST_WAIT_MS = 10 * 60_000;

export interface BackfillWork extends ProcessingWork {
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
  const work = workOf(job, { photo: record.photo, timeZone: event.timeZone });
  return { ...work, present: record.renditions.map(({ name }) => name) };
}

/** Adds what is new. Neither the status of the photo nor anybody's decision is touched; a repeat changes nothing. */
export async function completeBackfilling(
  context: TenantContext,
  job: ThumbnailJob,
  result: ProcessingResult,
): Promise<void> {
  const { tenantId, photoId } = job;
  const made = result.renditions.map(({ name, width, height, bytes }) => {
    return { tenantId, photoId, name, width, height, bytes };
  });
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    completeBackfill(tx, tenantId, photoId, {
      ...result.features,
      ...foundOfFile(result),
      ...(result.processing ? { processing: result.processing } : {}),
    }),
    ...(made.length > 0 ? [insertRenditions(tx, made)] : []),
  ]);
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
