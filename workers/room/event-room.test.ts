import { exports } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventRoom } from './event-room.ts';
import { LOG_MAX_FRAMES } from './log/log.ts';
import { REPLAY_MAX_FRAMES } from './log/resume-rules.ts';
import {
  GUEST_ID,
  OTHER_GUEST_ID,
  approved,
  connect,
  evict,
  id,
  knock,
  newRoom,
  pending,
  photo,
  publishMany,
  removed,
  staffPhoto,
  until,
  type Eviction,
} from './test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
/** A moment that a busy machine does not reach before it has connected. */
const soon = () => new Date(Date.now() + 1_500);
const past = (moment: Date) => scheduler.wait(moment.getTime() - Date.now() + 20);
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

describe('a broken socket', () => {
  it('keeps a frame from nobody else', async () => {
    const room = newRoom();
    const people = [await connect(room), await connect(room), await connect(room)];
    await runInDurableObject(room, async (instance: EventRoom, state) => {
      const [broken] = state.getWebSockets();
      Object.defineProperty(broken, 'send', {
        value: () => {
          throw new TypeError('broken pipe');
        },
      });
      await instance.publish([approved(1), approved(2)]);
    });
    await until(() => people.filter((person) => person.closed.length > 0).length === 1, 'the broken one to be closed');
    for (const person of people.filter((one) => one.closed.length === 0)) {
      await person.has(2, 'photo.approved');
    }
    expect(people.filter((person) => person.seqs().length === 2)).toHaveLength(2);
  });
});

describe('privacy', () => {
  it('shows the waiting list to staff only and a status to its uploader only', async () => {
    const room = newRoom();
    const viewer = await connect(room);
    const uploader = await connect(room, { guest: GUEST_ID });
    const uploaderElsewhere = await connect(room, { guest: GUEST_ID });
    const otherGuest = await connect(room, { guest: OTHER_GUEST_ID });
    const staff = await connect(room, { role: 'staff' });
    await room.publish([pending(1), approved(1)]);
    const everybody = { viewer, uploader, uploaderElsewhere, otherGuest, staff };
    for (const person of Object.values(everybody)) await person.settle();
    const seen = Object.fromEntries(
      Object.entries(everybody).map(([name, person]) => [
        name,
        person.frames.map((frame) => frame.type).filter((type) => type.startsWith('photo.')),
      ]),
    );
    expect(seen).toEqual({
      viewer: ['photo.approved'],
      otherGuest: ['photo.approved'],
      uploader: ['photo.status', 'photo.approved', 'photo.status'],
      uploaderElsewhere: ['photo.status', 'photo.approved', 'photo.status'],
      staff: ['photo.pending', 'photo.approved', 'photo.decided'],
    });
    expect(JSON.stringify(viewer.frames)).not.toContain(GUEST_ID);
  });

  it('never replays what was not for everybody', async () => {
    const room = newRoom();
    const { epoch } = await room.publish([pending(1), approved(1), pending(2)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.settle();
    expect(viewer.of().map((frame) => frame.type)).toEqual(['hello', 'photo.approved', 'pong']);
  });
});

describe('the door', () => {
  it('answers 404 at the Worker itself', async () => {
    const worker = (exports as unknown as { default: Fetcher }).default;
    expect((await worker.fetch('https://room.example/')).status).toBe(404);
  });

  it('lets a ticket in once, also across an eviction', async () => {
    const room = newRoom();
    await connect(room, { ticket: 'ticket-1' });
    for (const how of EVICTIONS) {
      const again = await knock(room, { ticket: 'ticket-1' });
      expect(again.status).toBe(401);
      expect(again.headers.get('content-type')).toBe('application/problem+json');
      expect(await again.json()).toMatchObject({ code: 'auth.required', status: 401 });
      await evict(room, how);
    }
    await connect(room, { ticket: 'ticket-2' });
  });

  it('lets one in when the same ticket knocks ten times at once', async () => {
    const room = newRoom();
    const statuses = await Promise.all(numbers(1, 10).map(async () => (await knock(room, { ticket: 'same' })).status));
    expect(statuses.filter((status) => status === 101)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(9);
  });

  it('forgets old tickets when the next one comes', async () => {
    const room = newRoom();
    await connect(room, { ticket: 'old' });
    const ticketIds = () =>
      runInDurableObject(room, (_, state) =>
        state.storage.sql.exec<{ id: string }>('select id from used_tickets').toArray(),
      );
    await runInDurableObject(room, (_, state) =>
      state.storage.sql.exec('update used_tickets set forget_at = ?', Date.now()),
    );
    await connect(room, { ticket: 'new' });
    expect(await ticketIds()).toEqual([{ id: 'new' }]);
  });

  it.each([
    ['no upgrade', { headers: { upgrade: 'h2c' } }, 426],
    ['an unknown role', { headers: { 'x-room-role': 'owner' } }, 400],
    ['a guest without an id', { role: 'guest' }, 400],
    ['a viewer with a guest id', { role: 'viewer', guest: GUEST_ID }, 400],
    ['a malformed since', { since: 'nonsense' }, 400],
    ['a snapshot elsewhere', { headers: { 'x-room-snapshot': '//evil.example/x' } }, 400],
    ['a malformed expiry', { expires: 'tomorrow' }, 400],
    ['an expired session', { expires: '2020-01-01T00:00:00.000Z' }, 401],
  ] as const)('refuses %s', async (_, person, status) => {
    expect((await knock(newRoom(), person)).status).toBe(status);
  });

  it('closes an expired session with 4401 at the next frame, and tells it nothing', async () => {
    const room = newRoom();
    const expires = soon();
    const leaving = await connect(room, { expires: expires.toISOString() });
    const staying = await connect(room);
    await past(expires);
    await room.publish([approved(1)]);
    expect(await leaving.closeCode()).toBe(4401);
    expect(leaving.of().map((frame) => frame.type)).toEqual(['hello']);
    await staying.has(1, 'photo.approved');
  });

  it('closes an expired session with 4401 when it speaks', async () => {
    const room = newRoom();
    const expires = soon();
    const leaving = await connect(room, { expires: expires.toISOString() });
    await past(expires);
    leaving.socket.send('{"v":1,"type":"ack","seq":0}');
    expect(await leaving.closeCode()).toBe(4401);
  });
});

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
