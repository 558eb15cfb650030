import { CLOSE_LATER, PROTOCOL_VERSION, type RoomPosition } from '../../../src/contract/live.ts';
import type { FrameLog } from '../log/frame-log.ts';
import { resumeFrom } from '../log/resume-rules.ts';
import { isReleased, paceOf } from './pace-rules.ts';
import { readSeat, writeSeat, type Seat } from './seat.ts';
import { close, closeExpired, frameText, isOpen, send } from './sockets.ts';

export type FanOut = ReturnType<typeof createFanOut>;

/**
 * Everything that is sent to more than one socket, and what each is owed of the order.
 * @param toldHere called when a frame of the log has been told to everybody who is here
 */
export function createFanOut(
  ctx: DurableObjectState,
  log: Pick<FrameLog, 'position' | 'framesAfter' | 'oldest'>,
  toldHere: () => void = () => {},
) {
  /** Those who were held at the same frame miss the same. */
  let missed: { after: number; until: number; frames: string[] } = { after: -1, until: -1, frames: [] };
  /** The last frame that was sent to everybody; 0 before the first since the room woke up. */
  let told = 0;

  function replay(socket: WebSocket, after: number): void {
    const until = log.position().seq;
    if (missed.after !== after || missed.until !== until) missed = { after, until, frames: log.framesAfter(after) };
    for (const frame of missed.frames) send(socket, frame);
  }

  /** Calls back for each that is there; to those whose session has ended it says so instead. */
  function forEach(sockets: WebSocket[], now: number, visit: (socket: WebSocket, seat: Seat) => void): void {
    for (const socket of sockets) {
      const seat = readSeat(socket);
      if (seat === null || !isOpen(socket)) continue;
      if (seat.expiresAt <= now) closeExpired(socket);
      else visit(socket, seat);
    }
  }

  /** A slow client gets the latest state instead of what it missed, and then nothing until it has that. */
  function sendReset(socket: WebSocket, seat: Seat, now: number): void {
    const position = log.position();
    writeSeat(socket, { ...seat, hold: { after: position.seq, since: now, isReset: true, isLossy: false } });
    tellReset(socket, seat, position);
  }

  function tellReset(socket: WebSocket, seat: Seat, position: RoomPosition): void {
    send(socket, frameText({ v: PROTOCOL_VERSION, type: 'reset', ...position, snapshotUrl: seat.snapshotUrl }));
  }

  return {
    /** To some: who is held misses it, and gets a reset for it when it goes on. */
    tell(sockets: WebSocket[], frame: string, now: number): void {
      forEach(sockets, now, (socket, seat) => {
        if (seat.hold === null) send(socket, frame);
        else if (!seat.hold.isLossy) writeSeat(socket, { ...seat, hold: { ...seat.hold, isLossy: true } });
      });
    },
    /** What only the latest of counts, and nobody needs. */
    hint(frame: string, now: number): void {
      forEach(ctx.getWebSockets(), now, (socket, seat) => {
        if (seat.hold === null) send(socket, frame);
      });
    },
    /** A frame that is in the log: who is held gets it from there. */
    tellEverybody(frame: string, seq: number, now: number): void {
      told = seq;
      forEach(ctx.getWebSockets(), now, (socket, seat) => {
        const pace = paceOf(seat, seq, now);
        if (pace === 'send') return send(socket, frame);
        if (pace === 'close') return close(socket, CLOSE_LATER, 'too slow: come back later');
        if (seat.hold !== null) return;
        writeSeat(socket, { ...seat, hold: { after: seq - 1, since: now, isReset: false, isLossy: false } });
      });
      toldHere();
    },
    /** Everybody starts over from the latest state. */
    resetEverybody(now: number): void {
      // In another epoch the same numbers are other frames.
      told = 0;
      forEach(ctx.getWebSockets(), now, (socket, seat) => sendReset(socket, seat, now));
    },
    /** What a newcomer missed since it was last here, or a reset. Synchronous, so that no broadcast can come in between. */
    welcome(socket: WebSocket, seat: Seat, since: RoomPosition | null): void {
      const position = log.position();
      const resume = resumeFrom(since, position, log.oldest());
      writeSeat(socket, { ...seat, startSeq: resume.kind === 'replay' ? resume.after : position.seq });
      if (resume.kind === 'replay') replay(socket, resume.after);
      if (resume.kind === 'reset') tellReset(socket, seat, position);
    },
    acknowledge(socket: WebSocket, seat: Seat, ackedSeq: number, now: number): void {
      const { hold } = seat;
      if (ackedSeq < (seat.ackedSeq ?? 0)) return;
      // Everybody acknowledges everything, so the log is not asked for what is known here.
      if (hold === null && ackedSeq <= told) return writeSeat(socket, { ...seat, ackedSeq });
      const position = log.position();
      if (ackedSeq > position.seq) return;
      if (hold === null || !isReleased(hold, ackedSeq)) return writeSeat(socket, { ...seat, ackedSeq });
      const next: Seat = { ...seat, ackedSeq, hold: null };
      const since = { epoch: position.epoch, seq: hold.isReset ? ackedSeq : hold.after };
      const resume = resumeFrom(since, position, log.oldest());
      if (hold.isLossy || resume.kind === 'reset') return sendReset(socket, next, now);
      writeSeat(socket, next);
      if (resume.kind === 'replay') replay(socket, resume.after);
    },
  };
}
