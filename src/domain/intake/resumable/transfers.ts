import type { OwnPhoto } from '../../../contract/photos.ts';
import type { UploadAnswer, UploadCaller, UploadState } from '../../../contract/upload-object.ts';
import type { UploadReceipt } from '../../../contract/uploads.ts';
import { listOpenUploads } from '../../../db/outbox.ts';
import { findEvent } from '../../../db/events.ts';
import { findPhotos } from '../../../db/photos.ts';
import { readTenant } from '../../../db/scope.ts';
import { isUndeveloped } from '../../admission/camera-rules.ts';
import type { GuestActor, TenantContext } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { toOwnPhoto } from '../../photo-rules.ts';
import type { UploadAddress, UploadBytes } from '../../ports.ts';

/* What happens to an upload after it has been created. None of it asks the database, but for a receipt's photo. */

export interface UploadRef {
  event: string;
  guests: GuestActor[];
  upload: string;
}

type Granted = Exclude<UploadAnswer, { refused: unknown }>;

/** @throws DomainError what the object has refused */
export function granted(answer: UploadAnswer): Granted {
  if (!('refused' in answer)) return answer;
  const { code, detail, retryAfterSeconds } = answer.refused;
  throw new DomainError(code, detail, retryAfterSeconds === null ? {} : { retryAfterSeconds });
}

export const callerOf = ({ event, guests }: Pick<UploadRef, 'event' | 'guests'>): UploadCaller => ({
  event,
  guests: guests.flatMap(({ eventId, guestId, formerly = [] }) =>
    [guestId, ...formerly].map((id) => ({ eventId, guestId: id })),
  ),
});

const addressOf = (context: TenantContext, uploadId: string): UploadAddress => ({
  tenantId: context.tenant.id,
  uploadId,
  residency: context.tenant.residency,
});

/** Where the next byte goes. A transfer that still runs is ended, so that it stays there. */
export const findOffset = async (context: TenantContext, ref: UploadRef): Promise<UploadState> =>
  granted(await context.ports.uploads.look(addressOf(context, ref.upload), callerOf(ref), true)).state;

/**
 * Carries an upload on; the last byte waits until a photo has become of it.
 * @throws DomainError upload.*, photo.* when the file is refused, request.too_large, unavailable
 */
export const appendTo = async (context: TenantContext, ref: UploadRef, bytes: UploadBytes): Promise<Granted> =>
  granted(await context.ports.uploads.append(addressOf(context, ref.upload), callerOf(ref), bytes));

/** Ends an upload for good. Of one that is done the receipt goes; the photo stays. */
export async function cancelUpload(context: TenantContext, ref: UploadRef): Promise<void> {
  granted(await context.ports.uploads.cancel(addressOf(context, ref.upload), callerOf(ref)));
}

/** Ends whatever a guest has under way; what cannot be reached just now ends by itself within its day. */
export async function cancelOpenUploads(context: TenantContext, guest: { guestId: string }): Promise<void> {
  const tenantId = context.tenant.id;
  const [open] = await readTenant(context.db, { tenantId }, (tx) => [listOpenUploads(tx, tenantId, guest.guestId)]);
  await Promise.all(
    open.map(({ id, eventId }) =>
      context.ports.uploads.cancel(addressOf(context, id), {
        event: eventId,
        guests: [{ eventId, guestId: guest.guestId }],
      }),
    ),
  );
}

/** What became of an upload. @param photo where it is at hand */
export async function receiptOf(
  context: TenantContext,
  state: UploadState,
  photo: OwnPhoto | null = null,
): Promise<UploadReceipt> {
  const { id, eventId, status, offset, length, expiresAt, problem, photoId } = state;
  return {
    upload: { id, status, offset, length, expiresAt },
    photo: photo ?? (photoId === null ? null : await readPhoto(context, eventId, photoId)),
    problem,
  };
}

/** @returns null when it has been deleted since */
async function readPhoto(context: TenantContext, eventId: string, photoId: string): Promise<OwnPhoto | null> {
  const tenantId = context.tenant.id;
  const [[record], [event]] = await readTenant(context.db, { tenantId }, (tx) => [
    findPhotos(tx, tenantId, [photoId]),
    findEvent(tx, tenantId, eventId),
  ]);
  if (!record || !event || record.photo.deletedAt) return null;
  return toOwnPhoto(record, isUndeveloped(event, context.ports.clock.now()));
}

/** The receipt of an upload under way, or of one that ended within the last day. */
export async function findReceipt(context: TenantContext, ref: UploadRef): Promise<UploadReceipt> {
  const { state } = granted(await context.ports.uploads.look(addressOf(context, ref.upload), callerOf(ref), false));
  return receiptOf(context, state);
}
