import { VIDEO_TYPES, type PhotoType } from '../../contract/photos.ts';
import type { UploadNotes } from '../../contract/upload-object.ts';
import { DatabaseRefusal, DatabaseUnavailable } from '../../db/errors.ts';
import { redeemUploadIntent } from '../../db/outbox.ts';
import {
  findEarlierUpload,
  findFirstWithContent,
  findPhotos,
  insertPhoto,
  redeemAsPhoto,
  type PhotoRecord,
} from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { writeTenant, writeTenantBatch } from '../../db/scope.ts';
import { countGuestPhotos } from '../../db/usage.ts';
import { countsExactly, requireRoomOfGuest } from '../admission/allowance-rules.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { holdIdentity, lockIdentity } from '../guests/identities.ts';
import type { InspectedFile } from '../images/inspector.ts';
import { blocked } from './admission.ts';
import { copyOnArrival, judgeCopy } from './originals/copies.ts';
import { previewOnArrival, type StoredPreview } from './preview-rules.ts';

const COMMIT_TRIES = 3;
const RETRY_WAIT_MS = 150;
const UNIQUE_VIOLATION = '23505';

export const NO_NOTES: UploadNotes = {
  caption: null,
  consentVersion: null,
  location: 'remove',
  stands: 'original',
  original: null,
};

export interface Recording {
  event: EventRow;
  guest: GuestActor;
  photoId: string;
  facts: InspectedFile;
  sha256: string;
  bytes: number;
  idempotencyKey: string | null;
  notes: UploadNotes;
  /** the picture that stands for a file which is not decoded here: announced, or stored already */
  preview: 'none' | 'coming' | StoredPreview;
}

/**
 * Makes a photo of bytes that are stored, together with the end of their note, in one transaction. Safe to repeat.
 * @returns `created` false: this guest has sent it before, and the bytes that were stored now are nobody's
 * @throws DomainError guest.blocked, guest.no_shots_left, quota.exceeded, unavailable when the sweeper was first; DatabaseUnavailable
 */
export const recordPhoto = (
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean }> =>
  untilCommitted(async () => (await recordAtOnce(context, input)) ?? recordOnce(context, input));

/**
 * Tries what is safe to repeat a few times.
 * @param work null: somebody else was first, and the next look finds what they did
 */
export async function untilCommitted<Outcome>(work: () => Promise<Outcome | null>): Promise<Outcome> {
  for (let tried = 1; ; tried++) {
    try {
      const outcome = await work();
      if (outcome) return outcome;
    } catch (error) {
      // After a broken COMMIT nobody knows; the next try finds its own row or makes it.
      if (!(error instanceof DatabaseUnavailable) || tried >= COMMIT_TRIES) throw error;
    }
    if (tried >= COMMIT_TRIES) throw new DatabaseUnavailable('the photo could not be recorded');
    await new Promise((resolve) => setTimeout(resolve, RETRY_WAIT_MS * 4 ** (tried - 1)));
  }
}

function rowOf(context: TenantContext, { event, guest, facts, notes, ...input }: Recording) {
  return {
    tenantId: context.tenant.id,
    id: input.photoId,
    eventId: event.id,
    guestId: guest.guestId,
    sha256: input.sha256,
    bytes: input.bytes,
    type: facts.type,
    kind: (VIDEO_TYPES as readonly PhotoType[]).includes(facts.type) ? ('video' as const) : ('photo' as const),
    animated: facts.animated,
    durationMs: facts.durationMs,
    ...(notes.stands === 'copy'
      ? copyOnArrival(judgeCopy(facts), input.sha256)
      : previewOnArrival(facts, input.preview, context.ports.clock.now())),
    storedWidth: facts.width,
    storedHeight: facts.height,
    caption: notes.caption,
    keepLocation: notes.location === 'keep',
    consentVersion: notes.consentVersion,
    idempotencyKey: input.idempotencyKey,
  };
}

/** What nearly every photo needs, in one round trip. @returns null when it takes a closer look; nothing has changed then */
async function recordAtOnce(
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean } | null> {
  if (countsExactly(input.event)) return null;
  const tenantId = context.tenant.id;
  try {
    const [, [record]] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
      redeemAsPhoto(tx, rowOf(context, input)),
      findPhotos(tx, tenantId, [input.photoId]),
    ]);
    return record ? { record, created: true } : null;
  } catch (error) {
    if (error instanceof DatabaseRefusal && error.sqlState === UNIQUE_VIOLATION) return null;
    throw error;
  }
}

/** @returns null when another request of the same guest won between looking and writing. */
const recordOnce = (
  context: TenantContext,
  input: Recording,
): Promise<{ record: PhotoRecord; created: boolean } | null> => {
  const tenantId = context.tenant.id;
  const { event, photoId, sha256, idempotencyKey } = input;
  return writeTenant(context.db, { tenantId }, async (tx) => {
    const own = await findPhotos(tx, tenantId, [photoId]);
    if (own[0]) return { record: own[0], created: true };
    // Since it was let in, its guest may have been joined to another one, or may have gone for good.
    // Where each of their photos counts, several at once are judged one after the other: a camera has no shot too many.
    const hold = countsExactly(event) ? lockIdentity : holdIdentity;
    const { id: guestId, blockedAt } = await hold(tx, tenantId, input.guest.guestId);
    if (blockedAt) throw blocked();
    const earlier = await findEarlierUpload(tx, {
      tenantId,
      eventId: event.id,
      guestId,
      key: idempotencyKey,
      sha256,
    });
    // The key decides before the content does.
    const first = earlier.find((record) => record.photo.idempotencyKey === idempotencyKey) ?? earlier[0];
    // Its own row, if a COMMIT that nobody heard of took effect since the first look.
    if (first) return { record: first, created: first.photo.id === photoId };
    if (countsExactly(event)) {
      const [counts] = await countGuestPhotos(tx, tenantId, event.id, guestId);
      requireRoomOfGuest(event, counts ?? { kept: 0, taken: 0 });
    }
    const redeemed = await redeemUploadIntent(tx, tenantId, photoId);
    if (redeemed.length === 0) {
      const [late] = await findPhotos(tx, tenantId, [photoId]);
      if (late) return { record: late, created: true };
      throw new DomainError('unavailable', 'This upload took too long and was given up. Send the photo again.', {
        retryAfterSeconds: 1,
      });
    }
    const [same] = await findFirstWithContent(tx, tenantId, event.id, sha256);
    const inserted = await insertPhoto(tx, { ...rowOf(context, input), guestId, duplicateOf: same?.id ?? null });
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
