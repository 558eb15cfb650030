import type { ClientBase } from 'pg';

export interface Column {
  name: string;
  type: string;
  required: boolean;
  /** Has a default or is generated. */
  made: boolean;
}

export interface ForeignKey {
  name: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
}

export interface Table {
  name: string;
  columns: Column[];
  primaryKey: string[];
  foreignKeys: ForeignKey[];
  /** CHECK constraints with the columns that they read. */
  checks: { columns: string[]; expression: string }[];
  /** What the Workers' role may do. */
  granted: Record<Operation, boolean>;
}

export const operations = ['select', 'insert', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];

/**
 * Every table of the schema, read from the catalogue, so that a new one is tested by existing.
 * @param client any role that may read pg_catalog
 */
export async function readTables(client: ClientBase): Promise<Map<string, Table>> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'required', a.attnotnull, 'made', a.atthasdef or a.attidentity <> '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(a.attname order by k.place)
        from pg_constraint p, unnest(p.conkey) with ordinality k(attnum, place), pg_attribute a
        where p.conrelid = c.oid and p.contype = 'p' and a.attrelid = c.oid and a.attnum = k.attnum), '[]') as "primaryKey",
      coalesce((select json_agg(json_build_object('name', f.conname, 'parent', f.confrelid::regclass::text,
          'columns', (select json_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
          'parentColumns', (select json_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)) order by f.conname)
        from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), '[]') as "foreignKeys",
      coalesce((select json_agg(json_build_object('expression', pg_get_expr(k.conbin, k.conrelid),
          'columns', (select coalesce(json_agg(a.attname), '[]') from pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey))))
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks,
      (select json_object_agg(lower(o), has_table_privilege('momentique_app', c.oid, o)
          or (o <> 'DELETE' and has_any_column_privilege('momentique_app', c.oid, o)))
        from unnest(array['SELECT', 'INSERT', 'UPDATE']) o) as granted
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`);
  const tables = new Map(rows.map((row) => [row.name, row]));
  for (const table of rows) {
    const deletes = await client.query<{ may: boolean }>(
      `select has_table_privilege('momentique_app', format('public.%I', $1::text)::regclass, 'DELETE') as may`,
      [table.name],
    );
    table.granted.delete = deletes.rows[0]?.may ?? false;
  }
  return tables;
}

/** Tables about who the tenants and users are, and about the schema itself; every other one is tenant-plane. */
export const controlPlane: readonly string[] = [
  'dead_letters',
  'login_attempts',
  'memberships',
  'refresh_sessions',
  'schema_migrations',
  'tenant_domains',
  'tenants',
  'user_credentials',
  'users',
];
/** The runner's own bookkeeping, made before the first migration; no role of the Workers reads it. */
const bookkeeping = ['schema_migrations'];

/**
 * Everything that breaks the rules for tables and views, one sentence each; none when all is well.
 * A table that nobody has classified is held to the rules of the tenant plane.
 */
export async function schemaFaults(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(
    `with t as (
      select c.oid, c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        c.relname <> all ($1::text[]) as tenant_plane, c.relname = any ($2::text[]) as bookkeeping,
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    ), p as (
      select t.name, t.tenant_plane, l.polname, l.polcmd, l.polpermissive,
        coalesce(pg_get_expr(l.polqual, l.polrelid), '') as qual, pg_get_expr(l.polwithcheck, l.polrelid) as checked,
        l.polroles = '{0}' or exists (select 1 from pg_roles r where r.oid = any (l.polroles) and r.rolname = 'momentique_app') as for_app,
        l.polroles
      from t join pg_policy l on l.polrelid = t.oid
    ), f as (
      select k.conname, t.name, pt.name as parent, t.tenant_plane, pt.tenant_plane as parent_tenant_plane,
        (select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) as first,
        (select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[1]) as parent_first
      from pg_constraint k join t on t.oid = k.conrelid join t pt on pt.oid = k.confrelid where k.contype = 'f'
    )
    select name || ': row-level security is not enabled' as fault from t where not enabled and not bookkeeping
    union all select name || ': row-level security is not forced' from t where not forced and not bookkeeping
    union all select name || ': no policy for the Workers' from t
      where tenant_plane and not exists (select 1 from p where p.name = t.name and p.for_app)
    union all select name || ': policy ' || polname || ' does not ask for the tenant as (select current_tenant_id())' from p
      where tenant_plane and for_app and (qual || coalesce(checked, '')) not like '%( SELECT current_tenant_id() AS current_tenant_id)%'
    union all select name || ': policy ' || polname || ' lets the Workers see rows without asking for the tenant' from p
      where for_app and polcmd <> 'a' and qual not like '%current_tenant_id()%'
    union all select name || ': policy ' || polname || ' reads the tenant-plane by more than tenant_id' from p
      where tenant_plane and for_app and polcmd in ('*', 'r', 'w', 'd') and qual <> '(tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))'
    union all select name || ': policy ' || polname || ' does not check what is written' from p
      where for_app and polcmd in ('*', 'a', 'w') and checked is null
    union all select name || ': policy ' || polname || ' checks something else than tenant_id' from p
      where tenant_plane and for_app and checked is not null and checked <> '(tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))'
    union all select name || ': policy ' || polname || ' is for a role that nobody expects' from p
      where exists (select 1 from unnest(polroles) o left join pg_roles r on r.oid = o
        where o <> 0 and coalesce(r.rolname, '') not in ('momentique_app', 'momentique_resolver'))
    union all select name || ': the primary key does not begin with tenant_id' from t
      where tenant_plane and not exists (select 1 from pg_constraint k join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]
        where k.conrelid = t.oid and k.contype = 'p' and a.attname = 'tenant_id')
    union all select t.name || ': unique index ' || i.indexrelid::regclass || ' does not begin with tenant_id' from t
      join pg_index i on i.indrelid = t.oid and i.indisunique
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where tenant_plane and a.attname is distinct from 'tenant_id'
    union all select t.name || ': no ' || c || ' (timestamptz, not null, with a default)' from t, unnest(array['created_at', 'updated_at']) c
      where not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = c and a.attnotnull and a.atthasdef
        and a.atttypid = 'timestamptz'::regtype) and not (bookkeeping and c = 'updated_at') and not bookkeeping
    union all select name || ': is not classified by its comment' from t
      where coalesce(obj_description(oid, 'pg_class'), '') !~ ('^' || case when tenant_plane then 'tenant' else 'control' end || '-plane: ') and not bookkeeping
    union all select name || ': foreign key ' || conname || ' crosses between the planes' from f where tenant_plane <> parent_tenant_plane
    union all select name || ': foreign key ' || conname || ' does not begin with tenant_id on both sides' from f
      where tenant_plane and parent_tenant_plane and (first <> 'tenant_id' or parent_first <> 'tenant_id')
    union all select relname || ': a view without security_invoker reads as its owner' from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce(reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)
    union all select relname || ': a materialized view has no row-level security' from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'm'
    union all select relname || ': a foreign table has no row-level security' from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'f'
    order by 1`,
    [controlPlane, bookkeeping],
  );
  return rows.map((row) => row.fault);
}
