import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  approved,
  changed,
  connect,
  evict,
  held,
  id,
  newRoom,
  pending,
  removed,
  until,
  type Eviction,
  type Stub,
} from '../test-support/room-harness.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const [ADA, BEA, SCREEN] = [id(800), id(801), id(600)] as const;

/** What the Worker in the main one's place holds of this room's event; `change` is merged into it first. */
async function kept(room: Stub, change?: object): Promise<{ shown: Record<string, string>; calls: number }> {
  const platform = (env as unknown as { PLATFORM_TESTS: Fetcher }).PLATFORM_TESTS;
  const url = `https://platform/?event=${encodeURIComponent(room.name ?? '')}`;
  const asking = change === undefined ? {} : { method: 'POST', body: JSON.stringify(change) };
  return (await platform.fetch(url, asking)).json();
}

const show = (client: Client, n: number) => client.socket.send(JSON.stringify({ v: 1, type: 'shown', id: id(n) }));
const alarmOf = (room: Stub) => runInDurableObject(room, (_, state) => state.storage.getAlarm());
const numbers = (client: Client) => client.of('photo.shown').map((frame) => Number(String(frame['id']).slice(-4)));

/** Photos 1 and 2 are Ada's and 3 is Bea's; 1 and 3 show. */
async function setup({ crowded = false } = {}) {
  const room = newRoom({ crowded });
  await kept(room, { senders: { [id(1)]: ADA, [id(2)]: ADA, [id(3)]: BEA } });
  await room.publish([approved(1), pending(2), approved(3)]);
  const screen = await connect(room, { screen: { id: SCREEN } });
  const ada = await connect(room, { guest: ADA });
  const bea = await connect(room, { guest: BEA });
  return { room, screen, ada, bea };
}

describe('a photo that a screen shows', () => {
  it('is told to every socket of who sent it, once, and to nobody else', async () => {
    const { room, screen, ada, bea } = await setup();
    const [again, staff] = [await connect(room, { guest: ADA }), await connect(room, { role: 'staff' })];
    show(screen, 1);
    show(screen, 1);
    const other = await connect(room, { screen: { id: id(601) } });
    show(other, 1);
    await ada.has(1, 'photo.shown');
    await again.has(1, 'photo.shown');
    const { shown } = await kept(room);
    expect(ada.of('photo.shown')).toEqual([{ v: 1, type: 'photo.shown', id: id(1), at: shown[id(1)] }]);
    show(other, 3);
    await bea.has(1, 'photo.shown');
    for (const client of [ada, again, bea, staff, screen]) await client.settle();
    expect([ada, again, bea, staff, screen].map(numbers)).toEqual([[1], [1], [3], [], []]);
    expect(await alarmOf(room)).toBeNull();
  });

  it('reaches its sender at a relay', async () => {
    const { screen, bea } = await setup({ crowded: true });
    show(screen, 3);
    await bea.has(1, 'photo.shown');
    expect(numbers(bea)).toEqual([3]);
  });

  it('counts from paired screens only, and when guests may see it', async () => {
    const { room, screen, ada } = await setup();
    const [viewer, staff] = [await connect(room), await connect(room, { role: 'staff' })];
    for (const client of [viewer, staff, ada]) show(client, 1);
    show(screen, 2);
    await room.publish([removed(3)]);
    show(screen, 3);
    await room.publish([held(2)]);
    show(screen, 1);
    screen.socket.send(JSON.stringify({ v: 1, type: 'shown', id: 'nothing' }));
    await screen.has(1, 'error');
    for (const client of [viewer, staff, ada, screen]) await client.settle();
    expect(await alarmOf(room)).toBeNull();
    expect(await kept(room)).toMatchObject({ shown: {}, calls: 0 });
    await room.publish([changed(3)]);
    show(screen, 1);
    await ada.has(1, 'photo.shown');
  });

  it('is told to nobody once it has been taken down', async () => {
    const { room, screen, ada } = await setup();
    await kept(room, { failing: 1_000 });
    show(screen, 1);
    await screen.settle();
    await runDurableObjectAlarm(room);
    await room.publish([removed(1)]);
    await kept(room, { failing: 0 });
    await runDurableObjectAlarm(room);
    await ada.settle();
    expect(numbers(ada)).toEqual([]);
    expect(await alarmOf(room)).toBeNull();
  });

  it('that Postgres does not know as published is forgotten, and counts when it shows again', async () => {
    const { room, screen, ada } = await setup();
    await room.publish([approved(7)]);
    show(screen, 7);
    await screen.settle();
    await runDurableObjectAlarm(room);
    expect((await kept(room)).shown).toEqual({});
    await kept(room, { senders: { [id(7)]: ADA } });
    show(screen, 7);
    await ada.has(1, 'photo.shown');
    expect(numbers(ada)).toEqual([7]);
  });

  it('is told by a poll where there is no socket', async () => {
    const { room, ada } = await setup();
    await room.checkIn({ screenId: SCREEN, report: null, removed: [], shown: [id(1), id(2)] });
    await ada.has(1, 'photo.shown');
    await ada.settle();
    expect(numbers(ada)).toEqual([1]);
  });

  it('has the time of its first showing though an answer of Postgres was lost', async () => {
    const { room, screen, ada } = await setup();
    await kept(room, { lostAnswers: 1 });
    show(screen, 1);
    await screen.settle();
    await runDurableObjectAlarm(room);
    const first = (await kept(room)).shown[id(1)];
    expect([numbers(ada), typeof first]).toEqual([[], 'string']);
    await runDurableObjectAlarm(room);
    await ada.has(1, 'photo.shown');
    expect(ada.of('photo.shown')[0]?.['at']).toBe(first);
  });

  it('may be one of many, which are kept in batches', async () => {
    const { room } = await setup();
    const many = Array.from({ length: 450 }, (_, index) => id(1_000 + index));
    await kept(room, { senders: Object.fromEntries(many.map((photoId) => [photoId, ADA])) });
    await runInDurableObject(room, (_, state) => {
      many.forEach((photoId, at) => state.storage.sql.exec('insert into shown values (?, ?, 0)', photoId, at));
      void state.storage.setAlarm(Date.now() + 60_000);
    });
    await runDurableObjectAlarm(room);
    const { shown, calls } = await kept(room);
    expect([Object.keys(shown).length, calls]).toEqual([450, 3]);
  });

  for (const how of EVICTIONS) {
    it(`is kept and told though the room is evicted (${how}) before each step`, async () => {
      const { room } = await setup();
      await kept(room, { failing: 1 });
      await evict(room, how);
      const screen = await connect(room, { screen: { id: SCREEN } });
      await evict(room, 'hibernate');
      show(screen, 1);
      await screen.settle();
      await evict(room, how);
      await runDurableObjectAlarm(room);
      const ada = await connect(room, { guest: ADA });
      await evict(room, 'hibernate');
      await runDurableObjectAlarm(room);
      await until(() => ada.of('photo.shown').length > 0, 'her photo');
      expect(Object.keys((await kept(room)).shown)).toEqual([id(1)]);
      expect(await alarmOf(room)).toBeNull();
    });
  }
});
