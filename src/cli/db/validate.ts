import type { Client } from 'pg';
import { compareMigrations, readMigrations } from './migrations.ts';
import { appliedMigrations } from './migrate.ts';

/** Each query returns one sentence per violation in its only column. */
const LIVE_CHECKS: readonly string[] = [
  `select format('Table %s has no row-level security enabled.', relname)
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_migrations' and not relrowsecurity order by relname`,
  `select format('Table %s does not force row-level security on its owner.', relname)
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_migrations' and not relforcerowsecurity order by relname`,
  `select format('Table %s has no policy.', c.relname)
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> 'schema_migrations' and not exists (select 1 from pg_policy p where p.polrelid = c.oid) order by c.relname`,
  `select format('View %s runs with its owner''s rights; it needs security_invoker.', relname)
     from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
      and not coalesce(reloptions @> array['security_invoker=true'] or reloptions @> array['security_invoker=on'], false) order by relname`,
  // Who may create roles can give itself anything, so only the others are worth a sentence.
  `select format('Role %s bypasses row-level security.', rolname)
     from pg_roles where rolbypassrls and not rolsuper and not rolcreaterole and rolname <> 'momentique_operator' order by rolname`,
  `select format('Role %s is missing.', r) from unnest(array['momentique_owner', 'momentique_app', 'momentique_resolver', 'momentique_operator']) r
     where not exists (select 1 from pg_roles where rolname = r)`,
  `select format('Role %s must not be superuser.', rolname) from pg_roles where rolsuper and rolname like 'momentique\\_%' order by rolname`,
  `select format('momentique_app owns %s.', pg_describe_object(d.classid, d.objid, 0))
     from pg_shdepend d join pg_roles r on r.oid = d.refobjid
    where r.rolname = 'momentique_app' and d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass
      and d.dbid = (select oid from pg_database where datname = current_database())`,
  `select format('momentique_app is a member of %s.', g.rolname)
     from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = 'momentique_app'`,
  `select format('Function %s runs as %s with a search path of the caller''s choice.', p.oid::regprocedure, pg_get_userbyid(p.proowner))
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=%')`,
  `select format('Function %s runs with the rights of %s; only momentique_resolver may own such a door.', p.oid::regprocedure, pg_get_userbyid(p.proowner))
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and pg_get_userbyid(p.proowner) <> 'momentique_resolver'`,
];

/** Checks the files against the ledger and the live database against its rules. @returns a sentence per violation */
export async function validateDatabase(client: Client, migrationsDir: string): Promise<string[]> {
  const { pending, problems } = compareMigrations(await readMigrations(migrationsDir), await appliedMigrations(client));
  const found = [...problems, ...pending.map((file) => `Migration ${file.name} is not applied.`)];
  for (const check of LIVE_CHECKS) {
    const { rows } = await client.query<string[]>({ text: check, rowMode: 'array' });
    for (const [sentence] of rows) if (sentence !== undefined) found.push(sentence);
  }
  return found;
}

export interface DatabaseHealth {
  ok: boolean;
  /** milliseconds for one round trip */
  latencyMs: number;
  serverVersion: string;
  database: string;
  connections: number;
  /** bytes on disk */
  size: number;
  migrations: { applied: number; pending: number };
}

export async function databaseHealth(client: Client, migrationsDir: string): Promise<DatabaseHealth> {
  const started = performance.now();
  await client.query('select 1');
  const latencyMs = Math.round((performance.now() - started) * 100) / 100;
  const { rows } = await client.query<{ version: string; database: string; connections: string; size: string }>(
    `select current_setting('server_version') as version, current_database() as database,
            (select count(*) from pg_stat_activity where datname = current_database()) as connections,
            pg_database_size(current_database()) as size`,
  );
  const applied = await appliedMigrations(client);
  const { pending, problems } = compareMigrations(await readMigrations(migrationsDir), applied);
  const [row] = rows;
  return {
    ok: pending.length === 0 && problems.length === 0,
    latencyMs,
    serverVersion: row?.version ?? '',
    database: row?.database ?? '',
    connections: Number(row?.connections ?? 0),
    size: Number(row?.size ?? 0),
    migrations: { applied: applied.length, pending: pending.length },
  };
}
