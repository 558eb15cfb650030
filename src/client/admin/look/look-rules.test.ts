import { describe, expect, it } from 'vitest';
import type { Theme } from '../../../contract/tenants.ts';
import { isDirty, legibilityOf, logoRefusal, patchOf, readColour, toDraft } from './look-rules.ts';

const saved: Theme = { accent: '#7a3cff', temperature: 'neutral', displayFace: 'system', logo: '/brand/a.png' };
const draft = toDraft(saved);

describe('a colour that somebody typed', () => {
  it.each([
    ['#7A3CFF', '#7a3cff'],
    [' 7a3cff ', '#7a3cff'],
    ['#f0a', '#ff00aa'],
    ['#7a3cf', null],
    ['red', null],
    ['#7a3cff;}', null],
    ['', null],
  ])('%j is read as %s', (text, colour) => expect(readColour(text)).toBe(colour));
});

describe('what is sent', () => {
  it('is nothing for a look that is as it was', () => {
    expect(patchOf(saved, draft)).toBeNull();
    expect(isDirty(saved, draft)).toBe(false);
  });

  it('is what has changed and nothing else', () => {
    expect(patchOf(saved, { ...draft, temperature: 'warm' })).toEqual({ temperature: 'warm' });
    expect(patchOf(saved, { ...draft, logo: { kind: 'none' } })).toEqual({ logo: null });
  });

  it('is the bytes of a new logo, not a change of the look', () => {
    const withLogo = { ...draft, logo: { kind: 'new' as const, url: 'blob:x', bytes: new Blob(['x']) } };
    expect(patchOf(saved, withLogo)).toBeNull();
    expect(isDirty(saved, withLogo)).toBe(true);
  });
});

describe('a logo', () => {
  it.each([
    ['image/png', 1_000_000, null],
    ['image/png', 1_000_001, 'logo.too_large'],
    ['image/svg+xml', 200, 'logo.unsupported'],
    ['', 200, 'logo.unsupported'],
  ])('of type %j and %i bytes is judged before it is sent', (type, size, code) => {
    expect(logoRefusal({ type, size })).toBe(code);
  });
});

describe('legibility', () => {
  it('is enough whatever was chosen, and says where the colour gave way', () => {
    const yellow = legibilityOf({ accent: '#ffff00', temperature: 'warm' });
    expect(yellow.button).toBeGreaterThanOrEqual(4.5);
    expect(yellow.text).toBeGreaterThanOrEqual(4.5);
    expect(yellow.line).toBeGreaterThanOrEqual(3);
    expect([yellow.isDarker, yellow.isLighter]).toEqual([true, false]);
    expect(legibilityOf({ accent: '#000000', temperature: 'cool' }).isLighter).toBe(true);
  });
});
