import type { UploadCaller, UploadFacts, UploadState } from '../../../contract/upload-object.ts';
import { openUploadIntent, removeUploadIntent } from '../../../db/outbox.ts';
import { writeTenantBatch } from '../../../db/scope.ts';
import type { GuestActor, TenantContext } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { admitUpload, requireAllowed, type Admitted, type Candidate } from '../admission.ts';
import { checkDeclared } from '../declared-rules.ts';
import { mostOf } from '../originals/copies.ts';
import { requireWanted } from '../originals/wanted.ts';
import { notAwaited } from '../originals/rules.ts';
import { readDeclared, readMetadata } from './metadata-rules.ts';
import { noteUntil } from './notes.ts';
import { callerOf, granted } from './transfers.ts';
import { uploadIdOf } from './upload-ids.ts';

/** Of one guest, at a time: more than any page sends side by side. */
const MAX_OPEN_UPLOADS = 20;

export interface CreationRequest {
  event: string;
  guests: GuestActor[];
  /** bytes in all, from `Upload-Length` */
  length: number;
  /** `Upload-Metadata` as it came */
  metadata: string | null;
  idempotencyKey: string | null;
  /** in which language the guest reads, should there be a text to agree to */
  reader: Candidate['reader'];
}

const tooMany = () =>
  new DomainError(
    'upload.too_many',
    `You have ${MAX_OPEN_UPLOADS} uploads under way. Finish or end some of them; the rest can follow then.`,
    { retryAfterSeconds: 30 },
  );
const busy = () =>
  new DomainError('unavailable', 'The upload that had this key is just being cleared away. Try again.', {
    retryAfterSeconds: 2,
  });

/** Notes that bytes are about to be written. @throws DomainError upload.too_many, unavailable */
async function note(context: TenantContext, facts: UploadFacts): Promise<void> {
  const { tenantId, uploadId: id, eventId, guestId } = facts;
  const expiresAt = noteUntil(context, context.ports.clock.now().getTime());
  const [, , answer] = await writeTenantBatch(context.db, { tenantId }, (tx) =>
    openUploadIntent(tx, { tenantId, id, eventId, guestId, expiresAt, bytes: facts.length }, MAX_OPEN_UPLOADS),
  );
  const [row] = (answer as { rows: unknown[] }).rows as { full: boolean; recorded: boolean; noted: boolean }[];
  if (row?.noted || row?.recorded) return;
  throw row?.full ? tooMany() : busy();
}

/**
 * The upload that the same key made before, though its photo is recorded; else an id that no photo has: what is stored
 * under the prefix of a photo that is there would be another photo's.
 */
async function findOrName(
  context: TenantContext,
  request: CreationRequest,
  admitted: Admitted,
): Promise<{ found: UploadState } | { id: string }> {
  const { idempotencyKey: key } = request;
  if (key === null) return { id: crypto.randomUUID() };
  const id = await uploadIdOf(context.tenant.id, admitted.session, key);
  if (!admitted.recorded.some((record) => record.photo.id === id)) return { id };
  const address = { tenantId: context.tenant.id, uploadId: id, residency: context.tenant.residency };
  const answer = await context.ports.uploads.look(address, callerOf(request), true);
  if ('state' in answer) return { found: answer.state };
  if (answer.refused.code !== 'upload.not_found') granted(answer);
  return { id: crypto.randomUUID() };
}

const mismatch = () =>
  new DomainError('idempotency.mismatch', 'This Idempotency-Key was used for another upload. Use a new key.');

/**
 * Creates a resumable upload, or finds the one that the same `Idempotency-Key` made before. The sender and the event
 * are judged in one round trip; from then on the object of the upload knows whose it is.
 * @throws DomainError request.invalid, photo.*, event.*, guest.*, consent.required, quota.exceeded, access.denied, rate.limited, upload.too_many,
 * idempotency.mismatch
 */
export async function createUpload(
  context: TenantContext,
  request: CreationRequest,
): Promise<{ state: UploadState; caller: UploadCaller; isNew: boolean }> {
  const declared = readDeclared(readMetadata(request.metadata));
  const most = mostOf(declared.notes, context.config.MAX_RESUMABLE_BYTES);
  checkDeclared(declared.type, request.length - declared.previewBytes, most);
  if (request.length <= declared.previewBytes) {
    throw new DomainError('photo.empty', 'Behind its preview the file is empty. Choose another photo.');
  }
  const tenantId = context.tenant.id;
  const { guests, idempotencyKey } = request;
  const keyed =
    idempotencyKey === null ? [] : await Promise.all(guests.map((one) => uploadIdOf(tenantId, one, idempotencyKey)));
  const { original } = declared.notes;
  const admitted = await admitUpload(context, request, original === null ? keyed : [...keyed, original]);
  const { event, guest, session } = admitted;
  const named = await findOrName(context, request, admitted);
  if ('found' in named) {
    const { found } = named;
    if (found.length !== request.length || found.metadata !== request.metadata) throw mismatch();
    return { state: found, caller: callerOf(request), isNew: false };
  }
  let { consentVersion } = declared.notes;
  if (original === null) {
    const candidate = { bytes: request.length, consentVersion, reader: request.reader };
    consentVersion = requireAllowed(admitted, candidate, context.ports.clock.now());
  } else {
    const { photo } = requireWanted(admitted, original, request.length - declared.previewBytes);
    // One whose answer was lost on its way is found again by its digest.
    const isKnown = photo.copySha256 !== null && declared.sha256 === photo.sha256;
    if (photo.originalState !== 'awaited' && !isKnown) throw notAwaited();
  }
  if (!(await context.ports.limiter.allow('uploads', `${tenantId}:${event.id}:${guest.guestId}`))) {
    throw new DomainError('rate.limited', 'That was a lot of photos at once. The rest can follow in a minute.', {
      retryAfterSeconds: 30,
    });
  }
  const facts: UploadFacts = {
    tenantId,
    residency: context.tenant.residency,
    eventId: event.id,
    slug: event.slug,
    guestId: session.guestId,
    uploadId: named.id,
    length: request.length,
    previewBytes: declared.previewBytes,
    sha256: declared.sha256,
    idempotencyKey,
    metadata: request.metadata,
    notes: { ...declared.notes, consentVersion },
  };
  await note(context, facts);
  const { state, isNew } = granted(await context.ports.uploads.create(facts));
  // It had ended, and its note with it: the new one is of nothing.
  if (state.status === 'done' || state.status === 'refused') {
    context.defer(writeTenantBatch(context.db, { tenantId }, (tx) => [removeUploadIntent(tx, tenantId, named.id)]));
  }
  return { state, caller: callerOf(request), isNew };
}
