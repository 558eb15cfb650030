import type { Locale, Params, Words } from './shape.ts';

/*
 * Says messages of words that are already there. It stands apart from `index.ts`, which carries every
 * language: a browser loads one language and this.
 */

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
  const category = rules.select(Number(params ? params['count'] : 0));
  return fill(message[category] || message.other, params || {});
}

/** @returns a function that says one part's words, which are of `locale`: `t('arrived', { count: 3 })`. */
export function sayIn<T>(locale: Locale, words: { readonly [K in keyof T]: unknown }): Translator<T> {
  return (key, params) => say(locale, words as unknown as Words, key, params);
}
