import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../errors.ts';
import { FAILURE_CODES } from '../photos.ts';
import * as arConsole from './ar/console.ts';
import * as arServer from './ar/index.ts';
import * as deConsole from './de/console.ts';
import * as deServer from './de/index.ts';
import * as enConsole from './en/console.ts';
import * as enServer from './en/index.ts';
import * as esConsole from './es/console.ts';
import * as esServer from './es/index.ts';
import * as frConsole from './fr/console.ts';
import * as frServer from './fr/index.ts';
import { guest, LOCALES, pickLocale, translate, translator } from './index.ts';
import { formatAgo, formatDay, formatMoment } from './times.ts';

const en = { ...enServer, ...enConsole };
const others = {
  ar: { ...arServer, ...arConsole },
  de: { ...deServer, ...deConsole },
  es: { ...esServer, ...esConsole },
  fr: { ...frServer, ...frConsole },
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
});

describe('times', () => {
  it('are those of the event’s zone', () => {
    expect(formatDay('en', 'Pacific/Auckland', '2026-11-21T23:00:00Z')).toBe('November 22, 2026');
    expect(formatMoment('de', 'Europe/Berlin', '2026-06-01T12:00:00Z')).toContain('14:00');
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
