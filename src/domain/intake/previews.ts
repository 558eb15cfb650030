import { PREVIEW_TYPES, type OwnPhoto, type PhotoType, type PreviewType } from '../../contract/photos.ts';
import { PREVIEW_MAX_BYTES, PREVIEW_MAX_SIDE_PIXELS } from '../../contract/values/preview-limits.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { addToOutbox } from '../../db/outbox.ts';
import { findPhotos, lockPhotos, type PhotoRecord } from '../../db/photos.ts';
import { giveUpPreview, storePreview } from '../../db/processing.ts';
import type { PhotoRow } from '../../db/schema/photos.ts';
import { readTenant, writeTenant, writeTenantBatch } from '../../db/scope.ts';
import { isUndeveloped } from '../admission/camera-rules.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { idsOf, requireIdentity } from '../guests/identities.ts';
import { createImageInspector } from '../images/inspector.ts';
import { publishEvent } from '../outbox.ts';
import { toOwnPhoto } from '../photo-rules.ts';
import { photoNotFound } from '../photos.ts';
import { fitsShape, type PreviewFacts, type Shape } from './preview-rules.ts';
import { originalTime } from './original-time.ts';
import { originalKey, previewKey, type RenditionAddress } from './rendition-keys.ts';

export interface PreviewRequest {
  event: string;
  /** sessions the device holds; the one of this event counts */
  guests: GuestActor[];
  photo: string;
  /** reads the body, and no more than so many bytes of it */
  read: (maxBytes: number) => Promise<Uint8Array>;
}

/** Whether a preview changes anything: one that comes late still saves a photo that failed for the want of it. */
const isAwaited = (photo: Pick<PhotoRow, 'status' | 'previewState' | 'failureCode'>): boolean =>
  (photo.previewState === 'coming' || photo.previewState === 'missing') &&
  (photo.status === 'processing' || (photo.status === 'failed' && photo.failureCode === 'photo.no_preview'));

const isPreviewType = (type: string): type is PreviewType => (PREVIEW_TYPES as readonly string[]).includes(type);

/**
 * Judges a picture that is to stand for an original.
 * @throws DomainError photo.* with what is wrong with it
 */
export function judgePreview(bytes: Uint8Array, original: Shape): PreviewFacts {
  if (bytes.length > PREVIEW_MAX_BYTES) {
    throw new DomainError('photo.too_large', `A preview may have ${PREVIEW_MAX_BYTES / 1e6} MB at most.`);
  }
  const inspector = createImageInspector({ types: PREVIEW_TYPES });
  inspector.push(bytes);
  const { type, width, height } = inspector.finish();
  if (!isPreviewType(type)) {
    throw new DomainError('photo.unsupported_type', `A preview is one of ${PREVIEW_TYPES.join(', ')}.`);
  }
  if (Math.max(width, height) > PREVIEW_MAX_SIDE_PIXELS) {
    throw new DomainError(
      'photo.too_many_pixels',
      `A preview may have ${PREVIEW_MAX_SIDE_PIXELS} pixels on its longer side; this one has ${width} × ${height}.`,
    );
  }
  if (!fitsShape(original, { width, height })) {
    throw new DomainError(
      'photo.preview_mismatch',
      `A preview of ${width} × ${height} is not of a file of ${original.width} × ${original.height}. Make it of the file itself.`,
    );
  }
  return { type, width, height, bytes: bytes.length };
}

async function admit(
  context: TenantContext,
  request: PreviewRequest,
): Promise<{ guest: GuestActor; own: PhotoRecord; timeZone: string; isHidden: boolean }> {
  const tenantId = context.tenant.id;
  const [events, known, records] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, request.event),
    findIdentities(tx, tenantId, idsOf(request.guests)),
    findPhotos(tx, tenantId, [request.photo]),
  ]);
  const { guest, row } = requireIdentity(events[0], request.guests, known);
  if (row.blockedAt) throw new DomainError('guest.blocked', 'The host does not take photos from this device.');
  const [own] = records;
  if (!own || own.photo.deletedAt || own.photo.guestId !== guest.guestId || own.photo.eventId !== guest.eventId) {
    throw photoNotFound();
  }
  const isHidden = events[0] ? isUndeveloped(events[0], context.ports.clock.now()) : true;
  return { guest, own, timeZone: events[0]?.timeZone ?? 'UTC', isHidden };
}

/**
 * Takes the picture that a guest's browser made of a photo which is not decoded here. Once: what comes when none is
 * awaited any more changes nothing, so a repeat is harmless and nobody can swap the picture of a published photo.
 * @throws DomainError photo.*, event.*, guest.blocked, access.denied, rate.limited
 */
export async function receivePreview(
  context: TenantContext,
  request: PreviewRequest,
): Promise<{ photo: OwnPhoto; stored: boolean }> {
  const tenantId = context.tenant.id;
  const { guest, own, timeZone, isHidden } = await admit(context, request);
  if (!isAwaited(own.photo)) return { photo: toOwnPhoto(own, isHidden), stored: false };
  if (!(await context.ports.limiter.allow('uploads', `${tenantId}:${guest.eventId}:${guest.guestId}:previews`))) {
    throw new DomainError('rate.limited', 'That was a lot of photos at once. The rest can follow in a minute.', {
      retryAfterSeconds: 30,
    });
  }
  const bytes = await request.read(PREVIEW_MAX_BYTES);
  const facts = judgePreview(bytes, { width: own.photo.storedWidth, height: own.photo.storedHeight });
  const address = { tenantId, eventId: guest.eventId, photoId: own.photo.id };
  const outcome = await keepPreview(context, address, { ...own.photo, timeZone }, bytes, facts);
  if (outcome.stored) {
    if (own.photo.status === 'failed') context.defer(publishEvent(context, address.eventId));
    // A job that cannot be queued now is queued by the sweeper: the photo stays `processing`.
    context.defer(context.ports.jobs.thumbnail({ v: 1, ...address }));
  }
  return { photo: toOwnPhoto(outcome.record, isHidden), stored: outcome.stored };
}

/**
 * Stores the object while the row is held, so that its facts are always of the object that is there, and nothing is
 * stored under the prefix of a photo that is being deleted.
 */
export async function keepPreview(
  context: TenantContext,
  address: RenditionAddress,
  original: { bytes: number; type: PhotoType; timeZone: string },
  bytes: Uint8Array,
  facts: PreviewFacts,
): Promise<{ record: PhotoRecord; stored: boolean }> {
  const { tenantId, eventId, photoId } = address;
  const now = context.ports.clock.now();
  const file = { key: originalKey(address), bytes: original.bytes, type: original.type };
  const takenAt = await originalTime(context.ports.originals, context.tenant.residency, file, {
    timeZone: original.timeZone,
    now,
  });
  return writeTenant(context.db, { tenantId }, async (tx) => {
    const [locked] = await lockPhotos(tx, tenantId, [photoId]);
    if (!locked || locked.deletedAt) throw photoNotFound();
    const awaited = isAwaited(locked);
    if (awaited) {
      await putPreview(context, address, bytes, facts);
      const [kept] = await storePreview(tx, tenantId, photoId, { ...facts, takenAt }, now);
      if (kept && locked.status === 'failed') {
        await addToOutbox(tx, [{ tenantId, eventId, photoId, version: kept.version }]);
      }
    }
    const [record] = await findPhotos(tx, tenantId, [photoId]);
    if (!record) throw photoNotFound();
    return { record, stored: awaited };
  });
}

export async function putPreview(
  context: TenantContext,
  address: RenditionAddress,
  bytes: Uint8Array,
  facts: PreviewFacts,
): Promise<void> {
  try {
    await context.ports.originals.put(context.tenant.residency, previewKey(address), bytes, {
      type: 'application/octet-stream',
      length: facts.bytes,
    });
  } catch (cause) {
    throw new DomainError('unavailable', 'The photo could not be stored just now. Send it again.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}

/** An announced preview did not come: the photo goes on without it, which for most of them is its end. */
export async function endWait(context: TenantContext, address: RenditionAddress): Promise<void> {
  const { tenantId, photoId } = address;
  const now = context.ports.clock.now();
  const [given] = await writeTenantBatch(context.db, { tenantId }, (tx) => [giveUpPreview(tx, tenantId, photoId, now)]);
  // Queued again by the sweeper if this fails: it is a photo like any other that waits for its job now.
  if (given.length > 0) await context.ports.jobs.thumbnail({ v: 1, ...address });
}
