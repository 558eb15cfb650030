import type * as words from '../../../contract/messages/en/console.ts';
import { sayIn, type Translator } from '../../../contract/messages/say.ts';
import type { Locale } from '../../../contract/messages/shape.ts';
import { readWords } from '../../shared/words.ts';

type Words = typeof words;

/** One translator for each part of the console's words: `say.desk('approve')`. */
export type Say = { readonly [P in keyof Words]: Translator<Words[P]> };

const PARTS: (keyof Words)[] = [
  'admin',
  'codes',
  'desk',
  'events',
  'failures',
  'look',
  'people',
  'rehearsal',
  'screens',
  'share',
  'shell',
  'sites',
  'stage',
];

export function readSay(locale: Locale): Say {
  const own = readWords<Partial<Words>>();
  const say: Partial<Record<keyof Words, unknown>> = {};
  for (const part of PARTS) say[part] = sayIn(locale, (own[part] || {}) as Record<string, unknown>);
  return say as Say;
}
