import type { OwnPhoto } from '../../contract/photos.ts';
import type { UploadNotes } from '../../contract/upload-object.ts';
import { addUploadIntent } from '../../db/outbox.ts';
import type { PhotoRecord } from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { writeTenantBatch } from '../../db/scope.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { InspectedFile } from '../images/inspector.ts';
import { isUndeveloped } from '../admission/camera-rules.ts';
import { toOwnPhoto } from '../photo-rules.ts';
import { admitUpload, requireAllowed, type Candidate } from './admission.ts';
import { checkDeclared } from './declared-rules.ts';
import { hashStream, storeOriginal } from './receive-stream.ts';
import { mostOf } from './originals/copies.ts';
import { recordUpload } from './originals/arrival.ts';
import { requireWanted } from './originals/wanted.ts';
import { isOfFile, notAwaited } from './originals/rules.ts';
import { originalKey } from './rendition-keys.ts';
import { discardUpload } from './upload-intents.ts';

export interface UploadRequest {
  event: string;
  /** sessions the device holds; the one of this event counts */
  guests: GuestActor[];
  body: ReadableStream<Uint8Array>;
  /** bytes, from `Content-Length` */
  length: number;
  contentType: string;
  /** SHA-256 that the client claims, hexadecimal */
  sha256: string | null;
  idempotencyKey: string | null;
  notes: UploadNotes;
  /** in which language the guest reads, should there be a text to agree to */
  reader: Candidate['reader'];
  /** whether the sender will make a picture of it, should it be one that is not decoded here */
  previewComing: boolean;
}

export interface UploadOutcome {
  photo: OwnPhoto;
  created: boolean;
}

/** The same key again: the first photo for the same bytes, a refusal for others. */
async function repeat(
  context: TenantContext,
  request: UploadRequest,
  event: EventRow,
  earlier: PhotoRecord,
): Promise<UploadOutcome> {
  const sha256 = await hashStream(request.body, context.config.MAX_UPLOAD_BYTES);
  const isHidden = isUndeveloped(event, context.ports.clock.now());
  if (isOfFile(earlier.photo, sha256)) return { photo: toOwnPhoto(earlier, isHidden), created: false };
  throw new DomainError(
    'idempotency.mismatch',
    'This Idempotency-Key was used for another photo. Use a new key for new bytes.',
  );
}

/** The original of a photo again, which is there. */
async function repeatOriginal(
  context: TenantContext,
  { body }: UploadRequest,
  event: EventRow,
  record: PhotoRecord,
): Promise<UploadOutcome> {
  const sha256 = await hashStream(body, context.config.MAX_UPLOAD_BYTES);
  if (record.photo.copySha256 === null || sha256 !== record.photo.sha256) throw notAwaited();
  const isHidden = isUndeveloped(event, context.ports.clock.now());
  return { photo: toOwnPhoto(record, isHidden), created: false };
}

/**
 * Receives one photo: judged while it streams, stored under its own prefix, checked, then recorded.
 * Whatever breaks in between leaves either nothing, or a prefix that the sweeper removes, or a photo
 * that a repeat of the request finds.
 * @throws DomainError photo.*, event.*, consent.required, guest.*, quota.exceeded, idempotency.mismatch, access.denied,
 * rate.limited
 */
export async function receivePhoto(context: TenantContext, request: UploadRequest): Promise<UploadOutcome> {
  checkDeclared(request.contentType, request.length, mostOf(request.notes, context.config.MAX_UPLOAD_BYTES));
  const tenantId = context.tenant.id;
  const { notes, length: bytes, reader } = request;
  const { original } = notes;
  const admitted = await admitUpload(context, request, original === null ? [] : [original]);
  const { event, guest, earlier } = admitted;
  if (earlier) return repeat(context, request, event, earlier);
  let { consentVersion } = notes;
  if (original === null) {
    consentVersion = requireAllowed(admitted, { bytes, consentVersion, reader }, context.ports.clock.now());
  } else {
    const record = requireWanted(admitted, original, bytes);
    if (record.photo.originalState !== 'awaited') return repeatOriginal(context, request, event, record);
  }
  if (!(await context.ports.limiter.allow('uploads', `${tenantId}:${event.id}:${guest.guestId}`))) {
    throw new DomainError('rate.limited', 'That was a lot of photos at once. The rest can follow in a minute.', {
      retryAfterSeconds: 30,
    });
  }
  return keepPhoto(context, { event, guest, request: { ...request, notes: { ...notes, consentVersion } } });
}

/**
 * What happens to a photo that has been let in: stored, checked, recorded, queued. For `receivePhoto`, and for pretend
 * guests, whose event no door leads to.
 * @throws DomainError photo.*, idempotency.mismatch, unavailable
 */
export async function keepPhoto(
  context: TenantContext,
  { event, guest, request }: { event: EventRow; guest: GuestActor; request: UploadRequest },
): Promise<UploadOutcome> {
  const tenantId = context.tenant.id;
  const address = { tenantId, eventId: event.id, photoId: crypto.randomUUID() };
  await writeTenantBatch(context.db, { tenantId }, (tx) => [
    addUploadIntent(tx, { tenantId, id: address.photoId, eventId: event.id, bytes: request.length }),
  ]);
  let stored: { facts: InspectedFile; sha256: string };
  let outcome: { record: PhotoRecord; created: boolean };
  try {
    stored = await storeOriginal(context, originalKey(address), request);
    outcome = await recordUpload(context, {
      event,
      guest,
      photoId: address.photoId,
      bytes: request.length,
      idempotencyKey: request.idempotencyKey,
      notes: request.notes,
      preview: request.previewComing ? 'coming' : 'none',
      ...stored,
    });
  } catch (error) {
    context.defer(discardUpload(context, address));
    throw error;
  }
  if (!outcome.created) {
    context.defer(discardUpload(context, address));
    if (
      request.idempotencyKey &&
      outcome.record.photo.idempotencyKey === request.idempotencyKey &&
      !isOfFile(outcome.record.photo, stored.sha256)
    ) {
      throw new DomainError(
        'idempotency.mismatch',
        'This Idempotency-Key was used for another photo. Use a new key for new bytes.',
      );
    }
  } else {
    // A job that cannot be queued now is queued by the sweeper: the photo stays `processing`.
    if (outcome.record.photo.previewState !== 'coming') {
      context.defer(context.ports.jobs.thumbnail({ v: 1, ...address }));
    }
  }
  const isHidden = isUndeveloped(event, context.ports.clock.now());
  return { photo: toOwnPhoto(outcome.record, isHidden), created: outcome.created };
}
