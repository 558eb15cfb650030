import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../../contract/boot.ts';
import { mayShow, mirrored, slotAt } from './group-rules.ts';

const SLOT_MS = 8_000;
const TRANSITION_MS = 1_200;
const EVENING = Date.UTC(2026, 10, 21, 18);

const photo = (n: number): WallPhoto => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  sizes: [],
  width: 3,
  height: 2,
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: new Date(EVENING + n * 1000).toISOString(),
  reactions: {},
});
const photos = (count: number): WallPhoto[] => Array.from({ length: count }, (_, n) => photo(n));

describe('screens that never show the same photo at once', () => {
  it('do not in four hours, whatever each of them picks, with clocks that differ by two seconds', () => {
    const [count, list, forMs] = [3, photos(200), SLOT_MS + TRANSITION_MS];
    const skews = [-1_000, 0, 1_000];
    const until = new Map<string, { screen: number; at: number }>();
    let showings = 0;
    for (let at = EVENING; at < EVENING + 4 * 3_600_000; at += 1_700) {
      for (let index = 0; index < count; index++) {
        for (const { id } of list) {
          if (!mayShow(id, { index, count }, at + skews[index]!, forMs)) continue;
          const other = until.get(id);
          if (other && other.screen !== index) expect(other.at).toBeLessThanOrEqual(at);
          until.set(id, { screen: index, at: at + forMs });
          showings++;
        }
      }
    }
    expect(showings).toBeGreaterThan(100_000);
  });

  it('each have about as many to choose from, and get every photo in their turn', () => {
    const [count, list] = [4, photos(400)];
    const had = Array.from({ length: count }, () => new Set<string>());
    for (let at = EVENING; at < EVENING + 2 * 3_600_000; at += 30_000) {
      for (let index = 0; index < count; index++) {
        const own = list.filter(({ id }) => mayShow(id, { index, count }, at, SLOT_MS));
        expect(own.length).toBeGreaterThan(60);
        for (const { id } of own) had[index]!.add(id);
      }
    }
    expect(had.map((ids) => ids.size)).toEqual([400, 400, 400, 400]);
  });

  it('are free where there is only one of them', () => {
    expect(photos(50).every(({ id }) => mayShow(id, { index: 0, count: 1 }, EVENING, SLOT_MS))).toBe(true);
  });
});

describe('screens that mirror', () => {
  const show = (list: WallPhoto[], from: number, count: number) =>
    Array.from({ length: count }, (_, n) => mirrored(list, from + n, 'recent')?.id);

  it('show the same, whichever way their lists came about', () => {
    const list = photos(37);
    const slot = slotAt(EVENING, SLOT_MS);
    expect(show(list, slot, 100)).toEqual(show(list.toReversed(), slot, 100));
  });

  it('give every photo its turn in each cycle', () => {
    const list = photos(37);
    for (let cycle = 5; cycle < 9; cycle++) expect(new Set(show(list, cycle * 64, 37)).size).toBe(37);
  });

  it('go on where they were when a photo arrives', () => {
    const [before, after] = [show(photos(50), 64 * 9, 50), show(photos(51), 64 * 9, 50)];
    expect(after).toEqual(before);
  });

  it('show nothing where there is nothing', () => {
    expect(mirrored([], 12, 'recent')).toBeNull();
  });
});
