import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeConfig, type VariableRow } from '../contract/config.ts';

const START = '<!-- variables:start -->';
const END = '<!-- variables:end -->';

/** The text of `.env.example`: required variables are set, the others stand there as comments with their default. */
export function renderEnvExample(rows: VariableRow[]): string {
  const entries = rows.map((row) => {
    const required = row.fallback === undefined;
    const value = row.local ?? row.fallback ?? '';
    const quoted = /[\s#<>"']/.test(value) ? JSON.stringify(value) : value;
    const facts = [required ? 'required' : 'optional', ...(row.secret ? ['secret'] : [])].join(', ');
    return `# ${row.doc} (${facts})\n${required ? '' : '# '}${row.name}=${quoted}`;
  });
  return `# Made from src/contract/config.ts by \`npm run check -- --fix\`.\n\n${entries.join('\n\n')}\n`;
}

/** The README's table, as Markdown that the formatter leaves alone. */
export function renderVariableTable(rows: VariableRow[]): string {
  const code = (text: string) => (text === '' ? '' : `\`${text}\``);
  const cells = rows.map((row) => [
    code(row.name),
    row.fallback === undefined ? '**required**' : code(row.fallback),
    row.secret ? 'yes' : '',
    row.doc.replaceAll('|', '\\|'),
  ]);
  const table = [['Variable', 'Default', 'Secret', 'What it is'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...table.map((line) => [...(line[column] ?? '')].length)));
  const pad = (text: string, width: number) => text + ' '.repeat(width - [...text].length);
  const lines = table.map((line) => `| ${line.map((cell, column) => pad(cell, widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

/** Puts the table between the markers. @returns null where there are no markers */
export function withVariableTable(readme: string, table: string): string | null {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) return null;
  return `${readme.slice(0, start + START.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * Compares (or, with `fix`, rewrites) `.env.example` and the README's table.
 * @returns the files that were not current
 */
export function checkConfigDocs(root: string, fix: boolean): string[] {
  const rows = describeConfig();
  const wanted = new Map([['.env.example', renderEnvExample(rows)]]);
  const readme = read(path.join(root, 'README.md'));
  const updated = readme === undefined ? null : withVariableTable(readme, renderVariableTable(rows));
  if (updated !== null) wanted.set('README.md', updated);
  const stale = [...wanted].filter(([name, text]) => read(path.join(root, name)) !== text);
  if (fix) for (const [name, text] of stale) writeFileSync(path.join(root, name), text);
  return stale.map(([name]) => name);
}
