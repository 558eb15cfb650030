/*
 * What a table may be called and what its code looks like. Stands apart from `tables.ts` so that pages
 * that only read a code from their address carry no schema library.
 */
export const TABLES_MAX = 500;
/** Unicode characters, as the database counts them. */
export const TABLE_LABEL_MAX_CHARACTERS = 80;
export const TABLE_CODE_MAX_CHARACTERS = 32;
export const TABLE_CODE = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
/** Name of the parameter in a table's address: `/e/wedding?t=7`. */
export const TABLE_PARAMETER = 't';

/**
 * The table code of an address or a form. A card that was printed badly or typed wrongly must not keep
 * anybody out, so what is no code is no table and never an error.
 */
export function readTableCode(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const code = value.trim().toLowerCase();
  return TABLE_CODE.test(code) ? code : undefined;
}

export type LabelProblem = 'empty' | 'too_long' | 'characters';

/*
 * Control characters, halves of a surrogate pair, line separators, and what turns the direction of the
 * text around it: a label is shown beside others, on pages and on paper. Left-to-right and right-to-left
 * marks and joiners stay, because Arabic and emoji need them.
 */
const REFUSED = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/u;
const INVISIBLE = /[\p{Cf}\p{Z}\p{M}\u115F\u1160\u3164\uFFA0\u2800]/gu;

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
