import { DurableObject } from 'cloudflare:workers';
import {
  CLOSE_FLOOD,
  PING_FRAME,
  PONG_FRAME,
  PROTOCOL_VERSION,
  type EventMessage,
  type PhotoMessage,
  type RoomMessage,
  type RoomPosition,
  type RoomRole,
  type RoomRpc,
} from '../../src/contract/live.ts';
import { readAdmission } from './admission.ts';
import { claimsFrame, grantClaim } from './claim-rules.ts';
import { judgeClientFrame } from './client-frames.ts';
import { takeToken, type Bucket } from './flood-rules.ts';
import { openLog, type RoomLog } from './log.ts';
import { createPresence } from './presence.ts';
import { parseMessages } from './publication-rules.ts';
import { refuse } from './refusals.ts';
import { resumeFrom, SLOW_CLIENT_FRAMES } from './resume-rules.ts';
import { guestTag, moderatorTag, readSeat, seatOf, tagsOf, writeSeat, type Seat } from './seat.ts';
import { close, closeExpired, errorText, frameText, isOpen, send } from './sockets.ts';

/** The platform ends at 32,768; the rest is room for sockets that are closing. */
const MAX_SOCKETS = 32_000;

/** Those who came in by the event's own door, and not by an account or a helper's link. */
const DOOR_ROLES: readonly RoomRole[] = ['viewer', 'guest'];

/**
 * The live room of one event: gives every public change its place in the order, remembers it, and
 * tells everybody. Between `await`s nothing else runs, and here nothing awaits: that is what makes
 * "no gap, no duplicate" true. Fields hold nothing that an eviction may not take; what counts lies
 * in SQLite and in the sockets' attachments. No timer and no alarm is ever set, so it can hibernate.
 */
export class EventRoom extends DurableObject implements RoomRpc {
  private readonly log: RoomLog;
  private readonly presence = createPresence(() => this.ctx.getWebSockets().filter(isOpen).length);
  /** what staff were last told of claims; told again after an eviction, which harms nobody */
  private toldClaims = '';
  private readonly buckets = new WeakMap<WebSocket, Bucket>();

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.log = openLog(ctx.storage, () => crypto.randomUUID());
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_FRAME, PONG_FRAME));
  }

  async position(): Promise<RoomPosition> {
    return this.log.position();
  }

  /** Source of the shape: `RoomRpc`. @throws TypeError when a message is malformed; nothing is applied then. */
  async publish(messages: RoomMessage[]): Promise<RoomPosition> {
    const now = Date.now();
    for (const message of parseMessages(messages)) {
      if (message.kind === 'photo') this.publishPhoto(message, now);
      else this.publishEvent(message, now);
    }
    this.announceViewers(now);
    return this.log.position();
  }

  private publishPhoto(message: PhotoMessage, now: number): void {
    const outcome = this.log.applyPhoto(message, now);
    if (outcome.kind === 'dropped') return;
    if (outcome.frame !== null) this.tellEverybody(outcome.frame, outcome.seq, now);
    if (message.staff !== null) this.tell(this.ctx.getWebSockets('staff'), frameText(message.staff), now);
    if (message.uploader !== null) {
      this.tell(this.ctx.getWebSockets(guestTag(message.uploader.guestId)), frameText(message.uploader.frame), now);
    }
  }

  private publishEvent(message: EventMessage, now: number): void {
    const outcome = this.log.applyEvent(message, now);
    if (outcome.frame !== null) this.tellEverybody(outcome.frame, outcome.seq, now);
    const leaving = message.closesModerators.flatMap((id) => this.ctx.getWebSockets(moderatorTag(id)));
    if (outcome.closesDoors) leaving.push(...DOOR_ROLES.flatMap((role) => this.ctx.getWebSockets(role)));
    for (const socket of leaving) closeExpired(socket);
  }

  /** A WebSocket upgrade that the gateway has authorised, described by `ROOM_HEADERS`. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      return refuse(426, 'request.invalid', 'Upgrade required', 'Connect with a WebSocket.');
    }
    const admission = readAdmission(request.headers);
    if (admission === null)
      return refuse(400, 'request.invalid', 'Bad request', 'The live connection was not described well.');
    const now = Date.now();
    if (admission.expiresAt <= now) return refuse(401, 'auth.required', 'Session expired', 'Sign in or join again.');
    if (this.presence.count(now) >= MAX_SOCKETS) {
      return refuse(503, 'unavailable', 'Room full', 'Too many people are watching; the page will try again.');
    }
    if (admission.ticketId !== null && !this.log.useTicket(admission.ticketId, now)) {
      return refuse(401, 'auth.required', 'Ticket already used', 'Ask for a new live ticket for every connection.');
    }
    const { 0: client, 1: server } = new WebSocketPair();
    const seat = seatOf(admission);
    writeSeat(server, seat);
    this.ctx.acceptWebSocket(server, tagsOf(seat));
    const position = this.log.position();
    const viewers = this.presence.joined(now);
    send(server, frameText({ v: PROTOCOL_VERSION, type: 'hello', ...position, role: seat.role, viewers }));
    this.catchUp(server, seat, admission.since);
    this.announceViewers(now, server);
    if (seat.role === 'staff') this.tellClaims(now, server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const seat = readSeat(socket);
    // Frames may still arrive between our close and the client's.
    if (seat === null || !isOpen(socket)) return;
    const now = Date.now();
    if (seat.expiresAt <= now) return closeExpired(socket);
    const bucket = takeToken(this.buckets.get(socket), now);
    if (bucket === null) return close(socket, CLOSE_FLOOD, 'too many frames');
    this.buckets.set(socket, bucket);
    const verdict = judgeClientFrame(message);
    if (verdict.kind === 'refused') {
      if (verdict.error !== null) send(socket, errorText(verdict.error));
      return close(socket, verdict.closeCode, verdict.reason);
    }
    if (verdict.kind === 'malformed') return send(socket, errorText(verdict.error));
    if (verdict.kind === 'ignored') return;
    // A ping in any other spelling than PING_FRAME, which the platform answers by itself.
    if (verdict.frame.type === 'ping') return send(socket, PONG_FRAME);
    if (verdict.frame.type === 'claim') return this.claim(socket, seat, verdict.frame.photoIds, now);
    this.acknowledge(socket, seat, verdict.frame.seq);
    this.announceViewers(now);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    close(socket, code, '');
    this.left(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    close(socket, 1011, 'broken');
    this.left(socket);
  }

  private left(socket: WebSocket): void {
    const now = Date.now();
    this.presence.left();
    this.announceViewers(now);
    if (readSeat(socket)?.role === 'staff') this.tellClaims(now);
  }

  private staffSeats(): Seat[] {
    return this.ctx
      .getWebSockets('staff')
      .filter(isOpen)
      .flatMap((socket) => readSeat(socket) ?? []);
  }

  /** What another person holds is left out, and the sender then told who it is. */
  private claim(socket: WebSocket, seat: Seat, wanted: string[], now: number): void {
    if (seat.moderator === null) return;
    const claim = grantClaim(wanted, seat.moderator, this.staffSeats(), now);
    writeSeat(socket, { ...seat, claim });
    this.tellClaims(now, claim.photoIds.length < new Set(wanted).size ? socket : undefined);
  }

  /** Tells staff when something has changed, and `always` in any case. Claims end by time and nobody is woken for it. */
  private tellClaims(now: number, always?: WebSocket): void {
    const frame = frameText(claimsFrame(this.staffSeats(), now));
    if (frame !== this.toldClaims) {
      this.toldClaims = frame;
      this.tell(this.ctx.getWebSockets('staff'), frame, now);
    } else if (always !== undefined) send(always, frame);
  }

  private acknowledge(socket: WebSocket, seat: Seat, ackedSeq: number): void {
    const { epoch, seq } = this.log.position();
    if (ackedSeq > seq || ackedSeq <= (seat.ackedSeq ?? -1)) return;
    const hasCaughtUp = seat.resetSeq !== null && ackedSeq >= seat.resetSeq;
    const next: Seat = { ...seat, ackedSeq, resetSeq: hasCaughtUp ? null : seat.resetSeq };
    writeSeat(socket, next);
    if (hasCaughtUp) this.catchUp(socket, next, { epoch, seq: ackedSeq });
  }

  /** Everything after `since`, or a reset. Synchronous, so that no broadcast can come in between. */
  private catchUp(socket: WebSocket, seat: Seat, since: RoomPosition | null): void {
    const position = this.log.position();
    const resume = resumeFrom(since, position, this.log.oldest());
    if (resume.kind === 'replay') for (const frame of this.log.framesAfter(resume.after)) send(socket, frame);
    if (resume.kind === 'reset') this.sendReset(socket, seat, position);
  }

  private sendReset(socket: WebSocket, seat: Seat, position: RoomPosition): void {
    send(socket, frameText({ v: PROTOCOL_VERSION, type: 'reset', ...position, snapshotUrl: seat.snapshotUrl }));
  }

  private tellEverybody(frame: string, seq: number, now: number): void {
    this.tell(this.ctx.getWebSockets(), frame, now, (socket, seat) => {
      if (seat.resetSeq !== null) return false;
      if (seat.ackedSeq === null || seq - seat.ackedSeq <= SLOW_CLIENT_FRAMES) return true;
      const position = this.log.position();
      writeSeat(socket, { ...seat, resetSeq: position.seq });
      this.sendReset(socket, seat, position);
      return false;
    });
  }

  private tell(
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

  private announceViewers(now: number, newcomer?: WebSocket): void {
    const count = this.presence.due(now);
    if (count === null) return;
    const frame = frameText({ v: PROTOCOL_VERSION, type: 'viewers', count });
    this.tell(this.ctx.getWebSockets(), frame, now, (socket) => socket !== newcomer);
  }
}
