-- What guests agree to before they send, and how much there is room for.

create table consent_texts (
  tenant_id uuid not null,
  version integer not null check (version > 0),
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  created_by uuid,
  created_by_name text check (length(created_by_name) <= 200),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, version)
);
comment on table consent_texts is 'tenant-plane: what guests were asked to agree to, each wording for ever; the highest version is the one that counts, and one without texts asks for nothing';
alter table consent_texts enable row level security;
alter table consent_texts force row level security;
create policy tenant on consent_texts using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create trigger touch before update on consent_texts for each row execute function touch_updated_at();
-- What somebody has agreed to is never another text afterwards.
grant select, insert on consent_texts to momentique_app;
grant all on consent_texts to momentique_operator;

alter table photos
  add column consent_version integer,
  add constraint photos_consent foreign key (tenant_id, consent_version) references consent_texts (tenant_id, version);
comment on column photos.consent_version is 'the wording its guest agreed to; null where there was none';

-- A guest's shots are counted with those that were deleted.
create index photos_ever_by_guest on photos (tenant_id, event_id, guest_id) include (deleted_at, status);

create table usage (
  tenant_id uuid not null,
  event_id uuid not null,
  shard smallint not null check (shard between 0 and 15),
  photos bigint not null default 0,
  bytes bigint not null default 0,
  checked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, event_id, shard),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade
) with (fillfactor = 50);
create index usage_by_check on usage (checked_at);
comment on table usage is 'tenant-plane: what an event holds, as sums that triggers keep; in shards, so that guests who send at once do not wait for one another';
comment on column usage.photos is 'part of a sum: of one shard it may be negative. Photos that are not deleted and could be read';
comment on column usage.bytes is 'part of a sum: originals of photos that are not deleted, as they were received';
comment on column usage.checked_at is 'when the sums were compared with the photos; null: something has changed since';
alter table usage enable row level security;
alter table usage force row level security;
create policy tenant on usage using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create trigger touch before update on usage for each row execute function touch_updated_at();
grant select, insert, update, delete on usage to momentique_app;
grant all on usage to momentique_operator;
create policy resolver on usage for select to momentique_resolver using (true);
grant select on usage to momentique_resolver;

alter table upload_intents add column bytes bigint not null default 0;
comment on column upload_intents.bytes is 'as many as were announced: room is kept for them until they are a photo or are given up';

create function add_usage(p_tenant uuid, p_event uuid, p_photos bigint, p_bytes bigint) returns void
  language sql volatile
  set search_path = pg_catalog, public, pg_temp
  as $$
    -- One shard for all of a transaction: two that take several would stand in each other's way. Numbers of transactions
    -- follow one another, so that up to sixteen at once each have their own. Of an event that is being erased nothing counts.
    insert into usage as u (tenant_id, event_id, shard, photos, bytes)
    select p_tenant, p_event, mod(pg_current_xact_id()::text::bigint, 16), p_photos, p_bytes
    where (p_photos <> 0 or p_bytes <> 0) and exists (select 1 from events e where e.tenant_id = p_tenant and e.id = p_event)
    on conflict (tenant_id, event_id, shard) do update
      set photos = u.photos + excluded.photos, bytes = u.bytes + excluded.bytes, checked_at = null
  $$;
comment on function add_usage(uuid, uuid, bigint, bigint) is 'for the triggers of photos';

create function count_photos_in() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
  as $$ begin
    perform add_usage(c.tenant_id, c.event_id, c.photos, c.bytes) from (
      select tenant_id, event_id, count(*) filter (where status <> 'failed') as photos, sum(bytes)::bigint as bytes
      from changed where deleted_at is null group by 1, 2 order by 1, 2
    ) c;
    return null;
  end $$;

create function count_photos_out() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
  as $$ begin
    perform add_usage(c.tenant_id, c.event_id, - c.photos, - c.bytes) from (
      select tenant_id, event_id, count(*) filter (where status <> 'failed') as photos, sum(bytes)::bigint as bytes
      from changed where deleted_at is null group by 1, 2 order by 1, 2
    ) c;
    return null;
  end $$;

create function count_photo_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
  as $$ begin
    perform add_usage(new.tenant_id, new.event_id,
      (new.deleted_at is null and new.status <> 'failed')::integer - (old.deleted_at is null and old.status <> 'failed')::integer,
      case when new.deleted_at is null then new.bytes else 0 end - case when old.deleted_at is null then old.bytes else 0 end);
    return null;
  end $$;

create trigger count_in after insert on photos referencing new table as changed for each statement execute function count_photos_in();
create trigger count_out after delete on photos referencing old table as changed for each statement execute function count_photos_out();
create trigger count_change after update of deleted_at, status, bytes on photos for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null) or (old.status = 'failed') <> (new.status = 'failed') or old.bytes <> new.bytes)
  execute function count_photo_change();

grant create on schema public to momentique_resolver;
set local role momentique_resolver;
create function usage_to_check(p_limit integer)
  returns table (tenant_id uuid, event_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select u.tenant_id, u.event_id from public.usage u
    where u.checked_at < now() - interval '1 day' or (u.checked_at is null and u.updated_at < now() - interval '10 minutes')
    group by u.tenant_id, u.event_id
    order by row_number() over (partition by u.tenant_id order by min(u.updated_at)), min(u.updated_at) limit least(p_limit, 500)
  $$;
comment on function usage_to_check(integer) is 'worklist: events whose sums were not compared with their photos for a day, or since they changed';
revoke all on function usage_to_check(integer) from public;
grant execute on function usage_to_check(integer) to momentique_app;
reset role;
revoke create on schema public from momentique_resolver;

set local role momentique_operator;
insert into usage (tenant_id, event_id, shard, photos, bytes)
select tenant_id, event_id, 0, count(*) filter (where status <> 'failed'), sum(bytes)
from photos where deleted_at is null group by 1, 2;
reset role;
