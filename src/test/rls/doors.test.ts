import type { ClientBase } from 'pg';
import { describe, expect, it } from 'vitest';
import { asSuperuser, endConnections, rolledBack } from './connections.ts';

endConnections();
const superuser = await asSuperuser();

const IDS = 'TABLE(tenant_id uuid, event_id uuid, photo_id uuid)';
/**
 * Every door that opens before a tenant is known or across tenants, with what it gives out. The list
 * is closed: a new door, or one that gives more, is added here on purpose.
 */
const doors: Record<string, string> = {
  'abandoned_uploads(p_older_than_seconds integer, p_limit integer)': IDS,
  'change_own_password(p_tenant uuid, p_user uuid, p_before text, p_after text)': 'boolean',
  'create_user(p_email text, p_name text, p_password_hash text)': 'uuid',
  'due_events(p_limit integer)': 'TABLE(tenant_id uuid, event_id uuid)',
  'events_to_erase(p_days integer, p_limit integer)': 'TABLE(tenant_id uuid, event_id uuid)',
  'forget_expired_sessions(p_limit integer)': 'integer',
  'forget_old_keys(p_limit integer)': 'integer',
  'forget_old_transfers(p_limit integer)': 'integer',
  'overdue_previews(p_limit integer)': IDS,
  'park_dead_letter(p_message_id text, p_queue text, p_tenant uuid, p_body jsonb, p_reason text)': 'void',
  'photos_to_backfill(p_limit integer)': IDS,
  'photos_to_erase(p_limit integer)': IDS,
  'rejected_to_erase(p_days integer, p_limit integer)': IDS,
  'residency_of(p_tenant uuid)': 'text',
  'sign_in_begin(p_tenant uuid, p_email text, p_subject text, p_max integer, p_lock_seconds integer)':
    'TABLE(failures integer, resets_at timestamp with time zone, user_id uuid, email text, name text, role text, password_hash text)',
  'stalled_rehearsals(p_older_than_seconds integer, p_limit integer)': 'TABLE(tenant_id uuid, rehearsal_id uuid)',
  'stuck_photos(p_older_than_seconds integer, p_limit integer)': IDS,
  'tenant_of_host(p_host text, p_slug text)':
    'TABLE(id uuid, slug text, name text, status text, residency text, settings jsonb)',
  'unpublished_events(p_older_than_seconds integer, p_limit integer)': 'TABLE(tenant_id uuid, event_id uuid)',
  'usage_to_check(p_limit integer)': 'TABLE(tenant_id uuid, event_id uuid)',
  'user_id_by_email(p_email text)': 'uuid',
};

/** Everything about SECURITY DEFINER functions that breaks the rules, and functions outside the list. */
async function doorFaults(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ signature: string; result: string; faults: string[] }>(`
    select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature, pg_get_function_result(p.oid) as result,
      array_remove(array[
        case when p.proowner::regrole::text <> 'momentique_resolver' then 'is owned by ' || p.proowner::regrole end,
        case when not coalesce(p.proconfig && array['search_path=pg_catalog, public, pg_temp', 'search_path=pg_catalog, pg_temp'], false)
          then 'does not pin its search_path to pg_catalog, public, pg_temp' end,
        case when p.proacl is null or exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0) then 'may be called by PUBLIC' end,
        case when exists (select 1 from aclexplode(p.proacl) a where a.grantee not in (0, p.proowner, 'momentique_app'::regrole))
          then 'may be called by another role' end,
        case when exists (select 1 from aclexplode(p.proacl) a where a.is_grantable and a.grantee <> p.proowner) then 'may be passed on' end,
        case when not has_function_privilege('momentique_app', p.oid, 'EXECUTE') then 'may not be called by the Workers' end
      ], null) as faults
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by 1`);
  const seen = new Map(rows.map((row) => [row.signature, row.result]));
  return [
    ...rows.flatMap(({ signature, faults }) => faults.map((fault) => `${signature} ${fault}`)),
    ...rows.flatMap(({ signature, result }) => {
      if (!(signature in doors)) return [`${signature} is not in the list`];
      return doors[signature] === result ? [] : [`${signature} gives out ${result}`];
    }),
    ...Object.keys(doors).flatMap((signature) => (seen.has(signature) ? [] : [`${signature} is gone`])),
  ];
}

const body = 'returns integer language sql security definer';
const pinned = 'set search_path = pg_catalog, public, pg_temp as $$ select 1 $$';

describe('doors', () => {
  it('are exactly the ones listed, each owned, pinned and granted as it must be', async () => {
    expect(await doorFaults(superuser)).toEqual([]);
  });

  it.each([
    ['that is not listed', `create function planted() ${body} ${pinned}`, 'planted() is not in the list'],
    ['of another owner', `create function planted() ${body} ${pinned}`, 'planted() is owned by postgres'],
    ['for everybody', `create function planted() ${body} ${pinned}`, 'planted() may be called by PUBLIC'],
    [
      'without a pinned search_path',
      `create function planted() ${body} as $$ select 1 $$`,
      'planted() does not pin its search_path to pg_catalog, public, pg_temp',
    ],
    [
      'with a search_path that begins with what a caller can fill',
      `create function planted() ${body} set search_path = pg_temp, public as $$ select 1 $$`,
      'planted() does not pin its search_path to pg_catalog, public, pg_temp',
    ],
    [
      'that was opened to another role',
      'grant execute on function residency_of(uuid) to momentique_operator',
      'residency_of(p_tenant uuid) may be called by another role',
    ],
    [
      'that became SECURITY DEFINER later',
      'alter function set_tenant_id(uuid, boolean) security definer',
      'set_tenant_id(tenant uuid, local boolean) is not in the list',
    ],
  ])('cannot be joined by one %s', async (_what, statement, fault) => {
    const faults = await rolledBack(superuser, async () => {
      await superuser.query(statement);
      return doorFaults(superuser);
    });
    expect(faults).toContain(fault);
  });

  it('give out a list of work as ids only', () => {
    const worklists = Object.entries(doors).filter(([, result]) => result.startsWith('TABLE(tenant_id'));
    expect(worklists).toHaveLength(11);
    for (const [, result] of worklists) expect(result).toMatch(/^TABLE\((?:\w+_id uuid(?:, )?)+\)$/);
  });
});

describe('functions that are no doors', () => {
  it('run with the rights of their caller and pin their search_path', async () => {
    const { rows } = await superuser.query<{ it: string }>(`
      select p.oid::regprocedure::text as it from pg_proc p
      where p.pronamespace = 'public'::regnamespace and not p.prosecdef
        and not exists (select 1 from unnest(p.proconfig) c where c like 'search\\_path=pg\\_catalog%')`);
    expect(rows).toEqual([]);
  });
});
