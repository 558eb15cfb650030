import type { RoomRole } from '../../src/contract/live.ts';
import type { Admission } from './admission.ts';

/** Photos that somebody has in hand; it ends by itself. */
export interface Claim {
  photoIds: string[];
  /** epoch milliseconds */
  until: number;
}

/** What the room knows of one socket. It lies in the socket's attachment, so that it outlives an eviction. */
export interface Seat {
  role: RoomRole;
  guestId: string | null;
  /** the user or the helper's grant behind a staff socket, and the name others see; null for everybody else */
  moderator: { id: string; name: string } | null;
  /** what a moderator at this socket has in hand */
  claim: Claim | null;
  /** epoch milliseconds */
  expiresAt: number;
  snapshotUrl: string;
  /** last frame acknowledged; null until the client has acknowledged one, and a client need not */
  ackedSeq: number | null;
  /** `seq` of the reset that a slow client got; nothing public is sent to it until it acknowledges that */
  resetSeq: number | null;
}

export function seatOf(admission: Admission): Seat {
  const { role, guestId, moderator, expiresAt, snapshotUrl } = admission;
  return { role, guestId, moderator, claim: null, expiresAt, snapshotUrl, ackedSeq: null, resetSeq: null };
}

export const guestTag = (guestId: string): string => `guest:${guestId}`;

export const moderatorTag = (moderatorId: string): string => `moderator:${moderatorId}`;

/** Tags by which the platform finds sockets again: the role, and the person. */
export const tagsOf = ({ role, guestId, moderator }: Seat): string[] => [
  role,
  ...(guestId === null ? [] : [guestTag(guestId)]),
  ...(moderator === null ? [] : [moderatorTag(moderator.id)]),
];

export const readSeat = (socket: WebSocket): Seat | null => socket.deserializeAttachment() as Seat | null;

export const writeSeat = (socket: WebSocket, seat: Seat): void => socket.serializeAttachment(seat);
