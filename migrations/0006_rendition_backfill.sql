-- Photos that are there already get what the pipeline has learnt to make since: a width that is new, features.

alter table photos add column backfill_at timestamptz;
comment on column photos.backfill_at is 'when its renditions are to be completed; null: they are complete as far as anybody has asked';

create index photos_backfill_due on photos (backfill_at) where backfill_at is not null and deleted_at is null;

grant create on schema public to momentique_resolver;
set local role momentique_resolver;

create function photos_to_backfill(p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    -- The tenants take turns, so that a large event holds up nobody else's.
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.backfill_at <= now() and p.deleted_at is null and p.status in ('pending', 'approved', 'rejected')
    order by row_number() over (partition by p.tenant_id order by p.backfill_at), p.backfill_at limit least(p_limit, 500)
  $$;
comment on function photos_to_backfill(integer) is 'worklist: photos whose renditions are to be completed';

revoke all on function photos_to_backfill(integer) from public;
grant execute on function photos_to_backfill(integer) to momentique_app;

reset role;
revoke create on schema public from momentique_resolver;
