import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  GUEST_ID,
  OTHER_GUEST_ID,
  approved,
  changed,
  connect,
  evict,
  held,
  id,
  isEvicting,
  knock,
  newRoom,
  pending,
  publishMany,
  relayOf,
  removed,
  until,
  type Eviction,
  type RelayStub,
  type Stub,
} from '../test-support/room-harness.ts';
import { FLOOD_LIMITS } from '../door/flood-rules.ts';
import type { RelayRoom } from '../relay-room.ts';
import { placeFor, RELAYS_MAX } from './placing-rules.ts';
import type { RelayFeed } from './relay-rpc.ts';
import { WINDOW_FRAMES } from '../seats/pace-rules.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const alarmOf = (room: Stub | RelayStub) =>
  runInDurableObject(room as DurableObjectStub, (_, state) => state.storage.getAlarm());
const viewersSeen = (client: Client) => client.of('viewers').at(-1)?.['count'];
const react = (client: Client, n: number) =>
  client.socket.send(JSON.stringify({ v: 1, type: 'react', photoId: id(n), emoji: '❤️' }));

/** Two viewers at the room, which is full then; two guests at its first relay, a viewer at the second. */
async function setup() {
  const room = newRoom({ crowded: true });
  const { epoch } = await room.position();
  const here = [await connect(room), await connect(room)];
  const guest = await connect(room, { guest: GUEST_ID });
  const other = await connect(room, { guest: OTHER_GUEST_ID });
  const far = await connect(room);
  return { room, epoch, here, guest, other, far, people: [...here, guest, other, far], relay: relayOf(room, 1) };
}

const away = () => Promise.reject(new Error('away'));

/** Until its next eviction the object does one thing in another way. */
const replace = (
  room: Stub | RelayStub,
  name: string,
  make: (own: (given: RelayFeed) => Promise<unknown>) => (given: RelayFeed) => Promise<unknown>,
) =>
  runInDurableObject(room as DurableObjectStub, (instance) => {
    const before = Object.getPrototypeOf(instance) as Record<string, (given: RelayFeed) => Promise<unknown>>;
    const value = make((given) => before[name]?.call(instance, given) as Promise<unknown>);
    Object.setPrototypeOf(instance, Object.create(before, { [name]: { value } }) as object);
  });

/** How far a relay's copy has come. */
const seqOf = (relay: RelayStub) =>
  runInDurableObject(relay, (_, state) => state.storage.sql.exec<{ seq: number }>('select seq from meta').one().seq);

describe('a room beyond its threshold', () => {
  it('sends viewers and guests to relays, and nobody notices', async () => {
    const { room, epoch, people } = await setup();
    expect(people.map((person) => person.isRelayed)).toEqual([false, false, true, true, true]);
    const staff = await connect(room, { role: 'staff' });
    const screen = await connect(room, { screen: { id: id(600) } });
    expect([staff.isRelayed, screen.isRelayed]).toEqual([false, false]);
    const everybody = [...people, staff, screen];
    await room.publish([approved(1), approved(2)]);
    await room.publish([removed(1), approved(3), approved(3)]);
    for (const person of everybody) {
      await person.has(4, 'photo.approved', 'photo.removed');
      expect(person.seqs()).toEqual([1, 2, 3, 4]);
      expect(person.of('photo.approved', 'photo.removed')).toEqual(everybody[0]?.of('photo.approved', 'photo.removed'));
    }
    expect(people.map((person) => person.frames[0])).toEqual(
      numbers(1, 5).map((viewers) => ({
        v: 1,
        type: 'hello',
        epoch,
        seq: 0,
        role: viewers === 3 || viewers === 4 ? 'guest' : 'viewer',
        viewers,
      })),
    );
  });

  it('counts everybody, wherever they sit', async () => {
    const { people, far, guest } = await setup();
    for (const person of people) await until(() => viewersSeen(person) === 5, 'all five to be counted');
    far.socket.close(1000);
    guest.socket.close(1000);
    for (const person of [people[0], people[3]]) {
      await until(() => viewersSeen(person as Client) === 3, 'those who left to be counted no more');
    }
  });

  it('has place for others again when somebody leaves', async () => {
    const { room, here, people } = await setup();
    here[0]?.socket.close(1000);
    await until(() => people.every((person) => person === here[0] || viewersSeen(person) === 4), 'one to have left');
    expect((await connect(room)).isRelayed).toBe(false);
    expect((await connect(room)).isRelayed).toBe(true);
  });

  // Objects that are asking one another cannot be evicted.
  it.skipIf(isEvicting)('takes a ticket once, wherever it leads', async () => {
    const { room } = await setup();
    expect((await connect(room, { ticket: 'one' })).isRelayed).toBe(true);
    expect((await knock(room, { ticket: 'one' })).status).toBe(401);
    const statuses = await Promise.all(
      numbers(1, 5).map(async () => {
        const answer = await knock(room, { ticket: 'same' });
        answer.webSocket?.accept();
        await answer.text();
        return answer.status;
      }),
    );
    expect(statuses.sort()).toEqual([101, 401, 401, 401, 401]);
  });

  it('closes its doors everywhere, once, and lets in who comes again', async () => {
    const { room, people } = await setup();
    const staff = await connect(room, { role: 'staff' });
    const closing = { ...changed(2), closesDoors: true };
    await room.publish([approved(1), closing]);
    for (const person of people) {
      expect(await person.closeCode()).toBe(4401);
      expect(person.of('photo.approved', 'event.changed').map((frame) => frame['seq'])).toEqual([1, 2]);
    }
    expect(staff.closed).toEqual([]);
    const again = await Promise.all(numbers(1, 4).map(() => connect(room)));
    await room.publish([closing, approved(2)]);
    for (const person of again) {
      await person.has(1, 'photo.approved');
      expect(person.closed).toEqual([]);
    }
  });
});

describe('places', () => {
  it('are at the room first, and then at the first relay that has one', () => {
    const people =
      (...counts: number[]) =>
      () =>
        new Map(counts.map((count, index) => [index + 1, count]));
    expect(placeFor(9, people(), 10)).toBe('room');
    expect(placeFor(10, people(), 10)).toBe(1);
    expect(placeFor(10, people(10, 3, 0), 10)).toBe(2);
    expect(placeFor(10, people(10, 10), 10)).toBe(3);
  });

  it('come to an end, but not for staff and screens', async () => {
    const { room } = await setup();
    await runInDurableObject(room, (_, state) => {
      for (const relay of numbers(1, RELAYS_MAX)) {
        state.storage.sql.exec(
          'insert into relays (relay, people) values (?, 2) on conflict do update set people = 2',
          relay,
        );
      }
    });
    const answer = await knock(room);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
    expect((await connect(room, { role: 'staff' })).isRelayed).toBe(false);
  });
});

describe('at a relay', () => {
  it('whoever was away gets what it missed, or starts over, as at the room', async () => {
    const { room, epoch } = await setup();
    await publishMany(room, 1, 30);
    await room.publish([removed(20)]);
    const late = await connect(room, { since: `${epoch}.18` });
    expect(late.isRelayed).toBe(true);
    await late.has(13, 'photo.approved', 'photo.removed');
    expect(late.seqs()).toEqual(numbers(19, 31));
    expect(late.of('photo.removed').map((frame) => frame['seq'])).toEqual([20, 31]);
    const strange = await connect(room, { since: 'another-epoch.1' });
    await strange.has(1, 'reset');
    expect(strange.of('reset')).toMatchObject([{ epoch, seq: 31, snapshotUrl: '/api/v1/events/party/photos' }]);
    await room.publish([held(2)]);
    const hidden = await connect(room, { since: `${epoch}.30` });
    expect(hidden.isRelayed).toBe(true);
    await hidden.has(1, 'reset');
  });

  it('a guest hears what became of its photo, and nobody else does', async () => {
    const { room, guest, other, far, here } = await setup();
    await room.publish([pending(1), approved(1)]);
    await guest.has(3, 'photo.status', 'photo.approved');
    expect(guest.of().map((frame) => frame['status'] ?? frame.type)).toEqual([
      'hello',
      'pending',
      'photo.approved',
      'approved',
    ]);
    for (const person of [other, far, ...here]) {
      await person.settle();
      expect(person.of('photo.status', 'photo.pending', 'photo.decided')).toEqual([]);
    }
  });

  it('a guest’s reaction counts once, also when it sits at the room as well', async () => {
    const { room, here, guest, other, far } = await setup();
    await room.publish([approved(1)]);
    react(guest, 1);
    react(guest, 1);
    react(other, 1);
    react(far, 1);
    here[0]?.socket.close(1000);
    await until(() => viewersSeen(guest) === 4, 'one to have left');
    const twice = await connect(room, { guest: GUEST_ID });
    expect(twice.isRelayed).toBe(false);
    react(twice, 1);
    const count = (client: Client) => (client.of('reactions').at(-1)?.['items'] as { count: number }[])?.[0]?.count;
    for (const client of [guest, far, twice]) await until(() => count(client) === 2, 'two reactions');
    expect(await alarmOf(relayOf(room, 1))).toBeNull();
  });

  it('reactions wait for a room that is away, and none is lost with an eviction', async () => {
    const { room, guest, relay, far } = await setup();
    await room.publish([approved(1)]);
    await replace(room, 'reactAll', () => away);
    react(guest, 1);
    await guest.settle();
    await runDurableObjectAlarm(relay);
    expect(await alarmOf(relay)).not.toBeNull();
    await evict(room, 'hibernate');
    await evict(relay, 'hibernate');
    await runDurableObjectAlarm(relay);
    await far.has(1, 'reactions');
    expect(await alarmOf(relay)).toBeNull();
  });

  it('a session ends, a flood is stopped and a bad frame is answered, as at the room', async () => {
    const { room, guest, other } = await setup();
    guest.socket.send('{"v":1,"type":"ack","seq":"many"}');
    await guest.has(1, 'error');
    for (let n = 0; n < FLOOD_LIMITS.guest.burst + 20; n += 1) other.socket.send('{"v":1,"type":"unknown"}');
    expect(await other.closeCode()).toBe(1008);
    for (const message of ['{"v":2,"type":"ping"}', 'x'.repeat(5_000), new Uint8Array([1]).buffer]) {
      const bad = await connect(room);
      expect(bad.isRelayed).toBe(true);
      bad.socket.send(message);
      expect([4400, 1009, 1003]).toContain(await bad.closeCode());
    }
    const expires = new Date(Date.now() + 1_000);
    const leaving = await connect(room, { expires: expires.toISOString() });
    await scheduler.wait(expires.getTime() - Date.now() + 20);
    await room.publish([approved(1)]);
    expect(await leaving.closeCode()).toBe(4401);
    expect(leaving.seqs()).toEqual([]);
  });

  it('a slow client is held, and goes on without a gap', async () => {
    const { room, guest, other: slow } = await setup();
    await room.publish([approved(1)]);
    await slow.has(1, 'photo.approved');
    slow.socket.send('{"v":1,"type":"ack","seq":1}');
    await slow.settle();
    await publishMany(room, 2, WINDOW_FRAMES + 100);
    await guest.has(WINDOW_FRAMES + 101, 'photo.approved');
    await slow.settle();
    expect(slow.seqs()).toEqual(numbers(1, 1 + WINDOW_FRAMES));
    slow.socket.send(JSON.stringify({ v: 1, type: 'ack', seq: WINDOW_FRAMES }));
    await slow.settle();
    expect(slow.seqs()).toEqual(numbers(1, WINDOW_FRAMES + 101));
  });

  it('nobody comes in without having been sent there by the room, nor staff and screens', async () => {
    const { room, relay } = await setup();
    const headers = {
      upgrade: 'websocket',
      'x-room-role': 'viewer',
      'x-room-snapshot': '/',
      'x-room-expires': '2099-01-01T00:00:00.000Z',
      'x-room-event-version': '1',
    };
    for (const slip of ['', '{}', encodeURIComponent('{"root":"x"}')]) {
      const answer = await relay.fetch('https://room/', { headers: { ...headers, 'x-room-slip': slip } });
      expect(answer.status).toBe(400);
      await answer.text();
    }
    expect(await room.position()).toMatchObject({ seq: 0 });
  });
});

describe('a relay', () => {
  for (const how of EVICTIONS) {
    it(`loses nothing when it, its room or both are evicted (${how})`, async () => {
      const { room, epoch, relay } = await setup();
      let guest = await connect(room, { guest: id(802) });
      const seen: unknown[] = [];
      for (const [n, gone] of [[relayOf(room, 2)], [room], [relayOf(room, 2), room], [relay, room]].entries()) {
        for (const one of gone) await evict(one, how);
        await room.publish([approved(n + 1)]);
        for (const one of gone) await evict(one, how);
        if (how === 'close') {
          seen.push(...guest.seqs());
          guest = await connect(room, { guest: id(802), since: `${epoch}.${seen.length}` });
        }
      }
      await until(() => seen.length + guest.seqs().length >= 4, 'all four');
      await guest.settle();
      expect([...seen, ...guest.seqs()]).toEqual([1, 2, 3, 4]);
    });
  }

  // An object that is asking another cannot be evicted.
  it.skipIf(isEvicting)('that hangs holds up nobody, and goes on where it was', async () => {
    const { room, here, guest, far, relay } = await setup();
    let release = (): void => {};
    await replace(relay, 'feed', (feed) => async (given: RelayFeed) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return feed(given);
    });
    const before = Date.now();
    await room.publish([approved(1)]);
    expect(Date.now() - before).toBeLessThan(3_000);
    await room.publish([approved(2)]);
    for (const person of [...here, far]) await person.has(2, 'photo.approved');
    expect(guest.seqs()).toEqual([]);
    await runInDurableObject(relay, (instance: RelayRoom) => {
      Object.setPrototypeOf(instance, Object.getPrototypeOf(Object.getPrototypeOf(instance)) as object);
      release();
    });
    await guest.has(2, 'photo.approved');
    expect(guest.seqs()).toEqual([1, 2]);
  });

  it('that does not answer is fed by the alarm', async () => {
    const { room, guest, far, relay } = await setup();
    await replace(relay, 'feed', () => away);
    await room.publish([approved(1)]);
    expect(await alarmOf(room)).not.toBeNull();
    await room.publish([pending(2), approved(2)]);
    await far.has(2, 'photo.approved');
    expect(guest.seqs()).toEqual([]);
    await evict(relay, 'hibernate');
    await evict(room, 'hibernate');
    await runDurableObjectAlarm(room);
    await guest.has(2, 'photo.approved');
    expect(guest.seqs()).toEqual([1, 2]);
    expect(guest.of('photo.status').map((frame) => frame['status'])).toEqual(['approved', 'pending', 'approved']);
    expect(await alarmOf(room)).toBeNull();
  });

  it('that has missed more than the log holds has its people start over', async () => {
    const { room, epoch, guest, relay } = await setup();
    await replace(relay, 'feed', () => away);
    await room.publish([approved(1), held(2)]);
    await evict(relay, 'hibernate');
    await runDurableObjectAlarm(room);
    await guest.has(1, 'reset');
    expect(guest.of('reset')).toMatchObject([{ epoch, seq: 2 }]);
    expect(guest.seqs()).toEqual([]);
    guest.socket.send('{"v":1,"type":"ack","seq":2}');
    await guest.settle();
    await room.publish([changed(3), { ...approved(2_000), eventVersion: 3 }]);
    await guest.has(1, 'photo.approved');
    expect(guest.of('event.changed', 'photo.approved').map((frame) => frame['seq'])).toEqual([3, 4]);
  });

  it('with nobody left is not fed, and has caught up when somebody comes', async () => {
    const { room, epoch, guest, other, far, here, relay } = await setup();
    await room.publish([approved(1)]);
    guest.socket.close(1000);
    other.socket.close(1000);
    await until(() => viewersSeen(far) === 3, 'both to have left');
    await room.publish([pending(2), approved(2)]);
    for (const person of [...here, far]) await person.has(2, 'photo.approved');
    expect(await seqOf(relay)).toBe(1);
    const again = await connect(room, { guest: GUEST_ID, since: `${epoch}.0` });
    await again.has(2, 'photo.approved');
    await room.publish([approved(3)]);
    await again.has(3, 'photo.approved');
    expect(again.seqs()).toEqual([1, 2, 3]);
    expect(await seqOf(relay)).toBe(3);
  });

  it('keeps nothing of a photo that was taken down', async () => {
    const { room, guest, relay } = await setup();
    await room.publish([approved(1), approved(2)]);
    await room.publish([removed(1)]);
    await guest.has(3, 'photo.approved', 'photo.removed');
    await runInDurableObject(relay, (_, state) => {
      const kept = JSON.stringify(state.storage.sql.exec('select json from frames').toArray());
      expect(kept).not.toContain('/i/k1/');
      expect(kept).toContain('/i/k2/');
    });
  });

  it('leaves nothing pending when it is idle, and pings do not wake it', async () => {
    const { room, guest, relay } = await setup();
    await room.publish([approved(1)]);
    await guest.has(1, 'photo.approved');
    await evict(relay, 'hibernate');
    await evict(room, 'hibernate');
    await guest.ping();
    expect(await evict(relay, 'hibernate')).toBe(false);
    for (const one of [relay, room]) expect(await alarmOf(one)).toBeNull();
  });
});
