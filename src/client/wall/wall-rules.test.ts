import { describe, expect, it } from 'vitest';
import type { WallPhoto } from '../../contract/boot.ts';
import {
  addPhotos,
  fills,
  keepOnly,
  markShown,
  newSchedule,
  pickNext,
  removePhoto,
  WALL_PHOTOS_MAX,
  type Schedule,
} from './wall-rules.ts';

const photo = (n: number): WallPhoto => ({
  id: `p${n}`,
  url: `/i/${n}`,
  width: 3,
  height: 2,
  by: null,
  caption: null,
  thumbhash: null,
  createdAt: new Date(1_000_000 + n * 1000).toISOString(),
});
const NOTHING: ReadonlySet<string> = new Set();

function setup(count: number): Schedule {
  const schedule = newSchedule();
  addPhotos(
    schedule,
    Array.from({ length: count }, (_, n) => photo(n)),
    false,
  );
  return schedule;
}

function showNext(schedule: Schedule, current?: string): string | undefined {
  const next = pickNext(schedule, current ? new Set([current]) : NOTHING);
  if (next) markShown(schedule, next.id);
  return next?.id;
}

describe('the wall', () => {
  it('shows every photo equally often', () => {
    const schedule = setup(7);
    const times = new Map<string, number>();
    let current: string | undefined;
    for (let i = 0; i < 70; i++) {
      current = showNext(schedule, current);
      times.set(current!, (times.get(current!) ?? 0) + 1);
    }
    expect([...times.values()]).toEqual(Array(7).fill(10));
  });

  it('shows arrivals next, first come first shown', () => {
    const schedule = setup(5);
    showNext(schedule);
    addPhotos(schedule, [photo(90)], true);
    addPhotos(schedule, [photo(91)], true);
    expect([showNext(schedule), showNext(schedule), showNext(schedule)]).toEqual(['p90', 'p91', 'p1']);
  });

  it('does not show the same photo twice in a row, nor one that cannot be loaded', () => {
    const schedule = setup(2);
    const first = showNext(schedule);
    expect(showNext(schedule, first)).not.toBe(first);
    expect(pickNext(schedule, new Set(['p0', 'p1']))).toBeNull();
  });

  it('never shows again what was removed, also when it was waiting', () => {
    const schedule = setup(3);
    removePhoto(schedule, 'p1');
    const seen = new Set(Array.from({ length: 9 }, () => showNext(schedule)));
    expect(seen).toEqual(new Set(['p0', 'p2']));
  });

  it('knows a photo that comes twice', () => {
    const schedule = setup(3);
    markShown(schedule, 'p0');
    addPhotos(schedule, [{ ...photo(0), by: 'Ada' }], true);
    expect(schedule.entries.size).toBe(3);
    expect(schedule.entries.get('p0')?.photo.by).toBe('Ada');
    expect(schedule.entries.get('p0')?.shown).toBe(1);
  });

  it('keeps the newest when there are too many', () => {
    const schedule = setup(WALL_PHOTOS_MAX + 20);
    expect(schedule.entries.size).toBe(WALL_PHOTOS_MAX);
    expect(schedule.entries.has('p19')).toBe(false);
    expect(schedule.entries.has('p20')).toBe(true);
  });

  it('can be made equal to a snapshot', () => {
    const schedule = setup(4);
    keepOnly(schedule, new Set(['p2', 'p3']));
    expect([...schedule.entries.keys()]).toEqual(['p2', 'p3']);
  });

  it('cuts off little: a landscape fills a landscape screen, a portrait does not', () => {
    const screen = { width: 1920, height: 1080 };
    expect(fills({ width: 1920, height: 1280 }, screen)).toBe(true);
    expect(fills({ width: 1280, height: 1920 }, screen)).toBe(false);
  });
});
