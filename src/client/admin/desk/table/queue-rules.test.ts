import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../contract/photos.ts';
import {
  enqueue,
  land,
  newQueue,
  ONE_BY_ONE,
  readQueue,
  returnFlight,
  sizeOf,
  takeFlight,
  wantedOf,
  writeQueue,
  type Queue,
} from './queue-rules.ts';
import { idOf, numbers } from './test-support/photos.ts';

const add = (queue: Queue, n: number, from: Decision, to: Decision) => enqueue(queue, { id: idOf(n), from, to, at: n });
function setup(count = 0) {
  const queue = newQueue();
  for (let n = 1; n <= count; n++) add(queue, n, 'pending', 'approved');
  return queue;
}
const flight = (queue: Queue) => numbers(takeFlight(queue).map(({ id }) => id));

describe('decisions on their way', () => {
  it('leave one by one, in order', () => {
    const queue = setup(3);
    expect([flight(queue), flight(queue), flight(queue), flight(queue)]).toEqual([[1], [2], [3], []]);
    expect(sizeOf(queue)).toBe(3);
    land(queue, idOf(1));
    expect(sizeOf(queue)).toBe(2);
  });

  it('leave together, those that decide the same, when many wait', () => {
    const queue = setup(ONE_BY_ONE + 1);
    add(queue, 20, 'pending', 'rejected');
    expect(flight(queue)).toHaveLength(ONE_BY_ONE + 1);
    expect(flight(queue)).toEqual([20]);
  });

  it('are not sent when they were taken back before they left', () => {
    const queue = setup(1);
    add(queue, 1, 'approved', 'pending');
    expect(sizeOf(queue)).toBe(0);
    expect(wantedOf(queue, idOf(1))).toBeNull();
  });

  it('become the last one that was made before they left', () => {
    const queue = setup(1);
    add(queue, 1, 'approved', 'rejected');
    expect(takeFlight(queue)).toEqual([{ id: idOf(1), from: 'pending', to: 'rejected', at: 1 }]);
  });

  it('wait for the answer to the one before of the same photo', () => {
    const queue = setup(1);
    takeFlight(queue);
    add(queue, 1, 'approved', 'pending');
    expect(takeFlight(queue)).toEqual([]);
    expect(wantedOf(queue, idOf(1))).toBe('pending');
    land(queue, idOf(1));
    expect(flight(queue)).toEqual([1]);
  });

  it('return to the front of the line when the network is gone', () => {
    const queue = setup(3);
    const first = takeFlight(queue);
    returnFlight(queue, first);
    expect(flight(queue)).toEqual([1]);
  });

  it('remember what came first when nobody knows whether it arrived', () => {
    const queue = setup(1);
    const first = takeFlight(queue);
    add(queue, 1, 'approved', 'pending');
    returnFlight(queue, first);
    expect(takeFlight(queue)).toEqual([{ id: idOf(1), from: 'approved', to: 'pending', at: 1, since: 'pending' }]);
  });

  it('outlive a reload, also those that were on their way', () => {
    const queue = setup(2);
    takeFlight(queue);
    const again = readQueue(writeQueue(queue));
    expect(flight(again)).toEqual([1]);
    expect(flight(again)).toEqual([2]);
  });

  it.each([null, '', '{', '7', '[7]', '[["x","pending","approved",1]]', `[["${idOf(1)}","processing","approved",1]]`])(
    'are none where %s was kept',
    (text) => expect(sizeOf(readQueue(text))).toBe(0),
  );
});
