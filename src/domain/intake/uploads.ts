import { PHOTO_TYPES, VIDEO_TYPES, type OwnPhoto, type PhotoType } from '../../contract/photos.ts';
import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { DatabaseUnavailable } from '../../db/errors.ts';
import { addUploadIntent, redeemUploadIntent } from '../../db/outbox.ts';
import {
  findByKey,
  findEarlierUpload,
  findFirstWithContent,
  findPhotos,
  insertPhoto,
  type PhotoRecord,
} from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant, writeTenant, writeTenantBatch } from '../../db/scope.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { uploadsClosedReason, type UploadsClosedReason } from '../event-rules.ts';
import { idsOf, requireIdentity } from '../guests/identities.ts';
import type { InspectedFile } from '../images/inspector.ts';
import { FILE_MAX_BYTES, FORMAT_LIMITS } from '../images/limits.ts';
import { toOwnPhoto } from '../photo-rules.ts';
import { previewOnArrival } from './preview-rules.ts';
import { hashStream, storeOriginal } from './receive-stream.ts';
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
  caption: string | null;
  /** whether the sender will make a picture of it, should it be one that is not decoded here */
  previewComing: boolean;
}

export interface UploadOutcome {
  photo: OwnPhoto;
  created: boolean;
}

const CLOSED_WORDS: Record<UploadsClosedReason, string> = {
  closed: 'This event takes no more photos. Ask the host if you think it should.',
  not_yet: 'This event does not take photos yet. Come back when it has begun.',
  over: 'The time for sending photos to this event is over. Ask the host if you think it should not be.',
};
const COMMIT_TRIES = 3;
const RETRY_WAIT_MS = 150;

/** @throws DomainError event.uploads_closed when the event takes no photos at this moment */
export function requireOpenUploads(event: EventRow, now: Date): void {
  const closed = uploadsClosedReason(event, now);
  if (closed) throw new DomainError('event.uploads_closed', CLOSED_WORDS[closed]);
}

/** Refuses what can be refused without reading a byte. */
function checkDeclared(context: TenantContext, request: UploadRequest): void {
  if (request.length === 0) throw new DomainError('photo.empty', 'The file is empty. Choose another photo.');
  const type = request.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(?:image|video)\//.test(type) && type !== 'application/octet-stream') {
    throw new DomainError(
      'photo.unsupported_type',
      `Only photos and videos can be sent here: ${PHOTO_TYPES.join(', ')}.`,
    );
  }
  const limit = Math.min(context.config.MAX_UPLOAD_BYTES, limitOf(type));
  if (request.length > limit) {
    throw new DomainError(
      'photo.too_large',
      `A file of this kind may have ${Math.floor(limit / 1_000_000)} MB at most. Send a smaller one.`,
    );
  }
}

/** Types are claims until the content has been seen: an unknown one may be anything that is taken at all. */
const limitOf = (type: string): number =>
  Object.hasOwn(FORMAT_LIMITS, type) ? FORMAT_LIMITS[type as PhotoType].bytes : FILE_MAX_BYTES;

interface Admitted {
  event: EventRow;
  guest: GuestActor;
  earlier: PhotoRecord | null;
}

async function admit(context: TenantContext, request: UploadRequest): Promise<Admitted> {
  const tenantId = context.tenant.id;
  const { guests, idempotencyKey } = request;
  const guestIds = idsOf(guests);
  const [events, known, earlier] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, request.event),
    findIdentities(tx, tenantId, guestIds),
    findByKey(tx, { tenantId, guestIds, key: idempotencyKey ?? '' }),
  ]);
  const event = events[0];
  const { guest, row } = requireIdentity(event, guests, known);
  if (!event) throw new DomainError('auth.required', 'Join the event first.');
  if (row.blockedAt) throw new DomainError('guest.blocked', 'The host does not take photos from this device.');
  return { event, guest, earlier: earlier.find((record) => record.photo.guestId === guest.guestId) ?? null };
}

/** The same key again: the first photo for the same bytes, a refusal for others. */
async function repeat(request: UploadRequest, earlier: PhotoRecord, limit: number): Promise<UploadOutcome> {
  const sha256 = await hashStream(request.body, limit);
  if (sha256 === earlier.photo.sha256) return { photo: toOwnPhoto(earlier), created: false };
  throw new DomainError(
    'idempotency.mismatch',
    'This Idempotency-Key was used for another photo. Use a new key for new bytes.',
  );
}

/**
 * Receives one photo: judged while it streams, stored under its own prefix, checked, then recorded.
 * Whatever breaks in between leaves either nothing, or a prefix that the sweeper removes, or a photo
 * that a repeat of the request finds.
 * @throws DomainError photo.*, event.*, idempotency.mismatch, guest.blocked, access.denied, rate.limited
 */
export async function receivePhoto(context: TenantContext, request: UploadRequest): Promise<UploadOutcome> {
  checkDeclared(context, request);
  const tenantId = context.tenant.id;
  const { event, guest, earlier } = await admit(context, request);
  if (earlier) return repeat(request, earlier, context.config.MAX_UPLOAD_BYTES);
  requireOpenUploads(event, context.ports.clock.now());
  if (!(await context.ports.limiter.allow('uploads', `${tenantId}:${event.id}:${guest.guestId}`))) {
    throw new DomainError('rate.limited', 'That was a lot of photos at once. The rest can follow in a minute.', {
      retryAfterSeconds: 30,
    });
  }
  return keepPhoto(context, { event, guest, request });
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
    addUploadIntent(tx, { tenantId, id: address.photoId, eventId: event.id }),
  ]);
  let stored: { facts: InspectedFile; sha256: string };
  let outcome: { record: PhotoRecord; created: boolean };
  try {
    stored = await storeOriginal(context, originalKey(address), request);
    outcome = await recordPhoto(context, { event, guest, request, photoId: address.photoId, ...stored });
  } catch (error) {
    context.defer(discardUpload(context, address));
    throw error;
  }
  if (!outcome.created) {
    context.defer(discardUpload(context, address));
    if (
      request.idempotencyKey &&
      outcome.record.photo.idempotencyKey === request.idempotencyKey &&
      outcome.record.photo.sha256 !== stored.sha256
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
  return { photo: toOwnPhoto(outcome.record), created: outcome.created };
}

interface Recording {
  event: EventRow;
  guest: GuestActor;
  request: UploadRequest;
  photoId: string;
  facts: InspectedFile;
  sha256: string;
}

async function recordPhoto(
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean }> {
  for (let tried = 1; ; tried++) {
    try {
      const outcome = await recordOnce(context, input);
      if (outcome) return outcome;
    } catch (error) {
      // After a broken COMMIT nobody knows; the next try finds its own row or makes it.
      if (!(error instanceof DatabaseUnavailable) || tried >= COMMIT_TRIES) throw error;
    }
    if (tried >= COMMIT_TRIES) throw new DatabaseUnavailable('the photo could not be recorded');
    await new Promise((resolve) => setTimeout(resolve, RETRY_WAIT_MS * 4 ** (tried - 1)));
  }
}

/** @returns null when another request of the same guest won between looking and writing. */
const recordOnce = (
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean } | null> => {
  const tenantId = context.tenant.id;
  const { event, guest, request, photoId, sha256, facts } = input;
  return writeTenant(context.db, { tenantId }, async (tx) => {
    const own = await findPhotos(tx, tenantId, [photoId]);
    if (own[0]) return { record: own[0], created: true };
    const earlier = await findEarlierUpload(tx, {
      tenantId,
      eventId: event.id,
      guestId: guest.guestId,
      key: request.idempotencyKey,
      sha256,
    });
    // The key decides before the content does.
    const first = earlier.find((record) => record.photo.idempotencyKey === request.idempotencyKey) ?? earlier[0];
    // Its own row, if a COMMIT that nobody heard of took effect since the first look.
    if (first) return { record: first, created: first.photo.id === photoId };
    const redeemed = await redeemUploadIntent(tx, tenantId, photoId);
    if (redeemed.length === 0) {
      const [late] = await findPhotos(tx, tenantId, [photoId]);
      if (late) return { record: late, created: true };
      throw new DomainError('unavailable', 'This upload took too long and was given up. Send the photo again.', {
        retryAfterSeconds: 1,
      });
    }
    const [same] = await findFirstWithContent(tx, tenantId, event.id, sha256);
    const inserted = await insertPhoto(tx, {
      tenantId,
      id: photoId,
      eventId: event.id,
      guestId: guest.guestId,
      sha256,
      bytes: request.length,
      type: facts.type,
      kind: (VIDEO_TYPES as readonly PhotoType[]).includes(facts.type) ? 'video' : 'photo',
      animated: facts.animated,
      durationMs: facts.durationMs,
      ...previewOnArrival(facts, request.previewComing, context.ports.clock.now()),
      storedWidth: facts.width,
      storedHeight: facts.height,
      caption: request.caption,
      idempotencyKey: request.idempotencyKey,
      duplicateOf: same?.id ?? null,
    });
    if (inserted.length === 0) throw new LostRace();
    const [record] = await findPhotos(tx, tenantId, [photoId]);
    return record ? { record, created: true } : null;
  }).catch((error: unknown) => {
    // Rolled back, so that the intent stays for the next look.
    if (error instanceof LostRace) return null;
    throw error;
  });
};

class LostRace extends Error {
  override readonly name = 'LostRace';
}
