import { describe, expect, it } from 'vitest';
import { controlPlane, readTables, schemaFaults } from './catalogue.ts';
import { asSuperuser, endConnections, rolledBack } from './connections.ts';

endConnections();
const superuser = await asSuperuser();
const tables = await readTables(superuser);

const times = 'created_at timestamptz not null default now(), updated_at timestamptz not null default now()';
const key = 'primary key (tenant_id, id)';
const columns = `tenant_id uuid not null, id uuid not null, ${times}, ${key}`;
const condition = 'tenant_id = (select current_tenant_id())';
const secured = 'alter table planted enable row level security; alter table planted force row level security;';
const policy = `create policy tenant on planted using (${condition}) with check (${condition});`;
const comment = `comment on table planted is 'tenant-plane: planted by a test';`;
const good = `create table planted (${columns}); ${secured} ${policy} ${comment}`;

/** The faults that a statement adds; the schema is as before afterwards. */
const faultsAfter = (statement: string) =>
  rolledBack(superuser, async () => {
    await superuser.query(statement);
    return schemaFaults(superuser);
  });

describe('the schema', () => {
  it('keeps its own rules', async () => expect(await schemaFaults(superuser)).toEqual([]));

  it('has the tables of the control plane that the rules except', () => {
    expect(controlPlane.filter((name) => !tables.has(name))).toEqual([]);
  });

  it.each(['events', 'guests', 'photos', 'photo_renditions', 'outbox'])('has the tenant-plane table %s', (name) => {
    expect(tables.has(name)).toBe(true);
    expect(controlPlane).not.toContain(name);
  });

  it('accepts a new table that keeps the rules', async () => expect(await faultsAfter(good)).toEqual([]));

  it.each([
    ['no policy', good.replace(policy, ''), 'planted: no policy for the Workers'],
    [
      'row-level security not enabled',
      good.replace('alter table planted enable row level security;', ''),
      'planted: row-level security is not enabled',
    ],
    [
      'row-level security not forced',
      good.replace('alter table planted force row level security;', ''),
      'planted: row-level security is not forced',
    ],
    [
      'a primary key that begins with something else',
      good.replace(key, 'primary key (id, tenant_id)'),
      'planted: the primary key does not begin with tenant_id',
    ],
    ['no primary key', good.replace(`, ${key}`, ''), 'planted: the primary key does not begin with tenant_id'],
    [
      'no created_at',
      good.replace('created_at timestamptz not null default now(), ', ''),
      'planted: no created_at (timestamptz, not null, with a default)',
    ],
    [
      'no updated_at',
      good.replace(', updated_at timestamptz not null default now()', ''),
      'planted: no updated_at (timestamptz, not null, with a default)',
    ],
    ['no comment', good.replace(comment, ''), 'planted: is not classified by its comment'],
    [
      'a claim to be control-plane',
      good.replace("'tenant-plane:", "'control-plane:"),
      'planted: is not classified by its comment',
    ],
    [
      'a policy that is always true',
      good.replace(policy, 'create policy tenant on planted using (true) with check (true);'),
      'planted: policy tenant lets the Workers see rows without asking for the tenant',
    ],
    [
      'a second policy that widens the first',
      `${good} create policy wide on planted for select using (${condition} or id is not null);`,
      'planted: policy wide reads the tenant-plane by more than tenant_id',
    ],
    [
      'a policy that does not check writes',
      `${good} create policy loose on planted for update using (${condition});`,
      'planted: policy loose does not check what is written',
    ],
    [
      'a policy that checks too little',
      good.replace(`with check (${condition})`, 'with check (true)'),
      'planted: policy tenant checks something else than tenant_id',
    ],
    [
      'a policy that asks for every row anew',
      good.replaceAll(condition, 'tenant_id = current_tenant_id()'),
      'planted: policy tenant does not ask for the tenant as (select current_tenant_id())',
    ],
    [
      'a policy for another role',
      `${good} create policy operators on planted to momentique_operator using (true);`,
      'planted: policy operators is for a role that nobody expects',
    ],
    [
      'a name that is unique over all tenants',
      `${good} create unique index planted_id on planted (id);`,
      'planted: unique index planted_id does not begin with tenant_id',
    ],
    [
      'a foreign key to the control plane',
      `${good} alter table planted add constraint crossing foreign key (tenant_id) references tenants (id);`,
      'planted: foreign key crossing crosses between the planes',
    ],
    [
      'a foreign key without the tenant',
      `${good} create unique index loose_id on events (id); alter table planted add constraint loose foreign key (id) references events (id);`,
      'planted: foreign key loose does not begin with tenant_id on both sides',
    ],
    [
      'a view that reads as its owner',
      'create view planted_view as select * from photos;',
      'planted_view: a view without security_invoker reads as its owner',
    ],
    [
      'a materialized view',
      'create materialized view planted_view as select * from photos;',
      'planted_view: a materialized view has no row-level security',
    ],
    ['an old table whose policy is dropped', 'drop policy tenant on photos;', 'photos: no policy for the Workers'],
    [
      'an old table that is no longer forced',
      'alter table guests no force row level security;',
      'guests: row-level security is not forced',
    ],
  ])('refuses %s', async (_what, statement, fault) => {
    expect(await faultsAfter(statement)).toContain(fault);
  });
});
