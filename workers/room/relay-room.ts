import { DurableObject } from 'cloudflare:workers';
import { PING_FRAME, PONG_FRAME, PROTOCOL_VERSION, ROOM_HEADERS } from '../../src/contract/live.ts';
import { createAlarmClock } from './alarm-clock.ts';
import { admit, type Admission } from './door/admission.ts';
import { hear } from './door/hearing.ts';
import { full, refuse } from './door/refusals.ts';
import { parseArgument } from './door/rpc-arguments.ts';
import { createCrowd } from './relays/crowd.ts';
import { createForwarding } from './relays/forwarding.ts';
import { openHome } from './relays/home.ts';
import { openLogCopy } from './relays/log-copy.ts';
import { RELAYED_ROLES } from './relays/placing-rules.ts';
import {
  CLOSING_NOTE,
  readSlip,
  relayFeedSchema,
  type RelayFeed,
  type RelayRpc,
  type RelayState,
  type Slip,
} from './relays/relay-rpc.ts';
import { createFanOut, type FanOut } from './seats/fan-out.ts';
import { MAX_SOCKETS, viewersText } from './seats/presence.ts';
import { guestTag, seatOf, tagsOf, writeSeat } from './seats/seat.ts';
import { close, closeExpired, frameText, send } from './seats/sockets.ts';

/**
 * A part of the audience of one room: the same frames with the same numbers from its own copy of the log, and no
 * word of its own. The room sends people here, feeds it while it has any, and counts what they feel.
 */
export class RelayRoom extends DurableObject<RoomEnv> implements RelayRpc {
  private isForgotten = false;
  private readonly home: ReturnType<typeof openHome>;
  private readonly copy: ReturnType<typeof openLogCopy>;
  private readonly fanOut: FanOut;
  private readonly crowd: ReturnType<typeof createCrowd>;
  private readonly clock: ReturnType<typeof createAlarmClock>;
  private readonly forwarding: ReturnType<typeof createForwarding>;

  constructor(ctx: DurableObjectState, env: RoomEnv) {
    super(ctx, env);
    this.home = openHome(ctx.storage, env);
    this.copy = openLogCopy(ctx.storage);
    this.fanOut = createFanOut(ctx, this.copy);
    this.crowd = createCrowd(ctx, this.home, () => this.copy.state());
    this.clock = createAlarmClock(ctx);
    this.forwarding = createForwarding(ctx, this.home, this.clock);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_FRAME, PONG_FRAME));
  }

  /** @throws TypeError when the feed is malformed. */
  async feed(feed: RelayFeed): Promise<RelayState> {
    this.take(parseArgument(relayFeedSchema, feed));
    const state = this.crowd.state();
    // The room reads the same in this answer, and feeds no more.
    if (state.people === 0) this.home.setFed(false);
    return state;
  }

  async forget(): Promise<void> {
    this.isForgotten = true;
    this.crowd.forget();
    for (const socket of this.ctx.getWebSockets()) closeExpired(socket);
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  private take(feed: RelayFeed): void {
    const now = Date.now();
    const taken = this.copy.take(feed, now);
    if (taken === null) return;
    if (taken.isReset) this.fanOut.resetEverybody(now);
    else {
      const notes = taken.notes.slice();
      const tellNotes = (seq: number): void => {
        for (let note = notes[0]; note !== undefined && note.after <= seq; note = notes[0]) {
          const sockets = this.ctx.getWebSockets(guestTag(note.guestId));
          if (note.frame === CLOSING_NOTE) for (const socket of sockets) closeExpired(socket);
          else this.fanOut.tell(sockets, note.frame, now);
          notes.shift();
        }
      };
      tellNotes(feed.after);
      for (const { seq, json } of taken.frames) {
        this.fanOut.tellEverybody(json, seq, now);
        tellNotes(seq);
      }
      tellNotes(Infinity);
    }
    if (taken.closesDoors) for (const socket of this.ctx.getWebSockets()) closeExpired(socket);
    if (feed.viewers !== null) this.fanOut.hint(viewersText(feed.viewers), now);
  }

  /** A WebSocket upgrade that the room has sent here: it has judged the ticket, and gave a slip. */
  override async fetch(request: Request): Promise<Response> {
    const admission = admit(request, Date.now());
    if (admission instanceof Response) return admission;
    const slip = readSlip(request.headers.get(ROOM_HEADERS.slip));
    if (slip === null || !RELAYED_ROLES.includes(admission.role)) {
      return refuse(400, 'request.invalid', 'Bad request', 'The live connection was not described well.');
    }
    if (this.crowd.people() >= MAX_SOCKETS) {
      return full();
    }
    this.home.known(slip);
    return this.crowd.expecting(async () => {
      try {
        await this.catchUp(slip);
      } catch (error) {
        console.error(JSON.stringify({ at: 'relay.door', root: slip.root, relay: slip.relay, error: String(error) }));
        return refuse(
          503,
          'unavailable',
          'Room away',
          'The live connection is not to be had now; the page will try again.',
        );
      }
      return this.letIn(admission, slip);
    });
  }

  /** To where the room was when it sent somebody here: it may have told them so already. */
  private async catchUp(slip: Slip): Promise<void> {
    const { epoch, seq } = this.copy.position();
    if (this.home.isFed() && epoch === slip.epoch && seq >= slip.seq) return;
    this.take(await this.home.ask((room, relay) => room.subscribe(relay, this.crowd.state())));
    this.home.setFed(true);
  }

  private letIn(admission: Admission, slip: Slip): Response {
    const now = Date.now();
    const { 0: client, 1: server } = new WebSocketPair();
    const seat = seatOf(admission, now);
    writeSeat(server, seat);
    this.ctx.acceptWebSocket(server, tagsOf(seat));
    const hello = { v: PROTOCOL_VERSION, type: 'hello', ...this.copy.position() } as const;
    send(server, frameText({ ...hello, role: seat.role, viewers: slip.viewers }));
    this.fanOut.welcome(server, seat, admission.since);
    this.crowd.joined(now);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.isForgotten) return;
    const now = Date.now();
    const heard = hear(socket, message, now);
    if (heard === null) return;
    const { seat, frame } = heard;
    if (frame.type === 'ack') this.fanOut.acknowledge(socket, seat, frame.seq, now);
    if (frame.type === 'ping') send(socket, PONG_FRAME);
    if (frame.type === 'react' && seat.guestId !== null) {
      this.forwarding.add({ photoId: frame.photoId, emoji: frame.emoji, guestId: seat.guestId }, now);
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    close(socket, code, '');
    if (!this.isForgotten) this.crowd.left();
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    close(socket, 1011, 'broken');
    if (!this.isForgotten) this.crowd.left();
  }

  /** Set only while reactions wait to be forwarded. */
  override async alarm(): Promise<void> {
    if (this.isForgotten) return;
    this.clock.rang();
    await this.forwarding.forward();
  }
}
