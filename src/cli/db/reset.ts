import type { Client } from 'pg';
import { inTransaction } from './connection.ts';

/** Drops every object of the schema, ledger included; roles stay. @param client connected as momentique_owner */
export async function dropEverything(client: Client): Promise<void> {
  await inTransaction(client, null, async () => {
    await client.query('drop schema if exists public cascade');
    await client.query('create schema public');
  });
}
