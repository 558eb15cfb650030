import {
  abandonedUploads,
  dueEvents,
  eventsToErase,
  forgetExpired,
  overduePreviews,
  photosToBackfill,
  photosToErase,
  rejectedToErase,
  stalledRehearsals,
  stuckPhotos,
  unpublishedEvents,
  usageToCheck,
} from '../db/doors.ts';
import { claimStuckPhoto, returnTry } from '../db/processing.ts';
import { writeTenantBatch } from '../db/scope.ts';
import { reconcileUsage } from '../db/usage.ts';
import type { Services, TenantContext } from './context.ts';
import { park } from './dead-letters.ts';
import { eraseDeletedEvent, passDate } from './organiser/event-sweeps.ts';
import { RESTORABLE_DAYS } from './event-rules.ts';
import { discardRejected, REJECTED_DAYS } from './moderation/rejected.ts';
import { eraseObjects, publishEvent } from './outbox.ts';
import { endWait } from './intake/previews.ts';
import { queueBackfill } from './intake/backfill.ts';
import { failProcessing } from './intake/processing.ts';
import { contextFor } from './tenants.ts';
import type { RenditionAddress } from './intake/rendition-keys.ts';
import { discardUpload } from './intake/upload-intents.ts';

/** Longer than any upload takes: 100 MB at 256 kbit/s is under an hour. */
const ABANDONED_AFTER_SECONDS = 2 * 3600;
/** The steps of a rehearsal follow one another by a second or two. */
const STALLED_AFTER_SECONDS = 10;
const MAX_REQUEUES = 8;
const LIST_LIMIT = 100;

export interface SweepReport {
  republished: number;
  requeued: number;
  /** photos whose announced preview did not come in time */
  overdue: number;
  abandoned: number;
  erased: number;
  /** photos rejected long ago that are now gone for good */
  discarded: number;
  /** photos whose renditions are to be completed, queued */
  backfilled: number;
  /** events one of whose dates has come */
  due: number;
  /** deleted events that are now gone for good */
  buried: number;
  /** rehearsals whose next step seemed lost, carried on */
  rehearsed: number;
  /** events whose sums were compared with their photos */
  recounted: number;
  /** what failed, by the name of the step; the next sweep tries again */
  errors: { step: string; error: string }[];
}

async function requeue(context: TenantContext, address: RenditionAddress): Promise<void> {
  const now = context.ports.clock.now();
  const before = new Date(now.getTime() - context.config.REQUEUE_AFTER_SECONDS * 1000);
  const [claimed] = await writeTenantBatch(context.db, { tenantId: address.tenantId }, (tx) => [
    claimStuckPhoto(tx, address.tenantId, address.photoId, before, now),
  ]);
  const attempts = claimed[0]?.attempts;
  if (attempts === undefined) return;
  const job = { v: 1 as const, ...address };
  if (attempts <= MAX_REQUEUES) {
    try {
      return await context.ports.jobs.thumbnail(job);
    } catch (error) {
      await writeTenantBatch(context.db, { tenantId: address.tenantId }, (tx) => [
        returnTry(tx, address.tenantId, address.photoId),
      ]);
      throw error;
    }
  }
  await park(context, {
    messageId: `requeue-${address.photoId}`,
    queue: 'momentique-thumbnails',
    tenantId: address.tenantId,
    body: job,
    reason: `still processing after ${MAX_REQUEUES} tries`,
  });
  await failProcessing(context, job, {
    code: 'photo.unprocessable',
    message: 'We could not prepare this photo. The host has been told; you can try to send it in another form.',
  });
  await publishEvent(context, address.eventId);
}

/**
 * Finds what was missed and does it again: changes no room has heard of, photos whose job or preview was lost,
 * bytes without a photo, deleted photos with objects, dates that have come, events nobody can restore,
 * rehearsals that stand still, sums that may be wrong. One failure does not stop the others.
 */
export async function sweep(services: Services): Promise<SweepReport> {
  const report: SweepReport = {
    republished: 0,
    requeued: 0,
    overdue: 0,
    backfilled: 0,
    abandoned: 0,
    erased: 0,
    discarded: 0,
    due: 0,
    buried: 0,
    rehearsed: 0,
    recounted: 0,
    errors: [],
  };
  const deferred: Promise<unknown>[] = [];
  const note = (step: string, error: unknown): void => {
    report.errors.push({ step, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
  };
  // Caught at once: it may fail long before anybody waits for it.
  const defer = (work: Promise<unknown>) => void deferred.push(work.catch((error: unknown) => note('deferred', error)));
  const each = async <T extends { tenantId: string }>(
    step: Exclude<keyof SweepReport, 'errors'>,
    list: () => Promise<T[]>,
    work: (context: TenantContext, item: T) => Promise<void>,
  ) => {
    try {
      for (const item of await list()) {
        try {
          await work(await contextFor(services, item.tenantId, defer), item);
          report[step]++;
        } catch (error) {
          note(step, error);
        }
      }
    } catch (error) {
      note(step, error);
    }
  };
  const { config, db } = services;
  await each(
    'republished',
    () => unpublishedEvents(db, config.REPUBLISH_AFTER_SECONDS, LIST_LIMIT),
    (context, item) => publishEvent(context, item.eventId),
  );
  await each(
    'due',
    () => dueEvents(db, LIST_LIMIT),
    (context, item) => passDate(context, item.eventId),
  );
  await each('overdue', () => overduePreviews(db, LIST_LIMIT), endWait);
  await each('backfilled', () => photosToBackfill(db, LIST_LIMIT), queueBackfill);
  await each('requeued', () => stuckPhotos(db, config.REQUEUE_AFTER_SECONDS, LIST_LIMIT), requeue);
  await each('abandoned', () => abandonedUploads(db, ABANDONED_AFTER_SECONDS, LIST_LIMIT), discardUpload);
  await each('discarded', () => rejectedToErase(db, REJECTED_DAYS, LIST_LIMIT), discardRejected);
  await each('erased', () => photosToErase(db, LIST_LIMIT), eraseObjects);
  await each(
    'buried',
    () => eventsToErase(db, RESTORABLE_DAYS, LIST_LIMIT),
    (context, item) => eraseDeletedEvent(context, item.eventId),
  );
  await each(
    'rehearsed',
    () => stalledRehearsals(db, STALLED_AFTER_SECONDS, LIST_LIMIT),
    (context, item) => context.ports.jobs.rehearse({ v: 1, ...item, tick: null }, 0),
  );
  await each(
    'recounted',
    () => usageToCheck(db, LIST_LIMIT),
    async (context, { tenantId, eventId }) => {
      await writeTenantBatch(context.db, { tenantId }, (tx) => reconcileUsage(tx, tenantId, eventId));
    },
  );
  try {
    await forgetExpired(db, 500);
  } catch (error) {
    note('forgotten', error);
  }
  await Promise.allSettled(deferred);
  return report;
}
