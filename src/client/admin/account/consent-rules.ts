import type { ConsentTexts } from '../../../contract/consent.ts';
import { LOCALES, type Locale } from '../../../contract/messages/shape.ts';

/** What is being written, in every language; empty: none. */
export type Draft = Record<Locale, string>;

export const draftOf = (texts: ConsentTexts): Draft => {
  const draft: Partial<Draft> = {};
  for (const locale of LOCALES) draft[locale] = texts[locale] || '';
  return draft as Draft;
};

/** What a draft is sent as: nothing of the languages without words. */
export function textsOf(draft: Draft): ConsentTexts {
  const texts: ConsentTexts = {};
  for (const locale of LOCALES) if (draft[locale].trim() !== '') texts[locale] = draft[locale].trim();
  return texts;
}

export const writtenIn = (texts: ConsentTexts): Locale[] => LOCALES.filter((locale) => Boolean(texts[locale]));

/** Whether it says something else than what guests are asked now. */
export const isChanged = (draft: Draft, texts: ConsentTexts): boolean =>
  LOCALES.some((locale) => draft[locale].trim() !== (texts[locale] || ''));

/** In which language a reader of `locale` would read it: their own, else English, else the first there is. */
export const readIn = (texts: ConsentTexts, locale: Locale): Locale | null => {
  if (texts[locale]) return locale;
  if (texts.en) return 'en';
  return writtenIn(texts)[0] || null;
};
