export const TABLES_MAX = 500;
/** Unicode characters, as the database counts them. */
export const TABLE_LABEL_MAX_CHARACTERS = 80;
export type LabelProblem = 'empty' | 'too_long' | 'characters';

/*
 * Control characters, halves of a surrogate pair, line separators, and what turns the direction of the
 * text around it: a label is shown beside others, on pages and on paper. Left-to-right and right-to-left
 * marks and joiners stay, because Arabic and emoji need them. Made from strings: as literals the build
 * would lower them for browsers that know them well.
 */
const REFUSED = new RegExp(
  '[\\p{Cc}\\p{Cs}\\p{Co}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB]',
  'u',
);
const INVISIBLE = new RegExp('[\\p{Cf}\\p{Z}\\p{M}\\u115F\\u1160\\u3164\\uFFA0\\u2800]', 'gu');

/** A label as it is kept: composed, without spaces around it. */
export const tidyLabel = (label: string): string => label.normalize('NFC').trim();

/** What is wrong with a tidied label, if anything. */
export function findLabelProblem(label: string): LabelProblem | null {
  if (REFUSED.test(label)) return 'characters';
  if (label.replace(INVISIBLE, '') === '') return 'empty';
  return Array.from(label).length > TABLE_LABEL_MAX_CHARACTERS ? 'too_long' : null;
}

/** Labels that read alike are the same table, however they are written. */
export const labelKey = (label: string): string =>
  tidyLabel(label).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
