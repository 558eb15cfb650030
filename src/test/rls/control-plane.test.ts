import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { controlPlane, operations, readTables } from './catalogue.ts';
import { asApp, asSuperuser, endConnections, pooledApp, refusalOf, rolledBack } from './connections.ts';
import { insertStatement, rowMaker } from './rows.ts';

endConnections();
const superuser = await asSuperuser();
const tables = await readTables(superuser);
const maker = rowMaker(superuser, tables);

/** What the Workers may do with each table of the control plane; the matrix of tables.test.ts shows with which rows. */
const granted: Record<string, readonly string[]> = {
  dead_letters: [],
  login_attempts: ['select', 'delete'],
  memberships: ['select', 'update', 'delete'],
  refresh_sessions: ['select', 'insert', 'update', 'delete'],
  schema_migrations: [],
  tenant_domains: ['select'],
  tenants: ['select', 'update'],
  user_credentials: [],
  users: ['select', 'update'],
};

const acme = randomUUID();
const techstart = randomUUID();
const person = { ann: '', ben: '', both: '', nobody: '' };

async function join(tenantId: string, userId: string): Promise<void> {
  const { text, values } = insertStatement('memberships', { tenant_id: tenantId, user_id: userId, role: 'member' });
  await superuser.query(text, values);
}

beforeAll(async () => {
  for (const tenant of [acme, techstart]) await maker.plant('tenants', tenant);
  for (const name of Object.keys(person) as (keyof typeof person)[]) {
    person[name] = String((await maker.plant('users', acme)).id);
    await maker.insert(superuser, 'user_credentials', { user_id: person[name], password_hash: 'not a hash' });
  }
  await join(acme, person.ann);
  await join(techstart, person.ben);
  for (const tenant of [acme, techstart]) await join(tenant, person.both);
  await maker.plant('dead_letters', acme);
});

/** The rows of a query as the Workers' role, in a transaction with these settings. */
async function seen(settings: { tenant?: string; user?: string }, text: string): Promise<string[]> {
  const client = await asApp();
  return rolledBack(client, async () => {
    if (settings.tenant !== undefined)
      await client.query("select set_config('app.tenant_id', $1, true)", [settings.tenant]);
    if (settings.user !== undefined) await client.query("select set_config('app.user_id', $1, true)", [settings.user]);
    const { rows } = await client.query<{ it: string }>(text);
    return rows.map((row) => row.it).sort();
  });
}
const sorted = (...ids: string[]) => ids.sort();

const tenants = 'select id as it from tenants';
const users = 'select id as it from users';
const memberships = "select tenant_id || ' ' || user_id as it from memberships";

describe('grants on the control plane', () => {
  it('are stated for every table of it', () => expect(Object.keys(granted).sort()).toEqual([...controlPlane].sort()));

  it.each(
    controlPlane.flatMap((name) =>
      operations.map((operation) => ({ name, operation, may: granted[name]?.includes(operation) ?? false })),
    ),
  )('$operation on $name is given: $may', ({ name, operation, may }) => {
    expect(tables.get(name)?.granted[operation]).toBe(may);
  });

  const refused = controlPlane.flatMap((name) =>
    operations.filter((o) => !granted[name]?.includes(o)).map((operation) => ({ name, operation })),
  );
  it.each(refused)('$operation on $name is refused, whatever the context', async ({ name, operation }) => {
    const first = tables.get(name)?.columns[0]?.name ?? '';
    const statement = {
      select: `select * from ${name}`,
      insert: `insert into ${name} default values`,
      update: `update ${name} set "${first}" = "${first}"`,
      delete: `delete from ${name}`,
    }[operation];
    const client = await asApp();
    for (const tenant of [acme, '']) {
      await client.query("select set_config('app.tenant_id', $1, false), set_config('app.user_id', $2, false)", [
        tenant,
        person.ann,
      ]);
      expect(await refusalOf(client.query(statement))).toBe('42501');
    }
  });
});

describe('tenants', () => {
  it('shows the current tenant only', async () => expect(await seen({ tenant: acme }, tenants)).toEqual([acme]));
  it.each([{}, { tenant: '' }, { user: 'set' }])('shows none with the settings %o', async (settings) => {
    expect(await seen({ ...settings, ...('user' in settings ? { user: person.both } : {}) }, tenants)).toEqual([]);
  });
});

describe('users', () => {
  it('shows the people of the current tenant', async () => {
    expect(await seen({ tenant: acme }, users)).toEqual(sorted(person.ann, person.both));
    expect(await seen({ tenant: techstart }, users)).toEqual(sorted(person.ben, person.both));
  });

  it('shows nobody without a tenant, not even to oneself', async () => {
    expect(await seen({}, users)).toEqual([]);
    expect(await seen({ tenant: '', user: person.ann }, users)).toEqual([]);
    expect(await seen({ user: person.ann }, users)).toEqual([]);
  });

  it('shows nobody in a tenant without people', async () => {
    expect(await seen({ tenant: randomUUID() }, users)).toEqual([]);
  });

  it('does not show who is in no tenant, nor somebody by e-mail', async () => {
    const all = await seen({ tenant: acme }, `${users} where email like '%'`);
    expect(all).not.toContain(person.nobody);
    expect(all).not.toContain(person.ben);
  });
});

describe('memberships', () => {
  it('shows those of the current tenant, also to a person who has others', async () => {
    const expected = sorted(`${acme} ${person.ann}`, `${acme} ${person.both}`);
    expect(await seen({ tenant: acme }, memberships)).toEqual(expected);
    expect(await seen({ tenant: acme, user: person.both }, memberships)).toEqual(expected);
  });

  it('shows a person their own, everywhere, while no tenant is set', async () => {
    const expected = sorted(`${acme} ${person.both}`, `${techstart} ${person.both}`);
    expect(await seen({ user: person.both }, memberships)).toEqual(expected);
    expect(await seen({ tenant: '', user: person.both }, memberships)).toEqual(expected);
  });

  it('shows none to nobody', async () => {
    expect(await seen({}, memberships)).toEqual([]);
    expect(await seen({ tenant: '', user: '' }, memberships)).toEqual([]);
    expect(await seen({ user: person.nobody }, memberships)).toEqual([]);
  });

  it('shows none on a pooled connection whose person has left', async () => {
    const pool = pooledApp();
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query("select set_config('app.user_id', $1, true)", [person.both]);
      expect((await client.query(memberships)).rowCount).toBe(2);
      await client.query('commit');
      expect((await client.query(memberships)).rowCount).toBe(0);
    } finally {
      client.release();
    }
  });
});

describe('what may be changed', () => {
  const changed = async (settings: { tenant?: string; user?: string }, statement: string) => {
    const client = await asApp();
    return rolledBack(client, async () => {
      await client.query("select set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true)", [
        settings.tenant ?? '',
        settings.user ?? '',
      ]);
      return (await client.query(statement)).rowCount;
    });
  };

  it('is the name and the settings of the own tenant', async () => {
    const rename = "update tenants set name = 'Renamed', settings = '{}'";
    expect(await changed({ tenant: acme }, rename)).toBe(1);
    expect(await changed({ tenant: '' }, rename)).toBe(0);
  });

  it.each(['plan', 'type', 'status', 'slug', 'residency'])('is never a tenant’s %s', async (column) => {
    const client = await asApp();
    await client.query("select set_config('app.tenant_id', $1, false)", [acme]);
    expect(await refusalOf(client.query(`update tenants set ${column} = ${column}`))).toBe('42501');
  });

  it('is one’s own name, in a tenant one belongs to, and nobody else’s', async () => {
    const rename = "update users set name = 'Renamed'";
    expect(await changed({ tenant: acme, user: person.ann }, rename)).toBe(1);
    expect(await changed({ tenant: techstart, user: person.ann }, rename)).toBe(0);
    expect(await changed({ tenant: acme }, rename)).toBe(0);
    expect(await changed({ user: person.ann }, rename)).toBe(0);
  });

  it('is never an address', async () => {
    const client = await asApp();
    await client.query("select set_config('app.tenant_id', $1, false), set_config('app.user_id', $2, false)", [
      acme,
      person.ann,
    ]);
    expect(await refusalOf(client.query("update users set email = 'x@example.org'"))).toBe('42501');
  });

  it('is the role of the own tenant’s people only', async () => {
    const promote = "update memberships set role = 'viewer'";
    expect(await changed({ tenant: acme }, promote)).toBe(2);
    expect(await changed({ user: person.both }, promote)).toBe(0);
    const client = await asApp();
    await client.query("select set_config('app.tenant_id', $1, false)", [acme]);
    expect(await refusalOf(client.query('update memberships set tenant_id = tenant_id'))).toBe('42501');
  });
});

describe('set_tenant_id and current_tenant_id', () => {
  const current = 'select current_tenant_id() as it';

  it('set the tenant for the session with one argument', async () => {
    const client = await asApp();
    await client.query('select set_tenant_id($1)', [acme]);
    expect((await client.query(current)).rows).toEqual([{ it: acme }]);
    await client.query('select set_tenant_id(null)');
    expect((await client.query(current)).rows).toEqual([{ it: null }]);
  });

  it('set it until the end of the transaction with two', async () => {
    const client = await asApp();
    await client.query('begin');
    await client.query('select set_tenant_id($1, true)', [acme]);
    expect((await client.query(current)).rows).toEqual([{ it: acme }]);
    await client.query('commit');
    expect((await client.query(current)).rows).toEqual([{ it: null }]);
    expect((await client.query("select current_setting('app.tenant_id', true) as it")).rows).toEqual([{ it: '' }]);
  });

  it('refuse what is no uuid', async () => {
    const client = await asApp();
    expect(await refusalOf(client.query("select set_tenant_id('acme')"))).toBe('22P02');
  });
});
