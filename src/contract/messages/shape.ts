export const LOCALES = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name, as people look for it. */
export const LOCALE_NAMES: Record<Locale, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
};

/** Which way a language is written: for `dir` on the page. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/**
 * What `Intl` is asked for. Browsers disagree about which digits Arabic has; PINs, table codes and sizes
 * stand on the same pages in Latin ones, so all are.
 */
export const intlTag = (locale: Locale): string => (locale === 'ar' ? 'ar-u-nu-latn' : locale);

/** A message whose words depend on `{count}`; the categories are those of `Intl.PluralRules`. */
export interface Plural {
  other: string;
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
}

export type Words = Record<string, string | Plural>;

/** The same keys with the same kinds of value: what another language has to provide. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends Plural ? Plural : string };

export type Params = Record<string, string | number>;
