import { describe, expect, it } from 'vitest';
import { inUnits, isEmail, isLink } from './account-rules.ts';

describe('storage', () => {
  it.each([
    [0, ['unitKb', 0]],
    [999, ['unitKb', 1]],
    [123_456, ['unitKb', 123]],
    [3_449_000, ['unitMb', 3.4]],
    [250_000_000, ['unitMb', 250]],
    [12_340_000_000, ['unitGb', 12.3]],
    [5_000_000_000_000, ['unitGb', 5000]],
  ])('%i bytes are %j', (bytes, units) => expect(inUnits(bytes)).toEqual(units));
});

describe('what is typed', () => {
  it.each(['', ' https://example.com/imprint ', 'HTTPS://example.com'])('%j is a link', (text) =>
    expect(isLink(text)).toBe(true),
  );
  it.each(['example.com', 'http://example.com', 'https://example', 'https://a b.com', 'javascript:alert(1)'])(
    '%j is none',
    (text) => expect(isLink(text)).toBe(false),
  );
  it('is an address with an @ and a dot, or nothing', () => {
    expect(['', 'help@example.com'].map(isEmail)).toEqual([true, true]);
    expect(['help', 'help@example', 'a b@example.com'].map(isEmail)).toEqual([false, false, false]);
  });
});
