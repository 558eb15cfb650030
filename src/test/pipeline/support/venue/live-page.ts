import { connectLive, type LiveSocket, type LiveState } from '../../../../client/shared/live-connection.ts';
import type { LiveFrame, Position } from '../../../../client/shared/live-frames.ts';
import { knock, type Person, type Stub } from '../../../../../workers/room/test-support/room-harness.ts';

/** Every wait of a page passes so much faster, so that a test need not wait. */
const SPEED = 50;

export interface Shown {
  /** photo id → what of it is shown */
  photos: Map<string, string>;
  held: boolean;
  spotlight: string | null;
  announcements: Map<string, string>;
  /** `photo emoji` → count */
  reactions: Map<string, number>;
}

/** What a page fetches: what there is, and the position that Postgres knows. */
export interface Snapshot extends Shown {
  position: Position;
}

export type LivePage = ReturnType<typeof openPage>;

/**
 * The browser's own code at the room's own door, with an application behind it that shows what it is told and
 * notes what it must not be: a frame twice, out of turn, or with one missing before it.
 */
export function openPage(room: Stub, person: Person, fetchSnapshot: () => Promise<Snapshot>, first: Snapshot) {
  const faults: string[] = [];
  /** photo id → the version that was told last, since the last reset */
  const told = new Map<string, number>();
  let sockets: LiveSocket[] = [];
  const { position: start, ...showing } = first;
  let shown: Shown = showing;
  let applied = start.seq;
  let state: LiveState = 'connecting';
  let losses = 0;
  let refetches = 0;
  let wake: (isNetwork: boolean) => void = () => {};

  class RoomSocket implements LiveSocket {
    onmessage: LiveSocket['onmessage'] = null;
    onclose: LiveSocket['onclose'] = null;
    socket: WebSocket | null = null;
    isOver = false;

    constructor(url: string) {
      const query = new URL(url).searchParams;
      sockets.push(this);
      knock(room, { ...person, ticket: query.get('ticket') ?? '', since: query.get('since') ?? undefined }).then(
        (response) => {
          this.socket = response.webSocket;
          if (this.socket === null) return this.end(1006);
          this.socket.addEventListener('message', (event) => this.onmessage?.({ data: event.data }));
          this.socket.addEventListener('close', (event) => this.end(event.code));
          this.socket.accept();
          // Given up before it was open: a browser closes it then.
          if (this.isOver) this.socket.close(1000);
        },
        () => this.end(1006),
      );
    }

    /** Cut from either side, or never opened. */
    end(code: number): void {
      sockets = sockets.filter((socket) => socket !== this);
      this.onclose?.({ code });
    }

    send(data: string): void {
      this.socket?.send(data);
    }

    close(): void {
      this.isOver = true;
      sockets = sockets.filter((socket) => socket !== this);
      try {
        this.socket?.close(1000);
      } catch {
        // closed already
      }
    }
  }

  const say = (frame: object): void => connection.send({ v: 1, ...frame });

  function onFrame(frame: LiveFrame): void {
    if ('seq' in frame && frame.type !== 'hello') {
      if (frame.seq !== applied + 1) faults.push(`${frame.type} ${frame.seq} came after ${applied}`);
      applied = frame.seq;
    }
    if (frame.type === 'photo.approved') {
      const version = Number(frame.photo.caption?.split(' ').at(-1));
      if (version <= (told.get(frame.photo.id) ?? 0)) faults.push(`${frame.photo.id} was told again: ${version}`);
      told.set(frame.photo.id, version);
      shown.photos.set(frame.photo.id, frame.photo.caption ?? '');
    }
    if (frame.type === 'photo.removed') {
      shown.photos.delete(frame.id);
      if (person.screen !== undefined) say({ type: 'removed', id: frame.id });
    }
    if (frame.type === 'recall') for (const id of frame.photoIds) say({ type: 'removed', id });
    if (frame.type === 'spotlight') shown.spotlight = frame.photoId ?? null;
    if (frame.type === 'announcement') {
      if (frame.text === '') shown.announcements.delete(frame.id);
      else shown.announcements.set(frame.id, frame.text);
    }
    if (frame.type === 'reactions') {
      for (const { photoId, emoji, count } of frame.items) shown.reactions.set(`${photoId} ${emoji}`, count);
    }
    if (frame.type === 'event.changed') {
      shown.held = frame.event.held;
      if (!frame.event.shows) shown.photos.clear();
      else void refetch();
    }
  }

  /** As pages do when the event has changed: what they show may be another, their position is not. */
  async function refetch(): Promise<void> {
    refetches += 1;
    const { position: _position, ...fresh } = await fetchSnapshot();
    refetches -= 1;
    shown = { ...fresh, reactions: shown.reactions };
  }

  const connection = connectLive({
    ticket: async () => crypto.randomUUID(),
    url: (ticket, since) =>
      `wss://room/?ticket=${ticket}${since === undefined ? '' : `&since=${since.epoch}.${since.seq}`}`,
    since: start,
    onFrame,
    onState: (next) => {
      if (next === 'offline') losses += 1;
      state = next;
    },
    onReset: async (_url, at) => {
      const losing = losses;
      const { position, ...fresh } = await fetchSnapshot();
      shown = fresh;
      // A line that was lost meanwhile goes on from where it was: older frames come again over what is shown.
      if (losses === losing) {
        told.clear();
        applied = position.epoch === at.epoch ? position.seq : at.seq;
      }
      return position;
    },
    setTimeout: (callback, ms) => setTimeout(callback, ms / SPEED),
    WebSocket: RoomSocket,
    onWake: (callback) => {
      wake = callback;
      return () => {};
    },
  });

  return {
    person,
    faults,
    connection,
    react: (photoId: string, emoji: string) => say({ type: 'react', photoId, emoji }),
    shown: () => shown,
    /** Somebody looks at it. */
    look: () => wake(false),
    isLive: () => state === 'live' && refetches === 0,
    seq: () => connection.position()?.seq ?? -1,
    /** The cable is pulled: no closing handshake is waited for. */
    cut(): void {
      for (const socket of sockets.slice()) {
        const { onclose } = socket;
        socket.close();
        onclose?.({ code: 1006 });
      }
    },
  };
}
