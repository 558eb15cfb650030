-- What phones send beyond the photos that are decoded here: other formats, videos, a picture made by the
-- sender's browser where ours cannot be made, and what the pipeline learns of each photo on its way.

alter table photos
  drop constraint photos_type_check,
  add constraint photos_type_check check (type in (
    'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic',
    'video/mp4', 'video/quicktime', 'video/webm')),
  add column kind text not null default 'photo' check (kind in ('photo', 'video')),
  add column animated boolean not null default false,
  add column duration_ms bigint check (duration_ms > 0),
  add column preview_state text check (preview_state in ('coming', 'stored', 'missing')),
  add column preview_until timestamptz,
  add column preview_type text check (preview_type in ('image/jpeg', 'image/png', 'image/webp')),
  add column preview_width integer check (preview_width > 0),
  add column preview_height integer check (preview_height > 0),
  add column preview_bytes integer check (preview_bytes > 0),
  add column partial_share real not null default 1 check (partial_share > 0 and partial_share <= 1),
  add column dominant_colour text check (dominant_colour ~ '^#[0-9a-f]{6}$'),
  add column sharpness real check (sharpness >= 0),
  add column perceptual_hash text check (perceptual_hash ~ '^[0-9a-f]{16}$'),
  add column redactions jsonb check (jsonb_typeof(redactions) = 'array'),
  add column public_bytes bigint check (public_bytes > 0),
  add column processing jsonb check (jsonb_typeof(processing) = 'object'),
  add constraint photos_kind_of_type check ((kind = 'video') = starts_with(type, 'video/')),
  add constraint photos_preview_announced check (preview_state is distinct from 'coming' or preview_until is not null),
  add constraint photos_preview_whole check (
    preview_state is distinct from 'stored'
    or (preview_type is not null and preview_width is not null and preview_height is not null and preview_bytes is not null));

comment on column photos.animated is 'it moves: the renditions show its first picture, and the original all of them';
comment on column photos.duration_ms is 'of a video, read from the file itself; null where the file does not say';
comment on column photos.preview_state is 'a picture by the sender''s browser, decoded instead of the original: announced and not here yet, here, or needed and never come; null: none is needed';
comment on column photos.preview_until is 'how long an announced preview is waited for';
comment on column photos.partial_share is 'share of the picture that could be decoded; 1: all of it';
comment on column photos.dominant_colour is 'the colour that most of it has, #rrggbb';
comment on column photos.sharpness is 'comparable between photos of one event; the larger the sharper';
comment on column photos.perceptual_hash is '64 bits, hexadecimal: photos that look alike differ in few of them';
comment on column photos.redactions is 'overwrites of the original that take its location out of what is downloaded; null: not known, so no download';
comment on column photos.public_bytes is 'how many bytes of the original a download has';
comment on column photos.processing is 'accounting of the last run: peak memory, CPU time per stage, decoder, scale';

create index photos_preview_due on photos (preview_until)
  where preview_state = 'coming' and status = 'processing' and deleted_at is null;

grant create on schema public to momentique_resolver;
set local role momentique_resolver;

-- A photo that waits for its preview is not stuck: nothing could be done with it yet.
create or replace function stuck_photos(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    -- Each try waits twice as long as the one before, so that a long queue in good health wears nobody out;
    -- and the tenants take turns, so that one whose work always fails holds up nobody else's.
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.status = 'processing' and p.deleted_at is null and p.preview_state is distinct from 'coming'
      and p.enqueued_at < now() - make_interval(secs => p_older_than_seconds)
      and p.enqueued_at < now() - make_interval(secs => p_older_than_seconds * power(2, least(p.attempts, 7)))
    order by row_number() over (partition by p.tenant_id order by p.enqueued_at), p.enqueued_at limit least(p_limit, 500)
  $$;

create function overdue_previews(p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select p.tenant_id, p.event_id, p.id from public.photos p
    where p.preview_state = 'coming' and p.status = 'processing' and p.deleted_at is null and p.preview_until < now()
    order by row_number() over (partition by p.tenant_id order by p.preview_until), p.preview_until limit least(p_limit, 500)
  $$;
comment on function overdue_previews(integer) is 'worklist: photos whose announced preview did not come in time';

revoke all on function overdue_previews(integer) from public;
grant execute on function overdue_previews(integer) to momentique_app;

reset role;
revoke create on schema public from momentique_resolver;
