import type { ScreenReport } from '../../contract/live.ts';
import type { CommandName } from '../../contract/screens.ts';
import { readTenant } from '../../db/scope.ts';
import { findScreen } from '../../db/screens/devices.ts';
import type { ScreenActor, TenantContext } from '../context.ts';
import { eventNotFound } from '../people/guests.ts';
import { signLiveTicket } from '../people/tokens.ts';
import { readAsScreen, unpaired } from './screen-reads.ts';
import { commandsAfter } from './screen-rules.ts';

/** How long a screen's socket may live before it must ask for another ticket. */
const SOCKET_SECONDS = 12 * 3600;

/** @throws DomainError event.not_found for a screen that shows none */
export async function issueScreenTicket(context: TenantContext, actor: ScreenActor): Promise<string> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  const { device, event } = known;
  if (!event || !device.installation) throw eventNotFound();
  const expiresAt = new Date(now.getTime() + SOCKET_SECONDS * 1000);
  return signLiveTicket(
    context.config.GUEST_JWT_SECRET,
    {
      tenantId: context.tenant.id,
      eventId: event.id,
      eventVersion: event.version,
      role: 'screen',
      guestId: null,
      moderator: null,
      screen: { id: device.id, installation: device.installation },
      expiresAt,
    },
    now,
  );
}

/** Revoking closes the sockets there are; a ticket from just before must not open another, nor one of another event. */
export async function requireScreenStillThere(
  context: TenantContext,
  screen: { id: string; installation: string },
  eventId: string,
): Promise<void> {
  const tenantId = context.tenant.id;
  const [rows] = await readTenant(context.db, { tenantId }, (tx) => [findScreen(tx, tenantId, screen.id)]);
  const row = rows[0];
  if (!row || row.roomId !== eventId || row.device.installation !== screen.installation) throw unpaired();
}

/** What a screen without a socket says of itself. @returns photos that it has yet to be rid of */
export async function checkIn(
  context: TenantContext,
  actor: ScreenActor,
  input: { report: ScreenReport | null; removed: string[]; shown: string[] },
): Promise<{ recall: string[]; serverTime: string }> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  const { id: tenantId, residency } = context.tenant;
  const room = known.event ? { tenantId, eventId: known.event.id, residency } : null;
  const { report, removed, shown } = input;
  const visit = { screenId: known.device.id, report, removed, shown };
  const recall = room ? (await context.ports.rooms.checkIn(room, visit)).recall : [];
  return { recall, serverTime: now.toISOString() };
}

export async function listOwnCommands(
  context: TenantContext,
  actor: ScreenActor,
  after: number,
): Promise<{ items: { id: string; command: CommandName; at: string }[]; next: number }> {
  const { known, now } = await readAsScreen(context, actor, () => []);
  return {
    items: commandsAfter(known.device, after, now).map(({ id, command, at }) => ({
      id,
      command,
      at: new Date(at).toISOString(),
    })),
    next: known.device.version,
  };
}
