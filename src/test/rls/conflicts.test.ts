import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { expect, it } from 'vitest';
import { writeTenant, type Database } from '../../db/scope.ts';
import { asApp, endConnections } from './connections.ts';

endConnections();

/** A database of which only transactions are used here, each on a connection of its own. */
async function connected(): Promise<Database> {
  const client = await asApp();
  const database = drizzle({ client });
  return { transaction: (work) => database.transaction((tx) => work(tx as never)) } as Database;
}

it('two transactions that hold what the other one wants both come to their end', async () => {
  const tenantId = '00000000-0000-4000-8000-000000000001';
  let holding = 0;
  let tries = 0;
  const lock = (name: number) => sql`select pg_advisory_xact_lock(20261121, ${name}::integer)`;
  const take = async (first: number, second: number): Promise<string> =>
    writeTenant(await connected(), { tenantId }, async (tx) => {
      tries += 1;
      await tx.execute(lock(first));
      holding += 1;
      await expect.poll(() => holding).toBeGreaterThanOrEqual(2);
      await tx.execute(lock(second));
      return 'done';
    });
  expect(await Promise.all([take(1, 2), take(2, 1)])).toEqual(['done', 'done']);
  expect(tries).toBe(3);
});
