import { describe, expect, it } from 'vitest';
import {
  codeIn,
  filterIn,
  formOf,
  groupsOf,
  isShown,
  layoutOf,
  likelyEvent,
  newScreen,
  patchOf,
  problemsOf,
  skewOf,
  tidyCode,
  withValue,
} from './screen-rules.ts';
import { layoutWord } from './screen-words.ts';

describe('a code', () => {
  it.each([
    ['abc234', 'ABC234'],
    [' abc 234 ', 'ABC234'],
    ['ab-c2-34', 'ABC234'],
    ['ABC2345', 'ABC234'],
    ['', ''],
  ])('typed as “%s” is %s', (typed, code) => expect(tidyCode(typed)).toBe(code));

  it('comes with the address, or does not', () => {
    expect(codeIn('/admin/screens?code=abc%20234')).toBe('ABC234');
    expect(codeIn('/admin/screens?lang=de')).toBeNull();
    expect(codeIn('/admin/screens')).toBeNull();
  });
});

describe('a change', () => {
  const before = { ...newScreen('party'), name: 'Foyer' };

  it('says what is different and nothing else', () => {
    expect(patchOf(before, { ...before, layout: 'split' })).toEqual({ layout: { layout: 'split' } });
    expect(patchOf(before, { ...before, name: ' Bar ', seconds: 12 })).toEqual({
      name: 'Bar',
      layout: { seconds: 12 },
    });
  });

  it('takes event and site away', () => {
    const placed = { ...before, siteId: 'hall' };
    expect(patchOf(placed, { ...placed, event: '', siteId: '' })).toEqual({ event: null, siteId: null });
  });

  it('of a group is the whole group, and none without a name', () => {
    const grouped = { ...before, group: { mode: 'spread' as const, name: ' Foyer ' } };
    expect(patchOf(before, grouped)).toEqual({ layout: { group: { mode: 'spread', name: 'Foyer' } } });
    expect(patchOf(grouped, before)).toEqual({ layout: { group: null } });
    expect(patchOf(before, { ...grouped, group: { mode: 'mirror', name: ' ' } })).toBeNull();
  });

  it('of its state and of the smaller things is sent one by one', () => {
    expect(patchOf(before, { ...before, status: 'maintenance', names: false, overscan: 2.5 })).toEqual({
      status: 'maintenance',
      layout: { names: false, overscan: 2.5 },
    });
    expect(patchOf({ ...before, status: 'error' }, before)).toEqual({ status: null });
    expect(patchOf(before, { ...before, rotation: ['full', 'split'] })).toEqual({
      layout: { rotation: ['full', 'split'] },
    });
    expect(patchOf(before, { ...before, rotation: [] })).toBeNull();
  });

  it('of nothing is none', () => expect(patchOf(before, { ...before, name: 'Foyer ' })).toBeNull());
});

it('a value that is no choice becomes one, in its place', () => {
  expect(withValue([4, 8, 12], 9)).toEqual([4, 8, 9, 12]);
  expect(withValue([4, 8, 12], 8)).toEqual([4, 8, 12]);
});

it('a clock is worth a word from two seconds on', () => {
  expect([skewOf(2_000), skewOf(-1_999)]).toEqual([null, null]);
  expect([skewOf(2_600), skewOf(-61_000)]).toEqual([3, -61]);
});

it('a form is filled from a screen, and says the same again', () => {
  const layout = { ...layoutOf(newScreen('party')), seconds: 12, group: { mode: 'mirror' as const, name: 'Bar' } };
  const form = formOf({ name: 'Foyer', event: null, siteId: null, status: 'online', layout } as never);
  expect(form).toMatchObject({ name: 'Foyer', event: '', siteId: '', status: '', seconds: 12 });
  expect(layoutOf(form)).toEqual(layout);
  expect(formOf({ name: '', event: null, siteId: null, status: 'maintenance', layout } as never).status).toBe(
    'maintenance',
  );
});

it('a form that is not whole says what is missing', () => {
  const form = newScreen('party');
  expect(problemsOf(form)).toEqual(['name']);
  const named = { ...form, name: 'Bar' };
  expect(problemsOf({ ...named, layout: 'rotate', rotation: [] })).toEqual(['rotation']);
  expect(problemsOf({ ...named, rotation: [], group: { mode: 'mirror', name: ' ' } })).toEqual(['groupName']);
});

it('groups are offered once each, by name', () => {
  const of = (name: string | null, mode = 'mirror') => ({ layout: { group: name && { mode, name } } }) as never;
  expect(groupsOf([of('Foyer'), of(null), of('Bar'), of('Foyer'), of('Foyer', 'spread')])).toEqual([
    { mode: 'mirror', name: 'Bar' },
    { mode: 'mirror', name: 'Foyer' },
    { mode: 'spread', name: 'Foyer' },
  ]);
});

it('screens are filtered by event and site, as the address says', () => {
  const screen = { event: { id: 'party', slug: 'p', name: 'P' }, siteId: 'hall' };
  expect(filterIn('/admin/screens?site=hall')).toEqual({ event: '', site: 'hall' });
  expect(isShown(screen, { event: '', site: 'hall' })).toBe(true);
  expect(isShown(screen, { event: 'other', site: '' })).toBe(false);
  expect(isShown({ event: null, siteId: null }, { event: '', site: 'hall' })).toBe(false);
});

it('a new screen is offered the event that is on', () => {
  const now = Date.parse('2026-11-21T18:00:00Z');
  const of = (id: string, status: string, endsAt: string | null) => ({ id, status, endsAt }) as never;
  const over = of('over', 'live', '2025-01-01T00:00:00Z');
  const endless = of('endless', 'live', null);
  expect(
    likelyEvent(
      [over, endless, of('later', 'live', '2027-01-01T00:00:00Z'), of('tonight', 'live', '2026-11-22T00:00:00Z')],
      now,
    ),
  ).toMatchObject({ id: 'tonight' });
  expect(likelyEvent([over, endless], now)).toMatchObject({ id: 'endless' });
  expect(likelyEvent([of('draft', 'draft', null), over], now)).toMatchObject({ id: 'over' });
  expect(likelyEvent([], now)).toBeUndefined();
});

describe('what a screen says of its layout', () => {
  it('is one of our words, or none, whatever it says', () => {
    expect(layoutWord('mosaic')).toBe('layoutMosaic');
    expect(['panic', '', '__proto__', 'constructor', 'toString'].map(layoutWord)).toEqual(Array(5).fill(undefined));
  });
});
