import { describe, expect, it } from 'vitest';
import { addLocalMinutes, fromLocalTime, isTimeZone, toLocalTime, weekdayOf } from './zones.ts';

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3', 'Asia/Kolkata', 'Asia/Calcutta'])(
    '%s is one',
    (zone) => expect(isTimeZone(zone)).toBe(true),
  );
  it.each([
    'Mars/Olympus',
    '',
    ' ',
    '+02:00',
    '-0300',
    'Europe/Berlin ',
    '../etc/passwd',
    'x'.repeat(65),
    'Europe\u0000',
  ])('%j is none', (zone) => expect(isTimeZone(zone)).toBe(false));
});

describe('a local time', () => {
  it.each([
    ['Europe/Berlin', '2026-06-20T18:00', '2026-06-20T16:00:00.000Z'],
    ['Europe/Berlin', '2026-12-20T18:00', '2026-12-20T17:00:00.000Z'],
    ['America/New_York', '2026-06-20T18:00', '2026-06-20T22:00:00.000Z'],
    ['Pacific/Auckland', '2026-01-01T00:00', '2025-12-31T11:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-20T18:00', '2026-06-20T12:15:00.000Z'],
    ['Pacific/Honolulu', '2026-12-31T23:59', '2027-01-01T09:59:00.000Z'],
    ['UTC', '2024-02-29T00:00', '2024-02-29T00:00:00.000Z'],
    // an hour before and after the clocks change
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('in %s, %s is %s, and back', (zone, local, iso) => {
    expect(fromLocalTime(zone, local)).toEqual({ kind: 'exact', iso });
    expect(toLocalTime(zone, iso)).toBe(local);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'],
    ['America/New_York', '2026-03-08T02:00', '2026-03-08T07:00:00.000Z', '2026-03-08T03:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z', '2026-10-04T02:45'],
    // Samoa left out a whole day.
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z', '2011-12-31T12:00'],
  ])('in %s, %s does not exist and becomes %s, where the clock shows %s', (zone, local, iso, shown) => {
    expect(fromLocalTime(zone, local)).toEqual({ kind: 'gap', iso });
    expect(toLocalTime(zone, iso)).toBe(shown);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('in %s, %s comes twice and means the first, %s', (zone, local, iso) => {
    expect(fromLocalTime(zone, local)).toEqual({ kind: 'overlap', iso });
    expect(toLocalTime(zone, iso)).toBe(local);
  });

  it.each([
    '',
    'today',
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-06-20T24:00',
    '2026-06-20T10:60',
    '2026-06-20',
    '26-06-20T10:00',
  ])('%j is none', (local) => expect(fromLocalTime('Europe/Berlin', local)).toEqual({ kind: 'invalid' }));

  it('of no instant is empty', () => expect(toLocalTime('UTC', null)).toBe(''));

  it('survives every half hour of the days on which clocks change', () => {
    const days = [
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-10-04',
      '2026-10-25',
      '2026-10-30',
      '2026-11-01',
    ];
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo']) {
      for (const day of days) {
        for (let minute = -120; minute < 26 * 60; minute += 30) {
          const local = addLocalMinutes(`${day}T00:00`, minute);
          const instant = fromLocalTime(zone, local);
          if (instant.kind === 'invalid') throw new Error(`${zone} ${local}`);
          if (instant.kind !== 'gap') expect(toLocalTime(zone, instant.iso)).toBe(local);
          else expect(toLocalTime(zone, instant.iso) > local).toBe(true);
        }
      }
    }
  });

  it('has a day of the week and neighbours', () => {
    expect(weekdayOf('2026-11-21T10:00')).toBe(6);
    expect(weekdayOf('')).toBe(-1);
    expect(addLocalMinutes('2026-12-31T23:30', 60)).toBe('2027-01-01T00:30');
    expect(addLocalMinutes('', 60)).toBe('');
  });
});
