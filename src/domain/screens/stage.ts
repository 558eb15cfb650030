import { ANNOUNCEMENTS_MAX, type PanicAnswer, type StageAnswer } from '../../contract/stage.ts';
import type { Recall } from '../../contract/live.ts';
import { findEvent } from '../../db/events.ts';
import { findPhotos } from '../../db/photos.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { listScreenIds } from '../../db/screens/devices.ts';
import { listAnnouncementsToShow, setStage } from '../../db/screens/stage.ts';
import {
  readAsInsider,
  readAsStaff,
  requireModerator,
  scopeOf,
  type Moderator,
  type StaffActor,
  type TenantContext,
} from '../context.ts';
import { DomainError } from '../errors.ts';
import { eventWithin } from '../events.ts';
import { recordEventChange, type EventChange } from '../organiser/event-changes.ts';
import { publishEvent } from '../outbox.ts';
import { eventNotFound } from '../people/guests.ts';
import { photoNotFound } from '../photos.ts';
import { endRehearsalFor } from '../rehearsal/returning.ts';
import { askRooms } from './presence.ts';
import { toWallState } from './stage-rules.ts';

/** Screens of one event that are asked whether they show the slide. */
const SCREENS_MAX = 500;

/** One transaction of somebody who may decide, on an event whose walls then hear of it. */
export async function changeStage<T>(
  context: TenantContext,
  actor: Moderator,
  ref: string,
  work: (tx: TenantTx, event: EventRow, now: Date) => Promise<{ answer: T; change: EventChange | null }>,
): Promise<T> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { answer, eventId } = await writeTenant(context.db, scopeOf(context, actor), async (tx) => {
    await requireModerator(tx, context, actor);
    const event = eventWithin(actor, (await findEvent(tx, tenantId, ref).for('no key update'))[0]);
    const { answer, change } = await work(tx, event, now);
    if (change) await recordEventChange(tx, tenantId, event.id, change);
    return { answer, eventId: event.id };
  });
  context.defer(publishEvent(context, eventId));
  return answer;
}

/** Everything on the stage of an event now, and when that is. */
export async function getStage(context: TenantContext, actor: Moderator, ref: string): Promise<StageAnswer> {
  const tenantId = context.tenant.id;
  const [events, announcements] = await readAsInsider(context, actor, (tx) => [
    findEvent(tx, tenantId, ref),
    listAnnouncementsToShow(tx, tenantId, ref, ANNOUNCEMENTS_MAX),
  ]);
  const now = context.ports.clock.now();
  return { stage: toWallState(eventWithin(actor, events[0]), announcements, now), serverTime: now.getTime() };
}

async function readBack(tx: TenantTx, event: EventRow, now: Date): Promise<StageAnswer> {
  const { tenantId, id } = event;
  const [row] = await findEvent(tx, tenantId, id);
  const announcements = await listAnnouncementsToShow(tx, tenantId, id, ANNOUNCEMENTS_MAX);
  return { stage: toWallState(row ?? event, announcements, now), serverTime: now.getTime() };
}

/** Sets what is given of the stage; what is so already is not said again. */
const stage = (
  context: TenantContext,
  actor: Moderator,
  ref: string,
  work: (
    tx: TenantTx,
    event: EventRow,
    now: Date,
  ) => Promise<{ values: Parameters<typeof setStage>[3]; change: EventChange } | null>,
): Promise<StageAnswer> =>
  changeStage(context, actor, ref, async (tx, event, now) => {
    const set = await work(tx, event, now);
    if (set) await setStage(tx, event.tenantId, event.id, set.values);
    return { answer: await readBack(tx, event, now), change: set?.change ?? null };
  });

/* ---- panic ---- */

/** One slide of ours on every wall, and publication held, until released. Asked again, only the words change. */
export async function startPanic(
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  text: string | null,
): Promise<StageAnswer> {
  let twin: string | null = null;
  const state = await stage(context, actor, ref, async (tx, event, now) => {
    // The slide is the event's own: screens that rehearse come back to see it.
    twin = await endRehearsalFor(tx, event.tenantId, event.id, 'panic', now);
    return event.panicAt && event.panicText === text
      ? null
      : { values: { panicAt: event.panicAt ?? now, panicText: text }, change: {} };
  });
  if (twin) context.defer(publishEvent(context, twin));
  return state;
}

/** What was held before stays held. */
export const releasePanic = (context: TenantContext, actor: StaffActor, ref: string) =>
  stage(context, actor, ref, async (_tx, event) =>
    event.panicAt ? { values: { panicAt: null, panicText: null }, change: {} } : null,
  );

/** Whether there is a panic, and which screens say that they show its slide. */
export async function getPanic(context: TenantContext, actor: StaffActor, ref: string): Promise<PanicAnswer> {
  const tenantId = context.tenant.id;
  const [events, screens] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findEvent(tx, tenantId, ref),
    listScreenIds(tx, tenantId, ref, SCREENS_MAX),
  ]);
  const event = events[0];
  if (!event) throw eventNotFound();
  const presences = await askRooms(context, [event.id]);
  const known = screens.map(({ id }) => presences.get(id));
  return {
    panic: event.panicAt ? { since: event.panicAt.toISOString(), text: event.panicText } : null,
    screens: {
      total: screens.length,
      confirmed: known.filter((one) => one?.online && one.report?.layout === 'panic').length,
      offline: known.filter((one) => !one?.online).length,
    },
  };
}

/** How far a photo that was taken down is gone from the screens, as its room counts. */
export async function getRecall(
  context: TenantContext,
  actor: Moderator,
  input: { event: string; photo: string },
): Promise<{ recall: Recall | null }> {
  const { id: tenantId, residency } = context.tenant;
  const [events] = await readAsInsider(context, actor, (tx) => [findEvent(tx, tenantId, input.event)]);
  const event = eventWithin(actor, events[0]);
  return { recall: await context.ports.rooms.recall({ tenantId, eventId: event.id, residency }, input.photo) };
}

/* ---- spotlight and photo call ---- */

/** @throws DomainError photo.not_found; photo.changed for one that is not published */
export const lightPhoto = (
  context: TenantContext,
  actor: Moderator,
  ref: string,
  input: { photoId: string; seconds?: number | undefined },
) =>
  stage(context, actor, ref, async (tx, event, now) => {
    const [record] = await findPhotos(tx, event.tenantId, [input.photoId]);
    if (!record || record.photo.deletedAt || record.photo.eventId !== event.id) throw photoNotFound();
    if (record.photo.status !== 'approved') {
      throw new DomainError('photo.changed', 'This photo is not published. Approve it first.');
    }
    const until = input.seconds === undefined ? null : new Date(now.getTime() + input.seconds * 1000);
    return { values: { spotlightPhotoId: input.photoId, spotlightUntil: until }, change: { spotlight: true } };
  });

export const endSpotlight = (context: TenantContext, actor: Moderator, ref: string) =>
  stage(context, actor, ref, async (_tx, event) =>
    event.spotlightPhotoId
      ? { values: { spotlightPhotoId: null, spotlightUntil: null }, change: { spotlight: true } }
      : null,
  );

export const callForPhotos = (
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  input: { seconds: number; mission?: string | undefined },
) =>
  stage(context, actor, ref, async (_tx, _event, now) => ({
    values: { photoCallAt: now, photoCallSeconds: input.seconds, photoCallMission: input.mission ?? null },
    change: {},
  }));

export const endPhotoCall = (context: TenantContext, actor: StaffActor, ref: string) =>
  stage(context, actor, ref, async (_tx, event) =>
    event.photoCallAt
      ? { values: { photoCallAt: null, photoCallSeconds: null, photoCallMission: null }, change: {} }
      : null,
  );
