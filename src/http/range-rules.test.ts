import { describe, expect, it } from 'vitest';
import { readRange } from './range-rules.ts';

const ETAG = '"p-1"';
const range = (header: string | null, ifRange: string | null = null) => readRange(header, ifRange, ETAG, 1000);

describe('a range', () => {
  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=0-', 0, 1000],
    ['bytes=999-', 999, 1],
    ['bytes=999-999', 999, 1],
    ['bytes=10-19', 10, 10],
    ['bytes=10-99999999', 10, 990],
    ['bytes=-1', 999, 1],
    ['bytes=-1000', 0, 1000],
    ['bytes=-5000', 0, 1000],
    ['Bytes = 1 - 2', 1, 2],
  ])('of %s begins at %i and has %i bytes', (header, offset, length) =>
    expect(range(header)).toEqual({ offset, length }),
  );
  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('of %s cannot be satisfied', (header) =>
    expect(range(header)).toBe('unsatisfiable'),
  );
  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=0-1,3-4',
    'bytes=a-b',
    'bytes=--1',
    'items=0-1',
    'bytes=0-99999999999999999999',
  ])('of %j is none: all of it is sent', (header) => expect(range(header)).toBeNull());
  it('of another version is none', () => {
    expect(range('bytes=0-1', ETAG)).toEqual({ offset: 0, length: 2 });
    expect(range('bytes=0-1', '"p-2"')).toBeNull();
    expect(range('bytes=0-1', `W/${ETAG}`)).toBeNull();
    expect(range('bytes=0-1', 'Sat, 21 Nov 2026 10:00:00 GMT')).toBeNull();
  });
  it('of an empty file cannot be satisfied', () => expect(readRange('bytes=0-', null, ETAG, 0)).toBe('unsatisfiable'));
});
