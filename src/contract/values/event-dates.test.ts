import { describe, expect, it } from 'vitest';
import { dateProblems, type EventDates } from './event-dates.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const NONE: EventDates = {
  startsAt: null,
  endsAt: null,
  opensAt: null,
  closesAt: null,
  revealAt: null,
  deleteAt: null,
};
const day = (n: number) => `2026-12-${String(n).padStart(2, '0')}T18:00:00.000Z`;

describe('the dates of an event', () => {
  it('may all be missing', () => expect(dateProblems(NONE, NOW)).toEqual([]));
  it('go together in their order', () =>
    expect(
      dateProblems(
        { opensAt: day(1), startsAt: day(2), endsAt: day(3), closesAt: day(4), revealAt: day(5), deleteAt: day(6) },
        NOW,
      ),
    ).toEqual([]));
  it('let the gallery be revealed at the very start', () =>
    expect(dateProblems({ ...NONE, startsAt: day(2), revealAt: day(2) }, NOW)).toEqual([]));
  it('may start before uploads open, and end after they close', () =>
    expect(dateProblems({ ...NONE, startsAt: day(1), endsAt: day(9), opensAt: day(2), closesAt: day(3) }, NOW)).toEqual(
      [],
    ));
  it('may lie in the past, except for the deletion', () =>
    expect(dateProblems({ ...NONE, startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' }, NOW)).toEqual(
      [],
    ));

  it.each([
    ['endsAt', 'startsAt'],
    ['closesAt', 'opensAt'],
    ['deleteAt', 'startsAt'],
    ['deleteAt', 'endsAt'],
    ['deleteAt', 'opensAt'],
    ['deleteAt', 'closesAt'],
    ['deleteAt', 'revealAt'],
  ] as const)('do not have %s before %s, nor at the same moment', (field, after) => {
    const problem = [{ field, kind: 'order', after }];
    expect(dateProblems({ ...NONE, [after]: day(5), [field]: day(4) }, NOW)).toEqual(problem);
    expect(dateProblems({ ...NONE, [after]: day(5), [field]: day(5) }, NOW)).toEqual(problem);
    expect(dateProblems({ ...NONE, [after]: day(5), [field]: day(6) }, NOW)).toEqual([]);
  });
  it.each(['startsAt', 'opensAt'] as const)('do not reveal the gallery before %s', (after) =>
    expect(dateProblems({ ...NONE, [after]: day(5), revealAt: day(4) }, NOW)).toEqual([
      { field: 'revealAt', kind: 'order', after },
    ]),
  );
  it('are compared as instants, whatever zone they are written in', () =>
    expect(
      dateProblems({ ...NONE, startsAt: '2026-12-01T18:00:00+02:00', endsAt: '2026-12-01T17:00:00Z' }, NOW),
    ).toEqual([]));
  it('do not delete what is being set up', () => {
    const dates = { ...NONE, deleteAt: '2026-11-21T12:00:00Z' };
    expect(dateProblems(dates, NOW)).toEqual([{ field: 'deleteAt', kind: 'past' }]);
    expect(dateProblems(dates, null)).toEqual([]);
  });
  it.each(['1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-31T00:00:00Z', 'never'])('are not at %s', (at) =>
    expect(dateProblems({ ...NONE, startsAt: at }, NOW)).toEqual([{ field: 'startsAt', kind: 'out_of_range' }]),
  );
  it('name one problem a field, all fields at once', () =>
    expect(
      dateProblems({ ...NONE, startsAt: day(5), endsAt: day(4), deleteAt: day(1) }, NOW).map((one) => one.field),
    ).toEqual(['endsAt', 'deleteAt']));
});
