import type { DeviceRow } from '../../db/schema/screens.ts';
import type { GroupPlace } from '../../db/screens/groups.ts';
import { readLayout } from './screen-rules.ts';

/** Nobody hangs more televisions side by side. */
export const GROUP_MAX = 100;

type Member = Pick<DeviceRow, 'eventId' | 'layout' | 'status' | 'revokedAt'>;

/** Among which screens this one counts; null: it hangs alone, or not at all. */
function placeOf({ eventId, layout, status, revokedAt }: Member): GroupPlace | null {
  const { group } = readLayout(layout);
  return eventId && group && !revokedAt && status !== 'decommissioned' ? { eventId, group } : null;
}

const textOf = (place: GroupPlace | null) =>
  place && JSON.stringify([place.eventId, place.group.mode, place.group.name]);

/** The groups whose other screens have one neighbour more or less; none where this screen has stayed in its own. */
export function changedGroups(before: Member | null, after: Member): GroupPlace[] {
  const [from, to] = [before && placeOf(before), placeOf(after)];
  return textOf(from) === textOf(to) ? [] : [from, to].filter((place) => place !== null);
}
