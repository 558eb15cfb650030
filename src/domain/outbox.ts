import { PROTOCOL_VERSION, type RoomMessage } from '../contract/live.ts';
import { findEvent, recordRoomPosition } from '../db/events.ts';
import { listOutbox, removeFromOutbox } from '../db/outbox.ts';
import { findPhotos, markObjectsDeleted, type PhotoRecord } from '../db/photos.ts';
import { readTenant, writeTenantBatch } from '../db/scope.ts';
import type { EventRow } from '../db/schema/events.ts';
import type { TenantContext } from './context.ts';
import { showsPhotos } from './event-rules.ts';
import { toPublicPhoto, toStaffPhoto } from './photo-rules.ts';
import { photoPrefix, type RenditionAddress } from './rendition-keys.ts';

/** Rows published in one call of the room; a flood is worked through in several. */
const BATCH = 50;
const MAX_BATCHES = 40;

/**
 * What the room is to say about a photo as it is now. Several changes that nobody has heard of yet
 * collapse into one message with the newest version. What is not public says so by `public: null`: the
 * room knows whether it has shown the photo, and takes it down if it has. It cannot know of a page that was
 * made from the database between an approval and its end, of which it hears in one message, nor of a
 * gallery that opened later: so the end is always said.
 * @param leftGallery whether one of these changes took the photo out of the gallery
 */
export function toRoomMessage(event: EventRow, record: PhotoRecord, now: Date, leftGallery: boolean): RoomMessage {
  const { photo } = record;
  const v = PROTOCOL_VERSION;
  const deleted = photo.deletedAt !== null;
  const isPublic = !deleted && photo.status === 'approved' && showsPhotos(event, now);
  return {
    photoId: photo.id,
    version: photo.version,
    public: isPublic
      ? { v, type: 'photo.approved', photo: toPublicPhoto(record) }
      : deleted || leftGallery
        ? { v, type: 'photo.removed', id: photo.id }
        : null,
    staff: deleted
      ? null
      : { v, type: photo.status === 'pending' ? 'photo.pending' : 'photo.decided', photo: toStaffPhoto(record) },
    uploader: {
      guestId: photo.guestId,
      frame: { v, type: 'photo.status', id: photo.id, status: deleted ? 'deleted' : photo.status },
    },
  };
}

/** @returns whether there was anything to publish. */
async function publishBatch(context: TenantContext, eventId: string): Promise<boolean> {
  const tenantId = context.tenant.id;
  const scope = { tenantId };
  const [events, rows] = await readTenant(context.db, scope, (tx) => [
    findEvent(tx, tenantId, eventId),
    listOutbox(tx, tenantId, eventId, BATCH),
  ]);
  if (rows.length === 0) return false;
  const event = events[0];
  const rowIds = rows.map((row) => row.id);
  if (!event) {
    await writeTenantBatch(context.db, scope, (tx) => [removeFromOutbox(tx, tenantId, rowIds)]);
    return true;
  }
  const photoIds = [...new Set(rows.map((row) => row.photoId))];
  const [records] = await readTenant(context.db, scope, (tx) => [findPhotos(tx, tenantId, photoIds)]);
  const byId = new Map(records.map((record) => [record.photo.id, record]));
  const left = new Set(rows.filter((row) => row.payload.leftGallery).map((row) => row.photoId));
  const now = context.ports.clock.now();
  const messages = photoIds.flatMap((id) => {
    const record = byId.get(id);
    return record ? [toRoomMessage(event, record, now, left.has(id))] : [];
  });
  const room = { tenantId, eventId: event.id, residency: context.tenant.residency };
  const position = await context.ports.rooms.publish(room, messages);
  await writeTenantBatch(context.db, scope, (tx) => [
    removeFromOutbox(tx, tenantId, rowIds),
    recordRoomPosition(tx, tenantId, event.id, position.epoch, position.seq),
  ]);
  return true;
}

/**
 * Hands every change that waits in the outbox to the event's room and forgets it once the room has
 * acknowledged. Safe to run twice at once and to break anywhere: the room knows versions it has seen.
 */
export async function publishEvent(context: TenantContext, eventId: string): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    if (!(await publishBatch(context, eventId))) return;
  }
}

/** Longer than a queue lets a consumer run. */
const RENDERING_MAX_MS = 20 * 60_000;

/**
 * Deletes the objects of a deleted photo. Noted only when no thumbnailer can be storing renditions any
 * more; until then, and until it has worked, the sweeper repeats it.
 */
export async function eraseObjects(context: TenantContext, address: RenditionAddress): Promise<void> {
  await context.ports.originals.deletePrefix(context.tenant.residency, photoPrefix(address));
  const now = context.ports.clock.now();
  const queuedBefore = new Date(now.getTime() - RENDERING_MAX_MS);
  await writeTenantBatch(context.db, { tenantId: address.tenantId }, (tx) => [
    markObjectsDeleted(tx, address.tenantId, address.photoId, queuedBefore, now),
  ]);
}
