import { getTableColumns, getTableName } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as controlPlane from '../../db/schema/control-plane.ts';
import * as events from '../../db/schema/events.ts';
import * as guestIdentity from '../../db/schema/guest-identity.ts';
import * as moderation from '../../db/schema/moderation.ts';
import * as photos from '../../db/schema/photos.ts';
import * as rehearsals from '../../db/schema/rehearsals.ts';
import * as rules from '../../db/schema/rules.ts';
import * as screens from '../../db/schema/screens.ts';
import { asSuperuser, endConnections } from './connections.ts';

endConnections();
const superuser = await asSuperuser();
const { rows } = await superuser.query<{ table_name: string; column_name: string; type: string; nullable: boolean }>(
  `select c.table_name, c.column_name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
   from information_schema.columns c
   join pg_attribute a on a.attrelid = format('public.%I', c.table_name)::regclass and a.attname = c.column_name
   where c.table_schema = 'public'`,
);
const tables = Object.values({
  ...controlPlane,
  ...events,
  ...moderation,
  ...photos,
  ...screens,
  ...rehearsals,
  ...rules,
  ...guestIdentity,
}).filter((value) => value instanceof PgTable);

/** The schema in TypeScript is what queries are typed with; the migrations are what the database has. */
describe.each(tables.map((table) => [getTableName(table), table] as const))('%s in TypeScript', (name, table) => {
  const written = Object.values(getTableColumns(table)).map((column) => ({
    name: column.name,
    type: column.getSQLType(),
    nullable: !column.notNull,
  }));
  it('has the columns of the migrations, of their types', () => {
    const real = rows.filter((row) => row.table_name === name);
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(written.toSorted(byName)).toEqual(
      real.map((row) => ({ name: row.column_name, type: row.type, nullable: row.nullable })).toSorted(byName),
    );
  });
});
