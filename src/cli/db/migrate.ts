import type { Client } from 'pg';
import { CommandFailure, sentenceOf } from '../failure.ts';
import { compareMigrations, readMigrations } from './migrations.ts';
import type { AppliedMigration, Migration } from './migrations.ts';

/** Any number that nothing else in this database locks: "momentiq" as bytes would not fit, so two words. */
const LOCK_KEYS = [0x6d6f6d65, 0x6e746971] as const;

const LEDGER = `create table if not exists schema_migrations (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`;

/** What has been applied, in order; empty for a database without the ledger. */
export async function appliedMigrations(client: Client): Promise<AppliedMigration[]> {
  const ledger = await client.query<{ there: boolean }>(
    `select to_regclass('public.schema_migrations') is not null as there`,
  );
  if (!ledger.rows[0]?.there) return [];
  const { rows } = await client.query<{ name: string; sha256: string; applied_at: Date }>(
    'select name, sha256, applied_at from public.schema_migrations order by name',
  );
  return rows.map((row) => ({ name: row.name, sha256: row.sha256, appliedAt: row.applied_at }));
}

/**
 * Applies what is pending, each file in one transaction with its row in `schema_migrations`. Two
 * runners at once: the second waits and finds nothing to do.
 * @param client connected as momentique_owner
 * @returns names applied now
 * @throws CommandFailure on drift, or naming the file that failed; files before it stay applied.
 */
export async function migrate(client: Client, dir: string): Promise<string[]> {
  const files = await readMigrations(dir);
  await client.query('select pg_advisory_lock($1, $2)', [...LOCK_KEYS]);
  try {
    await client.query('set search_path = public');
    await client.query(LEDGER);
    const { pending, problems } = compareMigrations(files, await appliedMigrations(client));
    if (problems[0] !== undefined) throw new CommandFailure(problems.join(' '));
    for (const file of pending) await applyOne(client, file);
    return pending.map((file) => file.name);
  } finally {
    await client.query('select pg_advisory_unlock($1, $2)', [...LOCK_KEYS]).catch(() => undefined);
  }
}

async function applyOne(client: Client, file: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(file.sql);
    await client.query('insert into public.schema_migrations (name, sha256) values ($1, $2)', [file.name, file.sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const line = lineOf(file.sql, error);
    throw new CommandFailure(`Migration ${file.name} failed${line}: ${sentenceOf(error)}.`, { cause: error });
  }
}

function lineOf(sql: string, error: unknown): string {
  const position = Number((error as { position?: string }).position);
  return Number.isInteger(position) && position > 0 ? ` at line ${sql.slice(0, position).split('\n').length}` : '';
}
