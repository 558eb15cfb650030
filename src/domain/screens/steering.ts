import type { CommandName, Screen, ScreenListQuery, ScreenPatch } from '../../contract/screens.ts';
import { findEvent } from '../../db/events.ts';
import { addToOutbox } from '../../db/outbox.ts';
import type { DeviceRow, StoredCommand } from '../../db/schema/screens.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { findScreen, listScreens, lockScreen, updateDevice } from '../../db/screens/devices.ts';
import { lockGroups } from '../../db/screens/groups.ts';
import { removeKioskLinksOf } from '../../db/screens/kiosk-links.ts';
import { removePairingsOf } from '../../db/screens/pairings.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { publishEvent } from '../outbox.ts';
import { eventNotFound } from '../people/guests.ts';
import { refuseSerialNumber } from '../sites/devices.ts';
import { tellNeighbours } from './neighbours.ts';
import { askRooms } from './presence.ts';
import { applyLayout, toScreen, withCommand } from './screen-rules.ts';
import { requireSite } from '../sites/sites.ts';

const screenNotFound = () => new DomainError('screen.not_found', 'There is no such screen in this account.');

/** Screens with what their rooms know of them: one round trip to the database, then the rooms, all at once. */
export async function listScreensFor(
  context: TenantContext,
  actor: StaffActor,
  input: ScreenListQuery,
): Promise<{ items: Screen[]; nextCursor: string | null }> {
  const { event, site: siteId, limit } = input;
  const after = decodeCursor(input.cursor);
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listScreens(tx, context.tenant.id, { event, siteId, limit: limit + 1, after }),
  ]);
  const page = toPage(rows, limit, (row) => ({ at: row.position, id: row.device.id }));
  const presences = await askRooms(
    context,
    page.rows.map((row) => row.roomId),
  );
  const now = context.ports.clock.now();
  return {
    items: page.rows.map((row) => toScreen(row, presences.get(row.device.id) ?? null, now)),
    nextCursor: page.nextCursor,
  };
}

export async function getScreen(context: TenantContext, actor: StaffActor, id: string): Promise<Screen> {
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [findScreen(tx, context.tenant.id, id)]);
  const row = rows[0];
  if (!row) throw screenNotFound();
  const presences = await askRooms(context, [row.roomId]);
  return toScreen(row, presences.get(id) ?? null, context.ports.clock.now());
}

/** The room of that event closes the screen's sockets and forgets it; the caller then defers `publishEvent`. */
export const dismissFromRoom = (tx: TenantTx, tenantId: string, eventId: string, screenId: string) =>
  recordEventChange(tx, tenantId, eventId, { closesScreen: screenId });

/** In whose room a screen is: while it rehearses that is not the room of its own event. */
export const roomOf = (device: DeviceRow, now: Date): string | null =>
  device.rehearsalEventId && device.rehearsalUntil && device.rehearsalUntil > now
    ? device.rehearsalEventId
    : device.eventId;

/**
 * Writes a change of a locked screen together with the nudge that tells it; a screen without an event hears when it asks.
 * @param eventId in whose room
 */
export async function tell(
  tx: TenantTx,
  device: DeviceRow,
  command: CommandName,
  values: Partial<DeviceRow>,
  now: Date,
  eventId = roomOf(device, now),
): Promise<StoredCommand> {
  const { tenantId } = device;
  const { version, commands, stored } = withCommand(device, command, crypto.randomUUID(), now);
  await updateDevice(tx, tenantId, device.id, { ...values, version, commands });
  if (eventId) {
    const nudge = { id: stored.id, command };
    await addToOutbox(tx, [{ tenantId, eventId, photoId: device.id, version, payload: { nudge } }]);
  }
  return stored;
}

/** One transaction of a member on a locked screen; the rooms hear of it once it is committed. */
async function write<T>(
  context: TenantContext,
  actor: StaffActor,
  id: string,
  work: (tx: TenantTx, device: DeviceRow, now: Date) => Promise<{ answer: T; rooms: string[] }>,
  how: { changesGroups: boolean },
): Promise<T> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const { answer, rooms } = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    if (how.changesGroups) await lockGroups(tx, tenantId);
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [device] = await lockScreen(tx, tenantId, id);
    if (!device) throw screenNotFound();
    const { answer, rooms } = await work(tx, device, now);
    const room = roomOf(device, now);
    return { answer, rooms: room ? [room, ...rooms] : rooms };
  });
  for (const eventId of new Set(rooms)) context.defer(publishEvent(context, eventId));
  return answer;
}

async function toEventId(tx: TenantTx, tenantId: string, event: string | null | undefined) {
  if (event === undefined || event === null) return event;
  const [found] = await findEvent(tx, tenantId, event);
  if (!found) throw eventNotFound();
  return found.id;
}

/** What of a change the screen itself shows, or shows by. */
const HEARD = ['name', 'event', 'layout', 'paused'] as const;
/** What may put it among other screens. */
const MOVED = ['event', 'layout', 'status'] as const;

/**
 * Changes what is given. The screen hears of what it shows, at once where it is and else when it asks.
 * @throws DomainError screen.not_found, event.not_found, site.not_found, device.serial_taken
 */
export async function changeScreen(
  context: TenantContext,
  actor: StaffActor,
  id: string,
  patch: ScreenPatch,
): Promise<Screen> {
  const tenantId = context.tenant.id;
  const changesGroups = MOVED.some((field) => patch[field] !== undefined);
  const change = async (tx: TenantTx, device: DeviceRow, now: Date) => {
    const eventId = await toEventId(tx, tenantId, patch.event);
    await requireSite(tx, tenantId, patch.siteId);
    const values = {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.serialNumber === undefined ? {} : { serialNumber: patch.serialNumber }),
      ...(patch.siteId === undefined ? {} : { siteId: patch.siteId }),
      // Whoever gives a screen another event takes it out of a rehearsal as well.
      ...(eventId === undefined ? {} : { eventId, rehearsalEventId: null, rehearsalUntil: null }),
      ...(patch.layout === undefined ? {} : { layout: applyLayout(device.layout, patch.layout) }),
      ...(patch.paused === undefined ? {} : { paused: patch.paused }),
      ...(patch.status === undefined ? {} : { status: patch.status ?? ('offline' as const) }),
      ...(patch.copiedAt === undefined ? {} : { copiedAt: null }),
    };
    if (HEARD.some((field) => patch[field] !== undefined)) await tell(tx, device, 'refresh', values, now);
    else await updateDevice(tx, tenantId, device.id, values);
    const left = roomOf(device, now);
    if (eventId !== undefined && left && eventId !== left) await dismissFromRoom(tx, tenantId, left, device.id);
    return { answer: undefined, rooms: await tellNeighbours(tx, device, { ...device, ...values }, now) };
  };
  await write(context, actor, id, change, { changesGroups }).catch(refuseSerialNumber);
  return getScreen(context, actor, id);
}

/** Ends a screen's credential: it hears so, its sockets close, and it shows a code again. A repeat: 404. */
export function revokeScreen(context: TenantContext, actor: StaffActor, id: string): Promise<void> {
  const revoke = async (tx: TenantTx, device: DeviceRow, now: Date) => {
    const { tenantId } = device;
    const values = { credentialHash: null, revokedAt: now };
    await tell(tx, device, 'refresh', values, now);
    await removePairingsOf(tx, tenantId, device.id);
    await removeKioskLinksOf(tx, tenantId, device.id);
    const left = roomOf(device, now);
    if (left) await dismissFromRoom(tx, tenantId, left, device.id);
    return { answer: undefined, rooms: await tellNeighbours(tx, device, { ...device, ...values }, now) };
  };
  return write(context, actor, id, revoke, { changesGroups: true });
}

/** What `pause` and `resume` mean lasts; everything else happens once, if the screen is there. */
const LASTING: Partial<Record<CommandName, Partial<DeviceRow>>> = {
  pause: { paused: true },
  resume: { paused: false },
};

export async function commandScreen(
  context: TenantContext,
  actor: StaffActor,
  id: string,
  command: CommandName,
): Promise<{ id: string; command: CommandName; at: string }> {
  const send = async (tx: TenantTx, device: DeviceRow, now: Date) => ({
    answer: await tell(tx, device, command, LASTING[command] ?? {}, now),
    rooms: [],
  });
  const stored = await write(context, actor, id, send, { changesGroups: false });
  return { id: stored.id, command, at: new Date(stored.at).toISOString() };
}
