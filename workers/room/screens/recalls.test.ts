import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { EventRoom } from '../event-room.ts';
import { readSeat, writeSeat, type Seat } from '../seats/seat.ts';
import {
  approved,
  changed,
  connect,
  evict,
  id,
  isEvicting,
  newRoom,
  removed,
  until,
  type Eviction,
  type Stub,
} from '../test-support/room-harness.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const SCREENS = [id(600), id(601), id(602)];
const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const plug = (room: Stub, n: number, since?: string) =>
  connect(room, { screen: { id: SCREENS[n] ?? '' }, ...(since === undefined ? {} : { since }) });
const confirm = (client: Client, n: number) => client.socket.send(JSON.stringify({ v: 1, type: 'removed', id: id(n) }));
const lastProgress = (staff: Client) => staff.of('recall.progress').at(-1);

/** Three screens that show photo 1, and somebody at the desk. */
async function setup() {
  const room = newRoom();
  const screens = [await plug(room, 0), await plug(room, 1), await plug(room, 2)] as const;
  const staff = await connect(room, { role: 'staff' });
  const position = await room.publish([approved(1)]);
  return { room, screens, staff, position };
}

/** A screen's socket that has been silent for long, as when its cable was pulled. */
const silence = (room: Stub, n: number) =>
  runInDurableObject(room, (_: EventRoom, state) => {
    for (const socket of state.getWebSockets(`screen:${SCREENS[n]}`)) {
      const seat = readSeat(socket) as Seat;
      writeSeat(socket, { ...seat, joinedAt: seat.joinedAt - 120_000 });
    }
  });

describe('a photo that is taken down', () => {
  it('is confirmed by each screen, and staff are told how far it is', async () => {
    const { room, screens, staff } = await setup();
    await room.publish([removed(1)]);
    for (const screen of screens) await screen.has(1, 'photo.removed');
    for (const screen of screens) confirm(screen, 1);
    await until(() => lastProgress(staff)?.['confirmed'] === 3, 'three confirmations');
    expect(lastProgress(staff)).toMatchObject({ photoId: id(1), total: 3, offline: 0, ms: expect.any(Number) });
    const { v: _v, type: _type, ...told } = lastProgress(staff) as Record<string, unknown>;
    expect(await room.recall(id(1))).toEqual(told);
  });

  // An eviction ends the window: what waits is told at once, in a frame of its own.
  it.skipIf(isEvicting)('is told to staff in windows, not once for each confirmation', async () => {
    const { room, screens, staff } = await setup();
    await room.publish([removed(1)]);
    for (const screen of screens) confirm(screen, 1);
    await until(() => lastProgress(staff)?.['confirmed'] === 3, 'three confirmations');
    expect(staff.of('recall.progress').length).toBeLessThanOrEqual(2);
    expect(screens[0].of('recall.progress')).toEqual([]);
  });

  it('counts each screen once, and nobody who was not asked', async () => {
    const { room, screens } = await setup();
    const viewer = await connect(room);
    const again = await plug(room, 0);
    await room.publish([removed(1)]);
    const late = await connect(room, { screen: { id: id(699) } });
    for (const client of [screens[0], screens[0], again, viewer, late]) confirm(client, 1);
    confirm(screens[1], 2);
    for (const client of [screens[0], screens[1], again, viewer, late]) await client.settle();
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1, total: 3, offline: 0 });
    expect(await room.recall(id(2))).toBeNull();
  });

  it('says which screens were not there, and counts them when they come back', async () => {
    const { room, screens, staff, position } = await setup();
    screens[1].socket.close(1000);
    await screens[1].closeCode();
    await silence(room, 2);
    await room.publish([removed(1)]);
    confirm(screens[0], 1);
    await until(() => lastProgress(staff)?.['confirmed'] === 1, 'a confirmation');
    expect(lastProgress(staff)).toMatchObject({ total: 1, offline: 2 });
    const back = await plug(room, 1, `${position.epoch}.${position.seq}`);
    await back.has(1, 'recall');
    expect(back.of('photo.removed', 'recall').map((frame) => frame.type)).toEqual(['photo.removed', 'recall']);
    expect(back.of('recall')[0]).toMatchObject({ photoIds: [id(1)] });
    confirm(back, 1);
    await until(() => lastProgress(staff)?.['offline'] === 1, 'the screen that came back');
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1, total: 1, offline: 1 });
    const later = await plug(room, 1);
    await later.settle();
    expect(later.of('recall')).toEqual([]);
  });

  it('keeps waiting for a screen that went before it confirmed', async () => {
    const { room, screens } = await setup();
    await room.publish([removed(1)]);
    screens[0].socket.close(1000);
    await screens[0].closeCode();
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 0, total: 3, ms: 0 });
    const back = await plug(room, 0);
    await back.has(1, 'recall');
    confirm(back, 1);
    await back.settle();
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1, total: 3 });
  });

  it('is confirmed by a screen that polls', async () => {
    const room = newRoom();
    const screenId = SCREENS[0] ?? '';
    await room.checkIn({ screenId, report: null, removed: [] });
    await room.publish([approved(1), removed(1)]);
    expect(await room.checkIn({ screenId, report: null, removed: [] })).toEqual({ recall: [id(1)] });
    expect(await room.checkIn({ screenId, report: null, removed: [id(1)] })).toEqual({ recall: [] });
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1, total: 1 });
  });

  it('may be one of many, and every confirmation counts', async () => {
    const { room, screens } = await setup();
    const photos = Array.from({ length: 120 }, (_, index) => index + 1);
    await room.publish(photos.map((n) => removed(n)));
    await screens[0].has(120, 'photo.removed');
    for (const n of photos) confirm(screens[0], n);
    await screens[0].settle();
    expect(screens[0].closed).toEqual([]);
    expect(await room.recall(id(120))).toMatchObject({ confirmed: 1, total: 3 });
  });

  it('begins anew when it was shown again in between, and not when it is only said twice', async () => {
    const { room, screens } = await setup();
    await room.publish([removed(1)]);
    confirm(screens[0], 1);
    await screens[0].settle();
    await room.publish([removed(1, 4)]);
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1 });
    await room.publish([approved(1, 5)]);
    expect(await room.recall(id(1))).toBeNull();
    await room.publish([removed(1, 6)]);
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 0, total: 3 });
  });

  it('waits no more for a screen that has been revoked', async () => {
    const { room, screens } = await setup();
    await room.publish([removed(1)]);
    confirm(screens[0], 1);
    await screens[0].settle();
    await room.publish([{ ...changed(2), public: null, closesScreens: SCREENS.slice(1) }]);
    expect(await room.recall(id(1))).toMatchObject({ confirmed: 1, total: 1, offline: 0 });
  });

  it('leaves no recall where there are no screens', async () => {
    const room = newRoom();
    const staff = await connect(room, { role: 'staff' });
    await room.publish([approved(1), removed(1)]);
    await staff.settle();
    expect(await room.recall(id(1))).toBeNull();
  });

  for (const how of EVICTIONS) {
    it(`is counted exactly when the room is evicted (${how}) before each step`, async () => {
      const { room, position } = await setup();
      await evict(room, how);
      for (const n of [0, 1, 2]) await plug(room, n);
      await evict(room, 'hibernate');
      await room.publish([removed(1)]);
      for (const n of [0, 1, 2]) {
        await evict(room, how);
        const screen = await plug(room, n, `${position.epoch}.${position.seq}`);
        await evict(room, 'hibernate');
        confirm(screen, 1);
        await screen.settle();
      }
      await evict(room, how);
      expect(await room.recall(id(1))).toMatchObject({ confirmed: 3, total: 3, offline: 0 });
    });
  }

  it('is told to staff though the room is evicted before it could tell', async () => {
    const { room, screens, staff } = await setup();
    await room.publish([removed(1)]);
    await evict(room, 'hibernate');
    confirm(screens[0], 1);
    await evict(room, 'hibernate');
    await staff.settle();
    await until(() => lastProgress(staff)?.['confirmed'] === 1, 'the confirmation to be told');
  });
});
