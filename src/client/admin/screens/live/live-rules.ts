import type { ScreenPresence } from '../../../../contract/live-screens.ts';
import type { Screen } from '../../../../contract/screens.ts';
import { SET_STATUSES } from '../screen-rules.ts';

/** Events whose rooms are listened to: those with most screens first, and never more than `most`. */
export function eventsToWatch(
  screens: readonly Pick<Screen, 'event'>[],
  most: number,
): { watched: string[]; left: number } {
  const counts = new Map<string, number>();
  for (const { event } of screens) if (event) counts.set(event.id, (counts.get(event.id) || 0) + 1);
  const ids = Array.from(counts.keys()).sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || (a < b ? -1 : 1));
  return { watched: ids.slice(0, most), left: Math.max(0, ids.length - most) };
}

/** A screen as its room has last described it; what staff have set of it stands. */
export function withPresence(screen: Screen, presence: ScreenPresence | undefined): Screen {
  if (!presence) return screen;
  const isSet = SET_STATUSES.some((status) => status === screen.status);
  const { lastSeenAt } = screen;
  return {
    ...screen,
    status: isSet ? screen.status : presence.online ? 'online' : 'offline',
    lastSeenAt: lastSeenAt && lastSeenAt > presence.lastSeenAt ? lastSeenAt : presence.lastSeenAt,
    doubled: presence.doubled,
    live: presence.report,
    paused: presence.online && presence.report ? presence.report.paused : screen.paused,
  };
}
