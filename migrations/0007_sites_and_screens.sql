-- Sites, devices and screens: where things stand, what they show, and how a television becomes one of ours.

create table sites (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  address text check (length(address) <= 300),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64),
  settings jsonb not null default '{}',
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((latitude is null) = (longitude is null))
);
create index sites_by_arrival on sites (tenant_id, created_at, id);
comment on table sites is 'tenant-plane: venues, with where they are and what their clock says';
comment on column sites.created_by is 'a user of the control plane: no foreign key crosses';

create table user_site_assignments (
  tenant_id uuid not null,
  site_id uuid not null,
  user_id uuid not null,
  assigned_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, site_id, user_id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id) on delete cascade
);
create index user_site_assignments_by_user on user_site_assignments (tenant_id, user_id);
comment on table user_site_assignments is 'tenant-plane: who looks after a site, and who said so; both are users of the control plane';

create table devices (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('sensor', 'controller', 'gateway', 'camera', 'actuator', 'meter', 'beacon', 'router',
    'server', 'workstation', 'screen', 'kiosk', 'printer')),
  name text not null check (length(name) between 1 and 120),
  serial_number text check (length(serial_number) between 1 and 120),
  status text not null default 'offline' check (status in ('online', 'offline', 'maintenance', 'error', 'decommissioned')),
  site_id uuid,
  event_id uuid,
  layout jsonb not null default '{}',
  paused boolean not null default false,
  version integer not null default 1,
  commands jsonb not null default '[]',
  credential_hash text check (credential_hash ~ '^[0-9a-f]{64}$'),
  installation text check (length(installation) between 8 and 64),
  copied_at timestamptz,
  last_seen_at timestamptz,
  paired_at timestamptz,
  revoked_at timestamptz,
  settings jsonb not null default '{}',
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id) on delete set null (site_id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete set null (event_id)
);
create unique index devices_by_credential on devices (tenant_id, credential_hash) where credential_hash is not null;
create unique index devices_by_installation on devices (tenant_id, installation) where revoked_at is null and installation is not null;
create unique index devices_by_serial_number on devices (tenant_id, serial_number) where revoked_at is null and serial_number is not null;
create index devices_by_arrival on devices (tenant_id, created_at desc, id desc) where revoked_at is null;
create index devices_by_event on devices (tenant_id, event_id) where event_id is not null and revoked_at is null;
create index devices_by_site on devices (tenant_id, site_id) where site_id is not null and revoked_at is null;
comment on table devices is 'tenant-plane: what stands at a site; screens and kiosks are paired and show an event';
comment on column devices.status is 'of a screen only what staff set, else offline: its room knows whether it is there';
comment on column devices.version is 'grows with everything a screen is to hear of; also the number of a command';
comment on column devices.commands is 'the last few commands, for a screen that polls: [{id, n, command, at}], oldest first';
comment on column devices.installation is 'random id of the browser that the credential is bound to';
comment on column devices.copied_at is 'when another installation last came with this credential, until staff dismiss it';

create table screen_pairings (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  code text not null check (code ~ '^[A-HJ-NP-Z2-9]{6}$'),
  secret_hash text not null check (secret_hash ~ '^[0-9a-f]{64}$'),
  installation text not null check (length(installation) between 8 and 64),
  expires_at timestamptz not null,
  claimed_at timestamptz,
  device_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code),
  unique (tenant_id, installation),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index screen_pairings_by_age on screen_pairings (tenant_id, expires_at);
create index screen_pairings_by_device on screen_pairings (tenant_id, device_id) where device_id is not null;
comment on table screen_pairings is 'tenant-plane: codes that screens show for ten minutes, one for each installation';

create table pairing_tries (
  tenant_id uuid not null,
  subject text not null check (length(subject) between 1 and 120),
  tries integer not null,
  resets_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, subject)
);
create index pairing_tries_by_age on pairing_tries (tenant_id, resets_at);
comment on table pairing_tries is 'tenant-plane: how often somebody has guessed a code, or asked for one';

alter table events
  add column panic_at timestamptz,
  add column panic_text text check (length(panic_text) <= 300),
  add column spotlight_photo_id uuid,
  add column spotlight_until timestamptz,
  add column photo_call_at timestamptz,
  add column photo_call_seconds integer check (photo_call_seconds between 10 and 600),
  add column photo_call_mission text check (length(photo_call_mission) <= 120);
comment on column events.panic_at is 'since when every wall shows a slide of ours and nothing else; publication is held as well';
comment on column events.spotlight_photo_id is 'the photo that walls show alone; one that is not published is shown nowhere';

create table announcements (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  text text not null check (length(text) between 1 and 300),
  shown_from timestamptz,
  shown_until timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade,
  check (shown_until > shown_from)
);
create index announcements_by_event on announcements (tenant_id, event_id, created_at, id);
comment on table announcements is 'tenant-plane: sentences that walls and galleries show for a while; null dates: from now, until taken back';

create table reactions (
  tenant_id uuid not null,
  event_id uuid not null,
  photo_id uuid not null,
  guest_id uuid not null,
  emoji text not null check (length(emoji) between 1 and 16),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, photo_id, guest_id, emoji),
  foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade,
  foreign key (tenant_id, event_id, guest_id) references guests (tenant_id, event_id, id) on delete cascade
);
create index reactions_by_guest on reactions (tenant_id, event_id, guest_id);
alter table photos add column reactions jsonb not null default '{}';
comment on column photos.reactions is 'how many of each kind there are, counted up with the rows of reactions';
comment on table reactions is 'tenant-plane: one of each kind per guest and photo; written in batches by the event''s room';

do $$
declare t text;
begin
  foreach t in array array['sites', 'user_site_assignments', 'devices', 'screen_pairings', 'pairing_tries', 'announcements', 'reactions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()))', t);
    execute format('create trigger touch before update on %I for each row execute function touch_updated_at()', t);
    execute format('grant select, insert, update, delete on %I to momentique_app', t);
    execute format('grant all on %I to momentique_operator', t);
  end loop;
end $$;
