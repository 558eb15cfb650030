import {
  PROTOCOL_VERSION,
  type EventMessage,
  type PhotoMessage,
  type RoomMessage,
  type ScreenNudge,
} from '../contract/live.ts';
import { ANNOUNCEMENTS_MAX } from '../contract/stage.ts';
import { findEventToRestore, recordRoomPosition } from '../db/events.ts';
import { listOutbox, removeFromOutbox } from '../db/outbox.ts';
import { markObjectsDeleted } from '../db/photos.ts';
import { listAnnouncementsToShow } from '../db/screens/stage.ts';
import { findStaffPhotos, type StaffPhotoRecord } from '../db/staff-photos.ts';
import { readTenant, writeTenantBatch } from '../db/scope.ts';
import type { EventRow } from '../db/schema/events.ts';
import type { AnnouncementRow } from '../db/schema/screens.ts';
import type { OutboxPayload } from '../db/schema/photos.ts';
import type { TenantContext } from './context.ts';
import { isGone, showsPhotos, toEventState } from './event-rules.ts';
import { toPublicPhoto, toStaffPhoto } from './photo-rules.ts';
import { toStageMessages } from './screens/stage-rules.ts';
import { photoPrefix, type RenditionAddress } from './intake/rendition-keys.ts';

/** Rows published in one call of the room; a flood is worked through in several. */
const BATCH = 50;
const MAX_BATCHES = 200;

/**
 * What the room is to say about a photo as it is now. Several changes that nobody has heard of yet
 * collapse into one message with the newest version. What is not public says so by `public: null`: the
 * room knows whether it has shown the photo, and takes it down if it has. It cannot know of a page that was
 * made from the database between an approval and its end, of which it hears in one message, nor of a
 * gallery that opened later: so the end is always said.
 * @param payloads of these changes
 */
export function toPhotoMessage(
  event: EventRow,
  record: StaffPhotoRecord,
  now: Date,
  payloads: OutboxPayload[],
): PhotoMessage {
  const { photo } = record;
  const v = PROTOCOL_VERSION;
  const deleted = photo.deletedAt !== null;
  const isNews = payloads.some((payload) => !payload.staffOnly);
  const leftGallery = payloads.some((payload) => payload.leftGallery);
  const isPublic = !deleted && photo.status === 'approved' && showsPhotos(event, now);
  return {
    kind: 'photo',
    photoId: photo.id,
    version: photo.version,
    eventVersion: event.version,
    public:
      isPublic && isNews
        ? { v, type: 'photo.approved', photo: toPublicPhoto(record, event.settings) }
        : deleted || (leftGallery && !isPublic)
          ? { v, type: 'photo.removed', id: photo.id }
          : null,
    staff: deleted
      ? null
      : { v, type: photo.status === 'pending' ? 'photo.pending' : 'photo.decided', photo: toStaffPhoto(record) },
    uploader: isNews
      ? {
          guestId: photo.guestId,
          frame: { v, type: 'photo.status', id: photo.id, status: deleted ? 'deleted' : photo.status },
        }
      : null,
  };
}

/**
 * What the room is to say about the event as it is now; several changes collapse here too. Pages of a
 * deleted event hear of it like of any other change.
 */
export function toEventMessage(
  event: EventRow,
  announcements: AnnouncementRow[],
  payloads: OutboxPayload[],
  now: Date,
): EventMessage {
  const isForPages = payloads.some((one) => !one.closesModerator && !one.closesGuest && !one.closesScreen);
  const state = toEventState(event, announcements, now);
  return {
    kind: 'event',
    version: event.version,
    public: isForPages ? { v: PROTOCOL_VERSION, type: 'event.changed', event: state } : null,
    closesDoors: isGone(event) || payloads.some((payload) => payload.closesDoors),
    closesModerators: [...new Set(payloads.flatMap((payload) => payload.closesModerator ?? []))],
    closesGuests: [...new Set(payloads.flatMap((payload) => payload.closesGuest ?? []))],
    closesScreens: [...new Set(payloads.flatMap((payload) => payload.closesScreen ?? []))],
  };
}

const toNudges = (rows: { photoId: string; payload: OutboxPayload }[]): ScreenNudge[] =>
  rows.flatMap(({ photoId, payload }) => (payload.nudge ? [{ ...payload.nudge, screenIds: [photoId] }] : []));

/** @returns whether there was anything to publish. */
async function publishBatch(context: TenantContext, eventId: string): Promise<boolean> {
  const tenantId = context.tenant.id;
  const scope = { tenantId };
  const [events, announcements, rows] = await readTenant(context.db, scope, (tx) => [
    findEventToRestore(tx, tenantId, eventId),
    listAnnouncementsToShow(tx, tenantId, eventId, ANNOUNCEMENTS_MAX),
    listOutbox(tx, tenantId, eventId, BATCH),
  ]);
  const event = events[0];
  if (!event || rows.length === 0) return false;
  const now = context.ports.clock.now();
  const ofEvent = rows.filter((row) => row.photoId === event.id).map((row) => row.payload);
  const messages: RoomMessage[] =
    ofEvent.length > 0
      ? [toEventMessage(event, announcements, ofEvent, now), ...toStageMessages(event, announcements, ofEvent, now)]
      : [];
  // Of a deleted event nobody hears about single photos; who restores it fetches them.
  if (!isGone(event)) {
    const ofPhotos = rows.filter((row) => row.photoId !== event.id && !row.payload.nudge);
    messages.push(...(await photoMessages(context, event, ofPhotos, now)));
  }
  const room = { tenantId, eventId: event.id, residency: context.tenant.residency };
  // Before the messages: one of them may close the socket of the screen that is to look again.
  const nudges = toNudges(rows);
  if (nudges.length > 0) await context.ports.rooms.command(room, nudges);
  const position = messages.length > 0 ? await context.ports.rooms.publish(room, messages) : null;
  const rowIds = rows.map((row) => row.id);
  await writeTenantBatch(context.db, scope, (tx) => [
    removeFromOutbox(tx, tenantId, rowIds),
    ...(position ? [recordRoomPosition(tx, tenantId, event.id, position.epoch, position.seq)] : []),
  ]);
  return true;
}

async function photoMessages(
  context: TenantContext,
  event: EventRow,
  rows: { photoId: string; payload: OutboxPayload }[],
  now: Date,
): Promise<PhotoMessage[]> {
  if (rows.length === 0) return [];
  const tenantId = context.tenant.id;
  const photoIds = [...new Set(rows.map((row) => row.photoId))];
  const [records] = await readTenant(context.db, { tenantId }, (tx) => [findStaffPhotos(tx, tenantId, photoIds)]);
  const byId = new Map(records.map((record) => [record.photo.id, record]));
  return photoIds.flatMap((id) => {
    const record = byId.get(id);
    const payloads = rows.filter((row) => row.photoId === id).map((row) => row.payload);
    return record ? [toPhotoMessage(event, record, now, payloads)] : [];
  });
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
