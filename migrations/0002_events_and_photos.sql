-- Tenant plane: everything an event holds. Primary and foreign keys begin with tenant_id, so that no
-- reference crosses tenants and a tenant's plane can live in a database of its own.

create table events (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  slug text not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 200),
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text not null default 'UTC',
  status text not null default 'draft' check (status in ('draft', 'live', 'closed', 'archived')),
  visibility text not null default 'private' check (visibility in ('public', 'pin', 'private')),
  pin text check (pin is null or length(pin) between 4 and 32),
  pin_version integer not null default 1,
  moderation text not null default 'before' check (moderation in ('before', 'after')),
  uploads text not null default 'open' check (uploads in ('open', 'closed')),
  guest_view text not null default 'gallery' check (guest_view in ('gallery', 'dropbox')),
  opens_at timestamptz,
  closes_at timestamptz,
  reveal_at timestamptz,
  delete_at timestamptz,
  deleted_at timestamptz,
  room_epoch text not null default '',
  room_seq bigint not null default 0,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  check (visibility <> 'pin' or pin is not null)
);
comment on table events is 'tenant-plane: one gathering with its gallery, its wall and its rules';

create table guests (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  name text check (length(name) <= 80),
  blocked_at timestamptz,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, event_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
comment on table guests is 'tenant-plane: one device at one event, with the name it gave';

create table photos (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  guest_id uuid not null,
  status text not null default 'processing' check (status in ('processing', 'pending', 'approved', 'rejected', 'failed')),
  version integer not null default 1,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
  stored_width integer not null check (stored_width > 0),
  stored_height integer not null check (stored_height > 0),
  width integer,
  height integer,
  thumbhash text,
  rendition_key text,
  caption text check (length(caption) <= 300),
  taken_at timestamptz,
  failure_code text,
  failure_message text,
  duplicate_of uuid,
  idempotency_key text,
  enqueued_at timestamptz not null default now(),
  attempts integer not null default 0,
  decided_by uuid,
  decided_at timestamptz,
  deleted_at timestamptz,
  objects_deleted_at timestamptz,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade,
  foreign key (tenant_id, event_id, guest_id) references guests (tenant_id, event_id, id) on delete cascade
);
create index photos_by_arrival on photos (tenant_id, event_id, status, created_at desc, id desc) where deleted_at is null;
create index photos_by_taken on photos (tenant_id, event_id, status, (coalesce(taken_at, created_at)), id) where deleted_at is null;
create index photos_by_guest on photos (tenant_id, event_id, guest_id, created_at desc, id desc) where deleted_at is null;
create index photos_by_content on photos (tenant_id, event_id, sha256) where deleted_at is null;
create unique index photos_once_per_guest on photos (tenant_id, event_id, guest_id, sha256) where deleted_at is null;
create unique index photos_once_per_key on photos (tenant_id, event_id, guest_id, idempotency_key) where idempotency_key is not null;
create index photos_stuck on photos (enqueued_at) where status = 'processing' and deleted_at is null;
create index photos_to_erase on photos (deleted_at) where deleted_at is not null and objects_deleted_at is null;
create index photos_with_key on photos (created_at) where idempotency_key is not null;
comment on table photos is 'tenant-plane: one upload and what became of it; version grows with every change of status';

create table photo_renditions (
  tenant_id uuid not null,
  photo_id uuid not null,
  name integer not null check (name > 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes integer not null check (bytes > 0),
  type text not null default 'image/webp',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, photo_id, name),
  foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade
);
comment on table photo_renditions is 'tenant-plane: the sizes made of a photo; name is the width in their address';

create table upload_intents (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  cleared_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
create index upload_intents_by_age on upload_intents (created_at);
comment on table upload_intents is 'tenant-plane: a prefix that bytes may have been written to and no photo owns yet';
comment on column upload_intents.cleared_at is 'set before the bytes are deleted: from then on no photo can be recorded with them';

create table outbox (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  photo_id uuid not null,
  version integer not null,
  payload jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, photo_id, version),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
create index outbox_by_event on outbox (tenant_id, event_id, created_at);
create index outbox_by_age on outbox (created_at);
comment on table outbox is 'tenant-plane: changes that the event''s room has not acknowledged yet';

create table pin_attempts (
  tenant_id uuid not null,
  event_id uuid not null,
  device text not null,
  failures integer not null,
  resets_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, event_id, device),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
);
create index pin_attempts_by_age on pin_attempts (resets_at);
comment on table pin_attempts is 'tenant-plane: wrong PINs per device, so that one that guesses waits and the party does not';

do $$
declare t text;
begin
  foreach t in array array['events', 'guests', 'photos', 'photo_renditions', 'upload_intents', 'outbox', 'pin_attempts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()))', t);
    execute format('create trigger touch before update on %I for each row execute function touch_updated_at()', t);
    execute format('grant select, insert, update, delete on %I to momentique_app', t);
    execute format('grant all on %I to momentique_operator', t);
  end loop;
end $$;

-- Worklists across tenants return ids only; the work itself runs in that tenant's transaction.
create policy resolver on photos for select to momentique_resolver using (true);
create policy resolver on outbox for select to momentique_resolver using (true);
create policy resolver on upload_intents for select to momentique_resolver using (true);
create policy resolver_forget on photos for update to momentique_resolver using (idempotency_key is not null) with check (idempotency_key is null);
create policy resolver on pin_attempts to momentique_resolver using (true);
grant select on photos, outbox, upload_intents, pin_attempts to momentique_resolver;
grant update (idempotency_key, updated_at) on photos to momentique_resolver;
grant delete on pin_attempts to momentique_resolver;

create function stuck_photos(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    -- Each try waits twice as long as the one before, so that a long queue in good health wears nobody out;
    -- and the tenants take turns, so that one whose work always fails holds up nobody else's.
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.status = 'processing' and p.deleted_at is null and p.enqueued_at < now() - make_interval(secs => p_older_than_seconds)
      and p.enqueued_at < now() - make_interval(secs => p_older_than_seconds * power(2, least(p.attempts, 7)))
    order by row_number() over (partition by p.tenant_id order by p.enqueued_at), p.enqueued_at limit least(p_limit, 500)
  $$;
comment on function stuck_photos(integer, integer) is 'worklist: photos whose job seems lost';

create function unpublished_events(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select o.tenant_id, o.event_id from public.outbox o
    where o.created_at < now() - make_interval(secs => p_older_than_seconds)
    group by o.tenant_id, o.event_id
    order by row_number() over (partition by o.tenant_id order by min(o.created_at)), min(o.created_at) limit least(p_limit, 500)
  $$;
comment on function unpublished_events(integer, integer) is 'worklist: events with changes their room has not acknowledged';

create function abandoned_uploads(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select i.tenant_id, i.event_id, i.id from public.upload_intents i
    where i.created_at < now() - make_interval(secs => p_older_than_seconds)
    order by row_number() over (partition by i.tenant_id order by i.created_at), i.created_at limit least(p_limit, 500)
  $$;
comment on function abandoned_uploads(integer, integer) is 'worklist: prefixes that may hold bytes without a photo';

create function photos_to_erase(p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.deleted_at is not null and p.objects_deleted_at is null
    order by row_number() over (partition by p.tenant_id order by p.deleted_at), p.deleted_at limit least(p_limit, 500)
  $$;
comment on function photos_to_erase(integer) is 'worklist: deleted photos whose objects may still exist';

create function residency_of(p_tenant uuid) returns text
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select residency from public.tenants where id = p_tenant $$;
comment on function residency_of(uuid) is 'where a tenant''s bucket and rooms are, for work that starts from a job';

create function forget_old_keys(p_limit integer) returns integer
  language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    with gone as (
      update public.photos p set idempotency_key = null from (
        select tenant_id, id from public.photos
        where idempotency_key is not null and created_at < now() - interval '24 hours' order by created_at limit least(p_limit, 1000)
      ) old where p.tenant_id = old.tenant_id and p.id = old.id returning 1),
    waits as (delete from public.pin_attempts where resets_at < now() - interval '1 hour' returning 1)
    select (select count(*) from gone)::integer + (select count(*) from waits)::integer
  $$;
comment on function forget_old_keys(integer) is 'retention: idempotency keys after 24 hours, PIN waits after one';

do $$
declare f text;
begin
  grant create on schema public to momentique_resolver;
  foreach f in array array[
    'stuck_photos(integer, integer)',
    'unpublished_events(integer, integer)',
    'abandoned_uploads(integer, integer)',
    'photos_to_erase(integer)',
    'residency_of(uuid)',
    'forget_old_keys(integer)'
  ] loop
    execute 'revoke all on function ' || f || ' from public';
    execute 'grant execute on function ' || f || ' to momentique_app';
    execute 'alter function ' || f || ' owner to momentique_resolver';
  end loop;
  revoke create on schema public from momentique_resolver;
end $$;
