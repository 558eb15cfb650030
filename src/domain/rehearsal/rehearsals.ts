import type { Pace, Rehearsal, RehearsalList } from '../../contract/rehearsals.ts';
import { insertEvent } from '../../db/event-writes.ts';
import { findEvent } from '../../db/events.ts';
import {
  countScreensToRehearse,
  findRehearsal,
  insertPretendGuests,
  insertRehearsal,
  listRehearsals,
  listSamplePictures,
  lockRehearsal,
  lockScreensToRehearse,
} from '../../db/rehearsals.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { publishEvent } from '../outbox.ts';
import { eventNotFound } from '../people/guests.ts';
import { askRooms } from '../screens/presence.ts';
import { dismissFromRoom, tell } from '../screens/steering.ts';
import { toRehearsal } from './checklist-rules.ts';
import { emptyMeasures, failedChecks } from './rehearsal-rules.ts';
import { giveBack } from './returning.ts';
import { endsBy, hasBegun, pretendGuests, twinOf } from './twin-rules.ts';

const LISTED = 20;
const PICTURES = 8;

const notFound = () => new DomainError('rehearsal.not_found', 'There is no such rehearsal of this event.');

/** @throws DomainError event.panic, rehearsal.event_begun */
function requireQuiet(event: EventRow, now: Date): void {
  if (event.panicAt) {
    throw new DomainError('event.panic', 'Every screen shows the emergency slide. Release it before you rehearse.');
  }
  if (hasBegun(event, now)) {
    throw new DomainError('rehearsal.event_begun', 'This event has begun: its guests look at these screens.');
  }
}

/**
 * Moves every screen of an event to a hidden twin of it, where pretend guests send photos from now on. Screens keep
 * what they were given: event, layout and pause stay as they are, under what they show until a time.
 * @throws DomainError event.not_found, event.panic, rehearsal.event_begun, rehearsal.no_screens, rehearsal.running
 */
export async function startRehearsal(
  context: TenantContext,
  actor: StaffActor,
  ref: string,
  pace: Pace,
): Promise<Rehearsal> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [found] = await readAsStaff(context, actor, 'member', (tx) => [findEvent(tx, tenantId, ref)]);
  if (!found[0]) throw eventNotFound();
  // Asked before the transaction: a room that does not answer must not hold rows.
  const presences = await askRooms(context, [found[0].id]);
  const row = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    const member = requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, ref);
    if (!event) throw eventNotFound();
    requireQuiet(event, now);
    const screens = await lockScreensToRehearse(tx, tenantId, event.id);
    if (screens.length === 0) {
      throw new DomainError('rehearsal.no_screens', 'No screen shows this event. Pair one, then rehearse with it.');
    }
    const twinId = crypto.randomUUID();
    const until = endsBy(event, now);
    const [begun] = await insertRehearsal(tx, {
      tenantId,
      eventId: event.id,
      twinId,
      pace,
      phaseAt: now,
      tickedAt: now,
      createdAt: now,
      endsBy: until,
      startedBy: member.id,
      startedByName: member.name || member.email,
      measures: emptyMeasures(
        screens.map(({ id, name }) => ({ id, name, preflight: failedChecks(presences.get(id)) })),
      ),
    });
    if (!begun) throw new DomainError('rehearsal.running', 'A rehearsal of this event is under way. End it first.');
    await insertEvent(tx, twinOf(event, twinId));
    await insertPretendGuests(
      tx,
      pretendGuests(event, pace).map((name) => ({ tenantId, eventId: twinId, name, trust: 'always' })),
    );
    for (const device of screens) await moveToTwin(tx, device, { twinId, until, now });
    return begun;
  });
  context.defer(publishEvent(context, row.eventId));
  // Should this message be lost, the sweeper sends it again.
  context.defer(context.ports.jobs.rehearse({ v: 1, tenantId, rehearsalId: row.id, tick: row.tick }, 0));
  return toRehearsal(row, []);
}

async function moveToTwin(
  tx: TenantTx,
  device: Parameters<typeof tell>[1],
  { twinId, until, now }: { twinId: string; until: Date; now: Date },
): Promise<void> {
  const { tenantId, eventId } = device;
  await tell(tx, device, 'refresh', { rehearsalEventId: twinId, rehearsalUntil: until }, now, eventId);
  if (eventId) await dismissFromRoom(tx, tenantId, eventId, device.id);
}

/** Rehearsals of an event with what each has shown, and how many screens would take part now: one round trip. */
export async function listRehearsalsFor(
  context: TenantContext,
  actor: StaffActor,
  ref: string,
): Promise<RehearsalList> {
  const tenantId = context.tenant.id;
  const [events, rows, counted, pictures] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findEvent(tx, tenantId, ref),
    listRehearsals(tx, tenantId, ref, LISTED),
    countScreensToRehearse(tx, tenantId, ref),
    listSamplePictures(tx, tenantId, ref, PICTURES),
  ]);
  if (!events[0]) throw eventNotFound();
  const urls = pictures.flatMap(({ key, name }) => (key && name ? [`/i/${key}/${name}.webp`] : []));
  return { items: rows.map((row) => toRehearsal(row, urls)), screens: counted[0]?.count ?? 0 };
}

/**
 * Gives the screens their event back at once; what was sent is erased in the next seconds. One that has ended is left
 * alone, so that a repeat changes nothing.
 * @throws DomainError event.not_found, rehearsal.not_found
 */
export async function endRehearsal(
  context: TenantContext,
  actor: StaffActor,
  input: { event: string; rehearsal: string },
): Promise<Rehearsal> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const row = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    const member = requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, input.event);
    if (!event) throw eventNotFound();
    const [running] = await lockRehearsal(tx, tenantId, input.rehearsal);
    if (!running || running.eventId !== event.id) throw notFound();
    await giveBack(tx, running, { because: 'asked', by: member.name || member.email, now });
    return (await findRehearsal(tx, tenantId, running.id))[0] ?? running;
  });
  if (row.twinId) context.defer(publishEvent(context, row.twinId));
  return toRehearsal(row, []);
}
