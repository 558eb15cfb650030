import { describe, expect, it } from 'vitest';
import { fuzzyMatch, marked } from './fuzzy-rules.ts';
import { find, step, type Finding } from './palette-rules.ts';

const best = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, match: fuzzyMatch(query, text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => b.match!.score - a.match!.score)
    .map(({ text }) => text);

const finding = (over: Partial<Finding> & { label: string }): Finding => ({
  id: over.label,
  group: 'page',
  icon: 'home',
  run: () => {},
  ...over,
});

describe('a few letters find', () => {
  it('the beginning of a word before its middle, and what is together before what is scattered', () => {
    expect(best('ph', 'Graph', 'Photos')).toEqual(['Photos', 'Graph']);
    expect(best('lap', 'Launch Party', 'Laptop fair')).toEqual(['Laptop fair', 'Launch Party']);
  });

  it('initials of words', () => {
    expect(best('lp', 'Helper', 'Launch Party')[0]).toBe('Launch Party');
    expect(fuzzyMatch('lp', 'Launch Party')?.places).toEqual([0, 7]);
  });

  it('words in any order, and every one of them', () => {
    expect(fuzzyMatch('party launch', 'Launch Party')).not.toBeNull();
    expect(fuzzyMatch('party dinner', 'Launch Party')).toBeNull();
  });

  it('letters without their marks, in any script', () => {
    expect(fuzzyMatch('ecole', 'École d’été')).not.toBeNull();
    expect(fuzzyMatch('strasse', 'Straße')).not.toBeNull();
    expect(fuzzyMatch('اعدادات', 'الإعدادات')).not.toBeNull();
    expect(fuzzyMatch('nguyen', 'Nguyễn')).not.toBeNull();
  });

  it('nothing by accident, and survive what is no letter', () => {
    expect(fuzzyMatch('pst', 'The private collection of a guest')).toBeNull();
    expect(fuzzyMatch('(', 'Dinner (Board)')).not.toBeNull();
    expect(fuzzyMatch('🎉', 'Party 🎉')?.places[0]).toBe(6);
    expect(fuzzyMatch('   ', 'anything')).toEqual({ score: 0, places: [] });
  });

  it('places that can be marked, also beside signs of two units', () => {
    const text = '🎉 Ball';
    expect(marked(text, fuzzyMatch('ba', text)!.places)).toEqual([
      { text: '🎉 ', isHit: false },
      { text: 'Ba', isHit: true },
      { text: 'll', isHit: false },
    ]);
  });
});

describe('the palette', () => {
  const all = [
    finding({ label: 'Events' }),
    finding({ label: 'Photos' }),
    finding({ label: 'Approve', group: 'command' }),
    ...Array.from({ length: 20 }, (_, n) => finding({ label: `Ball ${n}`, group: 'event', hint: `June ${n}, 2026` })),
  ];
  const labels = (query: string, recent: string[] = []) =>
    find(all, query, recent).map(({ finding: { label } }) => label);

  it('offers what was used last, then commands, pages and a few events', () => {
    expect(labels('', ['Photos', 'gone'])).toEqual([
      'Photos',
      'Approve',
      'Events',
      'Ball 0',
      'Ball 1',
      'Ball 2',
      'Ball 3',
      'Ball 4',
      'Ball 5',
    ]);
  });

  it('lists the best first, and among equals what was used last', () => {
    expect(labels('ph')[0]).toBe('Photos');
    expect(labels('ball')[0]).toBe('Ball 0');
    expect(labels('ball', ['Ball 9'])[0]).toBe('Ball 9');
  });

  it('finds an event by its date as well', () => {
    expect(labels('june 7')[0]).toBe('Ball 7');
    expect(labels('zzz')).toEqual([]);
  });

  it('goes round at the ends', () => {
    expect([step(0, -1, 3), step(2, 1, 3), step(0, 1, 0)]).toEqual([2, 0, 0]);
  });
});
