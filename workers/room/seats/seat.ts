import type { RoomRole } from '../../../src/contract/live.ts';
import type { Admission } from '../door/admission.ts';

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
  /** until when a staff socket is told of screens, in epoch milliseconds; null when it has not asked */
  watchUntil: number | null;
  screen: { id: string; installation: string } | null;
  /** epoch milliseconds */
  joinedAt: number;
  /** epoch milliseconds */
  expiresAt: number;
  snapshotUrl: string;
  /** last frame acknowledged; null until the client has acknowledged one, and a client need not */
  ackedSeq: number | null;
  /** `seq` of the reset that a slow client got; nothing public is sent to it until it acknowledges that */
  resetSeq: number | null;
}

export function seatOf(admission: Admission, now: number): Seat {
  const { role, guestId, moderator, screen, expiresAt, snapshotUrl } = admission;
  const nothingYet = { claim: null, watchUntil: null, ackedSeq: null, resetSeq: null };
  return { role, guestId, moderator, screen, joinedAt: now, expiresAt, snapshotUrl, ...nothingYet };
}

export const guestTag = (guestId: string): string => `guest:${guestId}`;

export const moderatorTag = (moderatorId: string): string => `moderator:${moderatorId}`;

export const screenTag = (screenId: string): string => `screen:${screenId}`;

/** Tags by which the platform finds sockets again: the role, and the person or the screen. */
export const tagsOf = ({ role, guestId, moderator, screen }: Seat): string[] => [
  role,
  ...(guestId === null ? [] : [guestTag(guestId)]),
  ...(moderator === null ? [] : [moderatorTag(moderator.id)]),
  ...(screen === null ? [] : [screenTag(screen.id)]),
];

export const readSeat = (socket: WebSocket): Seat | null => socket.deserializeAttachment() as Seat | null;

export const writeSeat = (socket: WebSocket, seat: Seat): void => socket.serializeAttachment(seat);
