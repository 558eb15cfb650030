import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { operations, readTables, type Operation, type Table } from './catalogue.ts';
import { asApp, asSuperuser, endConnections, pooledApp, refusalOf, rolledBack } from './connections.ts';
import { alongside, insertStatement, rowMaker, type Row } from './rows.ts';

endConnections();

const superuser = await asSuperuser();
const tables = await readTables(superuser);
const scoped = [...tables.values()].filter((table) => table.columns.some((column) => column.name === 'tenant_id'));
/** `dead_letters` names a tenant but belongs to nobody: the Workers may do nothing with it (control-plane.test.ts). */
const tenanted = scoped.filter((table) => table.primaryKey[0] === 'tenant_id');

const own = randomUUID();
const other = randomUUID();
const maker = rowMaker(superuser, tables);
const planted = new Map<string, { own: Row; other: Row }>();

beforeAll(async () => {
  for (const table of tenanted) {
    // Twice each, so that "all of the own tenant's" is more than the one that is asked for by key.
    await maker.plant(table.name, own);
    await maker.plant(table.name, other);
    planted.set(table.name, { own: await maker.plant(table.name, own), other: await maker.plant(table.name, other) });
  }
});

/** A connection of the Workers' role in a given context, inside a transaction that is rolled back. */
const contexts = {
  'its own tenant': async (work: Work) => {
    const client = await asApp();
    return rolledBack(
      client,
      async () => (await client.query("select set_config('app.tenant_id', $1, true)", [own]), work(client)),
    );
  },
  'no context': async (work: Work) => {
    const client = await asApp();
    return rolledBack(client, () => work(client));
  },
  "the context ''": async (work: Work) => {
    const client = await asApp();
    return rolledBack(
      client,
      async () => (await client.query("select set_config('app.tenant_id', '', true)"), work(client)),
    );
  },
  'a pooled connection after a commit': async (work: Work) => {
    const pool = pooledApp();
    const before = await pool.connect();
    const first = await before.query<{ pid: number }>('select pg_backend_pid() as pid');
    await before.query('begin');
    await before.query("select set_config('app.tenant_id', $1, true)", [own]);
    await before.query('commit');
    before.release();
    const client = await pool.connect();
    const again = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    try {
      expect(again.rows[0]?.pid).toBe(first.rows[0]?.pid);
      return await rolledBack(client, () => work(client));
    } finally {
      client.release();
    }
  },
} as const;
type Work = (client: ClientBase) => Promise<void>;

const garbage = [
  { what: 'a word', value: 'not-a-uuid' },
  { what: 'an injection', value: "' or true --" },
  { what: 'a wildcard', value: '%' },
  { what: 'a uuid cut short', value: '00000000-0000-0000-0000-00000000000' },
  { what: 'a list of both tenants', value: `{${own},${other}}` },
  { what: 'a blank', value: ' ' },
  { what: 'far too long', value: 'x'.repeat(70_000) },
];

/** A test that exists only where the role may try at all; that it is refused elsewhere is a case of its own. */
const itWhere = (granted: boolean, name: string, work: () => Promise<unknown>) => {
  if (granted) it(name, work);
};

const keyOf = (table: Table, row: Row) => table.primaryKey.map((column) => row[column]);
const byKey = (table: Table) => table.primaryKey.map((column, n) => `"${column}" = $${n + 1}`).join(' and ');
const rowOf = (table: Table, whose: 'own' | 'other') => {
  const row = planted.get(table.name)?.[whose];
  if (!row) throw new Error(`No row of ${table.name} was made.`);
  return row;
};
const owned = async (table: Table) => {
  const { rows } = await superuser.query<{ n: number }>(
    `select count(*)::int as n from "${table.name}" where tenant_id = $1`,
    [own],
  );
  return rows[0]?.n ?? 0;
};

/** What an operation on one row does: how many rows it met, or the SQLSTATE of its refusal. */
async function attempt(
  client: ClientBase,
  table: Table,
  operation: Operation,
  whose: 'own' | 'other',
): Promise<number | string | undefined> {
  let met: number | null = 0;
  const run = async (text: string, values: unknown[]) => (met = (await client.query(text, values)).rowCount);
  // Arranged before the statement under test, by a role that sees everything.
  const fresh =
    operation === 'insert'
      ? insertStatement(table.name, await maker.valuesFor(table.name, whose === 'own' ? own : other))
      : null;
  const key = keyOf(table, rowOf(table, whose));
  const statements: Record<Operation, () => Promise<unknown>> = {
    select: () => run(`select 1 from "${table.name}" where ${byKey(table)}`, key),
    insert: () => run(fresh?.text ?? '', fresh?.values ?? []),
    update: () => run(`update "${table.name}" set updated_at = now() where ${byKey(table)}`, key),
    delete: () => run(`delete from "${table.name}" where ${byKey(table)}`, key),
  };
  const refusal = await refusalOf(statements[operation]());
  return refusal ?? met ?? undefined;
}

const REFUSED = '42501';
const cases = tenanted.flatMap((table) =>
  operations.map((operation) => ({ table, name: table.name, operation, granted: table.granted[operation] })),
);
/** Where the tenant is not the row's: nothing is met, and writing a row is refused. */
const hidden = (operation: Operation, granted: boolean) => (!granted || operation === 'insert' ? REFUSED : 0);

describe.each(cases)('$operation on $name', ({ table, operation, granted }) => {
  it(granted ? 'works for a row of its own tenant' : 'is not granted, for a row of its own tenant either', () =>
    contexts['its own tenant'](async (client) => {
      expect(await attempt(client, table, operation, 'own')).toBe(granted ? 1 : REFUSED);
    }),
  );

  it('meets no row of another tenant', () =>
    contexts['its own tenant'](async (client) => {
      expect(await attempt(client, table, operation, 'other')).toBe(hidden(operation, granted));
    }));

  it.each(['no context', "the context ''", 'a pooled connection after a commit'] as const)(
    'meets no row with %s',
    (name) =>
      contexts[name](async (client) => {
        expect(await attempt(client, table, operation, 'own')).toBe(hidden(operation, granted));
      }),
  );
});

describe.each(tenanted.map((table) => ({ table, name: table.name })))(
  '$name without a condition',
  ({ table, name }) => {
    itWhere(table.granted.select, 'shows exactly the rows of the tenant', () =>
      contexts['its own tenant'](async (client) => {
        const { rows } = await client.query<{ tenant_id: string }>(`select tenant_id from "${name}"`);
        expect(rows).toHaveLength(await owned(table));
        expect(new Set(rows.map((row) => row.tenant_id))).toEqual(new Set([own]));
      }),
    );

    itWhere(table.granted.update, 'changes exactly the rows of the tenant', () =>
      contexts['its own tenant'](async (client) => {
        const expected = await owned(table);
        expect((await client.query(`update "${name}" set updated_at = now()`)).rowCount).toBe(expected);
      }),
    );

    itWhere(table.granted.delete, 'deletes exactly the rows of the tenant', () =>
      contexts['its own tenant'](async (client) => {
        const expected = await owned(table);
        expect((await client.query(`delete from "${name}"`)).rowCount).toBe(expected);
      }),
    );

    itWhere(table.granted.update, 'gives no row away to another tenant', () =>
      contexts['its own tenant'](async (client) => {
        const update = client.query(
          `update "${name}" set tenant_id = $${table.primaryKey.length + 1} where ${byKey(table)}`,
          [...keyOf(table, rowOf(table, 'own')), other],
        );
        expect(await refusalOf(update)).toBe(REFUSED);
      }),
    );

    itWhere(
      table.granted.insert && table.granted.update,
      'is not taken over by an upsert on the key of another tenant',
      () =>
        contexts['its own tenant'](async (client) => {
          const { text, values } = insertStatement(name, rowOf(table, 'other'));
          const key = table.primaryKey.map((column) => `"${column}"`).join(', ');
          const upsert = client.query(`${text} on conflict (${key}) do update set updated_at = now()`, values);
          expect(await refusalOf(upsert)).toBe(REFUSED);
        }),
    );

    it('cannot be emptied past its policies', async () => {
      const client = await asApp();
      expect(await refusalOf(client.query(`truncate "${name}"`))).toBe(REFUSED);
    });

    it('cannot be read with row security switched off', async () => {
      const client = await asApp();
      await client.query('set row_security = off');
      expect(await refusalOf(client.query(`select * from "${name}"`))).toBe(REFUSED);
    });

    for (const { what, value } of garbage) {
      itWhere(table.granted.select, `shows nothing for a tenant that is ${what}`, async () => {
        const client = await asApp();
        await client.query("select set_config('app.tenant_id', $1, false)", [value]);
        const seen = await client.query(`select * from "${name}"`).catch((error: { code?: string }) => error.code);
        expect(['22P02', 0]).toContain(typeof seen === 'object' ? seen.rowCount : seen);
      });
    }
  },
);

describe('foreign keys', () => {
  const keys = tenanted.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.columns.length > 1)
      .map((key) => ({ table, name: table.name, key, parent: key.parent })),
  );

  it.each(keys)('of $name never reach a row of $parent of another tenant', async ({ table, key }) => {
    const row = await maker.valuesFor(table.name, own);
    const foreign = await maker.plant(key.parent, other);
    key.columns.forEach((column, place) => {
      if (column !== 'tenant_id') row[column] = foreign[key.parentColumns[place] ?? ''];
    });
    Object.assign(row, alongside[key.name]);
    const { text, values } = insertStatement(table.name, row);
    const asWorker = contexts['its own tenant'](async (client) => {
      expect(await refusalOf(client.query(text, values))).toBe(table.granted.insert ? '23503' : REFUSED);
    });
    await asWorker;
    // Not the policies alone: nobody can, also who bypasses them.
    expect(await rolledBack(superuser, () => refusalOf(superuser.query(text, values)))).toBe('23503');
  });

  it('exist for the tests to walk', () => expect(keys.length).toBeGreaterThan(5));
});
