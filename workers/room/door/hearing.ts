import { CLOSE_FLOOD, type ClientFrame } from '../../../src/contract/live.ts';
import { readSeat, writeSeat, type Seat } from '../seats/seat.ts';
import { close, closeExpired, errorText, isOpen, send } from '../seats/sockets.ts';
import { judgeClientFrame } from './client-frames.ts';
import { FLOOD_LIMITS, takeToken } from './flood-rules.ts';

/** @returns what a client asks for; null when it may not, or has been answered already. */
export function hear(
  socket: WebSocket,
  message: string | ArrayBuffer,
  now: number,
): { seat: Seat; frame: ClientFrame } | null {
  const before = readSeat(socket);
  // Frames may still arrive between our close and the client's.
  if (before === null || !isOpen(socket)) return null;
  if (before.expiresAt <= now) return nothing(closeExpired(socket));
  const bucket = takeToken(before.bucket, now, FLOOD_LIMITS[before.role]);
  if (bucket === null) return nothing(close(socket, CLOSE_FLOOD, 'too many frames'));
  const seat: Seat = { ...before, bucket };
  writeSeat(socket, seat);
  const verdict = judgeClientFrame(message);
  if (verdict.kind === 'frame') return { seat, frame: verdict.frame };
  if (verdict.kind !== 'ignored' && verdict.error !== null) send(socket, errorText(verdict.error));
  if (verdict.kind === 'refused') close(socket, verdict.closeCode, verdict.reason);
  return null;
}

const nothing = (_done: void): null => null;
