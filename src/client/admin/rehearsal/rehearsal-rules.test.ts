import { describe, expect, it } from 'vitest';
import type { RehearsalCheck } from '../../../contract/rehearsals.ts';
import { greenOf, groupsOf, isSoon, verdictOf } from './rehearsal-rules.ts';

const check = (tone: RehearsalCheck['tone'], name: string | null): RehearsalCheck => ({
  check: 'reached',
  tone,
  screen: name ? { id: name, name } : null,
  numbers: {},
});

describe('the checklist', () => {
  it('stands together by screen', () => {
    const groups = groupsOf([
      check('good', 'Foyer'),
      check('good', 'Hall'),
      check('bad', 'Foyer'),
      check('good', null),
    ]);
    expect(groups.map(({ screen, checks }) => [screen?.name, checks.length])).toEqual([
      ['Foyer', 2],
      ['Hall', 1],
      [undefined, 1],
    ]);
  });

  it('is as good as its worst line, and not green where something is not known', () => {
    expect(verdictOf([check('good', null), check('good', null)])).toBe('good');
    expect(verdictOf([check('good', null), check('open', null)])).toBe('wait');
    expect(verdictOf([check('wait', null), check('bad', null)])).toBe('bad');
    expect(greenOf([check('good', null), check('wait', null), check('good', 'Hall')])).toBe(2);
  });
});

it('it is time to rehearse in the week before an event', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  expect(isSoon(null, now)).toBe(false);
  expect(isSoon('2026-11-21T11:00:00Z', now)).toBe(false);
  expect(isSoon('2026-11-28T12:00:00Z', now)).toBe(true);
  expect(isSoon('2026-11-28T12:00:01Z', now)).toBe(false);
});
