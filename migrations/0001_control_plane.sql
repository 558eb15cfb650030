-- Control plane: who the tenants and users are. Run as momentique_owner, who owns everything and,
-- since row-level security is forced, sees no tenant's rows.

create function current_tenant_id() returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;
comment on function current_tenant_id() is 'The tenant of this transaction or session; null when none is set, also after a transaction-local setting has ended.';

create function current_user_id() returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
comment on function current_user_id() is 'The signed-in user, where one is set.';

create function set_tenant_id(tenant uuid, local boolean default false) returns void
  language sql volatile
  set search_path = pg_catalog
  as $$ select set_config('app.tenant_id', coalesce(tenant::text, ''), local) $$;
comment on function set_tenant_id(uuid, boolean) is 'For people at psql: one argument sets the tenant for the session; null clears it. Workers use the transaction-local form only.';

create function touch_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
  as $$ begin new.updated_at := now(); return new; end $$;

create table tenants (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 200),
  type text not null default 'trial' check (type in ('enterprise', 'standard', 'starter', 'trial')),
  kind text not null default 'organisation' check (kind in ('individual', 'organisation')),
  status text not null default 'pending' check (status in ('pending', 'active', 'inactive', 'suspended', 'archived')),
  plan text not null default 'free',
  residency text check (residency in ('eu', 'us')),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table tenants is 'control-plane: organisations and people that run events under their own hostname';

create table tenant_domains (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  host text not null unique check (host = lower(host)),
  verified_at timestamptz,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table tenant_domains is 'control-plane: custom hostnames; one counts only when verified';

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null default '' check (length(name) <= 200),
  type text not null default 'regular' check (type in ('system_admin', 'tenant_admin', 'regular', 'service_account', 'guest')),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table users is 'control-plane: people who sign in; global, joined to tenants by memberships';

create table user_credentials (
  user_id uuid primary key references users (id) on delete cascade,
  password_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table user_credentials is 'control-plane: password hashes; no role but the resolver reads them';

create table memberships (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  status text not null default 'active' check (status in ('active', 'invited', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_by_user on memberships (user_id);
comment on table memberships is 'control-plane: a user''s role in a tenant';

create table refresh_sessions (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  family_id uuid not null,
  token_hash text not null,
  client_hash text not null,
  expires_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash)
);
create index refresh_sessions_by_family on refresh_sessions (tenant_id, family_id);
create index refresh_sessions_by_expiry on refresh_sessions (expires_at);
comment on table refresh_sessions is 'control-plane: refresh tokens by hash; a family is one sign-in';

create table login_attempts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  subject text not null,
  failures integer not null,
  resets_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, subject)
);
create index login_attempts_by_age on login_attempts (resets_at);
comment on table login_attempts is 'control-plane: tries per address that is signing in, known or not';

create table dead_letters (
  id uuid primary key default gen_random_uuid(),
  message_id text not null unique,
  queue text not null,
  tenant_id uuid,
  body jsonb not null,
  reason text not null,
  resolved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table dead_letters is 'control-plane: messages that could not be worked on, for a person to see and replay';

do $$
declare t text;
begin
  foreach t in array array['tenants', 'tenant_domains', 'users', 'user_credentials', 'memberships', 'refresh_sessions', 'login_attempts', 'dead_letters'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create trigger touch before update on %I for each row execute function touch_updated_at()', t);
  end loop;
end $$;

create policy own on tenants for select using (id = (select current_tenant_id()));
create policy tenant on tenant_domains for select using (tenant_id = (select current_tenant_id()));
create policy tenant on memberships using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy mine on memberships for select using ((select current_tenant_id()) is null and user_id = (select current_user_id()));
create policy tenant on users for select using (
  exists (select 1 from memberships m where m.user_id = users.id and m.tenant_id = (select current_tenant_id())));
create policy tenant on refresh_sessions using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy tenant on login_attempts using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));

grant usage on schema public to momentique_app, momentique_resolver, momentique_operator;
grant select on tenants, tenant_domains, users, memberships to momentique_app;
grant select, insert, update, delete on refresh_sessions to momentique_app;
grant delete on login_attempts to momentique_app;
grant select on login_attempts to momentique_app;
grant all on tenants, tenant_domains, users, user_credentials, memberships, refresh_sessions, login_attempts, dead_letters to momentique_operator;

-- Doors that open before a tenant is known, or across tenants. Owned by the resolver, which has
-- policies of its own and no BYPASSRLS; each returns as little as its caller needs.
create policy resolver on tenants for select to momentique_resolver using (true);
create policy resolver on tenant_domains for select to momentique_resolver using (true);
create policy resolver on users to momentique_resolver using (true) with check (true);
create policy resolver on user_credentials to momentique_resolver using (true) with check (true);
create policy resolver on memberships for select to momentique_resolver using (true);
create policy resolver on refresh_sessions to momentique_resolver using (true);
create policy resolver on login_attempts to momentique_resolver using (true) with check (true);
create policy resolver on dead_letters to momentique_resolver using (true) with check (true);
grant select on tenants, tenant_domains, memberships to momentique_resolver;
grant select, insert, update on users, user_credentials to momentique_resolver;
grant select, delete on refresh_sessions to momentique_resolver;
grant select, insert, update, delete on login_attempts to momentique_resolver;
grant select, insert, update, delete on dead_letters to momentique_resolver;

create function tenant_of_host(p_host text, p_slug text)
  returns table (id uuid, slug text, name text, status text, residency text, settings jsonb)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select t.id, t.slug, t.name, t.status, t.residency, t.settings from public.tenants t where t.slug = p_slug
    union all
    select t.id, t.slug, t.name, t.status, t.residency, t.settings
      from public.tenant_domains d join public.tenants t on t.id = d.tenant_id
      where d.host = p_host and d.verified_at is not null
    limit 1
  $$;
comment on function tenant_of_host(text, text) is 'hostname (and its sub-domain label, where there is one) to tenant';

create function sign_in_begin(p_tenant uuid, p_email text, p_subject text, p_max integer, p_lock_seconds integer)
  returns table (failures integer, resets_at timestamptz, user_id uuid, email text, name text, role text, password_hash text)
  language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
  declare
    v_failures integer;
    v_resets timestamptz;
  begin
    -- The try is counted before the password is looked at, so parallel tries cannot outrun the count.
    insert into public.login_attempts as a (tenant_id, subject, failures, resets_at)
      values (p_tenant, p_subject, 1, now() + make_interval(secs => p_lock_seconds))
      on conflict (tenant_id, subject) do update set
        failures = case when a.resets_at <= now() then 1 else least(a.failures + 1, p_max + 1) end,
        resets_at = case when a.resets_at <= now() or a.failures + 1 = p_max
                         then now() + make_interval(secs => p_lock_seconds) else a.resets_at end
      returning a.failures, a.resets_at into v_failures, v_resets;
    if v_failures > p_max then
      return query select v_failures, v_resets, null::uuid, null::text, null::text, null::text, null::text;
      return;
    end if;
    return query
      select v_failures, v_resets, u.id, u.email, u.name, m.role, c.password_hash
      from (select 1) one
      left join (public.users u
        join public.memberships m on m.user_id = u.id and m.tenant_id = p_tenant and m.status = 'active'
        join public.user_credentials c on c.user_id = u.id) on u.email = p_email;
  end $$;
comment on function sign_in_begin(uuid, text, text, integer, integer) is 'counts one try to sign in and returns what the password is compared with; always one row';

create function create_user(p_email text, p_name text, p_password_hash text) returns uuid
  language plpgsql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
  declare v_id uuid;
  begin
    insert into public.users (email, name) values (lower(p_email), p_name)
      on conflict (email) do nothing returning id into v_id;
    if v_id is null then
      -- An address that is known keeps its name and password: whoever invites must not change them.
      select id into v_id from public.users where email = lower(p_email);
      return v_id;
    end if;
    if p_password_hash is not null then
      insert into public.user_credentials (user_id, password_hash) values (v_id, p_password_hash);
    end if;
    return v_id;
  end $$;
comment on function create_user(text, text, text) is 'a user by e-mail, made if there is none';

create function user_id_by_email(p_email text) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select id from public.users where email = lower(p_email) $$;
comment on function user_id_by_email(text) is 'the id behind an address, for invitations; nothing else of a foreign person';

create function park_dead_letter(p_message_id text, p_queue text, p_tenant uuid, p_body jsonb, p_reason text) returns void
  language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    insert into public.dead_letters (message_id, queue, tenant_id, body, reason)
    values (p_message_id, p_queue, p_tenant, p_body, left(p_reason, 2000))
    on conflict (message_id) do nothing
  $$;
comment on function park_dead_letter(text, text, uuid, jsonb, text) is 'keeps one message that could not be worked on; a repeat changes nothing';

create function forget_expired_sessions(p_limit integer) returns integer
  language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    with gone as (
      delete from public.refresh_sessions s using (
        select tenant_id, id from public.refresh_sessions where expires_at < now() - interval '1 day' order by expires_at limit least(p_limit, 1000)
      ) old where s.tenant_id = old.tenant_id and s.id = old.id returning 1),
    tries as (
      delete from public.login_attempts a using (
        select tenant_id, subject from public.login_attempts where resets_at < now() order by resets_at limit least(p_limit, 1000)
      ) old where a.tenant_id = old.tenant_id and a.subject = old.subject and a.resets_at < now() returning 1),
    letters as (
      delete from public.dead_letters d using (
        select id from public.dead_letters where created_at < now() - interval '90 days' order by created_at limit least(p_limit, 1000)
      ) old where d.id = old.id returning 1)
    select (select count(*) from gone)::integer + (select count(*) from tries)::integer + (select count(*) from letters)::integer
  $$;
comment on function forget_expired_sessions(integer) is 'retention: refresh tokens a day after they expired, tries to sign in when they count no more, dead letters after 90 days';

create view migration_version with (security_invoker = true) as
  select name, sha256, applied_at from schema_migrations order by name;
comment on view migration_version is 'what has been applied';

do $$
declare f text;
begin
  grant create on schema public to momentique_resolver;
  foreach f in array array[
    'tenant_of_host(text, text)',
    'sign_in_begin(uuid, text, text, integer, integer)',
    'create_user(text, text, text)',
    'user_id_by_email(text)',
    'park_dead_letter(text, text, uuid, jsonb, text)',
    'forget_expired_sessions(integer)'
  ] loop
    execute 'revoke all on function ' || f || ' from public';
    execute 'grant execute on function ' || f || ' to momentique_app';
    execute 'alter function ' || f || ' owner to momentique_resolver';
  end loop;
  revoke create on schema public from momentique_resolver;
end $$;
