import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import { approved, connect, evict, id, newRoom, removed } from '../test-support/room-harness.ts';

it('a room that is told to forget closes its sockets, keeps nothing, and begins anew for whoever comes', async () => {
  const room = newRoom();
  const screen = await connect(room, { screen: { id: id(600) } });
  const viewer = await connect(room);
  await room.publish([approved(1), removed(1), approved(2)]);
  const before = await room.position();
  await room.forget();
  for (const person of [screen, viewer]) expect(await person.closeCode()).toBe(4401);
  // What the sockets still say of themselves wakes nothing, and forgetting once more is no harm.
  await room.forget();
  expect(await runInDurableObject(room, (_room, state) => state.storage.getAlarm())).toBeNull();
  expect(await runInDurableObject(room, (_room, state) => state.storage.sql.databaseSize)).toBeLessThan(8_192);
  await evict(room, 'close');
  const after = await room.position();
  expect(after.seq).toBe(0);
  expect(after.epoch).not.toBe(before.epoch);
  expect(await room.screens()).toEqual([]);
});
