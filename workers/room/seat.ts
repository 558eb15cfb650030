import type { RoomRole } from '../../src/contract/live.ts';
import type { Admission } from './admission.ts';

/** What the room knows of one socket. It lies in the socket's attachment, so that it outlives an eviction. */
export interface Seat {
  role: RoomRole;
  guestId: string | null;
  /** epoch milliseconds */
  expiresAt: number;
  snapshotUrl: string;
  /** last frame acknowledged; null until the client has acknowledged one, and a client need not */
  ackedSeq: number | null;
  /** `seq` of the reset that a slow client got; nothing public is sent to it until it acknowledges that */
  resetSeq: number | null;
}

export function seatOf(admission: Admission): Seat {
  const { role, guestId, expiresAt, snapshotUrl } = admission;
  return { role, guestId, expiresAt, snapshotUrl, ackedSeq: null, resetSeq: null };
}

export const guestTag = (guestId: string): string => `guest:${guestId}`;

/** Tags by which the platform finds sockets again: the role, and the guest. */
export const tagsOf = (seat: Seat): string[] =>
  seat.guestId === null ? [seat.role] : [seat.role, guestTag(seat.guestId)];

export const readSeat = (socket: WebSocket): Seat | null => socket.deserializeAttachment() as Seat | null;

export const writeSeat = (socket: WebSocket, seat: Seat): void => socket.serializeAttachment(seat);
