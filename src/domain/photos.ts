import type { EventState } from '../contract/events.ts';
import { ANNOUNCEMENTS_MAX } from '../contract/stage.ts';
import type { OwnPhoto, Photo, PhotoSort } from '../contract/photos.ts';
import type { Wording } from './admission/consent-rules.ts';
import { findAlbum, listAlbums } from '../db/albums.ts';
import { listConsent } from '../db/consent.ts';
import { findEvent, type ListPosition } from '../db/events.ts';
import { addToOutbox } from '../db/outbox.ts';
import { listAnnouncementsToShow } from '../db/screens/stage.ts';
import { findIdentities } from '../db/people/identities.ts';
import { deletePhoto, listPhotos, lockPhotos } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { readTenant, writeTenant, type TenantTx } from '../db/scope.ts';
import { isUndeveloped } from './admission/camera-rules.ts';
import {
  isWithin,
  readAsInsider,
  requireModerator,
  scopeOf,
  type GuestActor,
  type Moderator,
  type TenantContext,
} from './context.ts';
import { decodeCursor, toPage } from './cursors.ts';
import { DomainError } from './errors.ts';
import { toEventState } from './event-rules.ts';
import { moderatorOf, readable, stillHere, visitorOf, type Caller } from './events.ts';
import { idsOf, requireIdentity } from './guests/identities.ts';
import { eraseObjects, publishEvent } from './outbox.ts';
import { toOwnPhoto, toPublicPhoto } from './photo-rules.ts';

export const albumNotFound = () => new DomainError('album.not_found', 'There is no such album here.');
export const photoNotFound = () => new DomainError('photo.not_found', 'There is no such photo here.');

/** No album and no event is called so. */
const NO_ALBUM = '00000000-0000-0000-0000-000000000000';

export interface GalleryPage {
  event: EventRow;
  state: EventState;
  items: Photo[];
  /** published ones with how many photos each shows; none where photos are not shown, nor unless it is for guests */
  albums: { id: string; name: string; photos: number }[];
  /** the latest text that guests agree to, which may say nothing; null where there is none, and unless it is for guests */
  wording: Wording | null;
  nextCursor: string | null;
  epoch: string;
  seq: number;
}

/**
 * One page of published photos with the room's position, in one round trip and one snapshot: the
 * position never claims a photo that the page lacks.
 */
export async function listPublished(
  context: TenantContext,
  caller: Caller,
  input: {
    event: string;
    limit: number;
    cursor?: string;
    sort: PhotoSort;
    album?: string | undefined;
    /** with all that the page of guests shows besides */
    isForGuests?: boolean;
  },
): Promise<GalleryPage> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const build = (tx: TenantTx) =>
    [
      findEvent(tx, tenantId, input.event),
      findIdentities(tx, tenantId, idsOf(caller.guests)),
      findAlbum(tx, tenantId, input.event, input.album ?? NO_ALBUM),
      listAlbums(tx, tenantId, input.isForGuests ? input.event : NO_ALBUM, 'published'),
      listAnnouncementsToShow(tx, tenantId, input.event, ANNOUNCEMENTS_MAX),
      listConsent(tx, tenantId, input.isForGuests ? 1 : 0),
      listPhotos(tx, {
        tenantId,
        event: input.event,
        status: 'approved',
        sort: input.sort,
        limit: input.limit + 1,
        after,
        albumId: input.album,
      }),
    ] as const;
  const moderator = moderatorOf(caller);
  const [events, known, albums, published, announcements, wordings, rows] = moderator
    ? await readAsInsider(context, moderator, build)
    : await readTenant(context.db, { tenantId }, build);
  const event = readable(events[0], stillHere(caller, known));
  const state = toEventState(event, announcements, context.ports.clock.now());
  const isInside = visitorOf(caller, event) === 'staff';
  const visible = isInside || state.shows;
  if (input.album && !albums[0]?.publishedAt && !(isInside && albums[0])) throw albumNotFound();
  const page = toPage(visible ? rows : [], input.limit, positionOf);
  return {
    event,
    state,
    items: page.rows.map((row) => toPublicPhoto(row, event.settings)),
    albums: visible ? published.map(({ album, photos }) => ({ id: album.id, name: album.name, photos })) : [],
    wording: wordings[0] ?? null,
    nextCursor: page.nextCursor,
    epoch: event.roomEpoch,
    seq: event.roomSeq,
  };
}

export const positionOf = (row: { position: string; photo: { id: string } }): ListPosition => ({
  at: row.position,
  id: row.photo.id,
});

/** What one guest has sent to this event, in every status, newest first. */
export async function listMine(
  context: TenantContext,
  guests: GuestActor[],
  input: { event: string; limit: number; cursor?: string },
): Promise<{ items: OwnPhoto[]; nextCursor: string | null }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  // A device may hold sessions of several events; which one counts is known only with the event.
  const guestIds = idsOf(guests);
  const [events, known, rows] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, input.event),
    findIdentities(tx, tenantId, guestIds),
    listPhotos(tx, { tenantId, event: input.event, guestIds, sort: '-arrived', limit: input.limit + 1, after }),
  ]);
  const { event } = requireIdentity(events[0], guests, known);
  const isHidden = isUndeveloped(event, context.ports.clock.now());
  const page = toPage(rows, input.limit, positionOf);
  return { items: page.rows.map((row) => toOwnPhoto(row, isHidden)), nextCursor: page.nextCursor };
}

/** @returns the event it was in; null when it was deleted before */
export async function removePhoto(context: TenantContext, tx: TenantTx, id: string): Promise<string | null> {
  const tenantId = context.tenant.id;
  const [gone] = await deletePhoto(tx, tenantId, id, context.ports.clock.now());
  if (!gone) return null;
  await addToOutbox(tx, [{ tenantId, eventId: gone.eventId, photoId: id, version: gone.version }]);
  return gone.eventId;
}

export function afterRemoval(context: TenantContext, eventId: string, photoId: string): void {
  context.defer(publishEvent(context, eventId));
  context.defer(eraseObjects(context, { tenantId: context.tenant.id, eventId, photoId }));
}

/** A guest's own photo, gone for everybody at once; asked again it stays gone. */
export async function deleteMine(
  context: TenantContext,
  guests: GuestActor[],
  event: string,
  id: string,
): Promise<void> {
  const tenantId = context.tenant.id;
  const eventId = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [row] = await findEvent(tx, tenantId, event);
    const { guest } = requireIdentity(row, guests, await findIdentities(tx, tenantId, idsOf(guests)));
    const [photo] = await lockPhotos(tx, tenantId, [id]);
    if (!photo || photo.guestId !== guest.guestId || photo.eventId !== guest.eventId) throw photoNotFound();
    return photo.deletedAt ? null : removePhoto(context, tx, id);
  });
  if (eventId) afterRemoval(context, eventId, id);
}

/** Deletion by staff. */
export async function deleteAsStaff(context: TenantContext, actor: Moderator, id: string): Promise<void> {
  const tenantId = context.tenant.id;
  const eventId = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    await requireModerator(tx, context, actor);
    const [photo] = await lockPhotos(tx, tenantId, [id]);
    if (!photo || !isWithin(actor, photo.eventId)) throw photoNotFound();
    return photo.deletedAt ? null : removePhoto(context, tx, id);
  });
  if (eventId) afterRemoval(context, eventId, id);
}
