-- A small number for each screen of an account, kept as long as it is one: what stands on it large when it identifies itself.

alter table devices add column number integer check (number > 0);
comment on column devices.number is 'of a screen or kiosk: the lowest that was free when it was paired';

-- Numbers for the screens there are. Their owner is bound by the policies, and no tenant is set here.
alter table devices no force row level security;
update devices d set number = counted.number
from (
  select tenant_id, id, row_number() over (partition by tenant_id order by created_at, id) as number
  from devices where kind in ('screen', 'kiosk') and revoked_at is null
) counted
where d.tenant_id = counted.tenant_id and d.id = counted.id;
alter table devices force row level security;

create unique index devices_by_number on devices (tenant_id, number) where revoked_at is null and number is not null;
