-- One person, several devices: a guest may move to another device, two may be joined, and one may go for good.

alter table guests
  add column devices integer not null default 1 check (devices > 0),
  add column merged_into uuid,
  add column merged_at timestamptz,
  add column erased_at timestamptz,
  add constraint guests_merged_into foreign key (tenant_id, event_id, merged_into)
    references guests (tenant_id, event_id, id) on delete cascade,
  -- What is left of them are sessions to recognise, and nothing about a person.
  add constraint merged_guests_are_empty check (merged_into is null or (merged_into <> id and name is null and table_code is null)),
  add constraint erased_guests_are_empty check (erased_at is null or (name is null and table_code is null and settings = '{}'));
create index guests_by_merge on guests (tenant_id, event_id, merged_into) where merged_into is not null;
comment on column guests.devices is 'how many devices have become this guest: the first, and one for each link that was used';
comment on column guests.merged_into is 'the guest that this one has become; never one that was joined to another itself';
comment on column guests.erased_at is 'since when nothing of this guest is left but what their photos'' files need to be deleted';

create table guest_transfers (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  guest_id uuid not null,
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  pin_version integer not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_key_hash text check (used_key_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, event_id, guest_id) references guests (tenant_id, event_id, id) on delete cascade
);
create index guest_transfers_by_guest on guest_transfers (tenant_id, event_id, guest_id);
create index guest_transfers_by_age on guest_transfers (expires_at);
comment on table guest_transfers is 'tenant-plane: links that let one other device become a guest, each once';
comment on column guest_transfers.used_key_hash is 'of the key of the request that used it: the same request again is answered again';

create table guest_erasures (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  guest_id uuid not null,
  photos integer not null check (photos >= 0),
  reactions integer not null check (reactions >= 0),
  reports integer not null check (reports >= 0),
  erased_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, guest_id),
  foreign key (tenant_id, event_id, guest_id) references guests (tenant_id, event_id, id) on delete cascade
);
create index guest_erasures_by_guest on guest_erasures (tenant_id, event_id, guest_id);
comment on table guest_erasures is 'tenant-plane: what was erased with each guest who asked for it, so that their receipt can be given again';

do $$
declare t text;
begin
  foreach t in array array['guest_transfers', 'guest_erasures'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()))', t);
    execute format('create trigger touch before update on %I for each row execute function touch_updated_at()', t);
    execute format('grant select, insert, update, delete on %I to momentique_app', t);
    execute format('grant all on %I to momentique_operator', t);
  end loop;
end $$;

create policy resolver on guest_transfers to momentique_resolver using (expires_at < now());
grant select, delete on guest_transfers to momentique_resolver;

create function forget_old_transfers(p_limit integer) returns integer
  language sql volatile security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    with gone as (
      delete from public.guest_transfers t using (
        select tenant_id, id from public.guest_transfers
        where expires_at < now() - interval '1 hour' order by expires_at limit least(p_limit, 1000)
      ) old where t.tenant_id = old.tenant_id and t.id = old.id returning 1)
    select count(*)::integer from gone
  $$;
comment on function forget_old_transfers(integer) is 'retention: links to another device, an hour after they have ended';

do $$
begin
  grant create on schema public to momentique_resolver;
  revoke all on function forget_old_transfers(integer) from public;
  grant execute on function forget_old_transfers(integer) to momentique_app;
  alter function forget_old_transfers(integer) owner to momentique_resolver;
  revoke create on schema public from momentique_resolver;
end $$;
