import { describe, expect, it } from 'vitest';
import type { DeskPhoto } from './desk-photo.ts';
import { openPhotoStore } from './photo-store.ts';
import { idOf, numbers, photoOf } from './test-support/photos.ts';
import type { View } from './view-rules.ts';

const WAITING: View = { tab: 'pending', filters: {} };
const PUBLISHED: View = { tab: 'approved', filters: {} };
const asIs = (photo: DeskPhoto) => photo;

function setup(view = WAITING, ns = [1, 2, 3], nextCursor: string | null = null) {
  const store = openPhotoStore();
  const list = store.show(view);
  const items = ns.map((n) => photoOf(n, view.tab));
  store.putPage(view, { items, nextCursor, counts: {} }, true, asIs);
  return { store, list, shown: () => numbers(list.ids) };
}

describe('the photos of a desk', () => {
  it('stand in line in the order in which they came, and newest first once decided', () => {
    expect(setup(WAITING, [3, 1, 2]).shown()).toEqual([1, 2, 3]);
    expect(setup(PUBLISHED, [3, 1, 2]).shown()).toEqual([3, 2, 1]);
  });

  it('go from list to list with their status', () => {
    const { store, list, shown } = setup();
    const published = store.show(PUBLISHED);
    store.putPage(PUBLISHED, { items: [], nextCursor: null, counts: {} }, true, asIs);
    store.put(photoOf(2, 'approved'));
    expect(shown()).toEqual([1, 3]);
    expect(numbers(published.ids)).toEqual([2]);
    store.put(photoOf(2));
    expect(shown()).toEqual([1, 2, 3]);
    expect(published.ids).toEqual([]);
    expect(store.holds(list, idOf(2))).toBe(true);
  });

  it('appear once, however often they are announced, at the end of the line', () => {
    const { store, shown } = setup();
    store.put(photoOf(4), true);
    store.put(photoOf(4), true);
    expect(shown()).toEqual([1, 2, 3, 4]);
  });

  it('wait for their page when they came after what is loaded', () => {
    const { store, shown } = setup(WAITING, [1, 2, 3], 'more');
    store.put(photoOf(9), true);
    expect(shown()).toEqual([1, 2, 3]);
    store.putPage(WAITING, { items: [photoOf(4), photoOf(9)], nextCursor: null, counts: {} }, false, asIs);
    expect(shown()).toEqual([1, 2, 3, 4, 9]);
  });

  it('do not push themselves in front of a list that is looked at', () => {
    const { store, list, shown } = setup(PUBLISHED, [1, 2, 3]);
    store.put(photoOf(4, 'approved'), true);
    store.put(photoOf(5, 'approved'), true);
    expect(shown()).toEqual([3, 2, 1]);
    expect(list.fresh).toHaveLength(2);
    store.put(photoOf(5, 'rejected'), true);
    expect(list.fresh).toHaveLength(1);
    store.merge(list);
    expect(shown()).toEqual([4, 3, 2, 1]);
  });

  it('are in the lists whose filters they pass, and leave them when they no longer do', () => {
    const ada: View = { tab: 'pending', filters: { guest: 'ada' } };
    const { store, list, shown } = setup(ada, []);
    store.put(photoOf(1, 'pending', { guestId: 'ada' }));
    store.put(photoOf(2));
    expect(shown()).toEqual([1]);
    store.put(photoOf(1, 'rejected', { guestId: 'ada' }));
    expect(list.ids).toEqual([]);
  });

  it('are forgotten when the server no longer lists them', () => {
    const { store, shown } = setup();
    store.putPage(WAITING, { items: [photoOf(2)], nextCursor: null, counts: {} }, true, asIs);
    expect(shown()).toEqual([2]);
    store.drop(idOf(2));
    expect(shown()).toEqual([]);
    expect(store.get(idOf(2))).toBeUndefined();
  });

  it('keep the decision that is under way when a page still has the old one', () => {
    const { store, shown } = setup();
    store.putPage(WAITING, { items: [photoOf(1), photoOf(2)], nextCursor: null, counts: {} }, true, (photo) =>
      photo.id === idOf(1) ? { ...photo, status: 'approved' } : photo,
    );
    expect(shown()).toEqual([2]);
  });

  it('have neighbours, and none beyond the ends', () => {
    const { store, list } = setup();
    const from = (n: number, step: number) => numbers([store.neighbour(list, idOf(n), step) || ''])[0];
    expect([from(1, -1), from(1, 1), from(2, 1), from(3, 1), from(1, 9)]).toEqual([1, 2, 3, 3, 3]);
    expect(store.neighbour(setup(WAITING, []).list, null, 1)).toBeNull();
  });

  it('find their place among five thousand by halving', () => {
    const { store, list } = setup(WAITING, []);
    for (let n = 5_000; n > 0; n--) store.put(photoOf(n));
    expect(list.ids).toHaveLength(5_000);
    expect(numbers(list.ids.slice(0, 3))).toEqual([1, 2, 3]);
    expect(store.place(list, idOf(4_000))).toBe(3_999);
  });
});
