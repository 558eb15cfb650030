import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventRoom } from '../event-room.ts';
import { LOG_MAX_FRAMES } from './frame-log.ts';
import { REPLAY_MAX_FRAMES } from './resume-rules.ts';
import {
  GUEST_ID,
  approved,
  connect,
  evict,
  newRoom,
  pending,
  photo,
  publishMany,
  removed,
  staffPhoto,
  type Eviction,
} from '../test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('order', () => {
  it('numbers public frames from 1 without a gap and shows all of them to everybody', async () => {
    const room = newRoom();
    const people = [
      await connect(room),
      await connect(room, { guest: GUEST_ID }),
      await connect(room, { role: 'staff' }),
    ];
    await room.publish([pending(1), approved(1), approved(2)]);
    const position = await room.publish([removed(1), approved(3)]);
    expect(position.seq).toBe(4);
    for (const person of people) {
      await person.has(4, 'photo.approved', 'photo.removed');
      expect(person.seqs()).toEqual([1, 2, 3, 4]);
    }
    expect(people[0]?.of('photo.approved')[0]).toEqual({ v: 1, type: 'photo.approved', seq: 1, photo: photo(1) });
  });

  it('keeps one order for everybody when many publish at the same time', async () => {
    const room = newRoom();
    const people = [await connect(room), await connect(room)];
    await Promise.all(numbers(1, 50).map((n) => room.publish([approved(n)])));
    for (const person of people) await person.has(50, 'photo.approved');
    expect(people[0]?.seqs()).toEqual(numbers(1, 50));
    expect(people[1]?.of('photo.approved')).toEqual(people[0]?.of('photo.approved'));
  });

  it('gives a position before anything was published, and the same epoch ever after', async () => {
    const room = newRoom();
    const first = await room.position();
    expect(first).toEqual({ epoch: expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/), seq: 0 });
    for (const how of EVICTIONS) {
      await evict(room, how);
      expect(await room.position()).toEqual(first);
    }
    expect(await room.publish([approved(1)])).toEqual({ epoch: first.epoch, seq: 1 });
    expect((await newRoom().position()).epoch).not.toBe(first.epoch);
  });
});

describe('versions', () => {
  it('drops what has been applied, also twice in one batch, and sends nobody anything again', async () => {
    const room = newRoom();
    const staff = await connect(room, { role: 'staff' });
    const uploader = await connect(room, { guest: GUEST_ID });
    await room.publish([pending(1), pending(1), approved(1), approved(1)]);
    expect((await room.publish([approved(1), pending(1)])).seq).toBe(1);
    await staff.settle();
    await uploader.settle();
    expect(staff.of('photo.pending', 'photo.approved', 'photo.decided').map((frame) => frame.type)).toEqual([
      'photo.pending',
      'photo.approved',
      'photo.decided',
    ]);
    expect(uploader.of('photo.status').map((frame) => frame['status'])).toEqual(['pending', 'approved']);
  });

  it('drops an approval that a removal has overtaken', async () => {
    const room = newRoom();
    const viewer = await connect(room);
    await room.publish([removed(1, 5)]);
    await room.publish([approved(1, 4)]);
    await viewer.settle();
    expect(viewer.of('photo.approved', 'photo.removed').map((frame) => frame.type)).toEqual(['photo.removed']);
  });

  it('takes a photo down by itself when the message that did so was overtaken', async () => {
    const room = newRoom();
    const viewer = await connect(room);
    await room.publish([approved(1, 2)]);
    const rejected = {
      ...pending(1, 4),
      staff: { v: 1 as const, type: 'photo.decided' as const, photo: staffPhoto(1, 'rejected') },
    };
    await room.publish([rejected]);
    await room.publish([removed(1, 3)]);
    await viewer.settle();
    expect(viewer.of('photo.approved', 'photo.removed').map((frame) => frame.type)).toEqual([
      'photo.approved',
      'photo.removed',
    ]);
    expect(viewer.seqs()).toEqual([1, 2]);
  });

  it('takes a photo down once though a message of that version said nothing to the public before', async () => {
    const room = newRoom();
    const viewer = await connect(room);
    await room.publish([pending(1, 3)]);
    await room.publish([removed(1, 3)]);
    await room.publish([removed(1, 3), pending(1, 3)]);
    await viewer.settle();
    expect(viewer.of('photo.approved', 'photo.removed').map((frame) => frame.type)).toEqual(['photo.removed']);
  });

  it('refuses a batch with a malformed message whole, and does not repeat its contents', async () => {
    const room = newRoom();
    const extra = { ...approved(2), secret: 'hunter2' };
    for (const bad of [extra, { ...approved(2), version: 0 }, { ...approved(2), photoId: 'x' }, null, 'text']) {
      const error = await runInDurableObject(room, (instance: EventRoom) =>
        instance.publish([approved(1), bad as never]).then(
          () => null,
          (thrown: unknown) => thrown,
        ),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).not.toContain('hunter2');
    }
    expect((await room.position()).seq).toBe(0);
  });
});

describe('resuming', () => {
  it('says hello and nothing more to somebody who does not resume', async () => {
    const room = newRoom();
    const position = await room.publish([approved(1), approved(2)]);
    const viewer = await connect(room);
    await viewer.settle();
    expect(viewer.of().map((frame) => frame.type)).toEqual(['hello', 'pong']);
    expect(viewer.frames[0]).toEqual({ v: 1, type: 'hello', ...position, role: 'viewer', viewers: 1 });
  });

  it('replays exactly what was missed, after hello, and then goes on live', async () => {
    const room = newRoom();
    const { epoch } = await room.publish(numbers(1, 10).map((n) => approved(n)));
    const viewer = await connect(room, { since: `${epoch}.4` });
    await room.publish([approved(11)]);
    await viewer.has(7, 'photo.approved');
    expect(viewer.of()[0]?.type).toBe('hello');
    expect(viewer.seqs()).toEqual(numbers(5, 11));
  });

  it('never shows again, nor keeps, what has been removed, and leaves no gap in its place', async () => {
    const room = newRoom();
    const { epoch } = await room.publish([approved(1), approved(2), removed(1), approved(3)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.settle();
    expect(viewer.of('photo.approved', 'photo.removed').map((frame) => [frame['seq'], frame.type])).toEqual([
      [1, 'photo.removed'],
      [2, 'photo.approved'],
      [3, 'photo.removed'],
      [4, 'photo.approved'],
    ]);
    expect(JSON.stringify(viewer.frames)).not.toContain('/i/k1/');
    await runInDurableObject(room, (_instance: EventRoom, state) => {
      const kept = state.storage.sql.exec<{ json: string }>('select json from frames').toArray();
      expect(JSON.stringify(kept)).not.toContain('/i/k1/');
    });
  });

  it('replays nothing to somebody who has seen everything', async () => {
    const room = newRoom();
    const { epoch, seq } = await room.publish([approved(1)]);
    const viewer = await connect(room, { since: `${epoch}.${seq}` });
    await viewer.settle();
    expect(viewer.of().map((frame) => frame.type)).toEqual(['hello', 'pong']);
  });

  it('leaves no gap and no duplicate between replay and broadcast while others publish', async () => {
    const room = newRoom();
    const { epoch } = await room.publish(numbers(1, 20).map((n) => approved(n)));
    const publishing = numbers(21, 120).map((n) => room.publish([approved(n)]));
    const people = await Promise.all(numbers(0, 19).map((seen) => connect(room, { since: `${epoch}.${seen}` })));
    await Promise.all(publishing);
    for (const [seen, person] of people.entries()) {
      await person.has(120 - seen, 'photo.approved');
      expect(person.seqs()).toEqual(numbers(seen + 1, 120));
    }
  });

  it('resets whoever comes from another epoch, or from a future that never was', async () => {
    const room = newRoom();
    const position = await room.publish([approved(1)]);
    for (const since of ['another-epoch.1', `${position.epoch}.2`]) {
      const viewer = await connect(room, { since });
      await viewer.has(1, 'reset');
      expect(viewer.of()[1]).toEqual({ v: 1, type: 'reset', ...position, snapshotUrl: '/api/v1/events/party/photos' });
      expect(viewer.seqs()).toEqual([]);
    }
  });

  it('replays up to its limit and resets beyond it, and keeps a bounded log', async () => {
    const room = newRoom();
    await publishMany(room, 1, LOG_MAX_FRAMES + 50);
    const { epoch, seq } = await room.position();
    const near = await connect(room, { since: `${epoch}.${seq - REPLAY_MAX_FRAMES}` });
    await near.has(REPLAY_MAX_FRAMES, 'photo.approved');
    expect(near.seqs()).toEqual(numbers(seq - REPLAY_MAX_FRAMES + 1, seq));
    const far = await connect(room, { since: `${epoch}.${seq - REPLAY_MAX_FRAMES - 1}` });
    await far.has(1, 'reset');
    const kept = await runInDurableObject(room, (_, state) =>
      state.storage.sql.exec('select count(*) as count, min(seq) as oldest from frames').one(),
    );
    expect(kept).toEqual({ count: LOG_MAX_FRAMES, oldest: 51 });
  });
});
