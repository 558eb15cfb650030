import type { ScreenPresence } from '../../contract/live.ts';
import type { TenantContext } from '../context.ts';

/** Rooms asked for one page of screens; those of further events are known by what Postgres knows. */
const ROOMS_MAX = 20;

/** What the rooms of these events know of their screens, by screen. A room that cannot be asked knows nothing. */
export async function askRooms(
  context: TenantContext,
  eventIds: readonly (string | null | undefined)[],
): Promise<Map<string, ScreenPresence>> {
  const { id: tenantId, residency } = context.tenant;
  const known = [...new Set(eventIds.filter((id): id is string => typeof id === 'string'))].slice(0, ROOMS_MAX);
  const answers = await Promise.all(
    known.map((eventId) => context.ports.rooms.screens({ tenantId, eventId, residency }).catch(() => [])),
  );
  return new Map(answers.flat().map((presence) => [presence.screenId, presence]));
}
