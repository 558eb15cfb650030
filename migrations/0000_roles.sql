-- The four roles, before any table. Run by whoever may create roles (a superuser locally, the
-- database's administrator on Neon), as often as one likes; `momentique db migrate` never runs it.
-- Passwords are set by the command, never here.

do $$
begin
  -- Owns the schema and runs migrations; forced row-level security binds it like everybody.
  if not exists (select 1 from pg_roles where rolname = 'momentique_owner') then
    create role momentique_owner login nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  -- The Workers. Owns nothing, is a member of nothing.
  if not exists (select 1 from pg_roles where rolname = 'momentique_app') then
    create role momentique_app login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
  end if;
  -- Owns the few doors that open before a tenant is known; has policies of its own.
  if not exists (select 1 from pg_roles where rolname = 'momentique_resolver') then
    create role momentique_resolver nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  -- Dumps, restores, data migrations and seeds, by SET LOCAL ROLE from the owner; never a Worker.
  if not exists (select 1 from pg_roles where rolname = 'momentique_operator') then
    create role momentique_operator nologin nosuperuser bypassrls nocreatedb nocreaterole;
  end if;

  -- ALTER ROLE … NOSUPERUSER is refused to anyone but a superuser, so a role that was made by other
  -- hands is judged, not mended.
  if exists (
    select 1 from pg_roles
    where rolname in ('momentique_owner', 'momentique_app', 'momentique_resolver')
      and (rolsuper or rolbypassrls or rolcreaterole)
  ) then
    raise exception 'momentique_owner, momentique_app and momentique_resolver must not be superuser, bypass row-level security or create roles';
  end if;
  if exists (select 1 from pg_roles where rolname = 'momentique_operator' and (rolsuper or rolcanlogin or not rolbypassrls)) then
    raise exception 'momentique_operator must be NOLOGIN, BYPASSRLS and no superuser';
  end if;
  if exists (
    select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'momentique_app'
  ) then
    raise exception 'momentique_app must not be a member of any role';
  end if;
end $$;

-- The owner may become these two on purpose and never has their rights by accident.
grant momentique_operator, momentique_resolver to momentique_owner with inherit false, set true;

-- A transaction that a Worker abandoned must not hold its locks for ever.
alter role momentique_app set idle_in_transaction_session_timeout = '60s';
alter role momentique_app set statement_timeout = '60s';

do $$
declare
  me text := current_user;
begin
  execute format('grant connect, create, temporary on database %I to momentique_owner', current_database());
  execute format('grant connect on database %I to momentique_app', current_database());
  -- Giving a schema away takes the right to become its new owner; a superuser has that already.
  if not (select rolsuper from pg_roles where rolname = me) and not pg_has_role(me, 'momentique_owner', 'set') then
    execute format('grant momentique_owner to %I with inherit false, set true', me);
  end if;
  if (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'public') is distinct from 'momentique_owner' then
    alter schema public owner to momentique_owner;
  end if;
end $$;
