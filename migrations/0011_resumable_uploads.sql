-- Resumable uploads: a note of an upload that may take days says whose it is, and when it ends by itself.

alter table upload_intents
  add column guest_id uuid,
  add column expires_at timestamptz,
  add constraint upload_intents_guest foreign key (tenant_id, guest_id) references guests (tenant_id, id)
    on delete set null (guest_id);
create index upload_intents_by_guest on upload_intents (tenant_id, guest_id) where guest_id is not null;
create index upload_intents_by_expiry on upload_intents (expires_at) where expires_at is not null;
comment on column upload_intents.guest_id is 'of a resumable upload: whoever sends it, and may have a few open only';
comment on column upload_intents.expires_at is 'of a resumable upload: until then it is not abandoned, however old; its object moves it on while bytes come';

grant create on schema public to momentique_resolver;
set local role momentique_resolver;
create or replace function abandoned_uploads(p_older_than_seconds integer, p_limit integer)
  returns table (tenant_id uuid, event_id uuid, photo_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$
    select i.tenant_id, i.event_id, i.id from public.upload_intents i
    where (i.expires_at is null and i.created_at < now() - make_interval(secs => p_older_than_seconds)) or i.expires_at < now()
    order by row_number() over (partition by i.tenant_id order by i.created_at), i.created_at limit least(p_limit, 500)
  $$;
reset role;
revoke create on schema public from momentique_resolver;
