import { describe, expect, it } from 'vitest';
import {
  announced,
  approved,
  connect,
  evict,
  held,
  id,
  newRoom,
  spotlit,
  type Eviction,
} from '../test-support/room-harness.ts';

const EVICTIONS: Eviction[] = ['hibernate', 'close'];
const SAID = ['photo.approved', 'announcement', 'spotlight'];

describe('announcements and the spotlight', () => {
  it('are told to everybody in the order, once for each version', async () => {
    const room = newRoom();
    const people = [await connect(room), await connect(room, { screen: { id: id(600) } })];
    await room.publish([announced(1, 1, 'Cake!'), approved(1), spotlit(1, 1), announced(1, 1, 'Cake!')]);
    await room.publish([spotlit(1, 1), announced(2, 1, 'Taxi'), announced(1, 2, ''), spotlit(2)]);
    for (const person of people) {
      await person.settle();
      expect(person.of(...SAID).map((frame) => [frame['seq'], frame.type])).toEqual([
        [1, 'announcement'],
        [2, 'photo.approved'],
        [3, 'spotlight'],
        [4, 'announcement'],
        [5, 'announcement'],
        [6, 'spotlight'],
      ]);
    }
    expect(people[0]?.of('announcement')[0]).toEqual({
      v: 1,
      type: 'announcement',
      seq: 1,
      id: id(1),
      text: 'Cake!',
      from: null,
      until: null,
    });
    expect(people[0]?.of('spotlight').map((frame) => frame['photoId'])).toEqual([id(1), undefined]);
  });

  it('are dropped when a newer version has overtaken them', async () => {
    const room = newRoom();
    await room.publish([announced(1, 3, ''), spotlit(7)]);
    expect((await room.publish([announced(1, 2, 'Late'), spotlit(6, 1)])).seq).toBe(2);
  });

  it('are replayed to whoever was away, and forgotten with what a held event hides', async () => {
    const room = newRoom();
    const { epoch } = await room.publish([announced(1, 1, 'Cake!'), spotlit(1, 1)]);
    const viewer = await connect(room, { since: `${epoch}.0` });
    await viewer.has(2, ...SAID);
    await room.publish([held(2)]);
    const late = await connect(room, { since: `${epoch}.0` });
    await late.has(1, 'reset');
  });

  for (const how of EVICTIONS) {
    it(`are told once though the room is evicted (${how}) before each delivery`, async () => {
      const room = newRoom();
      const messages = [announced(1, 1, 'Cake!'), spotlit(1, 1), announced(1, 1, 'Cake!'), spotlit(1, 1)];
      for (const message of messages) {
        await room.publish([message]);
        await evict(room, how);
      }
      const { epoch, seq } = await room.position();
      expect(seq).toBe(2);
      const viewer = await connect(room, { since: `${epoch}.0` });
      await viewer.settle();
      expect(viewer.of(...SAID)).toHaveLength(2);
    });
  }
});
