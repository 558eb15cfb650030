-- Organiser and moderation: what an event is told to do, who decided what, albums, reports, helpers.

alter table events
  add column version integer not null default 1,
  add column held_at timestamptz,
  add column held_message text check (length(held_message) <= 300),
  add column trust_after integer check (trust_after between 1 and 1000),
  add column next_change_at timestamptz,
  add column created_by uuid;
comment on column events.version is 'grows with every change that open pages must hear of';
comment on column events.held_at is 'since when publication is stopped and galleries show a message instead of photos';
comment on column events.trust_after is 'guests with so many approved photos are published first; null: nobody is';
comment on column events.next_change_at is 'when a date of this event next changes what guests see; null: never';
create index events_by_next_change on events (next_change_at) where next_change_at is not null and deleted_at is null;
create index events_deleted on events (deleted_at) where deleted_at is not null;

create table event_tables (
  tenant_id uuid not null,
  event_id uuid not null,
  code text not null check (code ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
  label text not null check (length(label) between 1 and 80),
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, event_id, code),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
comment on table event_tables is 'tenant-plane: tables or groups of an event, each with a QR code of its own';

create table albums (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  position integer not null default 0,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, event_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
create index albums_by_position on albums (tenant_id, event_id, position, id);
comment on table albums is 'tenant-plane: photos of an event that belong together; guests see an album once it is published';

alter table guests
  add column table_code text check (length(table_code) <= 32),
  add column blocked_by uuid,
  add column trust text not null default 'auto' check (trust in ('auto', 'always', 'never'));

alter table photos
  add column album_id uuid,
  add column flags text[] not null default '{}',
  add column decided_by_kind text check (decided_by_kind in ('user', 'helper', 'rule')),
  add column decided_by_name text check (length(decided_by_name) <= 200),
  add column decided_reason text check (length(decided_reason) <= 60),
  add column blocked_from text check (blocked_from in ('pending', 'approved')),
  add constraint photos_in_album foreign key (tenant_id, event_id, album_id)
    references albums (tenant_id, event_id, id) on delete set null (album_id);
comment on column photos.flags is 'words_held: waits for a person whatever the rules; words_hidden: its caption or name is not shown';
comment on column photos.blocked_from is 'the status it had when its guest was blocked, to give it back';
create index photos_by_album on photos (tenant_id, event_id, album_id) where album_id is not null and deleted_at is null;
create index photos_rejected on photos (decided_at) where status = 'rejected' and deleted_at is null;

create table photo_decisions (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  photo_id uuid not null,
  from_status text not null,
  to_status text not null,
  by_kind text not null check (by_kind in ('user', 'helper', 'rule')),
  by_id uuid,
  by_name text check (length(by_name) <= 200),
  reason text check (length(reason) <= 60),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade
);
create index photo_decisions_by_photo on photo_decisions (tenant_id, photo_id, created_at);
create index photo_decisions_by_event on photo_decisions (tenant_id, event_id, created_at desc);
comment on table photo_decisions is 'tenant-plane: every decision on a photo, who made it and why; rows are only added';

create table photo_reports (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  photo_id uuid not null,
  guest_id uuid not null,
  reason text not null check (reason in ('me', 'offensive', 'private', 'other')),
  note text check (length(note) <= 500),
  resolved_at timestamptz,
  resolved_by_kind text check (resolved_by_kind in ('user', 'helper')),
  resolved_by uuid,
  outcome text check (outcome in ('kept', 'removed')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, photo_id, guest_id),
  foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade,
  foreign key (tenant_id, event_id, guest_id) references guests (tenant_id, event_id, id) on delete cascade
);
create index photo_reports_open on photo_reports (tenant_id, event_id, created_at) where resolved_at is null;
comment on table photo_reports is 'tenant-plane: what guests ask the host to look at, once per guest and photo';

create table event_grants (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  role text not null default 'moderator' check (role in ('moderator')),
  label text not null check (length(label) between 1 and 80),
  token_hash text not null,
  session_hash text,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  device text check (length(device) <= 80),
  last_seen_at timestamptz,
  revoked_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  unique (tenant_id, session_hash),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
create index event_grants_by_event on event_grants (tenant_id, event_id, created_at desc);
comment on table event_grants is 'tenant-plane: helpers without an account, each for one event on one device';
comment on column event_grants.expires_at is 'until when the link may be used, once; the session behind it ends with the event';

alter table refresh_sessions add column device text check (length(device) <= 80);
comment on column refresh_sessions.device is 'what the browser says it is, for the list of one''s own sessions';

do $$
declare t text;
begin
  foreach t in array array['event_tables', 'albums', 'photo_decisions', 'photo_reports', 'event_grants'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()))', t);
    execute format('create trigger touch before update on %I for each row execute function touch_updated_at()', t);
    execute format('grant select, insert, update, delete on %I to momentique_app', t);
    execute format('grant all on %I to momentique_operator', t);
  end loop;
end $$;

-- What a tenant and a person may change of themselves. Columns are named: a plan or a type is nobody's own to set.
create policy own_change on tenants for update using (id = (select current_tenant_id())) with check (id = (select current_tenant_id()));
grant update (name, settings, updated_at) on tenants to momentique_app;
grant update (role, status, updated_at), delete on memberships to momentique_app;
create policy own_change on users for update using (
  id = (select current_user_id())
  and exists (select 1 from memberships m where m.user_id = users.id and m.tenant_id = (select current_tenant_id())))
  with check (id = (select current_user_id()));
grant update (name, settings, updated_at) on users to momentique_app;

create policy resolver on events for select to momentique_resolver using (true);
grant select on events to momentique_resolver;

create function due_events(p_limit integer)
  returns table (tenant_id uuid, event_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select e.tenant_id, e.id from public.events e
    where e.next_change_at <= now() and e.deleted_at is null
    order by row_number() over (partition by e.tenant_id order by e.next_change_at), e.next_change_at limit least(p_limit, 500)
  $$;
comment on function due_events(integer) is 'worklist: events one of whose dates has come';

create function events_to_erase(p_days integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select e.tenant_id, e.id from public.events e
    where e.deleted_at < now() - make_interval(days => p_days)
    order by row_number() over (partition by e.tenant_id order by e.deleted_at), e.deleted_at limit least(p_limit, 500)
  $$;
comment on function events_to_erase(integer, integer) is 'worklist: deleted events that nobody restored in time';

create function rejected_to_erase(p_days integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.status = 'rejected' and p.deleted_at is null and p.decided_at < now() - make_interval(days => p_days)
    order by row_number() over (partition by p.tenant_id order by p.decided_at), p.decided_at limit least(p_limit, 500)
  $$;
comment on function rejected_to_erase(integer, integer) is 'worklist: photos that were rejected and that nobody restored in time';

create function change_own_password(p_tenant uuid, p_user uuid, p_before text, p_after text) returns boolean
  language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    with changed as (
      update public.user_credentials c set password_hash = p_after, updated_at = now()
      from public.memberships m
      where c.user_id = p_user and c.password_hash = p_before
        and m.user_id = c.user_id and m.tenant_id = p_tenant and m.status = 'active'
      returning 1),
    -- Whoever changes a password that somebody knows means everywhere; the sessions of this tenant are its own to end.
    elsewhere as (
      delete from public.refresh_sessions s
      where s.user_id = p_user and s.tenant_id <> p_tenant and exists (select 1 from changed))
    select exists (select 1 from changed)
  $$;
comment on function change_own_password(uuid, uuid, text, text) is 'sets a password where the one that was checked is still the present one, and ends the sessions at other tenants';

do $$
declare f text;
begin
  grant create on schema public to momentique_resolver;
  foreach f in array array[
    'due_events(integer)',
    'events_to_erase(integer, integer)',
    'rejected_to_erase(integer, integer)',
    'change_own_password(uuid, uuid, text, text)'
  ] loop
    execute 'revoke all on function ' || f || ' from public';
    execute 'grant execute on function ' || f || ' to momentique_app';
    execute 'alter function ' || f || ' owner to momentique_resolver';
  end loop;
  revoke create on schema public from momentique_resolver;
end $$;
