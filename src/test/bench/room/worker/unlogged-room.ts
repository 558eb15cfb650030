import type { RoomMessage, RoomPosition } from '../../../../contract/live.ts';
import { messagesSchema, parseArgument } from '../../../../../workers/room/door/rpc-arguments.ts';
import { EventRoom } from '../../../../../workers/room/event-room.ts';
import { createFanOut, type FanOut } from '../../../../../workers/room/seats/fan-out.ts';
import { readSeat } from '../../../../../workers/room/seats/seat.ts';
import { judgeClientFrame } from '../../../../../workers/room/door/client-frames.ts';

/**
 * The room with a number in memory where its log is: the same door, the same validation, the same sending and the
 * same acknowledgements. Nothing is written, so nothing is waited for, and nobody could resume.
 */
export class UnloggedRoom extends EventRoom {
  private seq = 0;
  private readonly numbered: FanOut;

  constructor(ctx: DurableObjectState, env: RoomEnv) {
    super(ctx, env);
    this.numbered = createFanOut(ctx, { position: () => this.place(), oldest: () => null, framesAfter: () => [] });
  }

  private place(): RoomPosition {
    return { epoch: 'unlogged', seq: this.seq };
  }

  override async publish(messages: RoomMessage[]): Promise<RoomPosition> {
    const now = Date.now();
    for (const { public: frame } of parseArgument(messagesSchema, messages)) {
      if (frame === null) continue;
      this.seq += 1;
      this.numbered.tellEverybody(JSON.stringify({ ...frame, seq: this.seq }), this.seq, now);
    }
    return this.place();
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    await super.webSocketMessage(socket, message);
    // To the log's own fan-out an acknowledgement of a frame that was never logged is none.
    const verdict = judgeClientFrame(message);
    const seat = readSeat(socket);
    if (verdict.kind !== 'frame' || verdict.frame.type !== 'ack' || seat === null) return;
    this.numbered.acknowledge(socket, seat, verdict.frame.seq, Date.now());
  }
}
