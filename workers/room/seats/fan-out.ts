import { PROTOCOL_VERSION, type RoomPosition } from '../../../src/contract/live.ts';
import type { RoomLog } from '../log/log.ts';
import { resumeFrom, SLOW_CLIENT_FRAMES } from '../log/resume-rules.ts';
import { readSeat, writeSeat, type Seat } from './seat.ts';
import { closeExpired, frameText, isOpen, send } from './sockets.ts';

export type FanOut = ReturnType<typeof createFanOut>;

/** Everything that is sent to more than one socket, and what each is owed of the order. */
export function createFanOut(ctx: DurableObjectState, log: RoomLog) {
  /** Sends one frame to these sockets; to those whose session has ended it says so instead. */
  function tell(
    sockets: WebSocket[],
    frame: string,
    now: number,
    isFor: (socket: WebSocket, seat: Seat) => boolean = () => true,
  ): void {
    for (const socket of sockets) {
      const seat = readSeat(socket);
      if (seat === null || !isOpen(socket)) continue;
      if (seat.expiresAt <= now) closeExpired(socket);
      else if (isFor(socket, seat)) send(socket, frame);
    }
  }

  function sendReset(socket: WebSocket, seat: Seat, position: RoomPosition): void {
    send(socket, frameText({ v: PROTOCOL_VERSION, type: 'reset', ...position, snapshotUrl: seat.snapshotUrl }));
  }

  /** Everything after `since`, or a reset. Synchronous, so that no broadcast can come in between. */
  function catchUp(socket: WebSocket, seat: Seat, since: RoomPosition | null): void {
    const position = log.position();
    const resume = resumeFrom(since, position, log.oldest());
    if (resume.kind === 'replay') for (const frame of log.framesAfter(resume.after)) send(socket, frame);
    if (resume.kind === 'reset') sendReset(socket, seat, position);
  }

  return {
    tell,
    catchUp,
    tellEverybody(frame: string, seq: number, now: number): void {
      tell(ctx.getWebSockets(), frame, now, (socket, seat) => {
        if (seat.resetSeq !== null) return false;
        if (seat.ackedSeq === null || seq - seat.ackedSeq <= SLOW_CLIENT_FRAMES) return true;
        const position = log.position();
        writeSeat(socket, { ...seat, resetSeq: position.seq });
        sendReset(socket, seat, position);
        return false;
      });
    },
    acknowledge(socket: WebSocket, seat: Seat, ackedSeq: number): void {
      const { epoch, seq } = log.position();
      if (ackedSeq > seq || ackedSeq <= (seat.ackedSeq ?? -1)) return;
      const hasCaughtUp = seat.resetSeq !== null && ackedSeq >= seat.resetSeq;
      const next: Seat = { ...seat, ackedSeq, resetSeq: hasCaughtUp ? null : seat.resetSeq };
      writeSeat(socket, next);
      if (hasCaughtUp) catchUp(socket, next, { epoch, seq: ackedSeq });
    },
  };
}
