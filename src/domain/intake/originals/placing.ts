import { addToOutbox } from '../../../db/outbox.ts';
import { expectOriginal, placeOriginal } from '../../../db/originals.ts';
import { findEarlierUpload, findPhotos, lockPhotos, type PhotoRecord } from '../../../db/photos.ts';
import { writeTenant, type TenantTx } from '../../../db/scope.ts';
import type { TenantContext } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { publishEvent } from '../../outbox.ts';
import { queueBackfill } from '../backfill.ts';
import { originalTime } from '../original-time.ts';
import { holdIdentity } from '../../guests/identities.ts';
import { blocked } from '../admission.ts';
import { untilCommitted, type Recording } from '../recording.ts';
import { arrivedPrefix, originalKey, receivedKey, type RenditionAddress } from '../rendition-keys.ts';
import { originalOnArrival, requireOriginal } from './rules.ts';
import { requireOwn } from './wanted.ts';

/** Where the bytes of this upload lie once they are their photo's. */
const keyOf = (address: RenditionAddress, { sha256 }: Recording): string =>
  receivedKey(address, { sha256, copySha256: sha256, originalState: 'arrived' });

/** Copies what was uploaded to the photo it is of; the store compares the digest. Safe to repeat. */
async function copyBytes(context: TenantContext, address: RenditionAddress, input: Recording): Promise<void> {
  const { originals } = context.ports;
  const { residency } = context.tenant;
  try {
    const stored = await originals.get(residency, originalKey({ ...address, photoId: input.photoId }));
    if (stored?.bytes !== input.bytes) throw new Error('The store has another original than has arrived');
    await originals.put(residency, keyOf(address, input), stored.body, {
      type: 'application/octet-stream',
      length: input.bytes,
      sha256: input.sha256,
    });
  } catch (cause) {
    throw new DomainError('unavailable', 'The original could not be stored just now. Send it again.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}

/** @returns null when the photo has this original already @throws DomainError guest.blocked, photo.* as `recordOriginal` */
async function findWanted(tx: TenantTx, context: TenantContext, address: RenditionAddress, input: Recording) {
  const { tenantId, eventId, photoId } = address;
  const { facts, sha256 } = input;
  // Since it was let in, its guest may have been joined to another one, whose the photo is then.
  const { id: guestId, blockedAt } = await holdIdentity(tx, tenantId, input.guest.guestId);
  if (blockedAt) throw blocked();
  await lockPhotos(tx, tenantId, [photoId]);
  const [found] = await findPhotos(tx, tenantId, [photoId]);
  const record = requireOwn(found, { guestId, eventId });
  const same = { tenantId, eventId, guestId, key: null, sha256 };
  const isElsewhere = (await findEarlierUpload(tx, same)).some((other) => other.photo.id !== photoId);
  const isKnown = requireOriginal(record.photo, { ...facts, sha256 }, isElsewhere) === 'known';
  return { record, isKnown };
}

/** What a photo that begins anew, or is to be looked at again, needs; what cannot be queued now the sweeper queues. */
function carryOn(context: TenantContext, address: RenditionAddress, beginsAnew: boolean): void {
  if (!beginsAnew) return context.defer(queueBackfill(context, address));
  context.defer(context.ports.jobs.thumbnail({ v: 1, ...address }));
  context.defer(publishEvent(context, address.eventId));
}

/**
 * Gives a photo the original that its copy came before: copied to the photo under a name of its own, then recorded, and
 * looked at as photos from before are. Whatever breaks in between leaves the copy as it is, and a repeat finds either
 * that or the original. What the upload has stored under its own prefix is nobody's afterwards.
 * @returns `created` always false: no photo is made
 * @throws DomainError guest.blocked, photo.not_found, photo.original_not_awaited, photo.original_mismatch, unavailable
 */
export async function recordOriginal(
  context: TenantContext,
  photoId: string,
  input: Recording,
): Promise<{ record: PhotoRecord; created: false }> {
  const tenantId = context.tenant.id;
  const { event, facts, sha256, bytes } = input;
  const address = { tenantId, eventId: event.id, photoId };
  const now = context.ports.clock.now();
  const first = await writeTenant(context.db, { tenantId }, async (tx) => {
    const wanted = await findWanted(tx, context, address, input);
    if (!wanted.isKnown) await expectOriginal(tx, tenantId, photoId, now);
    return wanted;
  });
  if (first.isKnown) return { record: first.record, created: false };
  await copyBytes(context, address, input);
  const file = { key: keyOf(address, input), bytes, type: facts.type };
  const zone = { timeZone: event.timeZone, now };
  const takenAt = await originalTime(context.ports.originals, context.tenant.residency, file, zone);
  const place = async (tx: TenantTx) => {
    const { record, isKnown } = await findWanted(tx, context, address, input);
    if (isKnown) return { record, beginsAnew: null };
    const arrived = originalOnArrival(record.photo, facts, now);
    const keepLocation = input.notes.location === 'keep';
    const [placed] = await placeOriginal(tx, tenantId, photoId, {
      ...arrived,
      sha256,
      bytes,
      takenAt: takenAt ?? record.photo.takenAt,
      keepLocation,
    });
    const beginsAnew = arrived.status !== undefined;
    if (placed && beginsAnew) {
      await addToOutbox(tx, [{ tenantId, eventId: event.id, photoId, version: placed.version }]);
    }
    const [after] = await findPhotos(tx, tenantId, [photoId]);
    return { record: after ?? record, beginsAnew };
  };
  const { record, beginsAnew } = await untilCommitted(() => writeTenant(context.db, { tenantId }, place)).catch(
    (error: unknown) => {
      // Another original was first, or the photo has been deleted: these bytes are nobody's.
      if (error instanceof DomainError) {
        context.defer(context.ports.originals.deletePrefix(context.tenant.residency, arrivedPrefix(address, sha256)));
      }
      throw error;
    },
  );
  if (beginsAnew !== null) carryOn(context, address, beginsAnew);
  return { record, created: false };
}
