import type { RoomRole } from '../../../src/contract/live.ts';

/** Those who only watch and react, and who came in by the event's own door and not by an account or a helper's link. */
export const RELAYED_ROLES: readonly RoomRole[] = ['viewer', 'guest'];

/** Of one room. With the usual threshold that is half a million people. */
export const RELAYS_MAX = 64;

/**
 * Where somebody who comes to watch sits: at the room while it has place, then at the first relay that has, so
 * that the last ones empty first. Each takes as many as the room.
 * @param here sockets at the room itself @param relays people at each relay that has been used, by its number
 * @returns null when all are full
 */
export function placeFor(
  here: number,
  relays: () => ReadonlyMap<number, number>,
  threshold: number,
): 'room' | number | null {
  if (here < threshold) return 'room';
  const people = relays();
  for (let relay = 1; relay <= RELAYS_MAX; relay += 1) {
    if ((people.get(relay) ?? 0) < threshold) return relay;
  }
  return null;
}
