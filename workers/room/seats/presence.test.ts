import { describe, expect, it } from 'vitest';
import { connect, evict, isEvicting, newRoom, until } from '../test-support/room-harness.ts';
import { windowMs } from './presence.ts';

describe('viewers', () => {
  it('are counted in hello, and a change is told to those who are there', async () => {
    const room = newRoom();
    const first = await connect(room);
    const second = await connect(room, { role: 'staff' });
    expect(first.frames[0]).toMatchObject({ viewers: 1 });
    expect(second.frames[0]).toMatchObject({ viewers: 2 });
    await until(() => first.of('viewers').at(-1)?.['count'] === 2, 'the first to hear of the second');
    second.socket.close(1000, 'bye');
    await until(() => first.of('viewers').at(-1)?.['count'] === 1, 'the first to hear that the second has gone');
    await evict(room, 'hibernate');
    const third = await connect(room);
    expect(third.frames[0]).toMatchObject({ viewers: 2 });
    await until(() => first.of('viewers').at(-1)?.['count'] === 2, 'the first to hear of the third');
  });

  // An eviction ends the window, and the number is told with the next change.
  it.skipIf(isEvicting)('are told as a number for many and never for each', async () => {
    const room = newRoom();
    const first = await connect(room);
    await Promise.all(Array.from({ length: 40 }, () => connect(room)));
    await until(() => first.of('viewers').at(-1)?.['count'] === 41, 'the number of all');
    expect(first.of('viewers').length).toBeLessThan(20);
  });

  it('are told the less often the more there are', () => {
    expect([0, 100, 1_000, 4_000, 30_000].map(windowMs)).toEqual([100, 100, 1_000, 4_000, 5_000]);
  });
});
