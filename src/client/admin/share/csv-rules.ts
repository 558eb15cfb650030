import { labelKey, TABLE_LABEL_MAX_CHARACTERS, tidyLabel, findLabelProblem } from '../../../contract/table-labels.ts';

/*
 * Lists of tables as people have them: a column of a spreadsheet pasted or saved as CSV with commas,
 * semicolons or tabs, or plainly one name a line.
 */

/** How often a separator stands in the text outside of quotes, line by line. */
function countPerLine(text: string, separator: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  let hasText = false;
  for (const character of `${text}\n`) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) count++;
    if (character === '\n' && !isQuoted) {
      if (hasText) counts.push(count);
      count = 0;
      hasText = false;
    } else if (character.trim()) hasText = true;
  }
  return counts;
}

/** A comma also stands inside of names, so it separates only where every line has as many. */
function separatorOf(text: string): string | null {
  for (const separator of ['\t', ';', ',']) {
    const counts = countPerLine(text, separator);
    const first = counts[0] || 0;
    if (first === 0) continue;
    if (separator !== ',' || (counts.length > 1 && counts.every((count) => count === first))) return separator;
  }
  return null;
}

/** The cells of a text (RFC 4180, and more leniently), without lines that are empty. */
export function readCells(given: string): string[][] {
  let text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const told = /^sep=(.)\n/i.exec(text);
  if (told) text = text.slice(told[0].length);
  const separator = told ? told[1] : separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some(Boolean)) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (character === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  endRow();
  return rows;
}

/** What the column of names is called in lists of our five languages, and in our own export. */
const NAME_HEADERS =
  /^(tables?|table names?|names?|labels?|groups?|tische?|tischname|bezeichnung|gruppen?|noms?|groupes?|nom de (la )?table|mesas?|nombres?|grupos?|الطاولة|طاولة|الاسم|اسم|المجموعة|مجموعة)$/;

const headerOf = (cells: string[]): number => cells.findIndex((cell) => NAME_HEADERS.test(cell.toLowerCase()));

/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

export interface TableNames {
  labels: string[];
  /** the cells of the first line and which of them is taken for the name; one column has no choice */
  columns: string[];
  column: number;
  hasHeader: boolean;
  /** how many lines… */
  notes: {
    /** …were there already, or twice */
    duplicates: number;
    /** …look like formulas and are kept as the text they are */
    formulas: number;
    /** …were cut to the longest label there may be */
    shortened: number;
    /** …did not fit the event any more */
    over: number;
  };
}

const SPACES = new RegExp('[\\p{Cc}\\s\\u2028\\u2029]+', 'gu');
const TURNS = new RegExp('[\\p{Cs}\\p{Co}\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB]', 'gu');

/** One line of plain text: what would break a line or turn its direction is taken out. */
function clean(cell: string): string {
  const plain = cell.replace(SPACES, ' ').replace(TURNS, '').trim();
  // What an export has put in front of a formula to disarm it.
  return /^'[=+\-@]/.test(plain) ? plain.slice(1) : plain;
}

/**
 * Reads labels from a pasted or opened list.
 * @param known labels that the event has already
 * @param room how many more tables it may have
 * @param chosen the column that somebody has picked; by default the one whose header says so, else the first
 */
export function readTableNames(text: string, known: readonly string[], room: number, chosen?: number): TableNames {
  const rows = readCells(text);
  const first = rows[0] || [];
  const named = headerOf(first);
  const column = chosen !== undefined ? chosen : Math.max(0, named);
  const notes = { duplicates: 0, formulas: 0, shortened: 0, over: 0 };
  const seen = new Set(known.map(labelKey));
  const labels: string[] = [];
  for (const row of named >= 0 ? rows.slice(1) : rows) {
    const whole = clean(row[column] || '');
    const label = tidyLabel(Array.from(whole).slice(0, TABLE_LABEL_MAX_CHARACTERS).join(''));
    if (findLabelProblem(label)) continue;
    if (seen.has(labelKey(label))) {
      notes.duplicates++;
      continue;
    }
    if (labels.length >= room) {
      notes.over++;
      continue;
    }
    seen.add(labelKey(label));
    if (FORMULA.test(label)) notes.formulas++;
    if (label !== tidyLabel(whole)) notes.shortened++;
    labels.push(label);
  }
  return { labels, columns: first, column, hasHeader: named >= 0, notes };
}

/**
 * Rows as CSV that a spreadsheet opens without calculating: cells that look like formulas get an
 * apostrophe (OWASP, “CSV Injection”), every cell is quoted, and the mark at the beginning says UTF-8.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[], separator: ',' | ';'): string {
  const cellOf = (value: string | number) => {
    const text = String(value);
    const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
    return `"${safe.replace(/"/g, '""')}"`;
  };
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(separator)).join('\r\n')}\r\n`;
}
