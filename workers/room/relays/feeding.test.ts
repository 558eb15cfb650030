import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { RelayRoom } from '../relay-room.ts';
import type { RelayFeed } from './relay-rpc.ts';
import { alarmOf, away, gather, replace, viewersSeen } from '../test-support/crowd.ts';
import {
  GUEST_ID,
  approved,
  changed,
  connect,
  evict,
  held,
  id,
  isEvicting,
  pending,
  relayOf,
  removed,
  until,
  type Eviction,
  type RelayStub,
} from '../test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];

/** How far a relay's copy has come. */
const seqOf = (relay: RelayStub) =>
  runInDurableObject(relay, (_, state) => state.storage.sql.exec<{ seq: number }>('select seq from meta').one().seq);

describe('a relay', () => {
  for (const how of EVICTIONS) {
    it(`loses nothing when it, its room or both are evicted (${how})`, async () => {
      const { room, epoch, relay } = await gather();
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
    const { room, here, guest, far, relay } = await gather();
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
    const { room, guest, far, relay } = await gather();
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
    const { room, epoch, guest, relay } = await gather();
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

  it('puts out one guest alone', async () => {
    const { room, guest, other, far } = await gather();
    await room.publish([{ ...changed(2), public: null, closesGuests: [GUEST_ID] }]);
    expect(await guest.closeCode()).toBe(4401);
    for (const person of [other, far]) await person.settle();
    expect([...other.closed, ...far.closed]).toEqual([]);
  });

  it('with nobody left is not fed, and has caught up when somebody comes', async () => {
    const { room, epoch, guest, other, far, here, relay } = await gather();
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
    const { room, guest, relay } = await gather();
    await room.publish([approved(1), approved(2)]);
    await room.publish([removed(1)]);
    await guest.has(3, 'photo.approved', 'photo.removed');
    await runInDurableObject(relay, (_, state) => {
      const kept = JSON.stringify(state.storage.sql.exec('select json from frames').toArray());
      expect(kept).not.toContain('/i/k1/');
      expect(kept).toContain('/i/k2/');
    });
  });

  it('is forgotten with its room', async () => {
    const { room, guest, people, relay } = await gather();
    await room.publish([approved(1)]);
    await guest.has(1, 'photo.approved');
    await room.forget();
    for (const person of people) expect(await person.closeCode()).toBe(4401);
    for (const one of [relayOf(room, 1), relayOf(room, 2)]) {
      expect(await runInDurableObject(one, (_, state) => state.storage.sql.databaseSize)).toBeLessThan(8_192);
      expect(await alarmOf(one)).toBeNull();
    }
    expect((await relay.fetch('https://room/')).status).toBe(426);
  });

  it('leaves nothing pending when it is idle, and pings do not wake it', async () => {
    const { room, guest, people, relay } = await gather();
    await room.publish([approved(1)]);
    for (const person of people) {
      await person.has(1, 'photo.approved');
      // The number is told in a window, which an eviction ends.
      if (!isEvicting) await until(() => viewersSeen(person) === 5, 'all to be counted');
    }
    await evict(relay, 'hibernate');
    await evict(room, 'hibernate');
    await guest.ping();
    expect(await evict(relay, 'hibernate')).toBe(false);
    for (const one of [relay, room]) expect(await alarmOf(one)).toBeNull();
  });
});
