import {
  ACK_FRAMES,
  ACK_SECONDS,
  CLOSE_LATER,
  CLOSE_WRONG_VERSION,
  PING_FRAME,
  PROTOCOL_VERSION,
} from '../../contract/live-constants.ts';
import { returnMs } from './backoff-rules.ts';
import { readFrame, type Incoming, type LiveFrame, type Position } from './live-frames.ts';
import { onPageWake } from './page-wake.ts';

const PING_INTERVAL_MS = 25_000;
const PONG_TIMEOUT_MS = 10_000;
/** From asking for a ticket to `hello`. */
const OPEN_TIMEOUT_MS = 15_000;
/** A connection that lived this long was a good one: the next loss starts over with short waits. */
const STABLE_MS = 10_000;
/** However often the page wakes, the room is not asked more often than this. */
const WAKE_INTERVAL_MS = 1_000;
/** The room asked for a pause: not before ten seconds. */
const LATER_ATTEMPT = 2;
const HELD_MAX_FRAMES = 2_000;
const REFUSALS: readonly unknown[] = [401, 403, 404];

/** 'refused' is final: no ticket to be had, or the page speaks an older protocol. The page must be loaded or joined anew. */
export type LiveState = 'connecting' | 'live' | 'offline' | 'refused';

type Timer = ReturnType<typeof globalThis.setTimeout>;

/** As much of a WebSocket as is used here. */
export interface LiveSocket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

export interface LiveOptions {
  /** Asks for a ticket, one for every attempt. Rejects with `{ status }` of the answer where there was one. */
  ticket: () => Promise<string>;
  url: (ticket: string, since?: Position) => string;
  /** What the page's content already contains; without it only what happens from now on arrives. */
  since?: Position;
  /** In order, each once; frames without `seq` as they come. */
  onFrame: (frame: LiveFrame) => void;
  onState: (state: LiveState) => void;
  /**
   * Fetch the snapshot and show it instead of what is shown. Frames wait until it is done, and it is
   * asked for again when it fails. Answers with the snapshot's own position, if it has one.
   */
  onReset: (snapshotUrl: string, position: Position) => Promise<Position | void> | Position | void;
  random?: () => number;
  now?: () => number;
  setTimeout?: (callback: () => void, ms: number) => Timer;
  clearTimeout?: (timer: Timer) => void;
  WebSocket?: new (url: string) => LiveSocket;
  /** Calls back when the page or the network comes back; returns how to stop. */
  onWake?: (wake: (isNetwork: boolean) => void) => () => void;
}

export interface LiveConnection {
  close(): void;
  /** Sends a frame; nothing happens while the line is cut. */
  send(frame: object): void;
  /** The last frame that was handed over; null until something is known. */
  position(): Position | null;
}

/** One attempt, from its ticket to its end. */
interface Link {
  socket: LiveSocket | null;
  /** when `hello` came; null before */
  liveAt: number | null;
  isPongDue: boolean;
  unacked: number;
  /** what came while a snapshot is being fetched; null otherwise */
  held: Incoming[] | null;
  timers: { open?: Timer; beat?: Timer; ack?: Timer };
}

/**
 * Keeps a page connected to its event's room: every frame once and in order, across losses, sleep,
 * a room that forgot, and a room that is gone. Source of the frames: `contract/live.ts`.
 */
export function connectLive(options: LiveOptions): LiveConnection {
  const random = options.random ?? Math.random;
  const now = options.now ?? Date.now;
  const setTimer = options.setTimeout ?? ((callback: () => void, ms: number) => globalThis.setTimeout(callback, ms));
  const clearTimer = options.clearTimeout ?? ((timer: Timer) => globalThis.clearTimeout(timer));
  const Socket = options.WebSocket ?? (globalThis.WebSocket as unknown as new (url: string) => LiveSocket);

  let position: Position | null = options.since ? { ...options.since } : null;
  let state: LiveState | null = null;
  let current: Link | null = null;
  let isOver = false;
  let attempt = 0;
  let attemptedAt = -Infinity;
  let waiting: Timer | undefined;

  const stopWaking = (options.onWake ?? onPageWake)(wake);
  open();
  return {
    close: end,
    send: (frame) => {
      if (current !== null && current.liveAt !== null) send(current, JSON.stringify(frame));
    },
    position: () => (position === null ? null : { ...position }),
  };

  function setState(next: LiveState): void {
    if (isOver || state === next) return;
    state = next;
    options.onState(next);
  }

  function open(): void {
    waiting = undefined;
    attemptedAt = now();
    const link: Link = { socket: null, liveAt: null, isPongDue: false, unacked: 0, held: null, timers: {} };
    current = link;
    link.timers.open = setTimer(() => lose(link), OPEN_TIMEOUT_MS);
    setState('connecting');
    Promise.resolve()
      .then(options.ticket)
      .then(
        (ticket) => attach(link, ticket),
        (error: unknown) => (isRefusal(error) ? refuse(link) : lose(link)),
      );
  }

  function attach(link: Link, ticket: string): void {
    if (link !== current) return;
    try {
      const socket = new Socket(options.url(ticket, position === null ? undefined : { ...position }));
      link.socket = socket;
      socket.onmessage = (event) => {
        if (link === current) receive(link, readFrame(event.data));
      };
      socket.onclose = ({ code }) => {
        if (code === CLOSE_WRONG_VERSION) refuse(link);
        else lose(link, code === CLOSE_LATER ? LATER_ATTEMPT : 0);
      };
    } catch {
      lose(link);
    }
  }

  function receive(link: Link, incoming: Incoming): void {
    link.isPongDue = false;
    if (incoming.kind === 'wrong-version') return refuse(link);
    if (incoming.kind === 'hello') return greet(link, incoming);
    if (link.liveAt === null) return;
    if (link.held !== null) {
      link.held.push(incoming);
      if (link.held.length > HELD_MAX_FRAMES) lose(link);
      return;
    }
    if (incoming.kind === 'reset') return reset(link, incoming.snapshotUrl, incoming.position);
    if (incoming.seq !== null && !takePlace(link, incoming.seq)) return;
    if (incoming.kind === 'frame') options.onFrame(incoming.frame);
  }

  function greet(link: Link, { frame }: Extract<Incoming, { kind: 'hello' }>): void {
    if (link.liveAt !== null) return;
    if (link.timers.open !== undefined) clearTimer(link.timers.open);
    link.liveAt = now();
    position ??= { epoch: frame.epoch, seq: frame.seq };
    setState('live');
    // At once: the runtime lets go of a socket that it closes only when that socket has spoken before.
    if (link === current) probe(link);
    if (link === current) options.onFrame(frame);
  }

  /** @returns whether a frame at this place is to be shown: not when seen before, not when one is missing before it. */
  function takePlace(link: Link, seq: number): boolean {
    if (position === null || seq <= position.seq) return false;
    if (seq > position.seq + 1) {
      lose(link); // the next attempt says where we are, and the room replays
      return false;
    }
    position = { epoch: position.epoch, seq };
    link.unacked += 1;
    if (link.unacked >= ACK_FRAMES) acknowledge(link);
    else link.timers.ack ??= setTimer(() => acknowledge(link), ackDelayMs());
    return true;
  }

  /** Everybody got the same frame at the same moment; the room must not hear of it in one moment too. */
  function ackDelayMs(): number {
    return ACK_SECONDS * 1000 * (1 - random() / 2);
  }

  function acknowledge(link: Link): void {
    if (link.timers.ack !== undefined) clearTimer(link.timers.ack);
    link.timers.ack = undefined;
    link.unacked = 0;
    if (position !== null) send(link, JSON.stringify({ v: PROTOCOL_VERSION, type: 'ack', seq: position.seq }));
  }

  function reset(link: Link, snapshotUrl: string, at: Position): void {
    link.held = [];
    Promise.resolve()
      .then(() => options.onReset(snapshotUrl, { ...at }))
      .then(
        (snapshot) => {
          if (link !== current) return;
          // A snapshot of another epoch was read while the room had already begun a new log; it was
          // read after the reset, so it contains what the room had published by then.
          position = snapshot && snapshot.epoch === at.epoch ? { ...snapshot } : { ...at };
          if (position.seq < at.seq) return lose(link);
          acknowledge(link);
          const held = link.held ?? [];
          link.held = null;
          for (const incoming of held) if (link === current) receive(link, incoming);
        },
        () => lose(link),
      );
  }

  function probe(link: Link): void {
    link.isPongDue = true;
    send(link, PING_FRAME);
    if (link !== current) return;
    link.timers.beat = setTimer(() => {
      if (link.isPongDue) return lose(link);
      link.timers.beat = setTimer(() => probe(link), PING_INTERVAL_MS - PONG_TIMEOUT_MS);
    }, PONG_TIMEOUT_MS);
  }

  function send(link: Link, text: string): void {
    try {
      link.socket?.send(text);
    } catch {
      lose(link);
    }
  }

  function lose(link: Link, leastAttempt = 0): void {
    if (link !== current) return;
    detach(link);
    if (link.liveAt !== null && now() - link.liveAt >= STABLE_MS) attempt = 0;
    attempt = Math.max(attempt, leastAttempt);
    setState('offline');
    if (isOver) return;
    waiting = setTimer(open, returnMs(attempt, random()));
    attempt += 1;
  }

  function refuse(link: Link): void {
    if (link !== current) return;
    setState('refused');
    end();
  }

  function wake(isNetwork: boolean): void {
    if (current !== null) {
      if (current.liveAt === null || current.isPongDue) return;
      if (current.timers.beat !== undefined) clearTimer(current.timers.beat);
      return probe(current);
    }
    if (waiting === undefined) return;
    clearTimer(waiting);
    const spread = isNetwork ? returnMs(0, random()) : 0;
    waiting = setTimer(open, spread + Math.max(0, WAKE_INTERVAL_MS - (now() - attemptedAt)));
  }

  /** Not waiting for the closing handshake: on a dead network it takes minutes. */
  function detach(link: Link): void {
    current = null;
    for (const timer of Object.values(link.timers)) if (timer !== undefined) clearTimer(timer);
    if (link.socket === null) return;
    link.socket.onmessage = null;
    link.socket.onclose = null;
    link.socket.close();
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    stopWaking();
    if (waiting !== undefined) clearTimer(waiting);
    if (current !== null) detach(current);
  }
}

function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && REFUSALS.includes((error as { status?: unknown }).status);
}
