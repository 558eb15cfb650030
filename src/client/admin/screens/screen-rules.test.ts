import { describe, expect, it } from 'vitest';
import { codeIn, newScreen, patchOf, skewOf, tidyCode, withValue } from './screen-rules.ts';
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

describe('what a screen says of its layout', () => {
  it('is one of our words, or none, whatever it says', () => {
    expect(layoutWord('mosaic')).toBe('layoutMosaic');
    expect(['panic', '', '__proto__', 'constructor', 'toString'].map(layoutWord)).toEqual(Array(5).fill(undefined));
  });
});
