/** Everybody learns how many are there at most this often, and only when something else woke the room. */
const VIEWERS_INTERVAL_MS = 5_000;
const RECOUNT_INTERVAL_MS = 1_000;

/**
 * How many sockets are open, without walking all of them at each arrival. Lives in memory and starts
 * again from a count after an eviction; it never needs a timer, so the room can hibernate.
 */
export function createPresence(countSockets: () => number) {
  let known = 0;
  let countedAt = -Infinity;
  let announced = -1;
  let announcedAt = -Infinity;

  function count(now: number): number {
    if (now - countedAt >= RECOUNT_INTERVAL_MS) {
      known = countSockets();
      countedAt = now;
    }
    return known;
  }

  return {
    count,
    /** Call after the socket has been accepted. */
    joined(now: number): number {
      if (now - countedAt < RECOUNT_INTERVAL_MS) known += 1;
      return count(now);
    },
    left(): void {
      countedAt = -Infinity;
    },
    /** @returns the number to announce, or null when nothing changed or the last word is too fresh. */
    due(now: number): number | null {
      if (now - announcedAt < VIEWERS_INTERVAL_MS) return null;
      const current = count(now);
      if (current === announced) return null;
      announced = current;
      announcedAt = now;
      return current;
    },
  };
}
