import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../errors.ts';
import { FAILURE_CODES } from '../photos.ts';
import * as arConsole from './ar/console.ts';
import * as arServer from './ar/index.ts';
import * as arMine from './ar/mine.ts';
import * as deConsole from './de/console.ts';
import * as deServer from './de/index.ts';
import * as deMine from './de/mine.ts';
import * as enConsole from './en/console.ts';
import * as enServer from './en/index.ts';
import * as enMine from './en/mine.ts';
import * as esConsole from './es/console.ts';
import * as esServer from './es/index.ts';
import * as esMine from './es/mine.ts';
import * as frConsole from './fr/console.ts';
import * as frServer from './fr/index.ts';
import * as frMine from './fr/mine.ts';
import { guest, LOCALES, pickLocale, translate, translator } from './index.ts';
import type { Plural, Translated } from './shape.ts';
import { formatAgo, formatDay, formatMoment, formatShortDay, formatShortMoment, formatTime } from './times.ts';

const en = { ...enServer, ...enMine, ...enConsole };
const others = {
  ar: { ...arServer, ...arMine, ...arConsole },
  de: { ...deServer, ...deMine, ...deConsole },
  es: { ...esServer, ...esMine, ...esConsole },
  fr: { ...frServer, ...frMine, ...frConsole },
};

const placesOf = (message: unknown) =>
  (JSON.stringify(message).match(/\{\w+\}/g) ?? []).filter((p, i, all) => all.indexOf(p) === i).sort();

describe('the catalogues', () => {
  it.each(Object.entries(others))('have the same places to fill in %s', (_locale, language) => {
    const parts = new Map(Object.entries(language));
    for (const [part, english] of Object.entries(en)) {
      const translated = parts.get(part) as Record<string, unknown>;
      expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
      for (const [key, message] of Object.entries(english)) {
        expect([key, placesOf(translated[key])]).toEqual([key, placesOf(message)]);
      }
    }
  });

  it.each(Object.entries({ en, ...others }))(
    'leave nothing empty in %s, not even one number of a plural',
    (_locale, language) => {
      const empty = Object.entries(language).flatMap(([part, messages]) =>
        Object.entries(messages as Record<string, string | Plural>)
          .filter(([, words]) =>
            (typeof words === 'string' ? [words] : Object.values(words)).some((one) => !one?.trim()),
          )
          .map(([key]) => `${part}.${key}`),
      );
      expect(empty).toEqual([]);
    },
  );

  it('have words for every code that a person can meet', () => {
    for (const locale of LOCALES) {
      for (const code of ERROR_CODES) expect(translate(locale, `codes.${code}`)).toMatch(/\.$/);
      for (const code of FAILURE_CODES) expect(translate(locale, `failures.${code}`)).toMatch(/\.$/);
    }
  });

  it('choose the plural by the language’s rules', () => {
    const t = translator('de', guest);
    expect(t('arrived', { count: 1 })).toBe('1 neues Foto');
    expect(t('arrived', { count: 0 })).toBe('0 neue Fotos');
    expect(translate('en', 'guest.photoCount', { count: 2 })).toBe('2 photos');
  });

  it('count in Arabic as Arabic counts', () => {
    const t = translator('ar', guest);
    expect([0, 1, 2, 3, 11, 100, 103].map((count) => t('photoCount', { count }))).toEqual([
      'لا صور',
      'صورة واحدة',
      'صورتان',
      '3 صور',
      '11 صورة',
      '100 صورة',
      '103 صور',
    ]);
  });

  it('have every category of plural that the language asks for', () => {
    for (const [locale, language] of Object.entries(others)) {
      // `many` of French and Spanish is for millions, which read like `other` here.
      const needed = new Intl.PluralRules(locale)
        .resolvedOptions()
        .pluralCategories.filter((category) => locale === 'ar' || category !== 'many');
      for (const part of Object.values(language)) {
        for (const [key, message] of Object.entries(part as Record<string, unknown>)) {
          if (typeof message === 'object')
            expect([key, Object.keys(message as object)]).toEqual([key, expect.arrayContaining(needed)]);
        }
      }
    }
  });

  it('write numbers as the language does, and with Latin digits everywhere', () => {
    expect(translate('de', 'guest.photoCount', { count: 1234 })).toBe('1.234 Fotos');
    expect(translate('ar', 'guest.photoCount', { count: 1234 })).toBe('1,234 صورة');
    expect(formatDay('ar', 'UTC', '2026-11-21T12:00:00Z')).toBe('21 نوفمبر 2026');
  });

  it('keep names from pulling the sentence around them along, whichever way either is written', () => {
    expect(translate('ar', 'guest.photoBy', { name: 'Ada (7)' })).toBe('صورة من \u2068Ada (7)\u2069');
    expect(translate('en', 'guest.photoBy', { name: 'ليلى' })).toBe('Photo by \u2068ليلى\u2069');
    expect(translate('en', 'guest.photoBy', { name: 'Ada' })).toBe('Photo by Ada');
  });

  it('do not let a name end its isolation, nor turn the sentence around', () => {
    const name = 'Ada\u2069\u202egnp.exe';
    expect(translate('ar', 'guest.photoBy', { name })).toBe('صورة من \u2068Adagnp.exe\u2069');
    expect(translate('en', 'guest.photoBy', { name })).toBe('Photo by \u2068Adagnp.exe\u2069');
  });

  it('do not compile when a language lacks a key, has one too many, or a sentence where a plural belongs', () => {
    const english = { one: 'One', many: { other: '{count}' } as Plural };
    const complete: Translated<typeof english> = { one: 'Eins', many: { one: '{count}', other: '{count}' } };
    // @ts-expect-error -- a key is missing
    const lacking: Translated<typeof english> = { one: 'Eins' };
    // @ts-expect-error -- a key that English does not have
    const extra: Translated<typeof english> = { ...complete, two: 'Zwei' as string, one: 'Eins', three: 'Drei' };
    // @ts-expect-error -- words that depend on a number need to
    const flat: Translated<typeof english> = { one: 'Eins', many: 'viele' };
    expect([complete, lacking, extra, flat]).toHaveLength(4);
  });

  it('do not fill places from what people typed', () => {
    expect(translate('en', 'guest.photoBy', { name: '{name} $& {count}' })).toBe('Photo by {name} $& {count}');
  });
});

describe('picking a language', () => {
  it.each([
    [null, undefined, 'en'],
    ['de-AT,de;q=0.9,en;q=0.8', undefined, 'de'],
    ['nl, en;q=0.3, de;q=0.7', undefined, 'de'],
    ['fr-CA, en;q=0.3', undefined, 'fr'],
    ['de;q=0', undefined, 'en'],
    ['de', 'en', 'en'],
    ['en', 'de', 'de'],
    ['en', 'xx', 'en'],
    ['de;q=garbage, ,;;,', undefined, 'de'],
    ['__proto__', 'constructor', 'en'],
  ])('%s with ?lang=%s is %s', (header, override, locale) => {
    expect(pickLocale(header, override)).toBe(locale);
  });

  it.each([
    ['de', undefined, ['fr', 'es'], 'es', 'es'],
    ['de, es;q=0.2', undefined, ['fr', 'es'], 'fr', 'es'],
    ['de', undefined, ['fr', 'es'], null, 'fr'],
    ['nl', undefined, ['de', 'en'], null, 'en'],
    ['es', 'ar', ['fr', 'es'], 'fr', 'ar'],
    [null, undefined, ['de', 'ar'], 'ar', 'ar'],
  ] as const)('%s with ?lang=%s at an event in %s (else %s) is %s', (header, chosen, languages, rest, locale) => {
    expect(pickLocale(header, chosen, { languages, defaultLanguage: rest })).toBe(locale);
  });
});

describe('times', () => {
  it('are those of the event’s zone', () => {
    expect(formatDay('en', 'Pacific/Auckland', '2026-11-21T23:00:00Z')).toBe('November 22, 2026');
    expect(formatMoment('de', 'Europe/Berlin', '2026-06-01T12:00:00Z')).toContain('14:00');
  });

  it('leave the present year out where there is little room', () => {
    const now = new Date('2026-11-21T12:00:00Z');
    const short = (iso: string) => formatShortDay('en', 'Europe/Berlin', iso, now);
    expect(short('2026-06-20T16:00:00Z')).toBe('Sat, Jun 20');
    expect(short('2026-12-31T23:30:00Z')).toBe('Fri, Jan 1, 2027');
    expect(formatShortMoment('de', 'Europe/Berlin', '2026-06-20T16:00:00Z', now)).toBe('Sa., 20. Juni, 18:00');
    expect(formatTime('de', 'Asia/Kolkata', '2026-06-20T16:00:00Z')).toBe('21:30');
  });

  it('survive a zone that does not exist', () => {
    expect(formatDay('en', 'Mars/Olympus', '2026-11-21T12:00:00Z')).toBe('November 21, 2026');
  });

  it('tell how long ago something was', () => {
    const now = new Date('2026-11-21T12:00:00Z');
    expect(formatAgo('en', '2026-11-21T11:55:00Z', now)).toBe('5 minutes ago');
    expect(formatAgo('de', '2026-11-20T12:00:00Z', now)).toBe('gestern');
    expect(formatAgo('en', '2026-11-21T11:59:59Z', now)).toBe('this minute');
  });
});
