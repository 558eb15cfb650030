import * as ar from './ar/index.ts';
import * as de from './de/index.ts';
import * as en from './en/index.ts';
import * as es from './es/index.ts';
import * as fr from './fr/index.ts';
import { sayIn, type Translator } from './say.ts';
import { LOCALES, type Locale, type Params, type Translated } from './shape.ts';

export { directionOf, LOCALE_NAMES, LOCALES, type Locale, type Params } from './shape.ts';
export type { Translator } from './say.ts';

/*
 * Every part in every language, for the server and for tests. A browser loads the words of one language
 * (`{language}/gallery.ts`, `{language}/console.ts`) and `say.ts`.
 */
type Catalogue<T> = Record<Locale, Translated<T>>;
export const codes = { en: en.codes, de: de.codes, fr: fr.codes, es: es.codes, ar: ar.codes };
export const failures = { en: en.failures, de: de.failures, fr: fr.failures, es: es.failures, ar: ar.failures };
export const guest = { en: en.guest, de: de.guest, fr: fr.guest, es: es.guest, ar: ar.guest };
export const wall = { en: en.wall, de: de.wall, fr: fr.wall, es: es.wall, ar: ar.wall };
export const admin = { en: en.admin, de: de.admin, fr: fr.admin, es: es.admin, ar: ar.admin };
export const site = { en: en.site, de: de.site, fr: fr.site, es: es.site, ar: ar.site };

/** @returns a function that says one part's words in one language: `t('arrived', { count: 3 })`. */
export const translator = <T>(locale: Locale, part: Catalogue<T>): Translator<T> => sayIn<T>(locale, part[locale]);

const parts = { codes, failures, guest, wall, admin, site };
type Parts = typeof parts;
export type MessageKey = { [P in keyof Parts]: `${P}.${keyof Parts[P]['en'] & string}` }[keyof Parts];

/** Says `part.key` in a language; for the server, where bundle size does not matter. */
export function translate(locale: Locale, key: MessageKey, params?: Params): string {
  const dot = key.indexOf('.');
  const part = parts[key.slice(0, dot) as keyof Parts];
  return sayIn<Record<string, string>>(locale, part[locale] as Record<string, string>)(key.slice(dot + 1), params);
}

const isLocale = (value: string): value is Locale => (LOCALES as readonly string[]).includes(value);

export interface Offered {
  /** in which an event may be read; never empty */
  languages: readonly Locale[];
  /** for readers whose own is not among them; null: English, or the first */
  defaultLanguage: Locale | null;
}
const EVERYTHING: Offered = { languages: LOCALES, defaultLanguage: null };

/** @returns the language if it is one of ours: of what a reader chose by `?lang=` or a cookie. */
export const toLocale = (value: string | null | undefined): Locale | null => (value && isLocale(value) ? value : null);

/**
 * The reader's language: an explicit choice first, also one that an event does not offer; then
 * `Accept-Language` by its weights (RFC 9110, 12.5.4) among what is offered; then what stands in for
 * the rest. Anything malformed is skipped.
 */
export function pickLocale(acceptLanguage: string | null, chosen?: string | null, offered = EVERYTHING): Locale {
  const explicit = toLocale(chosen);
  if (explicit) return explicit;
  const { languages, defaultLanguage } = offered;
  let best = defaultLanguage ?? (languages.includes('en') ? 'en' : (languages[0] ?? 'en'));
  let bestWeight = 0;
  for (const range of (acceptLanguage || '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = range.trim().split(';');
    const language = (tag.split('-')[0] || '').toLowerCase();
    const quality = options.map((option) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(option)).find(Boolean);
    const weight = quality ? Number(quality[1]) : 1;
    if (isLocale(language) && languages.includes(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
