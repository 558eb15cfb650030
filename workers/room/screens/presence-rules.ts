import type { ScreenPresence } from '../../../src/contract/live.ts';

/** Pages ping every 25 seconds: two pings that are missing are an absence. */
const SILENCE_MS = 60_000;
/** Pages without a socket poll every five seconds. */
const POLL_SILENCE_MS = 20_000;
/** A page that reconnects has left its old socket before; what was under way then may arrive so late. */
const HANDOVER_MS = 5_000;

/** One open socket of a screen; times are epoch milliseconds. */
export interface ScreenSocket {
  installation: string;
  joinedAt: number;
  /** last ping; null before the first */
  pingedAt: number | null;
}

/** What is kept of a screen between its sockets; times are epoch milliseconds. */
export interface ScreenRecord {
  screenId: string;
  seenAt: number;
  /** last poll of a screen without a socket; null when it has a socket, or never polled */
  polledAt: number | null;
  report: ScreenPresence['report'];
}

const heardAt = (socket: ScreenSocket): number => Math.max(socket.joinedAt, socket.pingedAt ?? 0);

/**
 * Two sockets alive at once. One that merely has not been closed yet is silent from the moment its page
 * opened the next; one that still pings then is another page with the same credential.
 */
function isDoubled(sockets: ScreenSocket[], now: number): boolean {
  return sockets.some((older) =>
    sockets.some((newer) => {
      if (older === newer || older.joinedAt > newer.joinedAt) return false;
      if (older.installation !== newer.installation) return heardAt(older) > now - SILENCE_MS;
      return heardAt(older) > newer.joinedAt + HANDOVER_MS;
    }),
  );
}

export function presenceOf(record: ScreenRecord, sockets: ScreenSocket[], now: number): ScreenPresence {
  const isPolling = record.polledAt !== null && record.polledAt > now - POLL_SILENCE_MS;
  return {
    screenId: record.screenId,
    online: isPolling || sockets.some((socket) => heardAt(socket) > now - SILENCE_MS),
    lastSeenAt: new Date(Math.max(record.seenAt, ...sockets.map(heardAt))).toISOString(),
    doubled: isDoubled(sockets, now),
    report: record.report,
  };
}
