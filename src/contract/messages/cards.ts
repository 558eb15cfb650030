import { cards as ar } from './ar/cards.ts';
import { cards as de } from './de/cards.ts';
import { cards as en } from './en/cards.ts';
import { cards as es } from './es/cards.ts';
import { cards as fr } from './fr/cards.ts';
import { sayIn, type Translator } from './say.ts';
import type { Locale } from './shape.ts';

const words = { ar, de, en, es, fr };

/** The words of a card in any language: they are few, and a card may speak two. */
export const sayOnCard = (locale: Locale): Translator<typeof en> => sayIn<typeof en>(locale, words[locale]);
