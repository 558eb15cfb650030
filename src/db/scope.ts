import { sql } from 'drizzle-orm';
import type { NeonHttpDatabase } from 'drizzle-orm/neon-http';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { BatchAnswers, BatchItem } from './batch.ts';
import { asDatabaseError, isConflict } from './errors.ts';

declare const scoped: unique symbol;

/**
 * A database handle that works for one tenant. Only this file makes one, and making it sets
 * `app.tenant_id` (and the user) inside the same transaction; every query function takes one first.
 */
export type TenantTx = PgDatabase<PgQueryResultHKT, Record<string, never>> & { readonly [scoped]: 'tenant' };

/** What `platform/` opens; nothing here runs a query for a tenant except through `readTenant` and `writeTenant`. */
export interface Database {
  /** HTTP, read only, repeatable read: a batch is one round trip and one snapshot. */
  reader: NeonHttpDatabase;
  /** HTTP, one statement or a batch that writes. */
  writer: NeonHttpDatabase;
  /** A connection of its own, opened and closed here. */
  transaction<T>(work: (tx: PgDatabase<PgQueryResultHKT, Record<string, never>>) => Promise<T>): Promise<T>;
}

export interface Scope {
  tenantId: string;
  userId?: string;
}

type Queries = readonly BatchItem[];

const context = (scope: Scope) =>
  sql`select set_config('app.tenant_id', ${scope.tenantId}, true), set_config('app.user_id', ${scope.userId ?? ''}, true)`;

async function batch<const Q extends Queries>(
  database: NeonHttpDatabase,
  scope: Scope,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> {
  const queries = build(database as unknown as TenantTx);
  try {
    const [, ...answers] = await database.batch([database.execute(context(scope)), ...queries]);
    return answers as BatchAnswers<Q>;
  } catch (error) {
    throw asDatabaseError(error);
  }
}

/**
 * Reads for one tenant in one round trip. The queries are built, not awaited: awaited inside `build`
 * they would run without the tenant and find nothing.
 */
export const readTenant = <const Q extends Queries>(
  db: Database,
  scope: Scope,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> => batch(db.reader, scope, build);

/** Writes that need not look first, in one round trip and one transaction. */
export const writeTenantBatch = <const Q extends Queries>(
  db: Database,
  scope: Scope,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> => batch(db.writer, scope, build);

/** How often a transaction is made again that stood in another's way. */
const CONFLICT_RETRIES = 2;

/**
 * Work that looks before it writes, in one transaction; made again when it and another were in each other's way.
 * @throws DatabaseUnavailable also when the connection broke during COMMIT, so `work` must be safe to repeat.
 */
export async function writeTenant<T>(db: Database, scope: Scope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await db.transaction(async (tx) => {
        await tx.execute(context(scope));
        return work(tx as unknown as TenantTx);
      });
    } catch (error) {
      if (retries === CONFLICT_RETRIES || !isConflict(error)) throw asDatabaseError(error);
    }
  }
}
