import { TABLE_CODE_MAX_CHARACTERS } from '../../contract/table-codes.ts';
import {
  findLabelProblem,
  labelKey,
  TABLE_LABEL_MAX_CHARACTERS,
  TABLES_MAX,
  tidyLabel,
  type LabelProblem,
} from '../../contract/table-labels.ts';
import type { TablesRequest } from '../../contract/tables.ts';
import { DomainError } from '../errors.ts';
import { toLatin } from './transliteration.ts';

const MESSAGES: Record<LabelProblem | 'twice', string> = {
  empty: 'must not be empty',
  too_long: `must have ${TABLE_LABEL_MAX_CHARACTERS} characters at most`,
  characters: 'must be plain text on one line',
  twice: 'stands in the list twice',
};
/** A body of any length says what is wrong with its first so many lines. */
const FIELDS_MAX = 20;
/** Room for `-500` behind a code that is taken. */
const STEM_MAX_CHARACTERS = TABLE_CODE_MAX_CHARACTERS - 4;

export interface KnownTable {
  code: string;
  label: string;
}

/** The label in the letters of an address, `Tisch 7` → `tisch-7`; null when nothing of it can be written so. */
function stemOf(label: string): string | null {
  const stem = toLatin(label)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, STEM_MAX_CHARACTERS)
    .replaceAll(/^-+|-+$/g, '');
  return stem === '' ? null : stem;
}

/** A code that is not taken: the label's own, else with a number behind it. */
export function makeCode(label: string, position: number, taken: ReadonlySet<string>): string {
  const stem = stemOf(label) ?? `t${position + 1}`;
  for (let n = 1; ; n++) {
    const code = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(code)) return code;
  }
}

function judge(tables: TablesRequest['tables']): void {
  if (tables.length > TABLES_MAX) {
    throw new DomainError(
      'tables.invalid',
      `An event can have ${TABLES_MAX} tables at most; these are ${tables.length}.`,
    );
  }
  const fields: { path: string; message: string }[] = [];
  const labels = new Set<string>();
  const codes = new Set<string>();
  tables.forEach(({ label, code }, index) => {
    const tidy = tidyLabel(label);
    const problem = findLabelProblem(tidy) ?? (labels.has(labelKey(tidy)) ? 'twice' : null);
    if (problem) fields.push({ path: `body.tables.${index}.label`, message: MESSAGES[problem] });
    if (code !== undefined && codes.has(code)) {
      fields.push({ path: `body.tables.${index}.code`, message: MESSAGES.twice });
    }
    labels.add(labelKey(tidy));
    if (code !== undefined) codes.add(code);
  });
  const first = fields[0];
  if (!first) return;
  throw new DomainError('tables.invalid', `Check “${first.path}”: it ${first.message}.`, {
    fields: fields.slice(0, FIELDS_MAX),
  });
}

/**
 * The list as it will be kept. A printed card holds a code, so a code stays with its table: named in the
 * request it stays whatever the label has become, and a line without one takes the code of the table that
 * is called the same.
 * @throws DomainError tables.invalid
 */
export function planTables(given: TablesRequest['tables'], known: readonly KnownTable[]): KnownTable[] {
  judge(given);
  const taken = new Set(given.flatMap(({ code }) => code ?? []));
  const codeByLabel = new Map(known.map(({ code, label }) => [labelKey(label), code]));
  const kept = given.map(({ label, code }) => {
    const same = codeByLabel.get(labelKey(label));
    if (code !== undefined || same === undefined || taken.has(same)) return code;
    taken.add(same);
    return same;
  });
  return given.map(({ label }, position) => {
    const tidy = tidyLabel(label);
    const code = kept[position] ?? makeCode(tidy, position, taken);
    taken.add(code);
    return { code, label: tidy };
  });
}
