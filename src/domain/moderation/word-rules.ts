import type { EventSettings } from '../../contract/event-settings.ts';
import type { PhotoFlag } from '../../contract/photos.ts';

/*
 * Word lists of an event against what guests write. A word is found as a whole word, whatever its case and its
 * accents, also where invisible signs, spaced letters or other forms of the same letter are to hide it. It is not
 * guessed at: digits for letters and misspellings are other words.
 */

/** Letters that no decomposition makes plain, with what people type instead. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  // Arabic: letters written one for another, and Persian forms of two.
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ٱ: 'ا',
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
const EASTERN_DIGIT = /[٠-٩۰-۹]/gu;
/** Marks over letters, where they make no other word of them; those of Indic scripts are vowels, and two of Japanese do. */
const MARKS =
  /(?!\u3099|\u309a)(?=\p{Mn})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/gu;
/** Signs without a shape: joiners, direction marks, soft hyphens; and the stroke that only makes Arabic words longer. */
const SHAPELESS = /\p{Cf}|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0|\u0640/gu;

/** The same for everything that reads as the same word. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase()
    .replace(SHAPELESS, '')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(PLAIN_LETTER, (letter) => PLAIN[letter] ?? letter)
    .replace(EASTERN_DIGIT, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;
const tokensOf = (text: string): string[] => plain(text).match(TOKEN) ?? [];

const SPACED_LEAST = 3;

/** Words that are written letter by letter, `b a d` and `b.a.d`, put together. */
function joinSpaced(tokens: string[]): string[] {
  const joined: string[] = [];
  let run: string[] = [];
  const end = () => {
    if (run.length >= SPACED_LEAST) joined.push(run.join(''));
    run = [];
  };
  for (const token of tokens) {
    if (Array.from(token).length === 1) run.push(token);
    else end();
  }
  end();
  return joined;
}

/** Scripts that put no spaces between words: a word may stand anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ARABIC = /^\p{Script=Arabic}/u;
/** What Arabic writes onto the front of a word: and, so; with, like, for; the. */
const ARABIC_PREFIX = /^[وف]?(?:[بك]?ال|لل|[بكل])?/u;

/** A word as it stands, or without what Arabic has put before it. */
function formsOf(token: string): string[] {
  if (!ARABIC.test(token)) return [token];
  const forms = new Set([token]);
  const prefix = ARABIC_PREFIX.exec(token)?.[0] ?? '';
  for (let cut = 1; cut <= prefix.length; cut++) forms.add(token.slice(cut));
  return [...forms];
}

interface Text {
  tokens: string[][];
  spaced: Set<string>;
  run: string;
}

function readText(text: string): Text {
  const tokens = tokensOf(text);
  return { tokens: tokens.map(formsOf), spaced: new Set(joinSpaced(tokens)), run: tokens.join('') };
}

function hasWord(text: Text, word: string): boolean {
  const wanted = tokensOf(word);
  const first = wanted[0];
  if (first === undefined) return false;
  const joined = wanted.join('');
  if (UNSPACED.test(joined)) return text.run.includes(joined);
  if (text.spaced.has(joined)) return true;
  return text.tokens.some((forms, start) =>
    wanted.every((token, index) => (index === 0 ? forms : (text.tokens[start + index] ?? [])).includes(token)),
  );
}

/** Whether a text has one of these words or phrases. */
export function hasAnyWord(text: string | null, words: readonly string[]): boolean {
  if (text === null || words.length === 0) return false;
  const read = readText(text);
  return words.some((word) => hasWord(read, word));
}

/** What the event's lists say of a caption and the name it comes with. */
export function wordFlags(
  settings: Pick<EventSettings, 'holdWords' | 'blockWords'>,
  texts: readonly (string | null)[],
): PhotoFlag[] {
  const flags: PhotoFlag[] = [];
  if (texts.some((text) => hasAnyWord(text, settings.holdWords))) flags.push('words_held');
  if (texts.some((text) => hasAnyWord(text, settings.blockWords))) flags.push('words_hidden');
  return flags;
}
