import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { Reaction } from '../../../src/contract/live.ts';
import {
  approved,
  connect,
  evict,
  held,
  id,
  isEvicting,
  newRoom,
  pending,
  removed,
  until,
  type Eviction,
  type Stub,
} from '../test-support/room-harness.ts';
import { retryMs } from './keeping.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const [ADA, BEA] = [id(800), id(801)] as const;

/** What the Worker in the main one's place holds of this room's event; `change` is merged into it first. */
async function kept(room: Stub, change?: object): Promise<{ rows: Reaction[]; calls: number }> {
  const platform = (env as unknown as { PLATFORM_TESTS: Fetcher }).PLATFORM_TESTS;
  const url = `https://platform/?event=${encodeURIComponent(room.name ?? '')}`;
  const asking = change === undefined ? {} : { method: 'POST', body: JSON.stringify(change) };
  return (await platform.fetch(url, asking)).json();
}

const react = (client: Client, n: number, emoji = '❤️') =>
  client.socket.send(JSON.stringify({ v: 1, type: 'react', photoId: id(n), emoji }));
const alarmOf = (room: Stub) => runInDurableObject(room, (_, state) => state.storage.getAlarm());
/** What a client was told last of each kind, as `1 ❤️: 2`. */
const told = (client: Client) =>
  Object.fromEntries(
    client
      .of('reactions')
      .flatMap((frame) => frame['items'] as { photoId: string; emoji: string; count: number }[])
      .map((item) => [`${Number(item.photoId.slice(-4))} ${item.emoji}`, item.count]),
  );
const seen = (client: Client, counts: Record<string, number>) =>
  until(() => JSON.stringify(told(client)) === JSON.stringify(counts), JSON.stringify(counts));

/** Photo 1 shows; two guests and somebody who only looks are there. */
async function setup() {
  const room = newRoom();
  await room.publish([approved(1)]);
  return {
    room,
    ada: await connect(room, { guest: ADA }),
    bea: await connect(room, { guest: BEA }),
    viewer: await connect(room),
  };
}

describe('reactions', () => {
  it('are counted once for each guest, photo and emoji, and told to everybody in the order', async () => {
    const { room, ada, bea, viewer } = await setup();
    react(ada, 1);
    await seen(viewer, { '1 ❤️': 1 });
    react(ada, 1);
    react(bea, 1);
    react(bea, 1, '🎉');
    await seen(viewer, { '1 ❤️': 2, '1 🎉': 1 });
    await runDurableObjectAlarm(room);
    expect((await kept(room)).rows).toHaveLength(3);
    const seqs = viewer.of('reactions').map((frame) => frame['seq'] as number);
    expect(seqs).toEqual(seqs.map((_, index) => 2 + index));
    const { epoch } = await room.position();
    const late = await connect(room, { since: `${epoch}.1` });
    await seen(late, { '1 ❤️': 2, '1 🎉': 1 });
  });

  // An eviction ends the window: what waits is told at once, in a frame of its own.
  it.skipIf(isEvicting)('of one window are one frame', async () => {
    const { room, ada, viewer } = await setup();
    react(ada, 1);
    await seen(viewer, { '1 ❤️': 1 });
    const before = viewer.of('reactions').length;
    const guests = await Promise.all(
      Array.from({ length: 30 }, (_, index) => connect(room, { guest: id(5_000 + index) })),
    );
    for (const guest of guests) react(guest, 1);
    await seen(viewer, { '1 ❤️': 31 });
    expect(viewer.of('reactions').length - before).toBeLessThan(8);
  });

  it('begin where Postgres is, and not from nothing', async () => {
    const { room, ada, viewer } = await setup();
    await kept(room, { rows: [1, 2, 3].map((n) => ({ photoId: id(1), guestId: id(n), emoji: '❤️' })) });
    react(ada, 1);
    await seen(viewer, { '1 ❤️': 4 });
    expect(viewer.of('reactions')).toHaveLength(1);
  });

  it('are taken from guests only, for photos that show', async () => {
    const { room, ada, viewer } = await setup();
    const screen = await connect(room, { screen: { id: id(600) } });
    const staff = await connect(room, { role: 'staff' });
    await room.publish([pending(2), approved(3), removed(3)]);
    for (const client of [viewer, screen, staff]) react(client, 1);
    for (const n of [2, 3]) react(ada, n);
    react(ada, 1, '💣');
    await ada.has(1, 'error');
    for (const client of [viewer, screen, staff]) await client.settle();
    expect(await alarmOf(room)).toBeNull();
    await room.publish([held(2)]);
    react(ada, 1);
    await ada.settle();
    expect(await alarmOf(room)).toBeNull();
    expect((await kept(room)).rows).toEqual([]);
  });

  it('to a photo the room was never told of count when Postgres knows it, and are forgotten when not', async () => {
    const { room, ada, viewer } = await setup();
    await kept(room, { photos: [id(1), id(7)] });
    react(ada, 7);
    react(ada, 8);
    await seen(viewer, { '7 ❤️': 1 });
    await runDurableObjectAlarm(room);
    expect((await kept(room)).rows.map((row) => row.photoId)).toEqual([id(7)]);
    expect(told(viewer)).toEqual({ '7 ❤️': 1 });
    expect(await alarmOf(room)).toBeNull();
  });
});

describe('keeping reactions', () => {
  // It has rung by the time that an eviction takes.
  it.skipIf(isEvicting)('has an alarm only while something waits', async () => {
    const { room, ada, viewer } = await setup();
    expect(await alarmOf(room)).toBeNull();
    react(ada, 1);
    await ada.settle();
    expect(await alarmOf(room)).not.toBeNull();
    await seen(viewer, { '1 ❤️': 1 });
    expect(await alarmOf(room)).toBeNull();
    react(ada, 1);
    await ada.settle();
    expect(await alarmOf(room)).toBeNull();
  });

  it('is repeated until Postgres has them, and counts each once though an answer was lost', async () => {
    const { room, ada, bea, viewer } = await setup();
    await kept(room, { failing: 1_000 });
    react(ada, 1);
    await ada.settle();
    await runDurableObjectAlarm(room);
    expect(await alarmOf(room)).toBeGreaterThan(Date.now() + 1_000);
    await kept(room, { failing: 0, lostAnswers: 1 });
    react(bea, 1);
    await bea.settle();
    await runDurableObjectAlarm(room);
    expect((await kept(room)).rows).toHaveLength(2);
    expect(told(viewer)).toEqual({});
    expect(await alarmOf(room)).toBeGreaterThan(Date.now() + 1_000);
    await runDurableObjectAlarm(room);
    await seen(viewer, { '1 ❤️': 2 });
    expect((await kept(room)).rows).toHaveLength(2);
    expect(await alarmOf(room)).toBeNull();
  });

  it('tells once more what was kept, for who fetched before that', async () => {
    const { room, ada, bea, viewer } = await setup();
    react(ada, 1);
    await seen(viewer, { '1 ❤️': 1 });
    react(bea, 1);
    await seen(viewer, { '1 ❤️': 2 });
    const { epoch, seq } = await room.position();
    await runDurableObjectAlarm(room);
    const fetched = await connect(room, { since: `${epoch}.${seq}` });
    await seen(fetched, { '1 ❤️': 2 });
  });

  it('takes many in batches', async () => {
    const { room, ada } = await setup();
    react(ada, 1);
    await ada.settle();
    await runInDurableObject(room, (_, state) => {
      for (let n = 0; n < 1_200; n += 1) {
        state.storage.sql.exec('insert into reactions values (?, ?, ?, 0)', id(1), '🔥', id(6_000 + n));
      }
      state.storage.sql.exec("insert into tallies values (?, '🔥', null, 1)", id(1));
      // The one of the first reaction may have rung.
      void state.storage.setAlarm(Date.now() + 60_000);
    });
    await runDurableObjectAlarm(room);
    await until(() => told(ada)['1 🔥'] === 1_200, 'all of them');
    expect(await kept(room)).toMatchObject({ rows: { length: 1_201 } });
    expect((await kept(room)).calls).toBeLessThanOrEqual(4);
  });

  for (const how of EVICTIONS) {
    it(`counts each once though the room is evicted (${how}) before each step`, async () => {
      const { room } = await setup();
      await kept(room, { failing: 1 });
      for (const guest of [ADA, BEA, ADA]) {
        await evict(room, how);
        const client = await connect(room, { guest });
        await evict(room, 'hibernate');
        react(client, 1);
        await client.settle();
      }
      await evict(room, how);
      await runDurableObjectAlarm(room);
      await evict(room, how);
      await runDurableObjectAlarm(room);
      await evict(room, how);
      const { epoch } = await room.position();
      const viewer = await connect(room, { since: `${epoch}.1` });
      await seen(viewer, { '1 ❤️': 2 });
      expect((await kept(room)).rows).toHaveLength(2);
      expect(await alarmOf(room)).toBeNull();
    });
  }

  it('waits ever longer, five minutes at most', () => {
    expect([1, 2, 3, 10, 1_000].map(retryMs)).toEqual([10_000, 20_000, 40_000, 300_000, 300_000]);
  });
});
