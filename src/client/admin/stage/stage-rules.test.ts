import { describe, expect, it } from 'vitest';
import type { StaffEvent } from '../../../contract/events.ts';
import type { Announcement, WallState } from '../../../contract/stage.ts';
import {
  arranged,
  clockOffset,
  clockText,
  nextChange,
  readForm,
  stateOf,
  untilAfter,
  withStage,
} from './stage-rules.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 5, 20, 18, minutes)).toISOString();
const now = Date.parse(at(0));
const EMPTY: WallState = { panic: null, spotlight: null, announcements: [], photoCall: null };
const announcement = (id: string, from: string | null, until: string | null, createdAt = at(-60)): Announcement => ({
  id,
  text: id,
  from,
  until,
  state: 'shown',
  createdAt,
});

describe('announcements', () => {
  it('come, are shown, and are over, whatever was known of them before', () => {
    expect(stateOf({ from: at(1), until: at(2) }, now)).toBe('coming');
    expect(stateOf({ from: at(0), until: null }, now)).toBe('shown');
    expect(stateOf({ from: null, until: at(0) }, now)).toBe('over');
  });

  it('stand in the order in which they matter, with the last five that are over', () => {
    const over = Array.from({ length: 7 }, (_, n) => announcement(`over ${n}`, null, at(-20 + n)));
    const items = [
      announcement('next', at(5), null),
      announcement('last', at(9), at(10)),
      announcement('older', null, null, at(-50)),
      announcement('newer', null, at(3), at(-40)),
      ...over,
    ];
    expect(arranged(items, now).map(({ id }) => id)).toEqual([
      'newer',
      'older',
      'next',
      'last',
      'over 6',
      'over 5',
      'over 4',
      'over 3',
      'over 2',
    ]);
    expect(nextChange(items, now)).toBe(Date.parse(at(3)));
    expect(nextChange(over, now)).toBeNull();
  });

  it('are written by the clock of the event', () => {
    const read = readForm(
      { text: ' Cake ', from: '2026-06-20T21:00', until: '2026-06-20T21:30' },
      'Europe/Berlin',
      now,
    );
    expect(read).toEqual({ request: { text: 'Cake', from: at(60), until: at(90) } });
    expect(untilAfter('', 10, 'Europe/Berlin', now)).toBe('2026-06-20T20:10');
    expect(untilAfter('2026-06-20T23:55', 10, 'Europe/Berlin', now)).toBe('2026-06-21T00:05');
  });

  it.each([
    [{ text: ' ', from: '', until: '' }, { text: 'textMissing' }],
    [{ text: 'x', from: '2026-02-30T10:00', until: '' }, { from: 'timeInvalid' }],
    [{ text: 'x', from: '', until: '2026-06-20T20:00' }, { until: 'untilOver' }],
    [{ text: 'x', from: '2026-06-20T22:00', until: '2026-06-20T21:00' }, { until: 'untilBeforeFrom' }],
  ])('are not sent with what cannot be: %o', (form, problems) => {
    expect(readForm(form, 'Europe/Berlin', now)).toEqual({ problems });
  });
});

describe('the event', () => {
  const event = { held: null, stage: { panic: null, spotlight: null, photoCall: null } } as StaffEvent;
  const panic = { since: now, text: 'Please wait' };

  it('is held by the emergency slide, and no longer than that', () => {
    const alarmed = withStage(event, { ...EMPTY, panic });
    expect(alarmed).toEqual({ held: { at: at(0), message: 'Please wait' }, stage: { ...event.stage, panic } });
    expect(withStage(alarmed, EMPTY)).toEqual(event);
  });

  it('stays held by whoever held it before', () => {
    const held = { ...event, held: { at: at(-5), message: null } };
    expect(withStage(withStage(held, { ...EMPTY, panic }), EMPTY)).toEqual(held);
  });
});

it('clocks say minutes and seconds, and never less than nothing', () => {
  expect([61_000, 60_001, 9_000, 0, -5_000].map(clockText)).toEqual(['1:01', '1:01', '0:09', '0:00', '0:00']);
  expect(clockOffset(10_000, 4_000, 5_000)).toBe(5_500);
});
