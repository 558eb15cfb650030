import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { FLOOD_LIMITS } from '../door/flood-rules.ts';
import { WINDOW_FRAMES } from '../seats/pace-rules.ts';
import { placeFor, RELAYS_MAX } from './placing-rules.ts';
import { alarmOf, away, gather, replace, viewersSeen, type Client } from '../test-support/crowd.ts';
import {
  GUEST_ID,
  approved,
  changed,
  connect,
  evict,
  held,
  id,
  isEvicting,
  knock,
  pending,
  publishMany,
  relayOf,
  removed,
  until,
} from '../test-support/room-harness.ts';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const react = (client: Client, n: number) =>
  client.socket.send(JSON.stringify({ v: 1, type: 'react', photoId: id(n), emoji: '❤️' }));

describe('a room beyond its threshold', () => {
  it('sends viewers and guests to relays, and nobody notices', async () => {
    const { room, epoch, people } = await gather();
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
    const { people, far, guest } = await gather();
    for (const person of people) await until(() => viewersSeen(person) === 5, 'all five to be counted');
    far.socket.close(1000);
    guest.socket.close(1000);
    for (const person of [people[0], people[3]]) {
      await until(() => viewersSeen(person as Client) === 3, 'those who left to be counted no more');
    }
  });

  it('has place for others again when somebody leaves', async () => {
    const { room, here, people } = await gather();
    here[0]?.socket.close(1000);
    await until(() => people.every((person) => person === here[0] || viewersSeen(person) === 4), 'one to have left');
    expect((await connect(room)).isRelayed).toBe(false);
    expect((await connect(room)).isRelayed).toBe(true);
  });

  // Objects that are asking one another cannot be evicted.
  it.skipIf(isEvicting)('takes a ticket once, wherever it leads', async () => {
    const { room } = await gather();
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
    const { room, people } = await gather();
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
    const { room } = await gather();
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
    const { room, epoch } = await gather();
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
    const { room, guest, other, far, here } = await gather();
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
    const { room, here, guest, other, far } = await gather();
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
    const { room, guest, relay, far } = await gather();
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

  // An eviction lasts as long as it takes to earn the next frame.
  it.skipIf(isEvicting)('a flood is stopped', async () => {
    const { guest, other } = await gather();
    for (let n = 0; n < FLOOD_LIMITS.guest.burst + 20; n += 1) other.socket.send('{"v":1,"type":"unknown"}');
    expect(await other.closeCode()).toBe(1008);
    await guest.settle();
    expect(guest.closed).toEqual([]);
  });

  it('a session ends and a bad frame is answered, as at the room', async () => {
    const { room, guest, other } = await gather();
    other.socket.close(1000);
    guest.socket.send('{"v":1,"type":"ack","seq":"many"}');
    await guest.has(1, 'error');
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
    const { room, guest, other: slow } = await gather();
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
    const { room, relay } = await gather();
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
