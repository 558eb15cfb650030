import type { Client } from 'pg';

export interface Volume {
  tenants: number;
  eventsPerTenant: number;
  guestsPerEvent: number;
  photosPerEvent: number;
}

/** The fixed id of the n-th row of a kind, so that every run reads the same pages; 1-based, as in SQL. */
export const idOf = (kind: 'tenant' | 'event' | 'guest' | 'photo' | 'user', n: number): string =>
  `${KINDS[kind]}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const KINDS = {
  tenant: 'bec00001',
  event: 'bec00002',
  guest: 'bec00003',
  photo: 'bec00004',
  user: 'bec00005',
} as const;
const id = (kind: keyof typeof KINDS, n: string) =>
  `('${KINDS[kind]}-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;

/**
 * Fills an empty, migrated database and leaves it vacuumed and analysed.
 * @param client superuser, whom neither policies stop nor foreign keys slow down
 */
export async function fillDatabase(client: Client, volume: Volume): Promise<void> {
  await client.query('begin');
  await client.query(`set local session_replication_role = replica`);
  await insertRows(client, volume);
  await client.query('commit');
  await client.query('vacuum (analyze)');
}

/**
 * Every 17th photo waits, every 23rd is rejected, every 41st is deleted, the others are published,
 * with three renditions each. Events lie one behind the other, as parties do; photos of tenants that
 * party on the same day lie between each other. Hosts are `tenant-1` and so on, events `event-1`.
 * @param client in a transaction, as somebody who bypasses policies
 */
export async function insertRows(client: Client, volume: Volume): Promise<void> {
  const { tenants, eventsPerTenant, guestsPerEvent, photosPerEvent } = volume;
  const events = tenants * eventsPerTenant;
  const photos = events * photosPerEvent;
  // The n-th photo (from 0): which event it belongs to, and which of its guests sent it.
  const place = `(((g / ${tenants * photosPerEvent}) * ${tenants}) + (g % ${tenants}))`;
  const tenantOf = (event: string) => id('tenant', `${event} % ${tenants} + 1`);
  await client.query(`
    insert into tenants (id, slug, name, status) select ${id('tenant', 'g')}, 'tenant-' || g, 'Tenant ' || g, 'active'
    from generate_series(1, ${tenants}) g`);
  await client.query(`
    insert into users (id, email, name) select ${id('user', 'g')}, 'person-' || g || '@example.org', 'Person ' || g
    from generate_series(1, ${tenants}) g`);
  await client.query(`
    insert into memberships (tenant_id, user_id, role) select ${id('tenant', 'g')}, ${id('user', 'g')}, 'owner'
    from generate_series(1, ${tenants}) g`);
  await client.query(`
    insert into events (tenant_id, id, slug, name, starts_at, time_zone, status, visibility)
    select ${tenantOf('g')}, ${id('event', 'g + 1')}, 'event-' || (g / ${tenants} + 1), 'Summer party ' || g,
      '2026-06-01T16:00Z'::timestamptz + (g / ${tenants}) * interval '1 day', 'Europe/Berlin', 'live', 'public'
    from generate_series(0, ${events - 1}) g`);
  await client.query(`
    insert into guests (tenant_id, id, event_id, name)
    select ${tenantOf(`(g / ${guestsPerEvent})`)}, ${id('guest', 'g + 1')}, ${id('event', `g / ${guestsPerEvent} + 1`)},
      case when g % 5 = 0 then null else 'Guest ' || g end
    from generate_series(0, ${events * guestsPerEvent - 1}) g`);
  await client.query(`
    insert into photos (tenant_id, id, event_id, guest_id, status, sha256, bytes, type, stored_width, stored_height,
      width, height, thumbhash, rendition_key, caption, taken_at, deleted_at, created_at, updated_at)
    select ${tenantOf('e')}, ${id('photo', 'g + 1')}, ${id('event', 'e + 1')},
      ${id('guest', `e * ${guestsPerEvent} + (g / ${tenants}) % ${guestsPerEvent} + 1`)},
      case when g / ${tenants} % 17 = 0 then 'pending' when g / ${tenants} % 23 = 0 then 'rejected' else 'approved' end,
      encode(sha256(convert_to('photo ' || g, 'UTF8')), 'hex'), 2400000 + g, 'image/jpeg', 4032, 3024, 4032, 3024,
      'HBkSHYSIeHiPiHh8eJd4eTN0EEQG', rpad(md5('a' || g) || md5('b' || g), 64, '0'),
      case when g % 7 = 0 then 'Dancing before the rain came, number ' || g end, at - interval '3 minutes',
      case when g / ${tenants} % 41 = 0 then at + interval '1 hour' end, at, at
    from (select g, ${place} as e,
        '2026-06-01T16:00Z'::timestamptz + (g / ${tenants * photosPerEvent}) * interval '1 day' + g * interval '211 ms' as at
      from generate_series(0, ${photos - 1}) g) one order by g`);
  await client.query(`
    insert into photo_renditions (tenant_id, photo_id, name, width, height, bytes)
    select p.tenant_id, p.id, n.name, n.name, n.name * 3 / 4, n.name * 90
    from photos p cross join (values (320), (960), (1920)) n (name) order by p.created_at, p.id, n.name`);
}
