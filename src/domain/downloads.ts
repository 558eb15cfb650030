import type { DownloadLink } from '../contract/downloads.ts';
import { findEvent } from '../db/events.ts';
import { findIdentities } from '../db/people/identities.ts';
import { findOriginal, type OriginalRow } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { readTenant, type TenantTx } from '../db/scope.ts';
import { readWithPerson, requireRole, type Moderator, type TenantContext } from './context.ts';
import { sha256Hex } from './digests.ts';
import { downloadRefusal, fileNames } from './download-rules.ts';
import { DomainError } from './errors.ts';
import { eventWithin, guestOf, moderatorOf, NOBODY, readable, stillHere, visitorOf, type Caller } from './events.ts';
import { unpackRedactions, type Redaction } from './images/redaction/overwrites.ts';
import { idsOf, identityOf } from './guests/identities.ts';
import { isClean, redact } from './images/redaction/redact.ts';
import { receivedKey, standInKey } from './intake/rendition-keys.ts';
import { signDownloadTicket, verifyDownloadTicket } from './people/tokens.ts';
import { originalPath } from './photo-rules.ts';
import { photoNotFound } from './photos.ts';
import type { ByteRange } from './ports.ts';

/** As long as an access token: a video asks for its parts while it is watched. */
const LINK_SECONDS = 900;

export interface Download {
  key: string;
  photoId: string;
  type: string;
  /** of the file that is handed out */
  bytes: number;
  /** of the whole of it, hexadecimal; null: not known yet */
  sha256: string | null;
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
  'photo.undeveloped': 'This photo is still in the camera. All of them are developed at the reveal.',
  'photo.not_downloadable':
    'The place where this was taken could not be removed from the file, so it is not handed out; a member of the team can have it as it was received.',
} as const;

interface Wish {
  event: string;
  photo: string;
  /** the bytes as they came, for members of the team only */
  as?: 'received' | undefined;
}

/** The event and the photo, in one round trip. @throws DomainError access.denied, auth.required */
async function readBoth(context: TenantContext, caller: Caller, { event, photo, as }: Wish) {
  if (as === 'received') requireMemberOfTeam(caller);
  const tenantId = context.tenant.id;
  const build = (tx: TenantTx) =>
    [
      findEvent(tx, tenantId, event),
      findOriginal(tx, tenantId, photo),
      findIdentities(tx, tenantId, idsOf(caller.guests)),
    ] as const;
  const moderator = moderatorOf(caller);
  const [events, photos, known] = moderator
    ? (await readWithPerson(context, moderator, as === 'received' ? 'member' : 'viewer', build)).answers
    : await readTenant(context.db, { tenantId }, build);
  return { event: events[0], photo: photos[0], known };
}

type Both = Awaited<ReturnType<typeof readBoth>>;

function requireAllowed({ photo, known }: Both, event: EventRow, caller: Caller, as: Wish['as'], now: Date) {
  if (!photo) throw photoNotFound();
  const session = guestOf(caller, event);
  const guestId = session ? (identityOf(session, known)?.guest.guestId ?? null) : null;
  const asker = { visitor: visitorOf(caller, event), guestId };
  const refusal = downloadRefusal(photo, event, asker, as === 'received', now);
  if (refusal) throw new DomainError(refusal, SENTENCES[refusal]);
  return photo;
}

/**
 * The file of a photo, for whoever may have it.
 * @throws DomainError event.* as for reading; access.denied; the reasons of `downloadRefusal`
 */
export async function findDownload(context: TenantContext, caller: Caller, wish: Wish): Promise<Download> {
  const found = await readBoth(context, caller, wish);
  const here = stillHere(caller, found.known);
  const event = readable(found.event, here);
  const photo = requireAllowed(found, event, here, wish.as, context.ports.clock.now());
  const address = { tenantId: context.tenant.id, eventId: event.id, photoId: photo.id };
  const isCopy = wish.as !== 'received' && photo.originalState !== null;
  const file = { key: isCopy ? standInKey(address, photo) : receivedKey(address, photo), photoId: photo.id };
  return wish.as === 'received'
    ? { ...file, ...asReceived(photo, event), receivedBy: caller.staff?.userId ?? null }
    : { ...file, ...(await asPublic(photo, event)), receivedBy: null };
}

/** A moderator's link to a file, for a browser to follow or to play. */
export async function linkDownload(context: TenantContext, actor: Moderator, wish: Wish): Promise<DownloadLink> {
  const now = context.ports.clock.now();
  const caller: Caller = { ...NOBODY, [actor.kind]: actor };
  const found = await readBoth(context, caller, wish);
  const event = eventWithin(actor, found.event);
  const photo = requireAllowed(found, event, caller, wish.as, now);
  const ticket = { tenantId: context.tenant.id, photoId: photo.id, as: wish.as, moderator: actor };
  const signed = await signDownloadTicket(context.config.STAFF_JWT_SECRET, ticket, LINK_SECONDS, now);
  return { url: `${originalPath({ id: photo.id, eventId: event.id })}?ticket=${signed}`, expiresIn: LINK_SECONDS };
}

/**
 * Who follows such a link, and how they may have the file.
 * @throws DomainError auth.required for one that has ended, or is of another photo
 */
export async function followLink(
  context: TenantContext,
  ticket: string,
  photo: string,
): Promise<{ caller: Caller; as: Wish['as'] }> {
  const now = context.ports.clock.now();
  const found = await verifyDownloadTicket(context.config.STAFF_JWT_SECRET, context.tenant.id, ticket, now);
  if (found?.photoId !== photo) {
    throw new DomainError('auth.required', 'This link to the file has ended. Open the photo in the console again.');
  }
  return { caller: { ...NOBODY, [found.moderator.kind]: found.moderator }, as: found.as };
}

function requireMemberOfTeam(caller: Caller): void {
  if (caller.staff) return requireRole(caller.staff.role, 'member');
  if (!caller.helper && caller.guests.length === 0) throw new DomainError('auth.required', 'Sign in first.');
  throw new DomainError('access.denied', 'Only members of the team can have a photo as it was received.');
}

const asReceived = (photo: OriginalRow, event: EventRow) => ({
  type: photo.type,
  bytes: photo.bytes,
  sha256: photo.sha256,
  etag: `"${photo.sha256}"`,
  names: fileNames(photo, event),
  redactions: [],
});

/** Of a photo whose original is not there, or has not been looked at, the copy that came first. */
async function asPublic(photo: OriginalRow, event: EventRow) {
  const redactions = unpackRedactions(photo.redactions);
  const isCopy = photo.originalState !== null;
  const bytes = (isCopy ? photo.previewBytes : null) ?? photo.bytes;
  const type = (isCopy ? photo.previewType : null) ?? photo.type;
  if (!redactions || photo.publicBytes === null || photo.publicBytes > bytes) {
    throw new DomainError('photo.not_downloadable', SENTENCES['photo.not_downloadable']);
  }
  return {
    type,
    bytes: photo.publicBytes,
    sha256: photo.publicSha256,
    etag: `"${photo.publicSha256 ?? (await versionOf(photo))}"`,
    names: fileNames({ ...photo, type }, event),
    redactions,
  };
}

/** For photos from before their digest was kept, until they have been looked at again. */
const versionOf = async ({ sha256, publicBytes, redactions }: OriginalRow): Promise<string> =>
  `p-${(await sha256Hex(JSON.stringify([sha256, publicBytes, redactions]))).slice(0, 32)}`;

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
