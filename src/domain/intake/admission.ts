import { findEvent } from '../../db/events.ts';
import { findIdentities } from '../../db/people/identities.ts';
import { findByKey, findPhotos, type PhotoRecord } from '../../db/photos.ts';
import type { Locale } from '../../contract/messages/shape.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { readTenant } from '../../db/scope.ts';
import { findAllowance, type AllowanceRow } from '../../db/usage.ts';
import { judgeAllowance } from '../admission/allowance-rules.ts';
import type { GuestActor, TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { uploadsClosedReason, type UploadsClosedReason } from '../event-rules.ts';
import { idsOf, requireIdentity } from '../guests/identities.ts';

const CLOSED_WORDS: Record<UploadsClosedReason, string> = {
  closed: 'This event takes no more photos. Ask the host if you think it should.',
  not_yet: 'This event does not take photos yet. Come back when it has begun.',
  over: 'The time for sending photos to this event is over. Ask the host if you think it should not be.',
};
/** @throws DomainError event.uploads_closed when the event takes no photos at this moment */
export function requireOpenUploads(event: EventRow, now: Date): void {
  const closed = uploadsClosedReason(event, now);
  if (closed) throw new DomainError('event.uploads_closed', CLOSED_WORDS[closed]);
}

export const blocked = () => new DomainError('guest.blocked', 'The host does not take photos from this device.');

export interface Admission {
  event: string;
  /** sessions the device holds; the one of this event counts */
  guests: GuestActor[];
  idempotencyKey: string | null;
}

export interface Admitted {
  event: EventRow;
  /** as the device says; by this an upload goes on, whoever the guest becomes meanwhile */
  session: GuestActor;
  guest: GuestActor;
  /** what this guest has sent with the same key */
  earlier: PhotoRecord | null;
  /** those of `photoIds` that there are, deleted ones too */
  recorded: PhotoRecord[];
  /** what `requireAllowed` judges */
  allowance: AllowanceRow;
}

/** What a new photo is judged by before a byte of it is kept. */
export interface Candidate {
  bytes: number;
  /** version of the consent text that the guest says they agreed to */
  consentVersion: number | null;
  /** in which language they read, should there be a text to read */
  reader: (event: EventRow) => Locale;
}

/**
 * Whether a new photo may come now: the event takes some, its sender has agreed to what is asked, and there is room.
 * Several at once are judged apart: a limit of the event or the account can be exceeded by what is under way, one that
 * the event sets for each guest cannot (`recordPhoto` counts again).
 * @returns the version that was agreed to; null where nothing is asked, whatever was said
 * @throws DomainError event.uploads_closed, consent.required, guest.no_shots_left, quota.exceeded
 */
export function requireAllowed({ event, guest, allowance }: Admitted, candidate: Candidate, now: Date): number | null {
  requireOpenUploads(event, now);
  return judgeAllowance(allowance, event, {
    guestId: guest.guestId,
    bytes: candidate.bytes,
    consent: candidate.consentVersion,
    reader: candidate.reader(event),
  });
}

/**
 * Who sends, to which event, and what came before, in one round trip. Whether the event takes photos now is not judged
 * here: a repeat is answered also when it has closed.
 * @throws DomainError auth.required, access.denied, event.not_found, guest.blocked
 */
export async function admitUpload(
  context: TenantContext,
  admission: Admission,
  photoIds: string[] = [],
): Promise<Admitted> {
  const tenantId = context.tenant.id;
  const { guests, idempotencyKey } = admission;
  const guestIds = idsOf(guests);
  const [events, known, earlier, recorded, allowances] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, admission.event),
    findIdentities(tx, tenantId, guestIds),
    findByKey(tx, { tenantId, guestIds, key: idempotencyKey ?? '' }),
    findPhotos(tx, tenantId, photoIds),
    findAllowance(tx, tenantId, { event: admission.event, sessionIds: guestIds, uploadIds: photoIds }),
  ]);
  const { event, session, guest, row } = requireIdentity(events[0], guests, known);
  const [allowance] = allowances;
  if (!allowance) throw new DomainError('auth.required', 'Join the event first.');
  if (row.blockedAt) throw blocked();
  return {
    event,
    session,
    guest,
    earlier: earlier.find((record) => record.photo.guestId === guest.guestId) ?? null,
    recorded,
    allowance,
  };
}
