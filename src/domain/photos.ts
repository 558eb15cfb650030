import type { EventState } from '../contract/events.ts';
import type { Decision, OwnPhoto, Photo, PhotoSort, PhotoStatus, StaffPhoto } from '../contract/photos.ts';
import { findEvent, type ListPosition } from '../db/events.ts';
import { addToOutbox } from '../db/outbox.ts';
import { countPhotos, decidePhotos, deletePhoto, findPhotos, listPhotos, lockPhotos } from '../db/photos.ts';
import type { EventRow } from '../db/schema/events.ts';
import { readTenant, writeTenant, type TenantTx } from '../db/scope.ts';
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
import { eventWithin, moderatorOf, NOBODY, readable, visitorOf, type Caller } from './events.ts';
import { eraseObjects, publishEvent } from './outbox.ts';
import { toOwnPhoto, toPublicPhoto, toStaffPhoto } from './photo-rules.ts';

export const photoNotFound = () => new DomainError('photo.not_found', 'There is no such photo here.');

export interface GalleryPage {
  event: EventRow;
  state: EventState;
  items: Photo[];
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
  input: { event: string; limit: number; cursor?: string; sort: PhotoSort },
): Promise<GalleryPage> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const build = (tx: TenantTx) =>
    [
      findEvent(tx, tenantId, input.event),
      listPhotos(tx, {
        tenantId,
        event: input.event,
        status: 'approved',
        sort: input.sort,
        limit: input.limit + 1,
        after,
      }),
    ] as const;
  const moderator = moderatorOf(caller);
  const [events, rows] = moderator
    ? await readAsInsider(context, moderator, build)
    : await readTenant(context.db, { tenantId }, build);
  const event = readable(events[0], caller);
  const state = toEventState(event, context.ports.clock.now());
  const visible = visitorOf(caller, event) === 'staff' || state.shows;
  const page = toPage(visible ? rows : [], input.limit, positionOf);
  return {
    event,
    state,
    items: page.rows.map(toPublicPhoto),
    nextCursor: page.nextCursor,
    epoch: event.roomEpoch,
    seq: event.roomSeq,
  };
}

const positionOf = (row: { position: string; photo: { id: string } }): ListPosition => ({
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
  const guestIds = guests.map((guest) => guest.guestId);
  const [events, rows] = await readTenant(context.db, { tenantId }, (tx) => [
    findEvent(tx, tenantId, input.event),
    listPhotos(tx, { tenantId, event: input.event, guestIds, sort: '-arrived', limit: input.limit + 1, after }),
  ]);
  requireGuest(events[0], guests);
  const page = toPage(rows, input.limit, positionOf);
  return { items: page.rows.map(toOwnPhoto), nextCursor: page.nextCursor };
}

/** The session of this event among those a device holds: 404 for what it may not know, 401 or 403 otherwise. */
export function requireGuest(event: EventRow | undefined, guests: GuestActor[]): GuestActor {
  const found = readable(event, { ...NOBODY, guests });
  const guest = guests.find((candidate) => candidate.eventId === found.id && candidate.pinVersion === found.pinVersion);
  if (!guest) {
    if (guests.length === 0) throw new DomainError('auth.required', 'Join the event first.');
    throw new DomainError('access.denied', 'You have joined another event. Join this one first.');
  }
  return guest;
}

/** Photos for moderators: any status, with counts for the tabs. */
export async function listForStaff(
  context: TenantContext,
  actor: Moderator,
  input: { event: string; status?: PhotoStatus; limit: number; cursor?: string },
): Promise<{ items: StaffPhoto[]; nextCursor: string | null; counts: Record<PhotoStatus, number> }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const filter = { tenantId, event: input.event, sort: '-arrived', limit: input.limit + 1, after } as const;
  const [events, rows, counted] = await readAsInsider(context, actor, (tx) => [
    findEvent(tx, tenantId, input.event),
    listPhotos(tx, input.status ? { ...filter, status: input.status } : filter),
    countPhotos(tx, tenantId, input.event),
  ]);
  eventWithin(actor, events[0]);
  const counts = { processing: 0, pending: 0, approved: 0, rejected: 0, failed: 0 };
  for (const row of counted) counts[row.status] = row.count;
  const page = toPage(rows, input.limit, positionOf);
  return { items: page.rows.map(toStaffPhoto), nextCursor: page.nextCursor, counts };
}

export async function getForStaff(context: TenantContext, actor: Moderator, id: string): Promise<StaffPhoto> {
  const [rows] = await readAsInsider(context, actor, (tx) => [findPhotos(tx, context.tenant.id, [id])]);
  const record = rows[0];
  if (!record || record.photo.deletedAt || !isWithin(actor, record.photo.eventId)) throw photoNotFound();
  return toStaffPhoto(record);
}

export interface DecisionResult {
  id: string;
  ok: boolean;
  code?: 'photo.not_found' | 'photo.not_ready';
}

/**
 * Decides many photos in one transaction with their outbox rows; a photo that already is as asked is
 * left alone, so a repeat changes nothing.
 */
export async function decideMany(
  context: TenantContext,
  actor: Moderator,
  ids: string[],
  status: Decision,
): Promise<DecisionResult[]> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const unique = [...new Set(ids)];
  const { results, eventIds } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    const person = await requireModerator(tx, context, actor);
    const locked = new Map((await lockPhotos(tx, tenantId, unique)).map((row) => [row.id, row]));
    const judged = unique.map((id): DecisionResult => {
      const row = locked.get(id);
      if (!row || row.deletedAt || !isWithin(actor, row.eventId)) return { id, ok: false, code: 'photo.not_found' };
      if (row.status === 'processing' || row.status === 'failed') return { id, ok: false, code: 'photo.not_ready' };
      return { id, ok: true };
    });
    const toChange = judged
      .filter((result) => result.ok && locked.get(result.id)?.status !== status)
      .map((result) => result.id);
    if (toChange.length > 0) {
      const changed = await decidePhotos(tx, tenantId, toChange, { status, decidedBy: person.id, now });
      await addToOutbox(
        tx,
        changed.map((row) => ({
          tenantId,
          eventId: row.eventId,
          photoId: row.id,
          version: row.version,
          ...(locked.get(row.id)?.status === 'approved' ? { payload: { leftGallery: true as const } } : {}),
        })),
      );
      return { results: judged, eventIds: new Set(changed.map((row) => row.eventId)) };
    }
    return { results: judged, eventIds: new Set<string>() };
  });
  for (const eventId of eventIds) context.defer(publishEvent(context, eventId));
  return results;
}

/** One decision; @throws DomainError photo.not_found, photo.not_ready */
export async function decide(
  context: TenantContext,
  actor: Moderator,
  id: string,
  status: Decision,
): Promise<StaffPhoto> {
  const [result] = await decideMany(context, actor, [id], status);
  if (!result?.ok) {
    if (result?.code === 'photo.not_ready') {
      throw new DomainError(
        'photo.not_ready',
        'This photo is still being prepared, or could not be read. Decide when it is ready.',
      );
    }
    throw photoNotFound();
  }
  return getForStaff(context, actor, id);
}

async function removePhoto(context: TenantContext, tx: TenantTx, id: string): Promise<string | null> {
  const tenantId = context.tenant.id;
  const [gone] = await deletePhoto(tx, tenantId, id, context.ports.clock.now());
  if (!gone) return null;
  await addToOutbox(tx, [{ tenantId, eventId: gone.eventId, photoId: id, version: gone.version }]);
  return gone.eventId;
}

function afterRemoval(context: TenantContext, eventId: string, photoId: string): void {
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
    const guest = requireGuest(row, guests);
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
