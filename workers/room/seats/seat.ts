import type { RoomRole } from '../../../src/contract/live.ts';
import type { Admission } from '../door/admission.ts';
import type { Bucket } from '../door/flood-rules.ts';
import type { Pace } from './pace-rules.ts';

/** Photos that somebody has in hand; it ends by itself. */
export interface Claim {
  photoIds: string[];
  /** epoch milliseconds */
  until: number;
}

/** What the room knows of one socket. It lies in the socket's attachment, so that it outlives an eviction. */
export interface Seat extends Pace {
  role: RoomRole;
  guestId: string | null;
  /** the user or the helper's grant behind a staff socket, and the name others see; null for everybody else */
  moderator: { id: string; name: string } | null;
  /** what a moderator at this socket has in hand */
  claim: Claim | null;
  /** until when a staff socket is told of screens, in epoch milliseconds; null when it has not asked */
  watchUntil: number | null;
  screen: { id: string; installation: string } | null;
  /** how much it may still send; null before it has sent anything */
  bucket: Bucket | null;
  /** epoch milliseconds */
  joinedAt: number;
  /** epoch milliseconds */
  expiresAt: number;
  snapshotUrl: string;
}

export function seatOf(admission: Admission, now: number): Seat {
  const { role, guestId, moderator, screen, expiresAt, snapshotUrl } = admission;
  const nothingYet = { claim: null, watchUntil: null, bucket: null, ackedSeq: null, startSeq: 0, hold: null };
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

/** Reading an attachment costs more than sending a frame: seats that have been read once stay here. */
const known = new WeakMap<WebSocket, Seat>();

export function readSeat(socket: WebSocket): Seat | null {
  const seat = known.get(socket) ?? (socket.deserializeAttachment() as Seat | null);
  if (seat !== null) known.set(socket, seat);
  return seat;
}

export function writeSeat(socket: WebSocket, seat: Seat): void {
  known.set(socket, seat);
  socket.serializeAttachment(seat);
}
