import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from '../failure.ts';

export interface Migration {
  /** file name, `0001_control_plane.sql` */
  name: string;
  sql: string;
  /** hexadecimal, of the text with LF line ends */
  sha256: string;
}

export interface AppliedMigration {
  name: string;
  sha256: string;
  appliedAt: Date;
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
/** Roles and passwords come before migrations and are run by somebody else. */
const BOOTSTRAP_NUMBER = '0000';

/** Reads the numbered files in order. @throws CommandFailure for a name that is not `NNNN_words.sql` or a number used twice. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const seen = new Map<string, string>();
  const migrations: Migration[] = [];
  for (const name of names) {
    const number = NAME.exec(name)?.[1];
    if (number === undefined) throw new CommandFailure(`Migration ${name} is not named like 0001_words.sql.`);
    const twin = seen.get(number);
    if (twin !== undefined) throw new CommandFailure(`Migrations ${twin} and ${name} have the same number.`);
    seen.set(number, name);
    if (number === BOOTSTRAP_NUMBER) continue;
    // A checkout with CRLF is the same migration.
    const sql = (await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({ name, sql, sha256: createHash('sha256').update(sql).digest('hex') });
  }
  return migrations;
}

/**
 * Compares what is on disk with what was applied.
 * @returns the files still to be applied, in order, and a sentence per contradiction (empty: none).
 */
export function compareMigrations(
  files: readonly Migration[],
  applied: readonly AppliedMigration[],
): { pending: Migration[]; problems: string[] } {
  const byName = new Map(files.map((file) => [file.name, file]));
  const done = new Set(applied.map((row) => row.name));
  const problems: string[] = [];
  for (const row of applied) {
    const file = byName.get(row.name);
    if (!file) problems.push(`Migration ${row.name} was applied and its file is gone.`);
    else if (file.sha256 !== row.sha256)
      problems.push(`Migration ${row.name} was changed after it had been applied; write a new one instead.`);
  }
  const pending = files.filter((file) => !done.has(file.name));
  const last = applied
    .map((row) => row.name)
    .sort()
    .at(-1);
  for (const file of pending) {
    if (last !== undefined && file.name < last)
      problems.push(`Migration ${file.name} is numbered before ${last}, which is already applied.`);
  }
  return { pending, problems };
}
