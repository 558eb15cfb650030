export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** A message whose words depend on `{count}`; the categories are those of `Intl.PluralRules`. */
export interface Plural {
  one: string;
  other: string;
  few?: string;
  many?: string;
}

export type Words = Record<string, string | Plural>;

/** The same keys with the same kinds of value: what another language has to provide. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends Plural ? Plural : string };

export type Params = Record<string, string | number>;
