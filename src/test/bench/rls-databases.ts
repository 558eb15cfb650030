import type { Client } from 'pg';
import { withDatabase } from '../../cli/db/connection.ts';
import { startPostgres, type TestDatabase } from '../support/postgres.ts';
import { untilDone } from './cleanup.ts';
import { fillDatabase, type Volume } from './rls-rows.ts';

export interface TwoDatabases {
  /** the application's role on the migrated database, and on its copy without row-level security */
  guardedUrl: string;
  plainUrl: string;
  postgresVersion: string;
  policies: number;
}

const PLAIN = 'momentique_plain';
const inDatabase = (url: string, database: string) => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

/**
 * Two databases of one server, alike page by page: the second is copied from the first as files and
 * then loses its policies. Roles, grants, indexes, statistics and the order of the rows are the same.
 */
export async function withTwoDatabases<T>(volume: Volume, work: (databases: TwoDatabases) => Promise<T>): Promise<T> {
  const starting = startPostgres();
  const stop = () =>
    starting.then(
      (server) => server.stop(),
      () => undefined,
    );
  return untilDone(stop, async () => work(await prepare(await starting, volume)));
}

async function prepare(server: TestDatabase, volume: Volume): Promise<TwoDatabases> {
  await withDatabase(server.superuserUrl, (client) => fillDatabase(client, volume));
  await withDatabase(inDatabase(server.superuserUrl, 'postgres'), (client) =>
    client.query(`create database ${PLAIN} template momentique`),
  );
  await withDatabase(inDatabase(server.superuserUrl, PLAIN), removePolicies);
  return withDatabase(server.superuserUrl, async (client) => {
    await client.query('checkpoint');
    const version = await client.query<{ server_version: string }>('show server_version');
    const policies = await client.query<{ count: string }>('select count(*) from pg_policies');
    return {
      guardedUrl: server.appUrl,
      plainUrl: inDatabase(server.appUrl, PLAIN),
      postgresVersion: version.rows[0]?.server_version ?? '',
      policies: Number(policies.rows[0]?.count),
    };
  });
}

async function removePolicies(client: Client): Promise<void> {
  const { rows: policies } = await client.query<{ name: string; on: string }>(
    `select policyname as name, format('%I.%I', schemaname, tablename) as on from pg_policies`,
  );
  for (const { name, on } of policies) await client.query(`drop policy ${client.escapeIdentifier(name)} on ${on}`);
  const { rows: tables } = await client.query<{ on: string }>(
    `select c.oid::regclass::text as on from pg_class c where c.relkind = 'r' and c.relrowsecurity`,
  );
  for (const { on } of tables) {
    await client.query(`alter table ${on} no force row level security, disable row level security`);
  }
  const { rows } = await client.query(`select 1 from pg_class where relrowsecurity or relforcerowsecurity`);
  if (policies.length === 0 || rows.length > 0)
    throw new Error('The copy is not what it should be: no policies, and none left.');
}
