import * as de from './de.ts';
import * as en from './en.ts';
import { LOCALES, type Locale, type Params, type Translated, type Words } from './shape.ts';

export { LOCALES, type Locale, type Params } from './shape.ts';

/*
 * One export per part, so that a bundle that imports `wall` carries the words of the wall and no
 * others. `translate` knows all parts and is for the server.
 */
export const codes = { en: en.codes, de: de.codes };
export const failures = { en: en.failures, de: de.failures };
export const guest = { en: en.guest, de: de.guest };
export const wall = { en: en.wall, de: de.wall };
export const admin = { en: en.admin, de: de.admin };
export const site = { en: en.site, de: de.site };

type Catalogue<T> = Record<Locale, Translated<T>>;
export type Translator<T> = (key: keyof T & string, params?: Params) => string;

const pluralRules = new Map<Locale, Intl.PluralRules>();

/** Fills `{name}` places; a place without a parameter stays visible, so that tests and eyes find it. */
function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    return value === undefined ? place : String(value);
  });
}

function say(locale: Locale, words: Words, key: string, params?: Params): string {
  const message = words[key];
  if (message === undefined) return key;
  if (typeof message === 'string') return params ? fill(message, params) : message;
  let rules = pluralRules.get(locale);
  if (!rules) pluralRules.set(locale, (rules = new Intl.PluralRules(locale)));
  const category = rules.select(Number(params ? params.count : 0)) as 'one' | 'few' | 'many' | 'other';
  return fill(message[category] || message.other, params || {});
}

/** @returns a function that says one part's words in one language: `t('arrived', { count: 3 })`. */
export function translator<T>(locale: Locale, part: Catalogue<T>): Translator<T> {
  const words = part[locale] as Words;
  return (key, params) => say(locale, words, key, params);
}

const parts = { codes, failures, guest, wall, admin, site };
type Parts = typeof parts;
export type MessageKey = { [P in keyof Parts]: `${P}.${keyof Parts[P]['en'] & string}` }[keyof Parts];

/** Says `part.key` in a language; for the server, where bundle size does not matter. */
export function translate(locale: Locale, key: MessageKey, params?: Params): string {
  const dot = key.indexOf('.');
  const part = parts[key.slice(0, dot) as keyof Parts];
  return say(locale, part[locale] as Words, key.slice(dot + 1), params);
}

const isLocale = (value: string): value is Locale => (LOCALES as readonly string[]).includes(value);

/**
 * The reader's language: an explicit choice (`?lang=de`) first, then `Accept-Language` by its weights
 * (RFC 9110, 12.5.4), then English. Anything malformed is skipped.
 */
export function pickLocale(acceptLanguage: string | null, override?: string | null): Locale {
  if (override && isLocale(override)) return override;
  let best: Locale = 'en';
  let bestWeight = 0;
  for (const range of (acceptLanguage || '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = range.trim().split(';');
    const language = (tag.split('-')[0] || '').toLowerCase();
    const quality = options.map((option) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(option)).find(Boolean);
    const weight = quality ? Number(quality[1]) : 1;
    if (isLocale(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
