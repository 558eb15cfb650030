import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withDatabase } from './connection.ts';

export interface RolePasswords {
  owner: string;
  app: string;
}

/**
 * Makes the database, if there is none, and the roles with their passwords. Idempotent.
 * @param adminUrl somebody who may create roles and databases, on the maintenance database
 */
export async function bootstrapDatabase(
  adminUrl: string,
  options: { database: string; passwords: RolePasswords; migrationsDir: string },
): Promise<void> {
  const roles = await readFile(path.join(options.migrationsDir, '0000_roles.sql'), 'utf8');
  await withDatabase(adminUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [options.database]);
    if (!rowCount)
      await client.query(
        `create database ${client.escapeIdentifier(options.database)} encoding 'UTF8' template template0`,
      );
  });
  const inside = new URL(adminUrl);
  inside.pathname = `/${options.database}`;
  await withDatabase(inside.href, async (client) => {
    await client.query('begin');
    await client.query(roles);
    for (const [role, password] of [
      ['momentique_owner', options.passwords.owner],
      ['momentique_app', options.passwords.app],
    ] as const) {
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    }
    await client.query('commit');
  });
}
