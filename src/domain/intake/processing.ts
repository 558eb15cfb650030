import type { ThumbnailJob } from '../../contract/jobs.ts';
import type { FailureCode, PhotoLocation, PhotoType } from '../../contract/photos.ts';
import { noteDecision } from '../../db/decisions.ts';
import { findEventToRestore } from '../../db/events.ts';
import { countPublishedOf, readGuestForRules } from '../../db/guests.ts';
import { addToOutbox } from '../../db/outbox.ts';
import type { ProcessingAccount } from '../../db/schema/photos.ts';
import { findPhotos, type ListedPhotoRow } from '../../db/photos.ts';
import { completePhoto, failPhoto, insertRenditions } from '../../db/processing.ts';
import { readTenant, writeTenant } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { firstDecision } from '../moderation/first-decision-rules.ts';
import { uprightSize } from './preview-rules.ts';
import { makeRenditionKey, photoPrefix, receivedKey, standInKey } from './rendition-keys.ts';
import { transcodePreview } from './transcoding.ts';

/** An object in the store, and what its own headers say. */
export interface StoredPicture {
  key: string;
  bytes: number;
  facts: { type: PhotoType; width: number; height: number };
}

export interface ProcessingWork {
  prefix: string;
  /** as it came; what is downloaded */
  original: StoredPicture;
  /** what is decoded: the original, or the preview that stands for it; null: neither can be, `photo.no_preview` */
  source: (StoredPicture & { isPreview: boolean }) | null;
  /** by choice of who sent it the place stays in what others download */
  keepsPlace: boolean;
  /** IANA zone of the event, for times taken without an offset */
  timeZone: string;
}

/** @returns null when there is nothing to do: processed before, deleted, still without its preview, or gone with its event. */
export async function loadForProcessing(context: TenantContext, job: ThumbnailJob): Promise<ProcessingWork | null> {
  const found = await readForProcessing(context, job);
  if (!found || found.photo.previewState === 'coming') return null;
  const work = workOf(job, found);
  if (work.source || !(await transcodePreview(context, job, found.photo, found.timeZone))) return work;
  const again = await readForProcessing(context, job);
  return again && workOf(job, again);
}

interface Found {
  photo: ListedPhotoRow;
  timeZone: string;
}

async function readForProcessing(context: TenantContext, job: ThumbnailJob): Promise<Found | null> {
  const { tenantId } = job;
  const [events, records] = await readTenant(context.db, { tenantId }, (tx) => [
    findEventToRestore(tx, tenantId, job.eventId),
    findPhotos(tx, tenantId, [job.photoId]),
  ]);
  const event = events[0];
  const photo = records[0]?.photo;
  if (!event || !photo || photo.deletedAt || photo.status !== 'processing') return null;
  return { photo, timeZone: event.timeZone };
}

/**
 * What is to be read for a photo, whatever has become of it. Of one whose original is not there, or has not been looked
 * at, the copy is all there is.
 */
export function workOf(job: ThumbnailJob, { photo, timeZone }: Found): ProcessingWork {
  const copy = photo.originalState === null ? null : previewOf(job, photo);
  if (copy) {
    const { key, bytes, facts } = copy;
    return { prefix: photoPrefix(job), original: { key, bytes, facts }, source: copy, keepsPlace: false, timeZone };
  }
  const original = originalOf(job, photo);
  const preview = previewOf(job, photo);
  return {
    prefix: photoPrefix(job),
    original,
    source: preview ?? (photo.previewState === null ? { ...original, isPreview: false } : null),
    keepsPlace: photo.keepLocation,
    timeZone,
  };
}

/** The file that a photo's row is of, where it lies once it is there. */
export const originalOf = (job: ThumbnailJob, photo: ListedPhotoRow): StoredPicture => ({
  key: receivedKey(job, photo),
  bytes: photo.bytes,
  facts: { type: photo.type, width: photo.storedWidth, height: photo.storedHeight },
});

function previewOf(job: ThumbnailJob, photo: ListedPhotoRow): ProcessingWork['source'] {
  const { previewType: type, previewWidth: width, previewHeight: height, previewBytes: bytes } = photo;
  if (photo.previewState !== 'stored' || !type || !width || !height || !bytes) return null;
  return { key: standInKey(job, photo), bytes, facts: { type, width, height }, isPreview: true };
}

/** What the pipeline has made and found; a part that it does not know is left out. */
export interface ProcessingResult {
  /** of the file that downloads were judged by */
  originalKey?: string;
  /** it is not the picture that people have seen: nothing of it has been stored */
  isOther?: boolean;
  /** pixels of what was decoded, upright */
  width: number;
  height: number;
  /** ThumbHash, base64 */
  thumbhash: string;
  takenAt: Date | null;
  renditions: { name: number; width: number; height: number; bytes: number }[];
  features?: {
    /** #rrggbb */
    dominantColour: string;
    sharpness: number;
    /** 64 bits as 16 hexadecimal digits */
    perceptualHash: string;
  };
  /** 1: all of the picture could be decoded */
  partialShare?: number;
  animated?: boolean;
  /** overwrites of the original, and how many bytes of it a download has; without them there is no download */
  redactions?: unknown[] | null;
  publicBytes?: number | null;
  publicSha256?: string | null;
  location?: PhotoLocation | null;
  processing?: ProcessingAccount;
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
    // Read before its original came: what was found is of another file, and the sweeper has it looked at again.
    const { original } = workOf(job, { photo: record.photo, timeZone: event.timeZone });
    if (result.originalKey !== undefined && result.originalKey !== original.key) return;
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
      ...sizeOf(record.photo, result),
      thumbhash: result.thumbhash,
      // Of a preview it is known already, from the original.
      takenAt: result.takenAt ?? record.photo.takenAt,
      renditionKey,
      ...result.features,
      ...(result.partialShare === undefined ? {} : { partialShare: result.partialShare }),
      // What the file's own headers said is not unsaid by a still picture of it.
      animated: record.photo.animated || (result.animated ?? false),
      ...foundOfFile(result),
      ...(result.processing ? { processing: result.processing } : {}),
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

/** All of what is known of the file that others download, or nothing of it. */
export const foundOfFile = ({ redactions, publicBytes, publicSha256, location }: ProcessingResult) =>
  redactions === undefined ? {} : { redactions, publicBytes, publicSha256, location };

/** A preview is smaller than what it stands for, whose own size is what everybody is told. */
export const sizeOf = (photo: ListedPhotoRow, decoded: { width: number; height: number }) =>
  photo.previewState === 'stored'
    ? uprightSize({ width: photo.storedWidth, height: photo.storedHeight }, decoded)
    : { width: decoded.width, height: decoded.height };

/** Ends processing with a reason the guest can read. */
export async function failProcessing(
  context: TenantContext,
  job: ThumbnailJob,
  failure: { code: FailureCode; message: string; processing?: ProcessingAccount | undefined },
): Promise<void> {
  const { tenantId, eventId, photoId } = job;
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [failed] = await failPhoto(tx, tenantId, photoId, failure);
    if (failed) await addToOutbox(tx, [{ tenantId, eventId, photoId, version: failed.version }]);
  });
}
