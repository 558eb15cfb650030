import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { events, guests } from '../schema/events.ts';
import { photos } from '../schema/photos.ts';
import { reactions } from '../schema/screens.ts';
import type { TenantTx } from '../scope.ts';

/**
 * Keeps reactions and counts them up, in one statement: what is there already changes nothing, so that a batch that
 * is told twice counts once, and one that a guest gave on two devices. Those of guests or photos that are not of this event, or not there any more, are dropped.
 */
export const addReactions = (
  tx: TenantTx,
  tenantId: string,
  eventId: string,
  items: readonly { photoId: string; guestId: string; emoji: string }[],
) =>
  tx.execute(sql`
    with given as (
      select distinct "photoId" as photo_id, "guestId" as guest_id, emoji
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as g ("photoId" uuid, "guestId" uuid, emoji text)
    ), added as (
      insert into ${reactions} (tenant_id, event_id, photo_id, guest_id, emoji)
      select e.tenant_id, e.id, p.id, coalesce(s.merged_into, s.id), g.emoji
      from given g
      join ${events} e on e.tenant_id = ${tenantId}::uuid and e.id = ${eventId}::uuid
      join ${photos} p on p.tenant_id = e.tenant_id and p.event_id = e.id and p.id = g.photo_id and p.deleted_at is null
      join ${guests} s on s.tenant_id = e.tenant_id and s.event_id = e.id and s.id = g.guest_id and s.erased_at is null
      on conflict do nothing
      returning photo_id, emoji
    )
    update ${photos} p set reactions = (
      select jsonb_object_agg(emoji, n) from (
        select emoji, sum(n)::integer as n from (
          select key as emoji, value::integer as n from jsonb_each_text(p.reactions)
          union all
          select emoji, 1 from added where added.photo_id = p.id
        ) one group by emoji
      ) counted
    )
    where p.tenant_id = ${tenantId}::uuid and p.id in (select photo_id from added)`);

/** What these photos of an event have been given. */
export const countReactions = (tx: TenantTx, tenantId: string, eventId: string, photoIds: string[]) =>
  tx
    .select({ photoId: photos.id, reactions: photos.reactions })
    .from(photos)
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.eventId, eventId),
        inArray(photos.id, photoIds),
        isNull(photos.deletedAt),
      ),
    )
    .limit(photoIds.length);
