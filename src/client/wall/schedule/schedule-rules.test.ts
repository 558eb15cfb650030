import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../../contract/boot.ts';
import {
  addPhotos,
  keepOnly,
  markShown,
  newSchedule,
  pickNext,
  removePhoto,
  WALL_PHOTOS_MAX,
  type Favour,
  type Schedule,
} from './schedule-rules.ts';

const photo = (n: number, more: Partial<WallPhoto> = {}): WallPhoto => ({
  id: `p${n}`,
  sizes: [{ width: 3, height: 2, url: `/i/${n}` }],
  width: 3,
  height: 2,
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: new Date(1_000_000 + n * 1000).toISOString(),
  reactions: {},
  ...more,
});
const photos = (count: number): WallPhoto[] => Array.from({ length: count }, (_, n) => photo(n));

function setup(count: number, favour: Favour = 'recent') {
  const schedule: Schedule = newSchedule();
  addPhotos(schedule, photos(count), false);
  let current: string | undefined;
  const next = (): string | undefined => {
    const pick = pickNext(schedule, { favour, may: ({ id }) => id !== current });
    if (pick) markShown(schedule, (current = pick.photo.id), pick.isExtra);
    return pick?.photo.id;
  };
  const run = (showings: number) => Array.from({ length: showings }, next);
  return { schedule, next, run, arrive: (n: number) => addPhotos(schedule, [photo(n)], true) };
}

const times = (shown: (string | undefined)[]): Map<string | undefined, number> => {
  const counts = new Map<string | undefined, number>();
  for (const id of shown) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

describe('the wall', () => {
  it.each<Favour>(['fair', 'recent'])('shows nothing again before all have had their turn, %s', (favour) => {
    const { run } = setup(40, favour);
    for (let turn = 0; turn < 6; turn++) expect(new Set(run(40)).size).toBe(40);
  });

  it('shows nothing again before all have had their turn while photos come and go all evening', () => {
    const { schedule, next, arrive } = setup(30);
    const seen = new Map<string, number>();
    for (let n = 0; n < 600; n++) {
      if (n % 7 === 0) arrive(1000 + n);
      if (n % 31 === 0) removePhoto(schedule, `p${n / 31}`);
      const id = next() as string;
      const waiting = [...schedule.entries.values()].filter(({ turns, photo: { id: other } }) => {
        const own = schedule.entries.get(id);
        return other !== id && own && turns < own.turns - 1;
      });
      expect(waiting).toEqual([]);
      seen.set(id, (seen.get(id) ?? 0) + 1);
    }
    const there = [...schedule.entries.values()].map(({ turns }) => turns);
    expect(Math.max(...there) - Math.min(...there)).toBeLessThanOrEqual(1);
  });

  it('favours the newest within a turn, and nothing with fair', () => {
    expect(setup(5).run(5)).toEqual(['p4', 'p3', 'p2', 'p1', 'p0']);
    expect(setup(5, 'fair').run(5)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  });

  it('leaves half the list between two showings of one photo', () => {
    const { run, arrive } = setup(20);
    run(17);
    arrive(99);
    const shown = run(40);
    const [first, second] = [shown.indexOf('p99'), shown.indexOf('p99', 1)];
    expect(first).toBe(0);
    expect(second - first).toBeGreaterThanOrEqual(10);
  });

  it('shows arrivals next, first come first shown, and does not let them catch up on old turns', () => {
    const { run, next, arrive } = setup(5);
    run(50);
    arrive(90);
    arrive(91);
    expect([next(), next()]).toEqual(['p90', 'p91']);
    const counts = times(run(14));
    expect([...counts.values()]).toEqual(Array(7).fill(2));
  });

  it('gives favourites every fourth showing, and still everybody a turn', () => {
    const { schedule, run } = setup(40, 'reactions');
    addPhotos(schedule, [photo(3, { reactions: { '🔥': 6, '🎉': 3 } }), photo(7, { reactions: { '🔥': 5 } })], false);
    const counts = times(run(400));
    expect(counts.size).toBe(40);
    expect(counts.get('p3')!).toBeGreaterThan(3 * counts.get('p20')!);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(6);
  });

  it('does not show the same photo twice in a row, nor one that it may not', () => {
    const { schedule, next } = setup(2);
    expect(next()).not.toBe(next());
    expect(pickNext(schedule, { favour: 'recent', may: () => false })).toBeNull();
  });

  it('never shows again what was removed, also when it was waiting', () => {
    const { schedule, run } = setup(3);
    removePhoto(schedule, 'p1');
    expect(new Set(run(9))).toEqual(new Set(['p0', 'p2']));
  });

  it('knows a photo that comes twice', () => {
    const { schedule } = setup(3);
    markShown(schedule, 'p0');
    addPhotos(schedule, [photo(0, { by: 'Ada' })], true);
    expect(schedule.entries.size).toBe(3);
    expect(schedule.entries.get('p0')).toMatchObject({ photo: { by: 'Ada' }, shown: 1, turns: 1 });
  });

  it('keeps the newest when there are too many', () => {
    const { schedule } = setup(WALL_PHOTOS_MAX + 20);
    expect(schedule.entries.size).toBe(WALL_PHOTOS_MAX);
    expect(schedule.entries.has('p19')).toBe(false);
    expect(schedule.entries.has('p20')).toBe(true);
  });

  it('can be made equal to a snapshot', () => {
    const { schedule } = setup(4);
    keepOnly(schedule, new Set(['p2', 'p3']));
    expect([...schedule.entries.keys()]).toEqual(['p2', 'p3']);
  });
});
