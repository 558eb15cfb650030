-- Links that make the browser that opens them a screen: no code is typed at a device that has no keyboard.

create table kiosk_links (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('screen', 'kiosk')),
  name text not null check (length(name) between 1 and 120),
  site_id uuid,
  event_id uuid not null,
  layout jsonb not null default '{}',
  expires_at timestamptz not null,
  claimed_at timestamptz,
  installation text check (length(installation) between 8 and 64),
  device_id uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, site_id) references sites (tenant_id, id) on delete set null (site_id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade,
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index kiosk_links_by_age on kiosk_links (tenant_id, expires_at);
create index kiosk_links_by_event on kiosk_links (tenant_id, event_id);
create index kiosk_links_by_site on kiosk_links (tenant_id, site_id) where site_id is not null;
create index kiosk_links_by_device on kiosk_links (tenant_id, device_id) where device_id is not null;
comment on table kiosk_links is 'tenant-plane: links that pair the browser that opens them, once';
comment on column kiosk_links.token_hash is 'SHA-256 of what stands in the fragment of the link, which is stored nowhere';
comment on column kiosk_links.installation is 'the browser that has opened it: an answer that was lost may be had again by it and by nobody else';
comment on column kiosk_links.created_by is 'a user of the control plane: no foreign key crosses';

alter table kiosk_links enable row level security;
alter table kiosk_links force row level security;
create policy tenant on kiosk_links using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create trigger touch before update on kiosk_links for each row execute function touch_updated_at();
grant select, insert, update, delete on kiosk_links to momentique_app;
grant all on kiosk_links to momentique_operator;
