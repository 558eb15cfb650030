import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { approved, connect, evict, id, isEvicting, newRoom, removed, until } from './test-support/room-harness.ts';

const SOCKETS = inject('soak') ? 1_000 : 120;

/** Timers that the room has set and that have neither rung nor been cleared. Tests share its globals. */
const pending = new Set<unknown>();
let everSet = 0;
const { setTimeout, clearTimeout } = globalThis;

beforeEach(() => {
  pending.clear();
  everSet = 0;
  const counting = (callback: () => void, ms?: number): unknown => {
    const timer: unknown = setTimeout(() => {
      pending.delete(timer);
      callback();
    }, ms);
    pending.add(timer);
    everSet += 1;
    return timer;
  };
  Object.assign(globalThis, {
    setTimeout: counting,
    clearTimeout: (timer: number) => {
      pending.delete(timer);
      clearTimeout(timer);
    },
  });
});
afterEach(() => {
  Object.assign(globalThis, { setTimeout, clearTimeout });
});

describe('an idle event', () => {
  // Its sockets are counted in a window, which an eviction ends.
  it.skipIf(isEvicting)(
    `with ${SOCKETS} sockets waits for nothing, and pings wake nobody`,
    { timeout: 60_000 },
    async () => {
      const room = newRoom();
      await room.publish([approved(1), approved(2)]);
      const screen = await connect(room, { screen: { id: id(600) } });
      const staff = await connect(room, { role: 'staff' });
      const guests: Awaited<ReturnType<typeof connect>>[] = [];
      while (guests.length < SOCKETS) {
        const next = Array.from({ length: 40 }, (_, index) =>
          connect(room, { guest: id(5_000 + guests.length + index) }),
        );
        guests.push(...(await Promise.all(next)));
      }
      expect(everSet).toBeGreaterThan(0);
      // All that has a window or an alarm, once.
      guests[0]?.socket.send(JSON.stringify({ v: 1, type: 'react', photoId: id(2), emoji: '🎉' }));
      staff.socket.send('{"v":1,"type":"watch","on":true}');
      await room.publish([removed(1)]);
      await screen.has(1, 'photo.removed');
      screen.socket.send(JSON.stringify({ v: 1, type: 'removed', id: id(1) }));
      await staff.has(1, 'reactions');
      await runDurableObjectAlarm(room);
      await until(() => staff.of('recall.progress').at(-1)?.['confirmed'] === 1, 'the recall to be told');
      await until(() => staff.of('viewers').at(-1)?.['count'] === guests.length + 2, 'everybody to be counted');
      await until(() => pending.size === 0, 'every timer to be over');
      expect(await runInDurableObject(room, (_, state) => state.storage.getAlarm())).toBeNull();
      expect(await evict(room, 'hibernate')).toBe(true);
      await Promise.all([screen, staff, ...guests].map((one) => one.ping()));
      expect(await evict(room, 'hibernate')).toBe(false);
      expect(pending.size).toBe(0);
      // And it is all there when something happens.
      await room.publish([approved(3)]);
      await Promise.all([screen, staff, ...guests].map((one) => one.has(2, 'photo.removed', 'photo.approved')));
    },
  );
});
