import { describe, expect, it } from 'vitest';
import type { Recall } from '../../../../contract/live.ts';
import { sumOf } from './recall-rules.ts';

const recall = (photoId: string, over: Partial<Recall> = {}): Recall => ({
  photoId,
  confirmed: 3,
  total: 3,
  offline: 0,
  ms: 600,
  ...over,
});

describe('what is said of photos that were taken down', () => {
  it('is nothing where no screen is concerned', () => {
    expect(sumOf([], 1)).toBeNull();
    expect(sumOf([recall('a', { confirmed: 0, total: 0, ms: 0 })], 1)).toBeNull();
  });

  it('is what the room says of one', () => {
    expect(sumOf([recall('a', { confirmed: 1, ms: 90, offline: 2 })], 1)).toEqual({
      photos: 1,
      confirmed: 1,
      total: 3,
      offline: 2,
      ms: 90,
      isDone: false,
    });
    expect(sumOf([recall('a')], 1)).toMatchObject({ confirmed: 3, total: 3, ms: 600, isDone: true });
  });

  it('counts a screen only when it is rid of all of them, and takes the time of the slowest', () => {
    const two = [recall('a', { ms: 900 }), recall('b', { confirmed: 1, ms: 200 })];
    expect(sumOf(two, 2)).toMatchObject({ photos: 2, confirmed: 1, total: 3, ms: 900, isDone: false });
    expect(sumOf([recall('a', { ms: 900 }), recall('b')], 2)).toMatchObject({ confirmed: 3, ms: 900, isDone: true });
  });

  it('waits for photos that the room has not spoken of yet', () => {
    expect(sumOf([recall('a')], 2)).toMatchObject({ confirmed: 0, total: 3, isDone: false });
  });

  it('is done at once where every screen is offline', () => {
    const off = recall('a', { confirmed: 0, total: 0, offline: 2, ms: 0 });
    expect(sumOf([off], 1)).toMatchObject({ total: 0, offline: 2, isDone: true });
  });
});
