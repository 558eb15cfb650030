import type { StaffEvent } from '../../contract/events.ts';
import type { ChecklistPatch, EventCreate, EventDuplicate, EventPatch } from '../../contract/event-writes.ts';
import { readEventSettings } from '../../contract/event-settings.ts';
import {
  copyTables,
  insertEvent,
  lockEvent,
  markEventDeleted,
  restoreEvent,
  updateEvent,
} from '../../db/event-writes.ts';
import { findEventForStaff } from '../../db/events.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { findMember } from '../../db/sessions.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { recordEventChange } from './event-changes.ts';
import { RESTORABLE_DAYS, toStaffEvent } from '../event-rules.ts';
import { chooseSlug } from './event-slugs.ts';
import { applyPatch, consequenceOf, duplicateOf, newEvent, nextChange, withSettings } from './event-write-rules.ts';
import { eventNotFound } from '../people/guests.ts';
import { publishEvent } from '../outbox.ts';

/** What a change leaves behind: the event as staff see it, and whether its room must hear of it. */
interface Written {
  event: StaffEvent;
  isHeard: boolean;
}

/** One transaction of a member of staff; the room hears of it once it is committed. */
async function write(
  context: TenantContext,
  actor: StaffActor,
  work: (tx: TenantTx) => Promise<Written>,
): Promise<StaffEvent> {
  const tenantId = context.tenant.id;
  const { event, isHeard } = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    return work(tx);
  });
  if (isHeard) context.defer(publishEvent(context, event.id));
  return event;
}

async function readBack(tx: TenantTx, context: TenantContext, eventId: string): Promise<StaffEvent> {
  const [row] = await findEventForStaff(tx, context.tenant.id, eventId);
  if (!row) throw eventNotFound();
  return toStaffEvent(row.event, row, true, context.ports.clock.now());
}

/** The event, locked; @throws DomainError event.not_found for none and for a deleted one */
async function lock(tx: TenantTx, tenantId: string, ref: string): Promise<EventRow> {
  const [event] = await lockEvent(tx, tenantId, ref);
  if (!event || event.deletedAt) throw eventNotFound();
  return event;
}

/** A new event: a draft that nobody but staff sees, unless it is asked to be live. */
export const createEvent = (context: TenantContext, actor: StaffActor, body: EventCreate): Promise<StaffEvent> =>
  write(context, actor, async (tx) => {
    const tenantId = context.tenant.id;
    const id = crypto.randomUUID();
    const slug = await chooseSlug(tx, tenantId, { wanted: body.slug ?? null, name: body.name, eventId: null });
    const values = newEvent(body, slug, context.ports.clock.now());
    await insertEvent(tx, { ...values, tenantId, id, createdBy: actor.userId });
    return { event: await readBack(tx, context, id), isHeard: false };
  });

/** Changes what is given and nothing else; of two changes at once the later one wins, field by field. */
export const changeEvent = (
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  change: EventPatch,
): Promise<StaffEvent> =>
  write(context, actor, async (tx) => {
    const tenantId = context.tenant.id;
    const before = await lock(tx, tenantId, ref);
    const { slug: wanted } = change;
    const slug =
      wanted === undefined || wanted === before.slug
        ? before.slug
        : await chooseSlug(tx, tenantId, { wanted, name: before.name, eventId: before.id });
    const after = applyPatch(before, { ...change, slug }, context.ports.clock.now());
    await updateEvent(tx, tenantId, before.id, after);
    const { isPublic, closesDoors } = consequenceOf(before, after);
    if (isPublic) await recordEventChange(tx, tenantId, before.id, { closesDoors });
    return { event: await readBack(tx, context, before.id), isHeard: isPublic };
  });

/** Gone for guests at once; staff can restore it for 30 days. A repeat finds nothing to delete: 404. */
export async function deleteEvent(context: TenantContext, actor: StaffActor, ref: string): Promise<void> {
  const tenantId = context.tenant.id;
  const eventId = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const event = await lock(tx, tenantId, ref);
    await markEventDeleted(tx, tenantId, event.id);
    await recordEventChange(tx, tenantId, event.id, { closesDoors: true });
    return event.id;
  });
  context.defer(publishEvent(context, eventId));
}

/** Has a deleted event back as it was. One that is not deleted is left alone, so a repeat changes nothing. */
export const undeleteEvent = (context: TenantContext, actor: StaffActor, ref: string): Promise<StaffEvent> =>
  write(context, actor, async (tx) => {
    const tenantId = context.tenant.id;
    const now = context.ports.clock.now();
    const [event] = await lockEvent(tx, tenantId, ref);
    if (!event) throw eventNotFound();
    if (!event.deletedAt) return { event: await readBack(tx, context, event.id), isHeard: false };
    // A date of deletion that has come would delete it again.
    const deleteAt = event.deleteAt && event.deleteAt > now ? event.deleteAt : null;
    const values = { deleteAt, nextChangeAt: nextChange({ ...event, deleteAt }, now) };
    const [restored] = await restoreEvent(tx, tenantId, event.id, values, RESTORABLE_DAYS);
    if (!restored) throw eventNotFound();
    await recordEventChange(tx, tenantId, event.id, { closesDoors: true });
    return { event: await readBack(tx, context, event.id), isHeard: true };
  });

/** Settings and tables once more, as a draft; neither guests nor photos. */
export const duplicateEvent = (
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  body: EventDuplicate,
): Promise<StaffEvent> =>
  write(context, actor, async (tx) => {
    const tenantId = context.tenant.id;
    const event = await lock(tx, tenantId, ref);
    const id = crypto.randomUUID();
    const slug = await chooseSlug(tx, tenantId, { wanted: body.slug ?? null, name: body.name, eventId: null });
    const values = duplicateOf(event, body, slug, context.ports.clock.now());
    await insertEvent(tx, { ...values, tenantId, id, createdBy: actor.userId });
    await copyTables(tx, tenantId, event.id, id);
    return { event: await readBack(tx, context, id), isHeard: false };
  });

/** Says that a step of the checklist is done, or is not. */
export const checkOff = (
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  { id, done }: ChecklistPatch,
): Promise<StaffEvent> =>
  write(context, actor, async (tx) => {
    const tenantId = context.tenant.id;
    const event = await lock(tx, tenantId, ref);
    const { [id]: at, ...others } = readEventSettings(event.settings).checklist;
    const now = context.ports.clock.now().toISOString();
    const checklist = done ? { ...others, [id]: at ?? now } : others;
    await updateEvent(tx, tenantId, event.id, { settings: withSettings(event.settings, { checklist }) });
    return { event: await readBack(tx, context, event.id), isHeard: false };
  });
