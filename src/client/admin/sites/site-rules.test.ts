import { describe, expect, it } from 'vitest';
import { changesOf, newSite, problemsOf, readDegrees, readPair } from './site-rules.ts';

describe('degrees', () => {
  it.each([
    ['52.52', 52.52],
    ['52,52', 52.52],
    [' −33.9° ', -33.9],
    ['+7', 7],
    ['', null],
    ['90', 90],
  ])('typed as “%s” are %s', (typed, degrees) => expect(readDegrees(typed, 90)).toBe(degrees));

  it.each(['90.1', '52.5.2', 'north', '1e1', '0x10', '--1', '52 N'])('“%s” is none', (typed) =>
    expect(readDegrees(typed, 90)).toBeNaN(),
  );

  it('come in pairs from maps', () => {
    expect(readPair('52.5200, 13.4050')).toEqual({ latitude: '52.5200', longitude: '13.4050' });
    expect(readPair('-33.86°; 151.21°')).toEqual({ latitude: '-33.86', longitude: '151.21' });
    expect(readPair('52,5200, 13,4050')).toEqual({ latitude: '52,5200', longitude: '13,4050' });
    expect(readPair('52.52,13.405')).toEqual({ latitude: '52.52', longitude: '13.405' });
    expect(readPair('52,52')).toBeNull();
    expect(readPair('52.52')).toBeNull();
  });
});

describe('a site', () => {
  const site = { ...newSite('Europe/Berlin'), name: 'Hall' };

  it('needs a name, and both degrees or neither', () => {
    expect(problemsOf(newSite('UTC'))).toEqual({ name: 'missing' });
    expect(problemsOf({ ...site, latitude: '52.5' })).toEqual({ longitude: 'half' });
    expect(problemsOf({ ...site, latitude: '91', longitude: '13' })).toEqual({ latitude: 'number' });
    expect(problemsOf({ ...site, latitude: '52,5', longitude: '13,4' })).toEqual({});
  });

  it('that is changed says what is different, and a place as a whole', () => {
    const placed = { ...site, latitude: '52.5', longitude: '13.4' };
    expect(changesOf(placed, { ...placed, longitude: '13.5' })).toEqual({ latitude: 52.5, longitude: 13.5 });
    expect(changesOf(placed, { ...placed, latitude: '', longitude: '' })).toEqual({ latitude: null, longitude: null });
    expect(changesOf(site, { ...site, name: ' Hall ' })).toBeNull();
    expect(changesOf(null, site)).toEqual({
      name: 'Hall',
      address: null,
      latitude: null,
      longitude: null,
      timeZone: 'Europe/Berlin',
    });
  });
});
