import * as z from 'zod';

/* Nothing here is made of zod when the file is loaded, so that a browser that only cleans a name need not have it. */

export const EVENT_NAME_MAX_LENGTH = 200;

// Embeddings and overrides turn the text around them; isolates may, if nobody ends them.
const EMBEDDINGS = /[\u202a-\u202e]/g;
const ISOLATE = /[\u2066-\u2069]/g;
const OPENING = /[\u2066-\u2068]/;
// Seen by nobody, and able to make two names look alike. Joiners stay where they join something: emoji and
// Persian need them; and so do tags behind a black flag, which are the flags of countries without one.
const INVISIBLE =
  /\u034f|\u17b4|\u17b5|[\u180b-\u180d]|[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
const LONELY_JOINERS = /(^|\s)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu;
const NOTHING_TO_SEE = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Takes out isolates that open and never end, or end and never opened. */
function balanceIsolates(text: string): string {
  const open: number[] = [];
  const drop = new Set<number>();
  for (const match of text.matchAll(ISOLATE)) {
    if (OPENING.test(match[0])) open.push(match.index);
    else if (open.pop() === undefined) drop.add(match.index);
  }
  for (const index of open) drop.add(index);
  return text.replace(ISOLATE, (mark, index: number) => (drop.has(index) ? '' : mark));
}

/**
 * A name as it is kept: one line, trimmed, without what cannot be seen and without what turns the text of
 * others around. Emoji and the marks of right-to-left scripts stay. A name of nothing visible is empty.
 */
export function cleanName(text: string): string {
  const clean = balanceIsolates(
    text
      .replace(EMBEDDINGS, '')
      .replace(INVISIBLE, '')
      .replace(/\s+/gu, ' ')
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .replace(TAGS, '$1')
      .replace(LONELY_JOINERS, '$1'),
  )
    .replace(/ +/g, ' ')
    .trim()
    .normalize('NFC');
  return clean.replace(NOTHING_TO_SEE, '') === '' ? '' : clean;
}

/** A text of several lines, each cleaned as a name is; at most one of them empty between two others. */
export const cleanText = (text: string): string =>
  text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(cleanName)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Length as people and the database count it, which is not that of JavaScript: an emoji is one. */
export const lengthOf = (text: string): number => Array.from(text).length;

/** A name, cleaned. The first bound only keeps the cleaning from being long. */
export const nameSchema = (maxLength: number) =>
  z
    .string()
    .max(maxLength * 10, `must have ${maxLength} characters at most`)
    .transform(cleanName)
    .refine((name) => name !== '', 'must have a character that can be seen')
    .refine((name) => lengthOf(name) <= maxLength, `must have ${maxLength} characters at most`);
