import { describe, expect, it } from 'vitest';
import { takenAt } from './taken-at-rules.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const at = (written: string, options: { offset?: string; fraction?: string; zone?: string } = {}): string | null =>
  takenAt(
    { written, offset: options.offset ?? null, fraction: options.fraction ?? null },
    options.zone ?? 'Europe/Berlin',
    NOW,
  )?.toISOString() ?? null;

describe('when a photo was taken', () => {
  it('believes the offset that the camera wrote', () => {
    expect(at('2026:07:04 22:15:00', { offset: '+05:30' })).toBe('2026-07-04T16:45:00.000Z');
    expect(at('2026:07:04 22:15:00', { offset: '-08:00' })).toBe('2026-07-05T06:15:00.000Z');
    expect(at('2026:07:04 22:15:00', { offset: 'Z' })).toBe('2026-07-04T22:15:00.000Z');
  });

  it('reads a time without offset as the wall clock of the event, summer and winter', () => {
    expect(at('2026:07:04 22:15:00')).toBe('2026-07-04T20:15:00.000Z');
    expect(at('2026:01:04 22:15:00')).toBe('2026-01-04T21:15:00.000Z');
    expect(at('2026:07:04 22:15:00', { zone: 'America/New_York' })).toBe('2026-07-05T02:15:00.000Z');
    expect(at('2026:01:15 09:00:00', { zone: 'Australia/Lord_Howe' })).toBe('2026-01-14T22:00:00.000Z');
  });

  it('takes the first of an hour that occurs twice', () => {
    expect(at('2026:10:25 02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026:10:25 03:30:00')).toBe('2026-10-25T02:30:00.000Z');
    expect(at('2026:10:25 01:59:59')).toBe('2026-10-24T23:59:59.000Z');
  });

  it('moves a skipped hour forward', () => {
    expect(at('2026:03:29 02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026:03:29 03:00:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026:03:29 01:59:00')).toBe('2026-03-29T00:59:00.000Z');
  });

  it('keeps milliseconds', () => {
    expect(at('2026:07:04 22:15:00', { offset: '+00:00', fraction: '7' })).toBe('2026-07-04T22:15:00.700Z');
    expect(at('2026:07:04 22:15:00', { offset: '+00:00', fraction: '123456' })).toBe('2026-07-04T22:15:00.123Z');
    expect(at('2026:07:04 22:15:00', { offset: '+00:00', fraction: '  x' })).toBe('2026-07-04T22:15:00.000Z');
  });

  it('treats an impossible offset as none', () => {
    expect(at('2026:07:04 22:15:00', { offset: '+99:00' })).toBe('2026-07-04T20:15:00.000Z');
    expect(at('2026:07:04 22:15:00', { offset: '   :  ' })).toBe('2026-07-04T20:15:00.000Z');
  });

  it.each([
    '',
    '    :  :     :  :  ',
    '0000:00:00 00:00:00',
    '2026:02:30 10:00:00',
    '2026:13:01 10:00:00',
    '2026:01:01 25:00:00',
    'yesterday',
  ])('knows nothing from "%s"', (written) => expect(at(written)).toBeNull());

  it('does not believe times before 1990 or more than two days ahead', () => {
    expect(at('1980:01:01 00:00:00')).toBeNull();
    expect(at('2026:11:23 12:59:00')).toBe('2026-11-23T11:59:00.000Z');
    expect(at('2026:11:23 13:01:00')).toBeNull();
  });

  it('knows nothing in an unknown time zone', () => {
    expect(at('2026:07:04 22:15:00', { zone: 'Nowhere/Atlantis' })).toBeNull();
  });
});
