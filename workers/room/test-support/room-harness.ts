import { env } from 'cloudflare:workers';
import { evictDurableObject } from 'cloudflare:test';
import {
  PING_FRAME,
  ROOM_HEADERS,
  type AnnouncementMessage,
  type EventMessage,
  type PhotoMessage,
  type RoomRole,
  type ServerFrame,
  type SpotlightMessage,
} from '../../../src/contract/live.ts';
import type { EventState } from '../../../src/contract/events.ts';
import type { Photo, StaffPhoto } from '../../../src/contract/photos.ts';
import { knockAt } from '../../../src/platform/room-door.ts';
import type { EventRoom } from '../event-room.ts';
import type { RelayRoom } from '../relay-room.ts';
import { createTurns } from './turns.ts';

type Frame = ServerFrame & Record<string, unknown>;
export type Stub = DurableObjectStub<EventRoom>;
export type RelayStub = DurableObjectStub<RelayRoom>;
export type Eviction = 'hibernate' | 'close';

/** Every call and every frame finds a room that has been evicted just before: no window is ever open for long. */
export const isEvicting = (env as { EVICTED?: string }).EVICTED === '1';
const turns = createTurns(isEvicting);
const PATIENCE_MS = isEvicting ? 30_000 : 4_000;

/** Ids that read well in a failure: `id(7)` ends in 7. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const EVENT_ID = id(900);
export const GUEST_ID = id(800);
export const OTHER_GUEST_ID = id(801);
export const MODERATOR_ID = id(700);

interface Bindings {
  ROOMS: DurableObjectNamespace<EventRoom>;
  RELAYS: DurableObjectNamespace<RelayRoom>;
  CROWDED_ROOMS: DurableObjectNamespace<EventRoom>;
  CROWDED_RELAYS: DurableObjectNamespace<RelayRoom>;
}
const bindings = env as unknown as Bindings;
const relaysOf = new WeakMap<Stub, (name: string) => RelayStub>();

/** A room that no other test has touched. `crowded`: it takes two sockets, as does each of its relays. */
export function newRoom({ crowded = false } = {}): Stub {
  const rooms = crowded ? bindings.CROWDED_ROOMS : bindings.ROOMS;
  const relays = crowded ? bindings.CROWDED_RELAYS : bindings.RELAYS;
  const room = turns.of(rooms.get(rooms.idFromName(`${crypto.randomUUID()}/${EVENT_ID}`)));
  const known = new Map<string, RelayStub>();
  relaysOf.set(room, (name) => {
    const relay = known.get(name) ?? turns.of(relays.get(relays.idFromName(name)));
    known.set(name, relay);
    return relay;
  });
  return room;
}

export const relayOf = (room: Stub, relay: number): RelayStub =>
  (relaysOf.get(room) as (name: string) => RelayStub)(`${room.name}/${relay}`);

export function photo(n: number): Photo {
  return {
    id: id(n),
    status: 'approved',
    kind: 'photo',
    animated: false,
    durationMs: null,
    colour: null,
    partial: false,
    original: null,
    width: 1600,
    height: 1200,
    thumbhash: 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA',
    renditions: [320, 960, 1600].map((width) => ({
      width,
      height: width * 0.75,
      type: 'image/webp' as const,
      url: `/i/k${n}/${width}.webp`,
    })),
    caption: null,
    by: 'Ada',
    takenAt: null,
    createdAt: '2026-11-21T12:00:00.000Z',
    reactions: {},
  };
}

export function staffPhoto(n: number, status: StaffPhoto['status']): StaffPhoto {
  return {
    ...photo(n),
    status,
    failure: null,
    preview: null,
    location: 'none',
    copy: false,
    shownAt: null,
    originalState: null,
    eventId: EVENT_ID,
    version: 1,
    guestId: GUEST_ID,
    guest: { id: GUEST_ID, name: 'Ada', table: null, blocked: false, trust: 'auto', approved: 0 },
    albumId: null,
    flags: [],
    reports: 0,
    decided: null,
    consentVersion: null,
    duplicateOf: null,
    sha256: 'a'.repeat(64),
    bytes: 1000,
    type: 'image/jpeg',
  };
}

const nothing = { kind: 'photo' as const, eventVersion: 1, public: null, staff: null, uploader: null };

export const approved = (n: number, version = 2): PhotoMessage => ({
  ...nothing,
  photoId: id(n),
  version,
  public: { v: 1, type: 'photo.approved', photo: photo(n) },
  staff: { v: 1, type: 'photo.decided', photo: staffPhoto(n, 'approved') },
  uploader: { guestId: GUEST_ID, frame: { v: 1, type: 'photo.status', id: id(n), status: 'approved' } },
});

export const removed = (n: number, version = 3): PhotoMessage => ({
  ...nothing,
  photoId: id(n),
  version,
  public: { v: 1, type: 'photo.removed', id: id(n) },
});

export const pending = (n: number, version = 1): PhotoMessage => ({
  ...nothing,
  photoId: id(n),
  version,
  staff: { v: 1, type: 'photo.pending', photo: staffPhoto(n, 'pending') },
  uploader: { guestId: GUEST_ID, frame: { v: 1, type: 'photo.status', id: id(n), status: 'pending' } },
});

const stage: EventState['stage'] = { panic: null, spotlight: null, announcements: [], photoCall: null };
const open: EventState = { held: false, heldMessage: null, uploads: true, shows: true, status: 'live', stage };

/** The event as it is from `version` on. */
export const changed = (version: number, over: Partial<EventState> = {}): EventMessage => ({
  kind: 'event',
  version,
  public: { v: 1, type: 'event.changed', event: { ...open, ...over } },
  closesDoors: false,
  closesModerators: [],
});

export const announced = (n: number, version: number, text: string): AnnouncementMessage => ({
  kind: 'announcement',
  version,
  public: { v: 1, type: 'announcement', id: id(n), text, from: null, until: null },
});

export const spotlit = (version: number, n?: number): SpotlightMessage => ({
  kind: 'spotlight',
  version,
  public: { v: 1, type: 'spotlight', ...(n === undefined ? {} : { photoId: id(n) }) },
});

export const held = (version: number): EventMessage =>
  changed(version, { held: true, heldMessage: 'Back in a minute', shows: false });

/** Publishes `count` approvals of different photos, in batches the room accepts. */
export async function publishMany(room: Stub, from: number, count: number): Promise<void> {
  for (let first = from; first < from + count; first += 500) {
    const batch = Math.min(500, from + count - first);
    await room.publish(Array.from({ length: batch }, (_, index) => approved(first + index)));
  }
}

export interface Person {
  role?: RoomRole;
  guest?: string;
  /** with role `staff`; one of its own where a test names none */
  moderator?: { id: string; name: string };
  /** with role `screen` */
  screen?: { id: string; installation?: string };
  since?: string;
  ticket?: string;
  /** by which the gateway has judged; the latest where a test names none */
  eventVersion?: number;
  expires?: string;
  headers?: Record<string, string>;
}

function connectionHeaders(person: Person): Record<string, string> {
  const role =
    person.role ?? (person.guest !== undefined ? 'guest' : person.screen !== undefined ? 'screen' : 'viewer');
  const moderator = person.moderator ?? (role === 'staff' ? { id: MODERATOR_ID, name: 'Odile' } : undefined);
  return {
    [ROOM_HEADERS.role]: role,
    [ROOM_HEADERS.expires]: person.expires ?? new Date(Date.now() + 3_600_000).toISOString(),
    [ROOM_HEADERS.snapshot]: '/api/v1/events/party/photos',
    [ROOM_HEADERS.eventVersion]: String(person.eventVersion ?? 1_000_000),
    ...(person.guest === undefined ? {} : { [ROOM_HEADERS.guest]: person.guest }),
    ...(moderator === undefined
      ? {}
      : {
          [ROOM_HEADERS.moderator]: moderator.id,
          [ROOM_HEADERS.moderatorName]: encodeURIComponent(moderator.name),
        }),
    ...(person.screen === undefined
      ? {}
      : {
          [ROOM_HEADERS.screen]: person.screen.id,
          [ROOM_HEADERS.installation]: person.screen.installation ?? `installation-${person.screen.id}`,
        }),
    ...(person.since === undefined ? {} : { [ROOM_HEADERS.since]: person.since }),
    ...(person.ticket === undefined ? {} : { [ROOM_HEADERS.ticket]: person.ticket }),
    ...person.headers,
  };
}

/** Knocks as the gateway does. `door`: the room, or the relay that it pointed to. */
async function knockAndSee(room: Stub, person: Person): Promise<{ response: Response; door: Stub | RelayStub }> {
  let door: Stub | RelayStub = room;
  const byName = (name: string) => name as unknown as DurableObjectId;
  const doors = {
    rooms: { idFromName: byName, get: () => room },
    relays: {
      idFromName: byName,
      get: (name: unknown) => (door = (relaysOf.get(room) as (at: string) => RelayStub)(name as string)),
    },
  };
  return { response: await knockAt(doors, room.name ?? '', connectionHeaders(person)), door };
}

export const knock = async (room: Stub, person: Person = {}): Promise<Response> =>
  (await knockAndSee(room, person)).response;

/** A client that keeps everything it was sent. */
export async function connect(room: Stub, person: Person = {}) {
  const { response, door } = await knockAndSee(room, person);
  const socket = turns.ofSocket(door, response.webSocket);
  if (socket === null) throw new Error(`refused: ${response.status} ${await response.text()}`);
  const frames: Frame[] = [];
  const closed: { code: number; reason: string }[] = [];
  socket.addEventListener('message', (event) => {
    frames.push(JSON.parse(event.data as string) as Frame);
  });
  socket.addEventListener('close', (event) => {
    closed.push({ code: event.code, reason: event.reason });
  });
  socket.accept();
  const client = {
    /** whether it sits at a relay */
    isRelayed: door !== room,
    socket,
    frames,
    closed,
    /** Frames of some types, or all but `viewers`, whose moment is nobody's promise. */
    of: (...types: string[]) =>
      frames.filter((frame) => (types.length === 0 ? frame.type !== 'viewers' : types.includes(frame.type))),
    seqs: () =>
      frames.filter((frame) => frame.type.startsWith('photo.') && 'seq' in frame).map((frame) => frame['seq']),
    async closeCode(): Promise<number> {
      await until(() => closed.length > 0, 'the socket to be closed');
      return closed[0]?.code ?? 0;
    },
    async has(count: number, ...types: string[]): Promise<void> {
      await until(() => client.of(...types).length >= count, `${count} frames of ${types.join(', ') || 'any type'}`);
    },
    /** Pings as pages do: the platform answers, and the room is not woken. */
    async ping(): Promise<void> {
      const before = client.of('pong').length;
      socket.send(PING_FRAME);
      await until(() => client.of('pong').length > before, 'a pong');
    },
    /** Waits for the room to have answered everything sent before, by a ping that it answers itself. */
    async settle(): Promise<void> {
      const before = client.of('pong').length;
      socket.send('{"type":"ping","v":1}');
      await until(() => client.of('pong').length > before || closed.length > 0, 'a pong');
    },
  };
  await client.has(1, 'hello');
  return client;
}

export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await scheduler.wait(2);
  }
}

/** Nothing happens when the room is not in memory at all. @returns whether it was */
export async function evict(room: Stub | RelayStub, webSockets: Eviction): Promise<boolean> {
  return turns
    .take(room, (raw) => evictDurableObject(raw as DurableObjectStub, { webSockets }))
    .then(
      () => true,
      (error: unknown) => {
        if (!String(error).includes('not currently running')) throw error;
        return false;
      },
    );
}
