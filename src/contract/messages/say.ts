import { directionOf, intlTag, type Locale, type Params, type Words } from './shape.ts';

/*
 * Says messages of words that are already there. It stands apart from `index.ts`, which carries every
 * language: a browser loads one language and this.
 */

export type Translator<T> = (key: keyof T & string, params?: Params) => string;

interface Grammar {
  plural: Intl.PluralRules;
  number: Intl.NumberFormat;
}
const grammars = new Map<Locale, Grammar>();

/** Kept: making these costs more than a hundred uses. */
function grammarOf(locale: Locale): Grammar {
  let grammar = grammars.get(locale);
  if (!grammar) {
    grammar = { plural: new Intl.PluralRules(locale), number: new Intl.NumberFormat(intlTag(locale)) };
    grammars.set(locale, grammar);
  }
  return grammar;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const DIRECTION_SIGNS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * What people typed may be written the other way than the sentence around it, and would then pull the
 * words beside it along: it stands between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX 9),
 * which unlike `<bdi>` also work in `alt`, `aria-label` and titles. Signs of its own could end that early.
 */
function isolated(locale: Locale, text: string): string {
  if (directionOf(locale) === 'ltr' && !RIGHT_TO_LEFT.test(text) && text.search(DIRECTION_SIGNS) < 0) return text;
  return `\u2068${text.replace(DIRECTION_SIGNS, '')}\u2069`;
}

/** Fills `{name}` places; a place without a parameter stays visible, so that tests and eyes find it. */
function fill(locale: Locale, text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? grammarOf(locale).number.format(value) : isolated(locale, value);
  });
}

function say(locale: Locale, words: Words, key: string, params?: Params): string {
  const message = words[key];
  if (message === undefined) return key;
  if (typeof message === 'string') return params ? fill(locale, message, params) : message;
  const category = grammarOf(locale).plural.select(Number(params ? params['count'] : 0));
  return fill(locale, message[category] || message.other, params || {});
}

/** @returns a function that says one part's words, which are of `locale`: `t('arrived', { count: 3 })`. */
export function sayIn<T>(locale: Locale, words: { readonly [K in keyof T]: unknown }): Translator<T> {
  return (key, params) => say(locale, words as unknown as Words, key, params);
}
