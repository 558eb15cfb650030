import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  GUEST_ID,
  approved,
  connect,
  evict,
  id,
  newRoom,
  pending,
  removed,
  until,
  type Eviction,
} from './test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('eviction', () => {
  for (const how of EVICTIONS) {
    it(`keeps order, versions and log when the room is evicted (${how}) between any two steps`, async () => {
      const room = newRoom();
      const { epoch } = await room.position();
      await evict(room, how);
      await room.publish([pending(1)]);
      await evict(room, how);
      await room.publish([approved(1)]);
      await evict(room, how);
      await room.publish([approved(1)]);
      await evict(room, how);
      expect(await room.publish([removed(1)])).toEqual({ epoch, seq: 2 });
      await evict(room, how);
      const viewer = await connect(room, { since: `${epoch}.0` });
      await viewer.settle();
      expect(viewer.of('photo.approved', 'photo.removed').map((frame) => [frame.type, frame['seq']])).toEqual([
        ['photo.removed', 1],
        ['photo.removed', 2],
      ]);
    });
  }

  it('keeps sockets, roles and privacy across hibernation', async () => {
    const room = newRoom();
    const staff = await connect(room, { role: 'staff' });
    const uploader = await connect(room, { guest: GUEST_ID });
    const viewer = await connect(room);
    for (const n of [1, 2, 3]) {
      await evict(room, 'hibernate');
      await room.publish([pending(n)]);
      await evict(room, 'hibernate');
      await room.publish([approved(n)]);
    }
    await staff.has(9, 'photo.pending', 'photo.approved', 'photo.decided');
    await uploader.has(9, 'photo.approved', 'photo.status');
    await viewer.has(3, 'photo.approved');
    await viewer.settle();
    expect(viewer.seqs()).toEqual([1, 2, 3]);
    expect(viewer.of('photo.status', 'photo.pending', 'photo.decided')).toEqual([]);
    expect(viewer.closed).toEqual([]);
  });

  for (const how of EVICTIONS) {
    for (const when of ['before', 'after'] as const) {
      it(`loses and doubles nothing when evicted (${how}) ${when} an approval is published and retried`, async () => {
        const room = newRoom();
        const { epoch } = await room.publish([approved(1)]);
        let viewer = await connect(room, { since: `${epoch}.0` });
        await viewer.has(1, 'photo.approved');
        if (when === 'before') await evict(room, how);
        await room.publish([approved(2)]);
        if (when === 'after') await evict(room, how);
        await room.publish([approved(2)]); // the outbox did not hear the answer
        const seen = viewer.seqs();
        if (how === 'close') {
          await viewer.closeCode();
          const before = viewer.seqs();
          viewer = await connect(room, { since: `${epoch}.${before.length}` });
          await until(() => before.length + viewer.seqs().length >= 2, 'the replay');
          await viewer.settle();
          expect([...before, ...viewer.seqs()]).toEqual([1, 2]);
        } else {
          await viewer.settle();
          expect(viewer.seqs()).toEqual([1, 2]);
          expect(seen.length).toBeLessThanOrEqual(2);
        }
        expect((await room.position()).seq).toBe(2);
      });
    }
  }

  it('loses and doubles nothing when evicted in the middle of many approvals', async () => {
    const room = newRoom();
    const { epoch } = await room.position();
    const viewer = await connect(room);
    for (const how of ['hibernate', 'hibernate', 'close'] as const) {
      const publishing = numbers(1, 30).map((n) =>
        room.publish([approved(n)]).catch(() => room.publish([approved(n)])),
      );
      await evict(room, how);
      await Promise.all(publishing);
    }
    const after = await connect(room, { since: `${epoch}.0` });
    await after.has(30, 'photo.approved');
    expect(after.seqs()).toEqual(numbers(1, 30));
    expect(new Set(after.of('photo.approved').map((frame) => (frame['photo'] as { id: string }).id))).toEqual(
      new Set(numbers(1, 30).map(id)),
    );
    const received = viewer.seqs();
    expect(received).toEqual(numbers(1, received.length));
  });

  it('leaves nothing pending in an idle room', async () => {
    const room = newRoom();
    const viewer = await connect(room, { ticket: 'once' });
    await room.publish([pending(1), approved(1)]);
    viewer.socket.send('{"v":1,"type":"ack","seq":1}');
    await viewer.settle();
    expect(await runInDurableObject(room, (_, state) => state.storage.getAlarm())).toBeNull();
  });
});
