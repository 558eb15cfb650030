import { evictDurableObject } from 'cloudflare:test';
import type { EventRoom } from '../event-room.ts';
import type { RelayRoom } from '../relay-room.ts';

type Stub = DurableObjectStub<EventRoom> | DurableObjectStub<RelayRoom>;

/** Rooms and relays as they are; or, where `isEvicting`, rooms whose events come one at a time, each after an eviction. */
export function createTurns(isEvicting: boolean) {
  const rooms = new WeakMap<Stub, Stub>();
  const queues = new WeakMap<Stub, Promise<unknown>>();

  /** Does one thing with the room itself, after all that was to be done with it before. */
  function take<Room extends Stub, Value>(room: Room, run: (raw: Room) => Promise<Value> | Value): Promise<Value> {
    const raw = (rooms.get(room) ?? room) as Room;
    if (!isEvicting) return Promise.resolve(run(raw));
    const turn = (queues.get(raw) ?? Promise.resolve()).then(() => run(raw));
    queues.set(
      raw,
      turn.catch(() => {}),
    );
    return turn;
  }

  const afterEviction = <Room extends Stub, Value>(room: Room, run: () => Promise<Value> | Value): Promise<Value> =>
    take(room, async (raw) => {
      await evictDurableObject(raw as DurableObjectStub, { webSockets: 'hibernate' }).catch((error: unknown) => {
        if (!String(error).includes('not currently running')) throw error;
      });
      return run();
    });

  return {
    take,
    of<Room extends Stub>(raw: Room): Room {
      if (!isEvicting) return raw;
      const room: Room = new Proxy(raw, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key, target);
          if (typeof value !== 'function' || key === 'constructor') return value;
          return (...given: unknown[]) =>
            afterEviction(room, () => Reflect.apply(value, target, given) as Promise<unknown>);
        },
      });
      rooms.set(room, raw);
      return room;
    },
    ofSocket(room: Stub, socket: WebSocket | null): WebSocket | null {
      if (!isEvicting || socket === null) return socket;
      return new Proxy(socket, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key, target);
          if (typeof value !== 'function') return value;
          const call = (value as (...all: unknown[]) => unknown).bind(target);
          if (key !== 'send' && key !== 'close') return call;
          return (...given: unknown[]) => void afterEviction(room, () => call(...given)).catch(() => {});
        },
      });
    },
  };
}
