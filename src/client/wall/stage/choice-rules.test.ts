import { describe, expect, it } from 'vitest';
import type { LayoutKind } from '../layouts/layout.ts';
import { mayShow } from '../schedule/group-rules.ts';
import { readSettings } from '../settings-rules.ts';
import { isPast, mayComeOn } from './choice-rules.ts';

const settingsOf = (query: string) => readSettings(new URLSearchParams(query));
const kind = { holds: 1 } as LayoutKind;
const FROM = Date.parse('2026-11-22T20:00:00Z');
const SLOT_MS = 4_000;

describe('a picture that took its time', () => {
  it('does not come on any more once it would outstay its screen’s turn', () => {
    const settings = settingsOf('seconds=4&group=spread:1/3');
    const id = '05d50055-09d8-4601-ba39-f473cacfd23e';
    const moments = Array.from({ length: 3_600 }, (_, second) => FROM + second * 1_000);
    const may = moments.filter((at) => mayComeOn(id, settings, kind, at));
    expect(may.length).toBeGreaterThan(0);
    for (const at of may) {
      const later = [at, at + 2_000, at + SLOT_MS];
      expect(later.map((then) => mayShow(id, { index: 0, count: 3 }, then, 0))).toEqual([true, true, true]);
    }
    const last = may.filter((at) => !may.includes(at + 1_000));
    expect(last.every((at) => !mayComeOn(id, settings, kind, at + SLOT_MS))).toBe(true);
  });

  it('is past where the others of a mirrored group have gone on meanwhile, and nowhere else', () => {
    const mirror = settingsOf('seconds=4&group=mirror');
    expect(isPast(mirror, FROM, FROM + SLOT_MS - 1)).toBe(false);
    expect(isPast(mirror, FROM, FROM + SLOT_MS)).toBe(true);
    for (const query of ['seconds=4', 'seconds=4&group=spread:1/3'])
      expect(isPast(settingsOf(query), FROM, FROM + SLOT_MS)).toBe(false);
  });
});
