import { describe, expect, it } from 'vitest';
import { slugSchema } from '../ids.ts';
import { skeletonOf, slugCandidates, slugFromName, slugRefusal } from './slugs.ts';

const UUID = '5eed0001-0000-4000-8000-000000000001';

describe('the address made of a name', () => {
  it.each([
    ['Launch Party', 'launch-party'],
    ['Müllers Hochzeit – Straßenfest 2026!', 'muellers-hochzeit-strassenfest-2026'],
    ['Fête de l’été à Nîmes', 'fete-de-lete-a-nimes'],
    ['Año Nuevo en Málaga', 'ano-nuevo-en-malaga'],
    ['Œuvre & Ærø Łódź Þór', 'oeuvre-aero-lodz-thor'],
    ['U\u0308ber', 'ueber'],
    ['İstanbul', 'istanbul'],
    ['ＦＵＬＬ　ｗｉｄｔｈ', 'full-width'],
    ['  --- a --- ', 'a'],
    ['حفل زفاف', ''],
    ['حفل 2026', '2026'],
    ['🎉🎉', ''],
    ['', ''],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
    ['x'.repeat(300), 'x'.repeat(63)],
  ])('%j is %j', (name, slug) => expect(slugFromName(name)).toBe(slug));
});

describe('addresses that look alike', () => {
  it.each([
    ['launch-party', 'launchparty'],
    ['launch-party', '1aunch-party'],
    ['launch-party', 'iaunch-party'],
    ['o-rama', '0rama'],
    ['modern', 'modem'],
    ['mode-r-n', 'modem'],
    ['wave', 'vvave'],
    ['party-11', 'party-li'],
  ])('%s and %s have one skeleton', (one, other) => expect(skeletonOf(one)).toBe(skeletonOf(other)));
  it.each([
    ['party-2025', 'party-2026'],
    ['party', 'partys'],
    ['anna', 'arma-x'],
    ['a', 'b'],
  ])('%s and %s do not', (one, other) => expect(skeletonOf(one)).not.toBe(skeletonOf(other)));
});

describe('an address', () => {
  it.each([
    ['admin', 'reserved'],
    ['new', 'reserved'],
    ['deleted', 'reserved'],
    ['adm1n', 'reserved'],
    ['ad-min', 'reserved'],
    ['www', 'reserved'],
    ['vvww', 'reserved'],
    ['e', 'reserved'],
    ['1', 'reserved'],
    [UUID, 'id_shaped'],
    ['xn--mnchen-3ya', 'punycode'],
    ['launch-party', null],
    ['admin-party', null],
    ['newyear', null],
    ['2026', null],
  ])('%s is refused as %s', (slug, refusal) => expect(slugRefusal(slug)).toBe(refusal));
});

describe('what is suggested instead', () => {
  it.each([
    'launch-party',
    'admin',
    UUID,
    'xn--mnchen-3ya',
    'xn--',
    '',
    'x'.repeat(63),
    `${'x'.repeat(61)}-y`,
    'event',
    'e',
  ])('of %j is well formed, not refused, and new each time', (wanted) => {
    const all = slugCandidates(wanted, 'k7q3');
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map(skeletonOf)).size).toBe(all.length);
    for (const slug of all) {
      expect(slugSchema.safeParse(slug).success, slug).toBe(true);
      expect(slugRefusal(slug), slug).toBeNull();
      expect(slug).not.toBe(wanted);
    }
    expect(all.at(-1)).toContain('k7q3');
  });
  it('of a taken one is the next number', () => expect(slugCandidates('party', 'k7q3')[0]).toBe('party-2'));
  it('of a reserved one says that it is an event', () => expect(slugCandidates('wall', 'k7q3')[0]).toBe('event-wall'));
  it('of a name in Arabic is an event and chance', () => expect(slugCandidates('', 'k7q3')).toEqual(['event-k7q3']));
});
