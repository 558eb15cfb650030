-- What others download of a photo is fixed when it arrives, down to its digest; whoever sends it chooses whether it
-- names the place; a smaller copy may come first and its original later; and its sender hears that a wall shows it.

alter table photos
  add column public_sha256 text check (public_sha256 ~ '^[0-9a-f]{64}$'),
  add column keep_location boolean not null default false,
  add column location text check (location in ('none', 'removed', 'kept')),
  add column original_state text check (original_state in ('awaited', 'arrived', 'differs')),
  add column copy_sha256 text check (copy_sha256 ~ '^[0-9a-f]{64}$'),
  add column shown_at timestamptz,
  add constraint photos_copy_whole check (
    original_state is null or (copy_sha256 is not null and preview_state is not distinct from 'stored'));

comment on column photos.public_sha256 is 'SHA-256 of the file that others download, of public_bytes bytes; null: not known yet';
comment on column photos.keep_location is 'who sent it wants the place to stay in what others download';
comment on column photos.location is 'of the file: it names no place, it does and others do not get it, or they do; null: not looked at yet';
comment on column photos.original_state is 'a smaller copy came first, and is the preview: its original has not come yet, is here and not looked at yet, or is another picture; what others download is the copy; null: the original is what there is';
comment on column photos.copy_sha256 is 'of the copy that came first, so that it is known when it comes again';
comment on column photos.shown_at is 'when a paired screen first showed it; null: none has';

create unique index photos_copy_once_per_guest on photos (tenant_id, event_id, guest_id, copy_sha256)
  where copy_sha256 is not null and deleted_at is null;

-- Photos from before are looked at once more. Their owner is bound by the policies, and no tenant is set here.
alter table photos no force row level security;
update photos set backfill_at = now(), attempts = 0
  where deleted_at is null and status in ('pending', 'approved', 'rejected') and backfill_at is null;
alter table photos force row level security;
