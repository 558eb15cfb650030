import { findEvent } from '../db/events.ts';
import { findOriginal, type OriginalRow } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { readTenant, type TenantTx } from '../db/scope.ts';
import { readWithPerson, requireRole, type TenantContext } from './context.ts';
import { toHex } from './digests.ts';
import { downloadRefusal, fileNames } from './download-rules.ts';
import { DomainError } from './errors.ts';
import { guestOf, moderatorOf, readable, visitorOf, type Caller } from './events.ts';
import { unpackRedactions, type Redaction } from './images/redaction/overwrites.ts';
import { isClean, redact } from './images/redaction/redact.ts';
import { originalKey } from './intake/rendition-keys.ts';
import { photoNotFound } from './photos.ts';
import type { ByteRange } from './ports.ts';

export interface Download {
  key: string;
  photoId: string;
  type: string;
  /** of the file that is handed out */
  bytes: number;
  /** strong: it changes with every byte */
  etag: string;
  names: { plain: string; full: string };
  redactions: Redaction[];
  /** who has asked for the file as it came; null for its public version */
  receivedBy: string | null;
}

const SENTENCES = {
  'photo.not_found': 'There is no such photo here.',
  'event.downloads_off': 'The host of this event lets its photos be looked at only.',
  'photo.not_ready': 'This photo is still being prepared. Ask again in a moment.',
  'photo.not_downloadable':
    'The place where this was taken could not be removed from the file, so it is not handed out; a member of the team can have it as it was received.',
} as const;

/**
 * The file of a photo, for whoever may have it, in one round trip.
 * @param input.as the bytes as they came, for members of the team only
 * @throws DomainError event.* and photo.* as for reading; access.denied; the reasons of `downloadRefusal`
 */
export async function findDownload(
  context: TenantContext,
  caller: Caller,
  input: { event: string; photo: string; as?: 'received' | undefined },
): Promise<Download> {
  const tenantId = context.tenant.id;
  const isAsReceived = input.as === 'received';
  if (isAsReceived) requireMemberOfTeam(caller);
  const build = (tx: TenantTx) =>
    [findEvent(tx, tenantId, input.event), findOriginal(tx, tenantId, input.photo)] as const;
  const moderator = moderatorOf(caller);
  const [events, photos] = moderator
    ? (await readWithPerson(context, moderator, isAsReceived ? 'member' : 'viewer', build)).answers
    : await readTenant(context.db, { tenantId }, build);
  const event = readable(events[0], caller);
  const photo = photos[0];
  if (!photo) throw photoNotFound();
  const asker = { visitor: visitorOf(caller, event), guestId: guestOf(caller, event)?.guestId ?? null };
  const refusal = downloadRefusal(photo, event, asker, isAsReceived, context.ports.clock.now());
  if (refusal) throw new DomainError(refusal, SENTENCES[refusal]);
  const file = { key: originalKey({ tenantId, eventId: event.id, photoId: photo.id }), photoId: photo.id };
  return isAsReceived
    ? { ...file, ...asReceived(photo, event), receivedBy: caller.staff?.userId ?? null }
    : { ...file, ...(await asPublic(photo, event)), receivedBy: null };
}

function requireMemberOfTeam(caller: Caller): void {
  if (caller.staff) return requireRole(caller.staff.role, 'member');
  if (!caller.helper && caller.guests.length === 0) throw new DomainError('auth.required', 'Sign in first.');
  throw new DomainError('access.denied', 'Only members of the team can have a photo as it was received.');
}

const asReceived = (photo: OriginalRow, event: EventRow) => ({
  type: photo.type,
  bytes: photo.bytes,
  etag: `"${photo.sha256}"`,
  names: fileNames(photo, event),
  redactions: [],
});

async function asPublic(photo: OriginalRow, event: EventRow) {
  const redactions = unpackRedactions(photo.redactions);
  if (!redactions || photo.publicBytes === null || photo.publicBytes > photo.bytes) {
    throw new DomainError('photo.not_downloadable', SENTENCES['photo.not_downloadable']);
  }
  const version = JSON.stringify([photo.sha256, photo.publicBytes, photo.redactions]);
  const digest = toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(version)));
  return {
    type: photo.type,
    bytes: photo.publicBytes,
    etag: `"p-${digest.slice(0, 32)}"`,
    names: fileNames(photo, event),
    redactions,
  };
}

/**
 * The bytes of a range of it.
 * @throws DomainError photo.not_found when the store has them not
 */
export async function openDownload(
  context: TenantContext,
  download: Download,
  range: ByteRange,
): Promise<ReadableStream<Uint8Array>> {
  const object = await context.ports.originals.get(context.tenant.residency, download.key, range);
  if (!object) throw photoNotFound();
  const { redactions, bytes } = download;
  return isClean(redactions, range.offset, range.length)
    ? object.body
    : redact(object.body, range.offset, redactions, bytes);
}
