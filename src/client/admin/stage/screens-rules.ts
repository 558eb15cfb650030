import type { ScreenPresence } from '../../../contract/live.ts';
import type { Screen } from '../../../contract/screens.ts';

/** Those that are there first, and otherwise as they were. */
export const onlineFirst = (screens: readonly Screen[]): Screen[] =>
  screens.filter(({ status }) => status === 'online').concat(screens.filter(({ status }) => status !== 'online'));

/** A screen as its room has told of it since; what staff have set of its status stays. */
export function withPresence(screen: Screen, told: ScreenPresence | undefined): Screen {
  if (!told) return screen;
  const isSet = screen.status !== 'online' && screen.status !== 'offline';
  return {
    ...screen,
    status: isSet ? screen.status : told.online ? 'online' : 'offline',
    lastSeenAt: told.lastSeenAt,
    doubled: told.doubled,
    live: told.report || screen.live,
  };
}
