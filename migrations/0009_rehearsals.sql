-- Rehearsals: pretend guests flood the real screens, at a twin of the event that nobody else can see.

alter table events
  add column rehearsal_of uuid,
  add constraint events_rehearsal_of foreign key (tenant_id, rehearsal_of) references events (tenant_id, id) on delete cascade,
  -- Whatever lists, counts, opens or restores events passes over deleted ones: a twin is one from its first moment,
  -- so that a query which does not know of rehearsals does not see them.
  add constraint rehearsals_are_born_deleted check (rehearsal_of is null or (deleted_at is not null
    and deleted_at <= created_at - interval '1 year' and visibility = 'private' and pin is null));
create index events_rehearsals on events (tenant_id, rehearsal_of) where rehearsal_of is not null;
comment on column events.rehearsal_of is 'the event whose screens rehearse here: nobody enters, and it is erased when that is over';

alter table devices
  add column rehearsal_event_id uuid,
  add column rehearsal_until timestamptz,
  add constraint devices_rehearsal foreign key (tenant_id, rehearsal_event_id) references events (tenant_id, id)
    on delete set null (rehearsal_event_id);
create index devices_by_rehearsal on devices (tenant_id, rehearsal_event_id) where rehearsal_event_id is not null;
comment on column devices.rehearsal_until is 'until then it shows the rehearsal; whatever fails, it shows its own event afterwards';

create table rehearsals (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  twin_id uuid,
  pace text not null check (pace in ('quick', 'gentle', 'lively', 'rush')),
  phase text not null default 'sending' check (phase in ('sending', 'recalling', 'returning', 'vanishing', 'ended')),
  phase_at timestamptz not null default now(),
  tick integer not null default 0,
  ticked_at timestamptz not null default now(),
  ends_by timestamptz not null,
  started_by uuid,
  started_by_name text check (length(started_by_name) <= 200),
  ended_because text check (ended_because in ('done', 'asked', 'limit', 'panic', 'begun', 'deleted')),
  ended_by_name text check (length(ended_by_name) <= 200),
  recalled_photo_id uuid,
  measures jsonb not null default '{}',
  checks jsonb not null default '[]',
  ended_at timestamptz,
  clean_after timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, event_id) references events (tenant_id, id) on delete cascade,
  check ((phase = 'ended') = (ended_at is not null))
);
create unique index rehearsals_one_at_a_time on rehearsals (tenant_id, event_id) where ended_at is null;
create index rehearsals_by_event on rehearsals (tenant_id, event_id, created_at desc, id desc);
create index rehearsals_under_way on rehearsals (ticked_at) where ended_at is null;
create index rehearsals_to_clean on rehearsals (clean_after) where clean_after is not null;
comment on table rehearsals is 'tenant-plane: what was rehearsed before an event, by whom, and the checklist that remains';
comment on column rehearsals.twin_id is 'the hidden event it happens at; null once nothing of that is left';
comment on column rehearsals.tick is 'the number of the step that is next: a message that names another is an old one';
comment on column rehearsals.clean_after is 'when its prefix is emptied once more, because a thumbnailer was at work when it was';

alter table rehearsals enable row level security;
alter table rehearsals force row level security;
create policy tenant on rehearsals using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create trigger touch before update on rehearsals for each row execute function touch_updated_at();
grant select, insert, update, delete on rehearsals to momentique_app;
grant all on rehearsals to momentique_operator;

create policy resolver on rehearsals for select to momentique_resolver using (true);
grant select on rehearsals to momentique_resolver;

create function stalled_rehearsals(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, rehearsal_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select r.tenant_id, r.id from public.rehearsals r
    where (r.ended_at is null and r.ticked_at < now() - make_interval(secs => p_older_than_seconds)) or r.clean_after < now()
    order by row_number() over (partition by r.tenant_id order by r.ticked_at), r.ticked_at limit least(p_limit, 500)
  $$;
comment on function stalled_rehearsals(integer, integer) is 'worklist: rehearsals whose next step seems lost, or that left something to clean';

do $$
begin
  grant create on schema public to momentique_resolver;
  revoke all on function stalled_rehearsals(integer, integer) from public;
  grant execute on function stalled_rehearsals(integer, integer) to momentique_app;
  alter function stalled_rehearsals(integer, integer) owner to momentique_resolver;
end $$;

set local role momentique_resolver;
-- A twin is erased by its rehearsal; one that was forgotten is erased like any event that nobody can restore.
create or replace function events_to_erase(p_days integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select e.tenant_id, e.id from public.events e
    where e.deleted_at < now() - make_interval(days => p_days)
      and (e.rehearsal_of is null or e.created_at < now() - interval '1 hour')
    order by row_number() over (partition by e.tenant_id order by e.deleted_at), e.deleted_at limit least(p_limit, 500)
  $$;
reset role;
revoke create on schema public from momentique_resolver;
