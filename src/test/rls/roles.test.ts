import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readTables } from './catalogue.ts';
import { asApp, asOwner, asSuperuser, endConnections, refusalOf, rolledBack } from './connections.ts';
import { rowMaker } from './rows.ts';

endConnections();
const superuser = await asSuperuser();
const column = async (text: string) => (await superuser.query<{ it: string }>(text)).rows.map((row) => row.it);

const REFUSED = '42501';

describe('the role of the Workers', () => {
  it('has no attribute that reaches beyond its grants', async () => {
    const { rows } = await superuser.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'momentique_app'`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ]);
  });

  it('is a member of nothing', async () => {
    expect(
      await column(`select roleid::regrole::text as it from pg_auth_members where member = 'momentique_app'::regrole`),
    ).toEqual([]);
  });

  it('owns nothing', async () => {
    expect(
      await column(`select classid::regclass || ' ' || objid as it from pg_shdepend
        where refclassid = 'pg_authid'::regclass and refobjid = 'momentique_app'::regrole and deptype = 'o'`),
    ).toEqual([]);
  });

  it('holds nothing but select, insert, update and delete on tables', async () => {
    expect(
      await column(`select table_name || ': ' || privilege_type as it from information_schema.role_table_grants
        where grantee in ('momentique_app', 'PUBLIC') and table_schema = 'public'
          and (privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or is_grantable = 'YES' or grantee = 'PUBLIC')`),
    ).toEqual([]);
  });

  it.each(['momentique_owner', 'momentique_operator', 'momentique_resolver', 'postgres', 'pg_read_all_data'])(
    'cannot become %s',
    async (role) => {
      const client = await asApp();
      expect(await refusalOf(client.query(`set role ${role}`))).toBe(REFUSED);
      expect(await refusalOf(client.query(`set local role ${role}`))).toBe(REFUSED);
      expect(await refusalOf(client.query(`set session authorization ${role}`))).toBe(REFUSED);
      expect(await refusalOf(client.query(`grant ${role} to momentique_app`))).toBe(REFUSED);
    },
  );

  it.each([
    'alter table photos disable row level security',
    'alter table photos no force row level security',
    'drop policy tenant on photos',
    'create policy mine on photos using (true)',
    'alter role momentique_app bypassrls',
    'create table public.mine (id uuid)',
    'create view public.mine as select * from photos',
    'create function public.mine() returns int language sql as $$ select 1 $$',
    'create or replace function public.current_tenant_id() returns uuid language sql as $$ select null::uuid $$',
    'create schema mine',
    'create extension dblink',
    "copy (select 1) to program 'true'",
    "select pg_read_file('/etc/passwd')",
    'lock table tenants in access exclusive mode',
  ])('cannot %s', async (statement) => {
    const client = await asApp();
    expect(await rolledBack(client, () => refusalOf(client.query(statement)))).toBe(REFUSED);
  });
});

describe('the other roles', () => {
  it('are what architecture.md says: the resolver without, the operator with BYPASSRLS, and neither signs in', async () => {
    const { rows } = await superuser.query(
      `select rolname, rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname like 'momentique%' order by 1`,
    );
    expect(rows).toEqual([
      { rolname: 'momentique_app', rolcanlogin: true, rolsuper: false, rolbypassrls: false },
      { rolname: 'momentique_operator', rolcanlogin: false, rolsuper: false, rolbypassrls: true },
      { rolname: 'momentique_owner', rolcanlogin: true, rolsuper: false, rolbypassrls: false },
      { rolname: 'momentique_resolver', rolcanlogin: false, rolsuper: false, rolbypassrls: false },
    ]);
  });

  it('are given to nobody but the owner, who has to change into them', async () => {
    const { rows } = await superuser.query(
      `select roleid::regrole::text as role, member::regrole::text as member, bool_or(inherit_option) as inherits
        from pg_auth_members where roleid::regrole::text like 'momentique%' group by 1, 2 order by 1, 2`,
    );
    expect(rows).toEqual([
      { role: 'momentique_operator', member: 'momentique_owner', inherits: false },
      { role: 'momentique_resolver', member: 'momentique_owner', inherits: false },
    ]);
  });

  it('bind the owner too, since row-level security is forced', async () => {
    const maker = rowMaker(superuser, await readTables(superuser));
    const tenant = randomUUID();
    await maker.plant('tenants', tenant);
    await maker.plant('photos', tenant);
    const owner = await asOwner();
    for (const table of ['tenants', 'photos', 'guests', 'events']) {
      expect((await superuser.query(`select 1 from ${table}`)).rowCount).toBeGreaterThan(0);
      expect((await owner.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
  });

  it('leave the resolver without a right to create in the schema', async () => {
    const [may] = await column(`select has_schema_privilege('momentique_resolver', 'public', 'CREATE')::text as it`);
    expect(may).toBe('false');
  });
});
