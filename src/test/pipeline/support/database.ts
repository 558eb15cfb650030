import { neon, neonConfig } from '@neondatabase/serverless';
import { inject } from 'vitest';

neonConfig.fetchEndpoint = `http://${inject('pipeline').endpoint}/sql`;

type Row = Record<string, unknown>;

/** Arranges and looks behind the platform's back, as the operator. One transaction each; numbers come as numbers. */
export async function operator<T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> {
  const [rows] = await operatorBatch([[text, values]]);
  return rows as T[];
}

/** Several statements in one transaction. */
export async function operatorBatch(statements: [text: string, values: unknown[]][]): Promise<Row[][]> {
  const sql = neon(inject('pipeline').ownerUrl);
  const queries = statements.map(([text, values]) => sql.query(text, values));
  const [, ...answers] = await sql.transaction([sql.query('set local role momentique_operator'), ...queries]);
  return answers as Row[][];
}

/** An empty tenant plane: a sweep sees every tenant, so no test may leave it anything. */
export async function emptyDatabase(): Promise<void> {
  // Faster than TRUNCATE, which makes new files for every table and index.
  await operatorBatch(['events', 'tenants', 'users', 'dead_letters'].map((table) => [`delete from ${table}`, []]));
}

/** Lets time pass for what the database dates by itself. */
export async function age(what: 'jobs' | 'outbox' | 'uploads', interval = '3 hours'): Promise<void> {
  const column = {
    jobs: 'photos set enqueued_at',
    outbox: 'outbox set created_at',
    uploads: 'upload_intents set created_at',
  };
  await operator(`update ${column[what]} = now() - $1::interval`, [interval]);
}
