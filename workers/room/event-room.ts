import { DurableObject } from 'cloudflare:workers';
import {
  PING_FRAME,
  PONG_FRAME,
  PROTOCOL_VERSION,
  ROOM_HEADERS,
  type ClientFrame,
  type EventMessage,
  type PhotoMessage,
  type Reaction,
  type RoomMessage,
  type RoomPosition,
  type RoomRpc,
  type RoomServiceRpc,
  type ScreenNudge,
  screenVisitSchema,
  type Recall,
  type ScreenPresence,
  type ScreenVisit,
} from '../../src/contract/live.ts';
import { RESIDENCIES } from '../../src/contract/tenants.ts';
import { createAlarmClock, type AlarmClock } from './alarm-clock.ts';
import { admit } from './door/admission.ts';
import { hear } from './door/hearing.ts';
import { full, pointTo, refuse } from './door/refusals.ts';
import { messagesSchema, nudgesSchema, parseArgument } from './door/rpc-arguments.ts';
import { openLog, type NoticeMessage, type RoomLog } from './log/log.ts';
import { createReactions } from './reactions/reactions.ts';
import { createRelays, type Relays } from './relays/relays.ts';
import {
  forwardedReactionsSchema,
  relayNumberSchema,
  relayStateSchema,
  type RelayFeed,
  type RelayState,
  type RootRpc,
  CLOSING_NOTE,
} from './relays/relay-rpc.ts';
import { RELAYED_ROLES } from './relays/placing-rules.ts';
import { createRecalls, type PublicChange } from './screens/recalls.ts';
import { openRoll, type ScreenRoll } from './screens/roll.ts';
import { createScreens } from './screens/screens.ts';
import { createShown } from './shown/shown.ts';
import { createClaims } from './seats/claims.ts';
import { createFanOut, type FanOut } from './seats/fan-out.ts';
import { createPresence, MAX_SOCKETS } from './seats/presence.ts';
import { guestTag, moderatorTag, readSeat, seatOf, tagsOf, writeSeat, type Seat } from './seats/seat.ts';
import { close, closeExpired, frameText, send } from './seats/sockets.ts';

/** Longer than any window is open in a room of so few. */
const FORGETTING_MS = 250;

/**
 * The live room of one event: gives every public change its place in the order, remembers it, and
 * tells everybody. Between `await`s nothing else runs, and here nothing awaits: that is what makes
 * "no gap, no duplicate" true. Fields hold nothing that an eviction may not take; what counts lies
 * in SQLite and in the sockets' attachments. Timers live only while a window is open and an alarm only while
 * reactions wait to be kept, so an idle room hibernates.
 */
export class EventRoom extends DurableObject<RoomEnv> implements RoomRpc, RootRpc {
  private isForgotten = false;
  private readonly log: RoomLog;
  private readonly clock: AlarmClock;
  private readonly relays: Relays;
  private readonly presence: ReturnType<typeof createPresence>;
  private readonly fanOut: FanOut;
  private readonly claims: ReturnType<typeof createClaims>;
  private readonly roll: ScreenRoll;
  private readonly screenDesk: ReturnType<typeof createScreens>;
  private readonly recalls: ReturnType<typeof createRecalls>;
  private readonly reactions: ReturnType<typeof createReactions>;
  private readonly shown: ReturnType<typeof createShown>;

  constructor(ctx: DurableObjectState, env: RoomEnv) {
    super(ctx, env);
    this.log = openLog(ctx.storage, () => crypto.randomUUID());
    this.clock = createAlarmClock(ctx);
    this.relays = createRelays(ctx, env, this.log, this.clock, () => this.presence.changed());
    this.fanOut = createFanOut(ctx, this.log, this.relays.wake);
    this.presence = createPresence(ctx, this.fanOut, this.relays);
    this.claims = createClaims(ctx, this.fanOut);
    this.roll = openRoll(ctx);
    this.screenDesk = createScreens(ctx, this.roll, this.fanOut);
    this.recalls = createRecalls(ctx, this.roll, this.fanOut);
    const service = env.PLATFORM as unknown as RoomServiceRpc;
    this.reactions = createReactions(ctx, this.log, this.fanOut, service, this.clock);
    this.shown = createShown(ctx, this.log, service, this.clock, (guestId, frame) => this.tellGuest(guestId, frame));
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_FRAME, PONG_FRAME));
  }

  async position(): Promise<RoomPosition> {
    return this.log.position();
  }

  /** Source of the shape: `RoomRpc`. @throws TypeError when a message is malformed; nothing is applied then. */
  async publish(messages: RoomMessage[]): Promise<RoomPosition> {
    const now = Date.now();
    const changes: PublicChange[] = [];
    for (const message of parseArgument(messagesSchema, messages)) {
      if (message.kind === 'photo') changes.push(...this.publishPhoto(message, now));
      else if (message.kind === 'event') this.publishEvent(message, now);
      else this.publishNotice(message, now);
    }
    this.recalls.told(changes, now);
    const position = this.log.position();
    await this.relays.settled();
    return position;
  }

  private publishPhoto(message: PhotoMessage, now: number): PublicChange[] {
    const outcome = this.log.applyPhoto(message, now);
    if (outcome.kind === 'dropped') return [];
    if (outcome.frame !== null) this.fanOut.tellEverybody(outcome.frame, outcome.seq, now);
    if (message.staff !== null) this.fanOut.tell(this.ctx.getWebSockets('staff'), frameText(message.staff), now);
    if (message.uploader !== null) {
      this.tellGuest(message.uploader.guestId, frameText(message.uploader.frame));
    }
    return outcome.frame === null ? [] : [{ photoId: message.photoId, type: outcome.type }];
  }

  private tellGuest(guestId: string, frame: string): void {
    this.fanOut.tell(this.ctx.getWebSockets(guestTag(guestId)), frame, Date.now());
    this.relays.note(guestId, frame);
  }

  private publishEvent(message: EventMessage, now: number): void {
    const outcome = this.log.applyEvent(message, now);
    if (outcome.frame !== null) this.fanOut.tellEverybody(outcome.frame, outcome.seq, now);
    const leaving = message.closesModerators.flatMap((id) => this.ctx.getWebSockets(moderatorTag(id)));
    if (outcome.closesDoors) {
      leaving.push(...RELAYED_ROLES.flatMap((role) => this.ctx.getWebSockets(role)));
      this.relays.wake();
    }
    for (const guestId of message.closesGuests ?? []) {
      leaving.push(...this.ctx.getWebSockets(guestTag(guestId)));
      this.relays.note(guestId, CLOSING_NOTE);
    }
    for (const socket of leaving) closeExpired(socket);
    if (message.closesScreens === undefined) return;
    this.screenDesk.dismiss(message.closesScreens, now);
    this.recalls.excused(message.closesScreens);
  }

  private publishNotice(message: NoticeMessage, now: number): void {
    const outcome = this.log.applyNotice(message, now);
    if (outcome !== null) this.fanOut.tellEverybody(outcome.frame, outcome.seq, now);
  }

  /** @throws TypeError when a nudge is malformed; nobody is told then. */
  async command(nudges: ScreenNudge[]): Promise<{ told: string[] }> {
    return { told: this.screenDesk.command(parseArgument(nudgesSchema, nudges), Date.now()) };
  }

  async screens(): Promise<ScreenPresence[]> {
    return this.roll.presences(Date.now());
  }

  /** @throws TypeError when the visit is malformed. */
  async checkIn(visit: ScreenVisit): Promise<{ recall: string[] }> {
    const { screenId, report, removed, shown } = parseArgument(screenVisitSchema, visit);
    const now = Date.now();
    if (this.roll.isDismissed(screenId, now)) return { recall: [] };
    this.screenDesk.polled(screenId, report, now);
    this.recalls.confirmed(removed, screenId, now);
    this.shown.began(shown, now);
    return { recall: this.recalls.outstanding(screenId) };
  }

  async recall(photoId: string): Promise<Recall | null> {
    return this.recalls.find(photoId);
  }

  /** What still comes of the sockets that this closes is passed over; a later visitor finds a new room. */
  async forget(): Promise<void> {
    this.isForgotten = true;
    for (const socket of this.ctx.getWebSockets()) closeExpired(socket);
    await this.relays.forget();
    // Windows that are open read the tables when they close.
    await scheduler.wait(FORGETTING_MS);
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  async subscribe(relay: number, state: RelayState): Promise<RelayFeed> {
    return this.relays.subscribe(parseArgument(relayNumberSchema, relay), parseArgument(relayStateSchema, state));
  }

  async reportPeople(relay: number, state: RelayState): Promise<void> {
    this.relays.report(parseArgument(relayNumberSchema, relay), parseArgument(relayStateSchema, state));
  }

  async reactAll(reactions: Reaction[]): Promise<void> {
    const now = Date.now();
    for (const reaction of parseArgument(forwardedReactionsSchema, reactions)) this.reactions.react(reaction, now);
  }

  /** A WebSocket upgrade that the gateway has authorised: who comes is let in, or sent to a relay with a slip. */
  override async fetch(request: Request): Promise<Response> {
    const now = Date.now();
    const admission = admit(request, now);
    if (admission instanceof Response) return admission;
    this.relays.reached(RESIDENCIES.find((one) => one === request.headers.get(ROOM_HEADERS.jurisdiction)) ?? null);
    const here = this.presence.here(now);
    if (here >= MAX_SOCKETS) return full();
    if (admission.ticketId !== null && !this.log.useTicket(admission.ticketId, now)) {
      return refuse(401, 'auth.required', 'Ticket already used', 'Ask for a new live ticket for every connection.');
    }
    if (admission.screen !== null && this.roll.isDismissed(admission.screen.id, now)) {
      return refuse(401, 'auth.required', 'Screen dismissed', 'Ask for a new live ticket in a few seconds.');
    }
    if (RELAYED_ROLES.includes(admission.role)) {
      // Judged before the doors were closed: another PIN, another visibility. Asked again, the gateway judges anew.
      if (admission.eventVersion < this.log.doorsVersion()) {
        return refuse(401, 'auth.required', 'Session expired', 'Sign in or join again.');
      }
      const place = this.relays.place(here, () => this.presence.expects(now));
      if (place === null) return full();
      if (place !== 'room') return pointTo(place);
    }
    const { 0: client, 1: server } = new WebSocketPair();
    const seat = seatOf(admission, now);
    writeSeat(server, seat);
    this.ctx.acceptWebSocket(server, tagsOf(seat));
    const position = this.log.position();
    const viewers = this.presence.joined(now);
    send(server, frameText({ v: PROTOCOL_VERSION, type: 'hello', ...position, role: seat.role, viewers }));
    this.fanOut.welcome(server, seat, admission.since);
    if (seat.role === 'staff') this.claims.tell(now, server);
    if (seat.screen !== null) {
      this.screenDesk.joined(server, seat.screen.id, now);
      this.recalls.remind(server, seat.screen.id);
    }
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (this.isForgotten) return;
    const now = Date.now();
    const heard = hear(socket, message, now);
    if (heard !== null) this.follow(socket, heard.seat, heard.frame, now);
  }

  /** What a frame asks for that its sender's role may not ask for is passed over. */
  private follow(socket: WebSocket, seat: Seat, frame: ClientFrame, now: number): void {
    switch (frame.type) {
      case 'ack':
        return this.fanOut.acknowledge(socket, seat, frame.seq, now);
      case 'ping': // in any other spelling than PING_FRAME, which the platform answers by itself
        return send(socket, PONG_FRAME);
      case 'claim':
        return this.claims.claim(socket, seat, frame.photoIds, now);
      case 'watch':
        return seat.role === 'staff' ? this.screenDesk.watch(socket, seat, frame.on, now) : undefined;
      case 'report': {
        const { v: _v, type: _type, ...report } = frame;
        return seat.screen === null ? undefined : this.screenDesk.reported(seat.screen.id, report, now);
      }
      case 'removed':
        return seat.screen === null ? undefined : this.recalls.confirmed([frame.id], seat.screen.id, now);
      case 'shown':
        return seat.screen === null ? undefined : this.shown.began([frame.id], now);
      case 'react': {
        const { photoId, emoji } = frame;
        if (seat.guestId !== null) this.reactions.react({ photoId, emoji, guestId: seat.guestId }, now);
        return undefined;
      }
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    close(socket, code, '');
    this.left(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    close(socket, 1011, 'broken');
    this.left(socket);
  }

  /** Set only while something waits to be kept, or a relay that did not answer waits to be fed. */
  override async alarm(): Promise<void> {
    if (this.isForgotten) return;
    this.clock.rang();
    await Promise.all([this.reactions.keep(), this.shown.keep(), this.relays.retry()]);
  }

  private left(socket: WebSocket): void {
    if (this.isForgotten) return;
    const now = Date.now();
    const seat = readSeat(socket);
    this.presence.left();
    if (seat === null) return;
    if (seat.role === 'staff') this.claims.tell(now);
    if (seat.screen !== null) this.screenDesk.left(seat.screen.id, now);
  }
}
