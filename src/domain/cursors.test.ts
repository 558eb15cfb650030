import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursors.ts';

const ID = '0f7b2d3c-0000-4000-8000-000000000001';

describe('cursors', () => {
  it('come back as they were made, to the microsecond', () => {
    const position = { at: '2026-06-20 18:00:00.123456+00', id: ID };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });
  it.each([
    ['nonsense', 'abc'],
    ['not base64', '-_-'],
    ['other JSON', btoa('{"a":1}').replaceAll('=', '')],
    ['SQL instead of a time', btoa(JSON.stringify(["now()'; drop table photos", ID])).replaceAll('=', '')],
    ['an impossible month', btoa(JSON.stringify(['2026-13-01 00:00:00+00', ID])).replaceAll('=', '')],
  ])('refuse %s', (_name, cursor) => {
    expect(() => decodeCursor(cursor)).toThrowError(expect.objectContaining({ code: 'request.invalid' }));
  });
  it('name the next page only when there is one', () => {
    const rows = [1, 2, 3].map((n) => ({ at: '2026-06-20 18:00:00+00', id: ID.replace(/1$/, String(n)) }));
    expect(toPage(rows, 3, (row) => row).nextCursor).toBeNull();
    const page = toPage(rows, 2, (row) => row);
    expect(page.rows).toHaveLength(2);
    expect(decodeCursor(page.nextCursor ?? '')?.id).toBe(rows[1]?.id);
  });
});
